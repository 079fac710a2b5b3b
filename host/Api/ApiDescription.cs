using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ProcessManager.Host.Api;

/// <summary>On endpoints that send a command: they take an Idempotency-Key, and some an If-Match.</summary>
internal sealed record TakesKey(bool IfMatch);

/// <summary>What the OpenAPI document says beyond what the endpoints' types say by themselves: refusals, headers, examples.</summary>
internal static class ApiDescription
{
    private static readonly Dictionary<string, string> Examples = new(StringComparer.Ordinal)
    {
        ["StartProject"] = """{"plan":"brochure-to-customer","newContact":{"kind":"individual","name":"Ada Example","emails":["ada@example.org"]},"fields":{"questions":"Does it come in blue?"}}""",
        ["CompleteTask"] = """{"outcome":"sale","fields":{"product":"Gold","amount":1200}}""",
        ["SetFields"] = """{"fields":{"title":"Ada Example, spring order","expected-close":"2027-03-31"}}""",
        ["CloseProject"] = """{"result":"lost","reason":"no-budget","note":"They will ask again next year."}""",
        ["AddContact"] = """{"kind":"organisation","name":"Example Ltd","emails":["office@example.org"],"country":"AT"}""",
        ["AssignTask"] = """{"person":"sam"}""",
        ["CreateToken"] = """{"name":"Nightly export","scopes":["read"],"days":30}""",
    };

    /// <summary>Declares the refusals that an endpoint can answer by what it is: changing, about one thing, for some people.</summary>
    public static void DeclareRefusals(this RouteGroupBuilder api) => ((IEndpointConventionBuilder)api).Finally(builder =>
    {
        if (builder is not RouteEndpointBuilder endpoint) { return; }
        var methods = endpoint.Metadata.OfType<HttpMethodMetadata>().SelectMany(m => m.HttpMethods).ToList();
        var changes = !methods.Contains(HttpMethods.Get);
        List<int> refusals = [400, 401, 403];
        if (endpoint.RoutePattern.Parameters.Count > 0) { refusals.Add(404); }
        if (changes) { refusals.AddRange([413, 415, 422]); }
        else { refusals.Add(422); }
        if (endpoint.Metadata.OfType<TakesKey>().LastOrDefault() is { } key && changes)
        {
            refusals.AddRange([404, 409]);
            if (key.IfMatch) { refusals.Add(412); }
        }

        foreach (var status in refusals.Distinct().Except(endpoint.Metadata.OfType<ProducesResponseTypeMetadata>().Select(m => m.StatusCode)).Order().ToList())
        {
            endpoint.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));
        }
    });

    public static Task AddHeadersAndExamples(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var changes = context.Description.HttpMethod != HttpMethods.Get;
        if (changes && metadata.OfType<TakesKey>().LastOrDefault() is { } key)
        {
            Header(operation, Answers.KeyHeader, $"1 to {Answers.LongestKey} visible characters of your choice. Sent again with the same content, the first result is answered and nothing is done twice.");
            if (key.IfMatch) { Header(operation, "If-Match", "The project's ETag: change it only where nobody did since."); }
        }

        if (metadata.OfType<IAuthorizeData>().LastOrDefault(a => a.Policy is not (null or Access.Policies.SignedIn)) is { } rule)
        {
            operation.Description = $"{operation.Description} Needs: {rule.Policy}.".Trim();
        }

        if (operation.OperationId is { } id && Examples.TryGetValue(id, out var example)
            && operation.RequestBody?.Content is { } content && content.TryGetValue("application/json", out var json) && json is OpenApiMediaType body)
        {
            body.Example = JsonNode.Parse(example);
        }

        return Task.CompletedTask;
    }

    private static void Header(OpenApiOperation operation, string name, string description) =>
        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = name, In = ParameterLocation.Header, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
}
