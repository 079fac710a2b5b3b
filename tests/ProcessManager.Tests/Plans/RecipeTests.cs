using System.Text;
using System.Text.RegularExpressions;
using ProcessManager.Flow.Testing;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Plans;

/// <summary>Every recipe of the guide and every plan of the tutorial is compiled: what the pages show works.</summary>
public partial class RecipeTests
{
    /// <summary>What the recipes speak of and don't declare themselves.</summary>
    private const string Fields = """
        fields:
          product: { kind: choice, of: [Bronze, Silver, Gold] }
          amount: { kind: money }
          conference-date: { kind: date }
          tracking: { kind: text }

        """;

    private const string Roles = """
        roles:
          lawyer: { from: group:management }
          reviewer: { from: group:reviewers }
          approver: { from: group:finance }

        """;

    public static TheoryData<string, string> Recipes
    {
        get
        {
            var recipes = new TheoryData<string, string>();
            foreach (var page in (string[])["guide.md", "rules.md", "tutorial.md"])
            {
                foreach (var (heading, text) in Blocks(page)) { recipes.Add($"{page}: {heading}", text); }
            }

            return recipes;
        }
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void A_recipe_is_a_plan_without_errors(string where, string text)
    {
        var file = new DefinitionFile("plan.yaml", Encoding.UTF8.GetBytes(Framed(text)));
        var compilation = PlanCompiler.Compile(Repository.Definitions, file);

        Assert.False(compilation.HasErrors, $"{where}\n{DiagnosticPrinter.Print(compilation)}");
    }

    [Fact]
    public void The_pages_hold_recipes() => Assert.True(Recipes.Count > 25);

    [Fact]
    public void The_tutorials_tests_pass_on_its_last_plan_and_reach_all_of_it()
    {
        var plan = Blocks("tutorial.md").Last(b => b.Text.StartsWith("plan:", StringComparison.Ordinal)).Text;
        var tests = Block().Matches(Page("tutorial.md")).Select(b => b.Groups[1].Value).Single(t => t.StartsWith("tests:", StringComparison.Ordinal));
        var definitions = Repository.Definitions
            .With(new DefinitionFile("plans/new-volunteer/plan.yaml", Encoding.UTF8.GetBytes(plan)))
            .With(new DefinitionFile("plans/new-volunteer/tests.yaml", Encoding.UTF8.GetBytes(tests)));

        var compiled = PlanCompiler.Compile(definitions, "new-volunteer").Plan!;
        var read = PlanTestCompiler.Compile(definitions, compiled);
        Assert.False(read.HasErrors, string.Join('\n', read.Diagnostics.Select(d => $"{d.Span.Start}: {d.Message}")));
        var report = PlanTester.Run(definitions, compiled, read.Tests);

        Assert.Empty(report.Results.Where(r => !r.Passed).Select(r => $"{r.Test.Name}: expected {r.Failure!.Expected}, found {r.Failure.Found}\n{r.Failure.Story}"));
        Assert.Equal(100, report.Coverage.PercentOf(CoverageKind.Stage, CoverageKind.Step, CoverageKind.Outcome));
    }

    /// <summary>The YAML blocks of a page with the heading that each stands under; tests of plans aside.</summary>
    internal static IEnumerable<(string Heading, string Text)> Blocks(string page)
    {
        var text = Page(page);
        foreach (Match block in Block().Matches(text))
        {
            var heading = Heading().Matches(text[..block.Index])[^1].Groups[1].Value;
            if (!block.Groups[1].Value.StartsWith("tests:", StringComparison.Ordinal)) { yield return (heading, block.Groups[1].Value); }
        }
    }

    private static string Page(string name) => File.ReadAllText(Path.Combine(Repository.Root, "docs", "plans", name)).ReplaceLineEndings("\n");

    private static string Framed(string recipe)
    {
        bool Has(string key) => recipe.StartsWith($"{key}:", StringComparison.Ordinal) || recipe.Contains($"\n{key}:", StringComparison.Ordinal);
        var plan = new StringBuilder(Has("plan") ? "" : "plan: recipe\nname: Recipe\ntype: sales\n");
        if (!Has("plan") && !Has("fields")) { plan.Append(Fields); }
        if (!Has("roles")) { plan.Append(Roles); }
        if (Has("steps")) { return plan.Append("stages:\n  frame:\n    probability: 50\n    ").Append(recipe.TrimEnd().Replace("\n", "\n    ", StringComparison.Ordinal)).Append('\n').ToString(); }
        plan.Append(recipe);
        if (!Has("stages")) { plan.Append("stages:\n  frame:\n    probability: 50\n    steps:\n      work: { task: Do it }\n"); }
        return plan.ToString();
    }

    [GeneratedRegex("^```yaml\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
