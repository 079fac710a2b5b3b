using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ProcessManager.Host.Access;
using ProcessManager.Host.Tests.Tasks;

namespace ProcessManager.Host.Tests.Api;

/// <summary>What holds for every endpoint, taken from the table of endpoints: a new one is tested without a line here.</summary>
public sealed class ApiMatrixTests(ApiOffice office) : IClassFixture<ApiOffice>
{
    /// <summary>Who may do what a policy guards, said once more and by hand.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        [Policies.SignedIn] = ["user", "creator", "manager", "administrator"],
        [Policies.CreateProjects] = ["creator", "manager", "administrator"],
        [Policies.DesignPlans] = ["manager", "administrator"],
        [Policies.Manage] = ["manager", "administrator"],
        [Policies.Administer] = ["administrator"],
        [Policies.InPerson] = [],
    };

    private static readonly (string Role, string Person)[] People = [("user", "zoe"), ("creator", "olga"), ("manager", "mia"), ("administrator", "adam")];

    [Fact]
    public void Every_endpoint_says_outright_who_may_use_it_and_has_a_name_and_a_summary()
    {
        var endpoints = office.Endpoints();
        Assert.True(endpoints.Count > 35, $"{endpoints.Count} endpoints");
        Assert.All(endpoints, e =>
        {
            Assert.Null(e.Route.Metadata.GetMetadata<IAllowAnonymous>());
            Assert.All(PoliciesOf(e), policy => Assert.Contains(policy, Allowed.Keys));
            Assert.NotEmpty(PoliciesOf(e));
            Assert.NotEmpty(e.Route.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName);
            Assert.NotEmpty(e.Route.Metadata.GetRequiredMetadata<IEndpointSummaryMetadata>().Summary);
        });
        Assert.Equal(endpoints.Count, endpoints.Select(e => e.Route.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName).Distinct().Count());
    }

    [Fact]
    public void What_not_everybody_may_do_is_this_and_nothing_else()
    {
        var guarded = office.Endpoints().SelectMany(e => PoliciesOf(e).Where(p => p != Policies.SignedIn).Select(p => $"{e.Method} {e.Path()} {p}"));
        Assert.Equal(
        [
            "DELETE /api/v1/me/tokens/{id} in-person",
            "DELETE /api/v1/people/{name}/absences/{id} administer",
            "GET /api/v1/me/tokens in-person",
            "GET /api/v1/people/{name}/absences administer",
            "GET /api/v1/plans/{id}/versions/{number}/preview manage",
            "GET /api/v1/signing-keys administer",
            "GET /api/v1/signing-keys in-person",
            "GET /api/v1/work administer",
            "POST /api/v1/contacts create-projects",
            "POST /api/v1/me/tokens in-person",
            "POST /api/v1/messages create-projects",
            "POST /api/v1/people/{name}/absences administer",
            "POST /api/v1/plans/publish design-plans",
            "POST /api/v1/plans/{id}/moves/undo manage",
            "POST /api/v1/plans/{id}/versions/{number}/move manage",
            "POST /api/v1/projects create-projects",
            "POST /api/v1/signing-keys/incoming/renew administer",
            "POST /api/v1/signing-keys/incoming/renew in-person",
            "POST /api/v1/signing-keys/outgoing/renew administer",
            "POST /api/v1/signing-keys/outgoing/renew in-person",
            "POST /api/v1/work/{id}/drop administer",
            "POST /api/v1/work/{id}/retry administer",
            "PUT /api/v1/contacts/{id}/account-manager create-projects",
            "PUT /api/v1/people/{name}/calendar administer",
        ], guarded.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nobody_gets_anything_without_signing_in()
    {
        using var nobody = office.Nobody();
        foreach (var endpoint in office.Endpoints())
        {
            await nobody.Refused(401, "signed-out", endpoint.Method, PathTo(endpoint), endpoint.Changes ? "{}" : null);
        }
    }

    [Fact]
    public async Task Each_role_gets_past_exactly_the_guards_that_its_policies_name()
    {
        foreach (var (role, person) in People)
        {
            using var program = await office.Program(person);
            foreach (var endpoint in office.Endpoints())
            {
                using var answer = await program.Send(endpoint.Method, PathTo(endpoint), endpoint.Body is null ? null : "{}");
                var status = (int)answer.StatusCode;
                if (PoliciesOf(endpoint).All(policy => Allowed[policy].Contains(role)))
                {
                    Assert.True(status is not (401 or 403) and < 500, $"{role}: {endpoint} answered {status}");
                }
                else
                {
                    Assert.True(status == 403, $"{role}: {endpoint} answered {status}");
                }

                AssertDeclared(endpoint, status, answer);
            }
        }
    }

    [Fact]
    public async Task A_token_reads_with_one_scope_and_changes_with_the_other()
    {
        using var reads = await office.Program("adam", [TokenScopes.Read]);
        using var writes = await office.Program("adam", [TokenScopes.Write]);
        foreach (var endpoint in office.Endpoints().Where(e => !PoliciesOf(e).Contains(Policies.InPerson)))
        {
            await (endpoint.Changes ? reads : writes).Refused(403, "scope-missing", endpoint.Method, PathTo(endpoint), endpoint.Changes ? "{}" : null);
            using var answer = await (endpoint.Changes ? writes : reads).Send(endpoint.Method, PathTo(endpoint), endpoint.Body is null ? null : "{}");
            Assert.True((int)answer.StatusCode is not (401 or 403) and < 500, $"{endpoint} answered {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Whoever_can_not_see_a_project_is_told_that_there_is_none()
    {
        var project = await Brochure.Start(office.Host);
        var task = (await Brochure.Open(office.Host, project, "call-back")).Id;
        using var zoe = await office.Program("zoe");
        foreach (var endpoint in office.Endpoints().Where(e => e.ToString() is var t && (t.Contains("/projects/{id", StringComparison.Ordinal) || t.Contains("/tasks/{id", StringComparison.Ordinal))))
        {
            var path = endpoint.Path(("id", $"{(endpoint.ToString().Contains("/tasks/", StringComparison.Ordinal) ? task : project)}"), ("role", "seller"));
            await zoe.Refused(404, "not-found", endpoint.Method, path, endpoint.Body is { } body ? HostileJson.Plain(body) : null);
        }
    }

    [Fact]
    public async Task No_body_makes_the_server_fail_and_every_refusal_is_a_problem()
    {
        var project = await Brochure.Start(office.Host);
        var task = (await Brochure.Open(office.Host, project, "call-back")).Id;
        using var mia = await office.Program("mia");
        using var sam = await office.Program("sam");
        using var adam = await office.Program("adam");
        var sent = 0;
        foreach (var endpoint in office.Endpoints().Where(e => e.Body is not null && !PoliciesOf(e).Contains(Policies.InPerson)))
        {
            var isTask = endpoint.ToString().Contains("/tasks/", StringComparison.Ordinal);
            var path = endpoint.Path(("id", $"{(isTask ? task : project)}"), ("role", "seller"), ("name", "kim"));
            // That only administrators resolve a fault is said by the engine, not by a policy.
            var sender = isTask ? sam : PoliciesOf(endpoint).Contains(Policies.Administer) || path.EndsWith("/resolve", StringComparison.Ordinal) ? adam : mia;
            foreach (var json in HostileJson.For(endpoint.Body!))
            {
                using var answer = await sender.Send(endpoint.Method, path, json);
                var status = (int)answer.StatusCode;
                Assert.True(status is < 500 and not (401 or 403), $"{endpoint} answered {status} to {json[..Math.Min(300, json.Length)]}: {await answer.Content.ReadAsStringAsync()}");
                AssertDeclared(endpoint, status, answer);
                sent++;
            }
        }

        Assert.True(sent > 400, $"{sent} bodies");
        Assert.Empty(await Integrity());
    }

    [Fact]
    public async Task No_parameter_of_an_address_makes_the_server_fail()
    {
        using var adam = await office.Program("adam");
        string[] values = ["", "x", "-1", "0", "9223372036854775807", "99999999999999999999", "%00", "1e9", "%ff", "a%20b", "'%3B--", "null", "LTEuMQ", new string('a', 3000)];
        foreach (var endpoint in office.Endpoints().Where(e => !e.Changes && !e.Route.RoutePattern.RawText!.EndsWith("/events", StringComparison.Ordinal)))
        {
            var names = endpoint.Route.Metadata.GetRequiredMetadata<System.Reflection.MethodInfo>().GetParameters()
                .Where(p => p.ParameterType.IsPrimitive || p.ParameterType.IsValueType || p.ParameterType == typeof(string)).Select(p => p.Name!)
                .Where(name => name is not ("id" or "cancellation")).ToList();
            foreach (var value in values)
            {
                foreach (var name in names)
                {
                    using var answer = await adam.Send("GET", $"{PathTo(endpoint)}?{name}={value}");
                    Assert.True((int)answer.StatusCode < 500, $"{endpoint}?{name}={value} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                    AssertDeclared(endpoint, (int)answer.StatusCode, answer);
                }

                if (value.Length is 0 or > 1000 || !endpoint.Route.RoutePattern.RawText!.Contains("{id", StringComparison.Ordinal)) { continue; }
                using var one = await adam.Send("GET", endpoint.Path(("id", value)));
                Assert.True((int)one.StatusCode is 404 or 400, $"{endpoint} with {value} answered {(int)one.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_not_JSON_is_refused_as_such()
    {
        using var mia = await office.Program("mia");
        await mia.Refused(413, "too-large", "POST", "/api/v1/projects", $$"""{"plan":"{{new string('x', 2 << 20)}}"}""");
        using var form = await mia.PostAsync("/api/v1/projects", new StringContent("plan=x", Encoding.UTF8, "application/x-www-form-urlencoded"));
        Assert.Equal(415, (int)form.StatusCode);
        Assert.Equal("application/problem+json", form.Content.Headers.ContentType!.MediaType);
    }

    private static void AssertDeclared(ApiEndpoint endpoint, int status, HttpResponseMessage answer)
    {
        var declared = endpoint.Route.Metadata.OfType<IProducesResponseTypeMetadata>().Select(m => m.StatusCode).ToHashSet();
        Assert.True(declared.Contains(status), $"{endpoint} answered {status}, which it doesn't declare");
        if (status >= 400) { Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType); }
    }

    private async Task<IReadOnlyList<object>> Integrity()
    {
        await using var scope = office.Host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProcessManager.Host.Data.ProcessManagerDb>();
        return [.. await Engine.Verifier.VerifyAsync(Path.Combine(office.Host.DataDirectory, "pm.db"), db.Model, office.Host.Time, CancellationToken.None)];
    }

    private static List<string> PoliciesOf(ApiEndpoint endpoint) =>
        [.. endpoint.Route.Metadata.OfType<IAuthorizeData>().Select(a => a.Policy).OfType<string>().Distinct()];

    private static string PathTo(ApiEndpoint endpoint) => endpoint.Path(("id", "999999"), ("role", "seller"), ("name", "x"), ("number", "1"));
}
