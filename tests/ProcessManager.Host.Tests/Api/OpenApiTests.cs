using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProcessManager.Host.Tests.Api;

public sealed class OpenApiTests(ApiOffice office) : IClassFixture<ApiOffice>
{
    private static readonly JsonSerializerOptions Pretty = new()
    {
        WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Run with UPDATE_GOLDEN=1 to write the file anew; the difference is what changes for programs.</summary>
    [Fact]
    public async Task The_document_in_the_repository_is_the_one_that_is_served()
    {
        var served = JsonNode.Parse((await Document()).GetRawText())!.ToJsonString(Pretty) + "\n";
        var file = Path.Combine(Repository.Root, "docs", "api", "openapi.json");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") { await File.WriteAllTextAsync(file, served); }
        Assert.Equal(await File.ReadAllTextAsync(file), served);
    }

    [Fact]
    public async Task Every_endpoint_is_in_the_document_with_its_answers()
    {
        var document = await Document();
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        foreach (var endpoint in office.Endpoints())
        {
            var operation = document.GetProperty("paths").GetProperty(endpoint.Path()).GetProperty(endpoint.Method.ToLowerInvariant());
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            var answers = operation.GetProperty("responses").EnumerateObject().Select(r => r.Name).ToList();
            Assert.Contains(answers, a => a[0] == '2');
            Assert.Contains("401", answers);
        }
    }

    [Fact]
    public async Task Every_example_can_be_read()
    {
        using var adam = await office.Program("adam");
        var examples = (await Document()).GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject(), (path, operation) => (path, operation))
            .Where(x => x.operation.Value.TryGetProperty("requestBody", out var body) && body.GetProperty("content").GetProperty("application/json").TryGetProperty("example", out _)).ToList();
        Assert.True(examples.Count >= 6);
        foreach (var (path, operation) in examples)
        {
            var json = operation.Value.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example").GetRawText();
            using var answer = await adam.Send(operation.Name.ToUpperInvariant(), path.Name.Replace("{id}", "999999", StringComparison.Ordinal), json);
            Assert.True((int)answer.StatusCode is 200 or 201 or 403 or 404, $"{path.Name} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        var document = await Document();
        var known = document.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(s => "#/components/schemas/" + s.Name).ToHashSet();
        var used = References(document).Where(r => r.StartsWith("#/components/schemas/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(used);
        Assert.All(used, r => Assert.Contains(r, known));
    }

    [Fact]
    public async Task The_page_to_try_it_comes_whole_and_alone_may_run_its_own_script()
    {
        var ann = await office.Host.SignIn("sam");
        using var page = await ann.GetAsync("/api-docs/index.html");
        Assert.Equal(200, (int)page.StatusCode);
        Assert.Contains("'unsafe-inline'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var read = await TestBrowser.Read(page);
        var files = read.QuerySelectorAll("script[src], link[rel=stylesheet]").Select(e => e.GetAttribute("src") ?? e.GetAttribute("href")!).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            using var answer = await ann.GetAsync(new Uri(new Uri(office.Host.Address, "/api-docs/"), file));
            Assert.Equal(200, (int)answer.StatusCode);
        }

        using var elsewhere = await ann.GetAsync("/");
        Assert.DoesNotContain("unsafe", elsewhere.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> Document()
    {
        using var sam = await office.Program("sam");
        return await sam.Get("/openapi/v1.json");
    }

    private static IEnumerable<string> References(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => p.Name == "$ref" && p.Value.ValueKind == JsonValueKind.String ? [p.Value.GetString()!] : References(p.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
