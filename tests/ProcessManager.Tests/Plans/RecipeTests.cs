using System.Text;
using System.Text.RegularExpressions;
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
            foreach (var page in (string[])["guide.md", "tutorial.md"])
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

    /// <summary>The YAML blocks of a page with the heading that each stands under; tests of plans aside.</summary>
    internal static IEnumerable<(string Heading, string Text)> Blocks(string page)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "plans", page)).ReplaceLineEndings("\n");
        foreach (Match block in Block().Matches(text))
        {
            var heading = Heading().Matches(text[..block.Index])[^1].Groups[1].Value;
            if (!block.Groups[1].Value.StartsWith("tests:", StringComparison.Ordinal)) { yield return (heading, block.Groups[1].Value); }
        }
    }

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
