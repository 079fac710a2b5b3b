using System.Text.Json.Nodes;
using ProcessManager.Language;
using ProcessManager.Language.Shaping;
using Xunit;

namespace ProcessManager.Tests.Reading;

public class GeneratedFilesTests
{
    private static void IsCurrent(string path, string expected)
    {
        var file = Path.Combine(ShapeTests.Root(), path);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, expected);
        }

        Assert.True(File.Exists(file), $"{path} is missing: run the tests with UPDATE_GOLDEN=1.");
        Assert.Equal(expected, File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("plan.schema.json")]
    [InlineData("organisation.schema.json")]
    [InlineData("calendar.schema.json")]
    [InlineData("tests.schema.json")]
    public void The_schema_in_the_repository_is_the_one_of_the_shapes(string name) =>
        IsCurrent($"definitions/schema/{name}", SchemaWriter.All[name]);

    [Fact]
    public void The_reference_of_keys_is_the_one_of_the_shapes() => IsCurrent("docs/plans/keys.md", ReferenceWriter.Keys());

    [Fact]
    public void Every_reference_inside_a_schema_leads_somewhere()
    {
        foreach (var (name, text) in SchemaWriter.All)
        {
            var schema = JsonNode.Parse(text)!.AsObject();
            var definitions = schema["definitions"]!.AsObject().Select(d => "#/definitions/" + d.Key).ToHashSet();
            foreach (var reference in References(schema))
            {
                Assert.True(definitions.Contains(reference), $"{name}: {reference}");
            }
        }
    }

    [Fact]
    public void The_page_of_diagnostics_in_the_repository_names_no_code_that_is_gone()
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            IsCurrent("docs/plans/diagnostics.md", ReferenceWriter.Diagnostics());
        }

        var codes = Errors.All.Select(e => e.Code).ToHashSet();
        var told = File.ReadLines(Path.Combine(ShapeTests.Root(), "docs/plans/diagnostics.md")).Where(l => l.StartsWith("## ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(told);
        Assert.All(told, line => Assert.Contains(line[3..], codes));
    }

    [Fact]
    public void The_page_of_diagnostics_tells_of_every_code()
    {
        var page = ReferenceWriter.Diagnostics();
        Assert.All(Errors.All, e => Assert.Contains($"## {e.Code}\n", page, StringComparison.Ordinal));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(e => e.Key == "$ref" ? [e.Value!.GetValue<string>()] : References(e.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
