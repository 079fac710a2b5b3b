using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ProcessManager.Host.Access;
using ProcessManager.Host.Api;
using ProcessManager.Host.Tests.Tasks;

namespace ProcessManager.Host.Tests.Api;

/// <summary>One host for the tests of a class: the brochure office with an administrator, and programs that act for its people.</summary>
public sealed class ApiOffice : IAsyncLifetime
{
    public TestHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Host = await Brochure.Office();
        await Host.Person("adam", Roles.Administrator);
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    /// <summary>A program with a token of this person that may read and write.</summary>
    public Task<ApiClient> Program(string person) => Program(person, TokenScopes.All);

    public async Task<ApiClient> Program(string person, IReadOnlyCollection<string> scopes)
    {
        var known = (await Host.People.Find(person, CancellationToken.None))!;
        var token = await Host.People.CreateToken(known.Id, "test", scopes, Host.Time.GetUtcNow().AddDays(300), CancellationToken.None);
        return new ApiClient(Host.Address, token);
    }

    public ApiClient Nobody() => new(Host.Address, null);

    /// <summary>The table of endpoints, as the host has it.</summary>
    internal IReadOnlyList<ApiEndpoint> Endpoints() =>
        [.. Host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith(ApiRoom.Base.TrimStart('/'), StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(method => new ApiEndpoint(method, e)))
            .OrderBy(e => e.ToString(), StringComparer.Ordinal)];
}

/// <summary>One line of the table of endpoints.</summary>
internal sealed record ApiEndpoint(string Method, RouteEndpoint Route)
{
    public bool Changes => Method != "GET";

    public Type? Body => Route.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata>()?.RequestType;

    /// <summary>The path with these in place of its parameters.</summary>
    public string Path(params (string Name, string Value)[] values) =>
        values.Aggregate("/" + Route.RoutePattern.RawText!.Trim('/').Replace(":long", "", StringComparison.Ordinal),
            (path, value) => path.Replace($"{{{value.Name}}}", value.Value, StringComparison.Ordinal));

    public override string ToString() => $"{Method} /{Route.RoutePattern.RawText!.Trim('/')}";
}

/// <summary>A program that talks JSON.</summary>
public sealed class ApiClient : HttpClient
{
    public ApiClient(Uri address, string? token)
    {
        BaseAddress = address;
        if (token is not null) { DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token); }
    }

    public Task<HttpResponseMessage> Send(string method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (json is not null) { request.Content = new StringContent(json, Encoding.UTF8, "application/json"); }
        foreach (var (name, value) in headers) { request.Headers.TryAddWithoutValidation(name, value); }
        return SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The answer's JSON; fails the test where the status is another.</summary>
    public async Task<JsonElement> Ask(int status, string method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using var answer = await Send(method, path, json, headers);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{method} {path} answered {(int)answer.StatusCode} and not {status}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }

    public Task<JsonElement> Get(string path) => Ask(200, "GET", path);

    /// <summary>The problem that comes with this status.</summary>
    public async Task<string> Refused(int status, string type, string method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        var problem = await Ask(status, method, path, json, headers);
        Assert.Equal($"/problems/{type}", problem.GetProperty("type").GetString());
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
        return problem.GetProperty("detail").GetString()!;
    }
}
