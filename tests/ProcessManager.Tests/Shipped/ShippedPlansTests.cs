using System.Text;
using ProcessManager.Language;
using ProcessManager.Tests.Plans;
using Xunit;

namespace ProcessManager.Tests.Shipped;

public class ShippedPlansTests
{
    private const string Page = "docs/plans/shipped-plans.md";
    private const string From = "<!-- From here on written by the tests (UPDATE_GOLDEN=1). -->";

    private static readonly IReadOnlyList<Compilation> Compilations =
        [.. Repository.Definitions.PlanIds.Order(StringComparer.Ordinal).Select(id => PlanCompiler.Compile(Repository.Definitions, id))];

    private static IEnumerable<Plan> Compiled => Compilations.Select(c => c.Plan).OfType<Plan>();

    [Fact]
    public void The_shipped_plans_compile_without_a_word_of_complaint() =>
        Assert.Empty(Compilations.SelectMany(c => c.Diagnostics).Select(d => $"{d.Span} {d.Code} {d.Message}"));

    [Fact]
    public void There_is_a_plan_for_each_use_that_the_product_names() =>
        Assert.Superset(
            new HashSet<string>
            {
                "developing-relationships", "prospect-to-customer", "prospective-donor", "sponsorship", "multi-stage-project", "conference",
                "editorial-review", "process-optimisation", "membership-application", "issue-resolution", "brochure-to-customer",
            },
            Compiled.Select(p => p.Id).ToHashSet());

    [Fact]
    public void Each_type_of_project_has_a_plan() =>
        Assert.Empty(Repository.Definitions.Organisation!.Types.Select(t => t.Id).Except(Compiled.Select(p => p.Type)));

    [Fact]
    public void Together_the_shipped_plans_use_everything_that_the_language_can_do() =>
        Assert.Empty(Features.All.Where(f => !Compiled.Any(f.IsUsed)).Select(f => $"{f.Group}: {f.Feature}"));

    [Fact]
    public void Every_stage_tells_a_newcomer_what_matters() =>
        Assert.Empty(Compiled.Where(p => p.Id is not ("prospect-to-customer" or "brochure-to-customer"))
            .SelectMany(p => p.Stages.Where(s => s.Guidance is null).Select(s => $"{p.Id}/{s.Id}")));

    [Fact]
    public void Work_of_people_has_a_deadline_in_every_shipped_plan() =>
        Assert.Empty(Compiled.Where(p => p.Id != "prospect-to-customer")
            .SelectMany(p => p.Steps.Where(s => s.Kind.Work is { Due: null }).Select(s => $"{p.Id}/{s.Id}")));

    [Fact]
    public void Each_template_and_document_is_used_by_a_plan()
    {
        var used = Compiled.SelectMany(p => p.Templates.Keys.Select(t => $"templates/{t}.email.md").Concat(p.Letters.Keys.Select(l => $"templates/{l}.docx"))
            .Concat(p.Steps.SelectMany(s => s.Kind.Work?.Attach ?? []).OfType<Attachment.OfPlan>().Select(a => $"documents/{a.File}")));
        var there = Repository.Definitions.Files.Keys.Where(f => f.StartsWith("templates/", StringComparison.Ordinal) || f.StartsWith("documents/", StringComparison.Ordinal));
        Assert.Empty(there.Except(used));
    }

    [Fact]
    public void The_page_says_which_plan_shows_what()
    {
        var file = Path.Combine(Repository.Root, Page);
        var written = File.ReadAllText(file).ReplaceLineEndings("\n");
        var expected = written[..(written.IndexOf(From, StringComparison.Ordinal) + From.Length)] + "\n" + Matrix();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") { File.WriteAllText(file, expected); }
        Assert.Equal(expected, File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    private static string Matrix()
    {
        var text = new StringBuilder();
        foreach (var group in Features.All.GroupBy(f => f.Group))
        {
            text.Append('\n').Append("### ").Append(char.ToUpperInvariant(group.Key[0])).Append(group.Key, 1, group.Key.Length - 1).Append("\n\n| | shown by |\n| --- | --- |\n");
            foreach (var (_, feature, isUsed) in group)
            {
                text.Append("| ").Append(feature).Append(" | ").AppendJoin(", ", Compiled.Where(isUsed).Select(p => p.Id)).Append(" |\n");
            }
        }

        return text.ToString();
    }
}
