using System.Text.Json;
using System.Xml.Linq;
using ProcessManager.Host.Cli;

namespace ProcessManager.Host.Tests.Cli;

/// <summary>The tests of plans from the command line.</summary>
[Collection("console")]
public sealed class PlanTestTests : IDisposable
{
    private const string Plan = "plan: tea\nname: Tea\ntype: sales\nstages:\n  one:\n    name: First\n    probability: 10\n    steps:\n      brew: { task: Brew, outcomes: { good: , bad: { close: lost, reason: price } } }\n";
    private const string Good = "tests:\n  it is good:\n    do:\n      - { complete: brew, outcome: good }\n      - expect: { closed: won }\n";
    private const string Bad = Good + "  it is \"bad\" & <worse>:\n    do:\n      - expect: { closed: won }\n";

    private readonly string folder = Directory.CreateTempSubdirectory("pm-tests-").FullName;

    public PlanTestTests()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "definitions"), "*.yaml", SearchOption.AllDirectories).Where(f => !f.Contains("/plans/", StringComparison.Ordinal)))
        {
            Write(Path.GetRelativePath(Path.Combine(Repository.Root, "definitions"), file), File.ReadAllText(file));
        }

        Write("plans/tea/plan.yaml", Plan);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_shipped_plans_pass_their_tests()
    {
        var ran = await Terminal.Run("plan", "test", Path.Combine(Repository.Root, "definitions"), "--coverage");
        Assert.True(ran.Exit == 0, ran.ToString());
        Assert.Contains("brochure-to-customer: 6 tests passed in ", ran.Out, StringComparison.Ordinal);
        Assert.Contains("✓ a sale, from the first call to the follow-up", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_shows_its_line_what_was_expected_and_found_and_the_history()
    {
        Write("plans/tea/tests.yaml", Bad);
        var ran = await Terminal.Run("plan", "test", folder);
        Assert.Equal(1, ran.Exit);
        Assert.Contains("✓ it is good", ran.Out, StringComparison.Ordinal);
        Assert.Contains("✗ it is \"bad\" & <worse>", ran.Out, StringComparison.Ordinal);
        Assert.Contains("plans/tea/tests.yaml:8:19", ran.Out, StringComparison.Ordinal);
        Assert.Contains("8 |       - expect: { closed: won }", ran.Out, StringComparison.Ordinal);
        Assert.Contains("expected  closed: won", ran.Out, StringComparison.Ordinal);
        Assert.Contains("found     closed: no", ran.Out, StringComparison.Ordinal);
        Assert.Contains("Mon 2 Mar 2026 09:00", ran.Out, StringComparison.Ordinal);
        Assert.Contains("1 of 2 tests failed of 1 plan in ", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_in_tests_and_plans_are_shown_like_those_of_plans()
    {
        Write("plans/tea/tests.yaml", Good.Replace("outcome: good", "outcome: goood", StringComparison.Ordinal));
        var ran = await Terminal.Run("plan", "test", folder);
        Assert.Equal(1, ran.Exit);
        Assert.Contains("plans/tea/tests.yaml:4:36: error PM1205: ", ran.Out, StringComparison.Ordinal);
        Assert.Contains("did you mean “good”", ran.Out, StringComparison.Ordinal);
        Assert.Contains("^^^^^", ran.Out, StringComparison.Ordinal);

        var check = await Terminal.Run("plan", "check", folder);
        Assert.Equal(1, check.Exit);
        Assert.Contains("plans/tea/tests.yaml:4:36: error PM1205: ", check.Out, StringComparison.Ordinal);

        Write("plans/tea/plan.yaml", Plan.Replace("task:", "taks:", StringComparison.Ordinal));
        var broken = await Terminal.Run("plan", "test", folder);
        Assert.Equal(1, broken.Exit);
        Assert.Contains("tea: cannot be tested", broken.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_chooses_tests_by_plan_and_name_and_says_when_it_finds_none()
    {
        Write("plans/tea/tests.yaml", Bad);
        var good = await Terminal.Run("plan", "test", folder, "--filter", "GOOD");
        Assert.Equal(0, good.Exit);
        Assert.DoesNotContain("worse", good.Out, StringComparison.Ordinal);
        Assert.Equal(2, (await Terminal.Run("plan", "test", folder, "--filter", "coffee")).Exit);
    }

    [Fact]
    public async Task Too_little_coverage_fails_and_what_is_missing_is_listed()
    {
        Write("plans/tea/tests.yaml", Good);
        var enough = await Terminal.Run("plan", "test", folder, "--coverage", "--min-coverage", "75");
        Assert.True(enough.Exit == 0, enough.ToString());
        Assert.Contains("outcomes  1 of 2; no test reaches brew.bad", enough.Out, StringComparison.Ordinal);
        var little = await Terminal.Run("plan", "test", folder, "--min-coverage", "90");
        Assert.Equal(1, little.Exit);
        Assert.Contains("tea: its tests reach 75 % of it, less than 90 %.", little.Out, StringComparison.Ordinal);
        Assert.Equal(2, (await Terminal.Run("plan", "test", folder, "--min-coverage", "900")).Exit);
        File.Delete(Path.Combine(folder, "plans/tea/tests.yaml"));
        var none = await Terminal.Run("plan", "test", folder, "--min-coverage", "1");
        Assert.Equal(1, none.Exit);
        Assert.Contains("tea: has no tests", none.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_results_are_JUnit_XML_and_JSON_for_programs()
    {
        Write("plans/tea/tests.yaml", Bad);
        var file = Path.Combine(folder, "results.xml");
        var ran = await Terminal.Run("plan", "test", folder, "--junit", file, "--json");
        Assert.Equal(1, ran.Exit);
        var suite = XDocument.Load(file).Root!.Element("testsuite")!;
        Assert.Equal(("tea", "2", "1", "0"), ((string)suite.Attribute("name")!, (string)suite.Attribute("tests")!, (string)suite.Attribute("failures")!, (string)suite.Attribute("errors")!));
        var cases = suite.Elements("testcase").ToList();
        Assert.All(cases, c => Assert.True((decimal)c.Attribute("time")! >= 0 && (string?)c.Attribute("classname") == "tea"));
        Assert.Equal("it is \"bad\" & <worse>", (string)cases[1].Attribute("name")!);
        Assert.Equal("expected closed: won, found closed: no", (string)cases[1].Element("failure")!.Attribute("message")!);

        using var json = JsonDocument.Parse(ran.Out);
        var plan = json.RootElement[0];
        Assert.False(plan.GetProperty("passed").GetBoolean());
        Assert.Equal(8, plan.GetProperty("tests")[1].GetProperty("failure").GetProperty("line").GetInt32());
        Assert.Equal("brew.bad", plan.GetProperty("coverage").GetProperty("missing")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task What_cannot_be_tested_is_an_error_in_JUnit_XML()
    {
        Write("plans/tea/tests.yaml", "tests: {}\n");
        var file = Path.Combine(folder, "results.xml");
        Assert.Equal(1, (await Terminal.Run("plan", "test", folder, "--junit", file)).Exit);
        var suite = XDocument.Load(file).Root!.Element("testsuite")!;
        Assert.Equal("1", (string)suite.Attribute("errors")!);
        Assert.NotNull(suite.Element("testcase")!.Element("error"));
    }

    [Fact]
    public async Task Plans_are_named_by_folder_by_file_or_by_their_tests_and_what_is_not_there_is_said()
    {
        Write("plans/tea/tests.yaml", Good);
        foreach (var path in new[] { "plans/tea", "plans/tea/plan.yaml", "plans/tea/tests.yaml", "plans" })
        {
            var ran = await Terminal.Run("plan", "test", Path.Combine(folder, path));
            Assert.True(ran.Exit == 0 && ran.Out.Contains("tea: 1 test passed", StringComparison.Ordinal), ran.ToString());
        }

        var nothing = await Terminal.Run("plan", "test", "coffee");
        Assert.Equal(2, nothing.Exit);
        Assert.Contains("coffee: there is no such plan", nothing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watching_runs_again_when_a_file_changes_and_ends_when_it_is_stopped()
    {
        Write("plans/tea/tests.yaml", Good);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var runs = 0;
        var watching = PlanTestWatch.RunAsync([folder], () =>
        {
            runs++;
            if (runs == 1) { Write("plans/tea/tests.yaml", Bad); }
            else { stop.Cancel(); }
            return runs;
        }, TimeProvider.System, stop.Token);
        Assert.Equal(2, await watching);
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
