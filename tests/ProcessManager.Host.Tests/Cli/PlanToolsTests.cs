using System.Text;
using System.Text.Json;

namespace ProcessManager.Host.Tests.Cli;

/// <summary>What the command line does with plan files beside checking them.</summary>
[Collection("console")]
public sealed class PlanToolsTests : IDisposable
{
    private const string Good = "plan: tea\nname: Tea # the name\ntype: sales\nstages:\n  one:\n    name: First\n    probability: 10\n    steps:\n      a: { task: Drink, assign: group:sales, outcomes: { drunk: , spilt: { close: lost } } }\n";

    private readonly string folder = Directory.CreateTempSubdirectory("pm-tools-").FullName;

    private static string Shipped => Path.Combine(Repository.Root, "definitions");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Fixes_are_made_in_the_file_and_nothing_else_of_it_changes()
    {
        var plan = await Plan(Good.Replace("type: sales", "tpye: saels", StringComparison.Ordinal).Replace("group:sales", "group:sale", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal), mark: true);

        var told = await Terminal.Run("plan", "check", plan);
        Assert.Equal(1, told.Exit);
        Assert.Contains("can be mended with --fix", told.Out, StringComparison.Ordinal);
        var ran = await Terminal.Run("plan", "check", "--fix", plan);
        Assert.True(ran.Exit == 0, ran.ToString());
        Assert.Contains("plan.yaml:3: Change to “type”", ran.Out, StringComparison.Ordinal);
        Assert.Contains("1 plan checked: no problems.", ran.Out, StringComparison.Ordinal);
        Assert.Equal("\uFEFF" + Good.Replace("\n", "\r\n", StringComparison.Ordinal), Encoding.UTF8.GetString(await File.ReadAllBytesAsync(plan)));
        Assert.Equal("1 plan checked: no problems.\n", (await Terminal.Run("plan", "check", "--fix", plan)).Out.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Problems_come_as_SARIF_with_the_place_of_the_file()
    {
        var plan = await Plan(Good.Replace("type:", "tpye:", StringComparison.Ordinal));

        var ran = await Terminal.Run("plan", "check", "--sarif", plan);
        Assert.Equal(1, ran.Exit);
        using var sarif = JsonDocument.Parse(ran.Out);
        var result = sarif.RootElement.GetProperty("runs")[0].GetProperty("results")[0];
        var uri = result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()!;
        Assert.Equal("file://" + plan, uri);
        Assert.Equal(2, (await Terminal.Run("plan", "check", "--sarif", "--json", plan)).Exit);
    }

    [Fact]
    public async Task Files_are_formatted_and_the_check_says_what_would_change()
    {
        var plan = await Plan(Good.Replace("name: Tea", "name:   'Tea'", StringComparison.Ordinal));

        var would = await Terminal.Run("plan", "fmt", "--check", folder);
        Assert.Equal(1, would.Exit);
        Assert.Contains("plan.yaml: would change spaces in line 2; quotes in line 2", would.Out, StringComparison.Ordinal);
        var did = await Terminal.Run("plan", "fmt", folder);
        Assert.True(did.Exit == 0, did.ToString());
        Assert.Equal(Good, await File.ReadAllTextAsync(plan));
        Assert.Equal(0, (await Terminal.Run("plan", "fmt", "--check", folder)).Exit);
        Assert.Equal(0, (await Terminal.Run("plan", "fmt", "--check", Shipped)).Exit);
    }

    [Fact]
    public async Task What_cannot_be_read_is_not_formatted()
    {
        var plan = await Plan("plan: [\n  x:   y\n");

        var ran = await Terminal.Run("plan", "fmt", plan);
        Assert.Equal(1, ran.Exit);
        Assert.Contains("left as it is", ran.Error, StringComparison.Ordinal);
        Assert.Equal("plan: [\n  x:   y\n", await File.ReadAllTextAsync(plan));
        await File.WriteAllBytesAsync(plan, [0x61, 0x3A, 0x20, 0xC3, 0x28]);
        Assert.Equal(1, (await Terminal.Run("plan", "fmt", plan)).Exit);
        Assert.Equal([0x61, 0x3A, 0x20, 0xC3, 0x28], await File.ReadAllBytesAsync(plan));
        Assert.Equal(2, (await Terminal.Run("plan", "fmt", Path.Combine(folder, "no-such"))).Exit);
    }

    [Fact]
    public async Task Two_files_are_compared_for_people_programs_and_pull_requests()
    {
        var before = await Plan(Good);
        var after = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "plans", "tea-2")).FullName, "plan.yaml");
        await File.WriteAllTextAsync(after, Good.Replace("plan: tea", "plan: tea-2", StringComparison.Ordinal).Replace("probability: 10", "probability: 20", StringComparison.Ordinal));

        var text = await Terminal.Run("plan", "diff", before, after);
        Assert.True(text.Exit == 0, text.ToString());
        Assert.Contains("renamed from tea", text.Out, StringComparison.Ordinal);
        Assert.Contains("probability: 10 % → 20 %", text.Out, StringComparison.Ordinal);
        Assert.Contains("| stage `one` | probability | 10 % | 20 % |", (await Terminal.Run("plan", "diff", "--markdown", before, after)).Out, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await Terminal.Run("plan", "diff", "--json", before, after)).Out);
        Assert.Equal("tea-2", json.RootElement[0].GetProperty("plan").GetString());
        Assert.Equal(1, (await Terminal.Run("plan", "diff", "--exit-code", before, after)).Exit);
        Assert.Equal("The two mean the same.\n", (await Terminal.Run("plan", "diff", "--exit-code", before, before)).Out.ReplaceLineEndings("\n"));
        Assert.Equal(2, (await Terminal.Run("plan", "diff", before, Path.Combine(folder, "no-such"))).Exit);
        Assert.Equal(2, (await Terminal.Run("plan", "diff", before, "no-such-revision:plan.yaml")).Exit);
    }

    [Fact]
    public async Task A_copy_that_stands_alone_is_compared_with_the_organisation_of_the_other()
    {
        var original = Path.Combine(Shipped, "plans", "brochure-to-customer", "plan.yaml");
        var copy = Path.Combine(folder, "copy.yaml");
        await File.WriteAllTextAsync(copy, await File.ReadAllTextAsync(original));

        var same = await Terminal.Run("plan", "diff", copy, original);
        Assert.True(same.Exit == 0, same.ToString());
        Assert.Equal("The two mean the same.\n", same.Out.ReplaceLineEndings("\n"));
        Assert.Equal(0, (await Terminal.Run("plan", "diff", "--exit-code", original, copy)).Exit);
    }

    [Fact]
    public async Task A_plan_that_is_not_there_is_told_from_several()
    {
        Assert.Contains("there is no such plan, file or folder", (await Terminal.Run("plan", "docs", "no-such-plan")).Error, StringComparison.Ordinal);
        Assert.Contains("name one plan by its id, file or folder", (await Terminal.Run("plan", "docs", Shipped)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folders_are_compared_plan_by_plan()
    {
        await Plan(Good);
        var other = Directory.CreateTempSubdirectory("pm-tools-").FullName;
        try
        {
            File.Copy(Path.Combine(folder, "organisation.yaml"), Path.Combine(other, "organisation.yaml"));
            Directory.CreateDirectory(Path.Combine(other, "calendars"));
            File.Copy(Path.Combine(folder, "calendars", "office.yaml"), Path.Combine(other, "calendars", "office.yaml"));
            Directory.CreateDirectory(Path.Combine(other, "plans", "coffee"));
            await File.WriteAllTextAsync(Path.Combine(other, "plans", "coffee", "plan.yaml"), Good.Replace("plan: tea", "plan: coffee", StringComparison.Ordinal));
            Directory.CreateDirectory(Path.Combine(other, "plans", "water"));
            await File.WriteAllTextAsync(Path.Combine(other, "plans", "water", "plan.yaml"), Good.Replace("plan: tea", "plan: water", StringComparison.Ordinal));
            var told = await Terminal.Run("plan", "diff", folder, other);
            Assert.Equal("Tea: a new plan (coffee)\nTea: a new plan (water)\nTea: removed (tea)\n", told.Out.ReplaceLineEndings("\n"));
        }
        finally
        {
            Directory.Delete(other, recursive: true);
        }
    }

    [Fact]
    public async Task A_plan_is_written_as_a_page_for_Elsa_as_a_diagram_and_in_canonical_form()
    {
        var plan = Path.Combine(Shipped, "plans", "editorial-review");
        Assert.StartsWith("<!DOCTYPE html>", (await Terminal.Run("plan", "docs", plan)).Out, StringComparison.Ordinal);
        Assert.StartsWith("# Editorial review\n", (await Terminal.Run("plan", "docs", "--markdown", plan)).Out, StringComparison.Ordinal);
        var file = Path.Combine(folder, "pages", "editorial.html");
        Assert.Equal(0, (await Terminal.Run("plan", "docs", plan, "--out", file)).Exit);
        Assert.StartsWith("<!DOCTYPE html>", await File.ReadAllTextAsync(file), StringComparison.Ordinal);

        using var elsa = JsonDocument.Parse((await Terminal.Run("plan", "export", "--elsa", plan)).Out);
        Assert.Equal("editorial-review", elsa.RootElement.GetProperty("definitionId").GetString());
        Assert.StartsWith("flowchart", (await Terminal.Run("plan", "export", "--mermaid", plan)).Out, StringComparison.Ordinal);
        Assert.StartsWith("<svg", (await Terminal.Run("plan", "export", "--svg", plan)).Out, StringComparison.Ordinal);
        using var canonical = JsonDocument.Parse((await Terminal.Run("plan", "export", "--json", plan)).Out);
        Assert.Equal("editorial-review", canonical.RootElement.GetProperty("plan").GetString());
        foreach (var args in new string[][] { ["plan", "export", plan], ["plan", "export", "--elsa", "--svg", plan], ["plan", "export", "--elsa", folder], ["plan", "docs", Path.Combine(folder, "x")] })
        {
            Assert.Equal(2, (await Terminal.Run(args)).Exit);
        }

        Assert.Equal(1, (await Terminal.Run("plan", "export", "--elsa", await Plan("plan: x\n"))).Exit);
    }

    [Fact]
    public async Task Schemas_are_printed_one_by_one_or_written_to_a_folder()
    {
        using var schema = JsonDocument.Parse((await Terminal.Run("schema", "plan")).Out);
        Assert.Equal("An action plan", schema.RootElement.GetProperty("title").GetString());
        Assert.Equal(2, (await Terminal.Run("schema", "no-such")).Exit);
        Assert.Equal(2, (await Terminal.Run("schema")).Exit);
        Assert.Equal(0, (await Terminal.Run("schema", "--out", Path.Combine(folder, "schema"))).Exit);
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Shipped, "schema", "plan.schema.json")), await File.ReadAllTextAsync(Path.Combine(folder, "schema", "plan.schema.json")));
    }

    /// <summary>Beside the shipped organisation, so that groups and types are known.</summary>
    private async Task<string> Plan(string content, bool mark = false)
    {
        File.Copy(Path.Combine(Shipped, "organisation.yaml"), Path.Combine(folder, "organisation.yaml"), overwrite: true);
        Directory.CreateDirectory(Path.Combine(folder, "calendars"));
        File.Copy(Path.Combine(Shipped, "calendars", "office.yaml"), Path.Combine(folder, "calendars", "office.yaml"), overwrite: true);
        var plan = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "plans", "tea")).FullName, "plan.yaml");
        await File.WriteAllTextAsync(plan, content, new UTF8Encoding(mark));
        return plan;
    }
}
