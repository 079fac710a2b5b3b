using System.Text;
using System.Text.Json;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Plans;

public class QuickFixesTests
{
    [Fact]
    public void All_fixes_of_a_file_are_made_until_none_is_left_and_comments_stay()
    {
        const string text = "plan: tea # the id\nname: Tea\ntype: saless\nstages:\n  one:\n    # what is done\n    stepps:\n      a: { task: A, asign: owner, outcomes: [yes, no], }\n      b: { task: B, after: a.yees }\n      c: { task: {{prospect.name}}, after: a.no }\n";

        var mended = Mended(text);

        Assert.DoesNotContain(Plans.Compile(mended).Diagnostics, d => d.Fix is not null);
        Assert.Contains("plan: tea # the id\n", mended, StringComparison.Ordinal);
        Assert.Contains("type: sales\n", mended, StringComparison.Ordinal);
        Assert.Contains("    # what is done\n    steps:\n", mended, StringComparison.Ordinal);
        Assert.Contains("{ task: A, assign: owner, outcomes: [yes, no], }", mended, StringComparison.Ordinal);
        Assert.Contains("after: a.yes }", mended, StringComparison.Ordinal);
        Assert.Contains("\"{{prospect.name}}\"", mended, StringComparison.Ordinal);
        Assert.Equal(mended, Mended(mended));
    }

    [Fact]
    public void Of_two_fixes_that_touch_the_same_text_the_first_is_made()
    {
        static Diagnostic At(int from, int to, string text) =>
            Errors.UnknownStep.At(Span(from, to), "No.", new QuickFix("x", [new TextEdit(Span(from, to), text)]));

        var (text, made) = QuickFixes.Make("x.yaml", "abcdef", [At(2, 4, "X"), At(0, 3, "Y"), At(4, 5, "Z"), Errors.UnknownStep.At(Span(0, 1), "No.")]);

        Assert.Equal("YdZf", text);
        Assert.Equal(2, made.Length);
    }

    [Fact]
    public void A_fix_for_another_file_is_left_alone()
    {
        var (text, made) = QuickFixes.Make("y.yaml", "abc", [Errors.UnknownStep.At(Span(0, 1), "No.", new QuickFix("x", [new TextEdit(Span(0, 1), "X")]))]);

        Assert.Equal(("abc", 0), (text, made.Length));
    }

    [Fact]
    public void Every_golden_plan_can_be_mended_as_far_as_its_fixes_go()
    {
        foreach (var name in GoldenFolder.Names)
        {
            var folder = new GoldenFolder(name);
            var text = Plans.Text(name);
            for (var round = 0; ; round++)
            {
                var told = PlanCompiler.Compile(folder.Definitions, new DefinitionFile("plan.yaml", Encoding.UTF8.GetBytes(text))).Diagnostics;
                var (next, made) = QuickFixes.Make("plan.yaml", text, told);
                if (made.IsEmpty)
                {
                    break;
                }

                Assert.True(round < 10, $"{name} is mended in a circle:\n{next}");
                text = next;
            }
        }
    }

    private static SourceSpan Span(int from, int to) => new("x.yaml", 1, from + 1, 1, to + 1, from, to);

    private static string Mended(string text)
    {
        for (var round = 0; round < 10; round++)
        {
            var (next, made) = QuickFixes.Make("plan.yaml", text, Plans.Compile(text).Diagnostics);
            if (made.IsEmpty)
            {
                break;
            }

            text = next;
        }

        return text;
    }
}

public class SarifReportTests
{
    [Fact]
    public void A_report_names_the_rules_and_gives_each_result_its_place_and_its_fix()
    {
        var span = new SourceSpan("plans/a b/plan.yaml", 3, 7, 3, 10, 40, 43);
        using var json = JsonDocument.Parse(SarifReport.Write(
            [Errors.UnknownStep.At(span, "There is no step “cal”.", new QuickFix("Change to “call”", [new TextEdit(span, "call")])), Errors.NoWayToLost.At(span, "No way.")], "1.2.3"));

        var run = json.RootElement.GetProperty("runs")[0];
        var result = run.GetProperty("results")[0];
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        var change = result.GetProperty("fixes")[0].GetProperty("artifactChanges")[0];
        Assert.Equal("2.1.0", json.RootElement.GetProperty("version").GetString());
        Assert.Equal("1.2.3", run.GetProperty("tool").GetProperty("driver").GetProperty("version").GetString());
        Assert.Equal(["PM1201", "PM1318"], run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Select(r => r.GetProperty("id").GetString()));
        Assert.Equal(("PM1201", 0, "error"), (result.GetProperty("ruleId").GetString(), result.GetProperty("ruleIndex").GetInt32(), result.GetProperty("level").GetString()));
        Assert.Equal("warning", run.GetProperty("results")[1].GetProperty("level").GetString());
        Assert.Equal("plans/a%20b/plan.yaml", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal((3, 7, 10), (place.GetProperty("region").GetProperty("startLine").GetInt32(), place.GetProperty("region").GetProperty("startColumn").GetInt32(), place.GetProperty("region").GetProperty("endColumn").GetInt32()));
        Assert.Equal("call", change.GetProperty("replacements")[0].GetProperty("insertedContent").GetProperty("text").GetString());
    }

    [Fact]
    public void A_report_of_nothing_is_a_run_without_results()
    {
        using var json = JsonDocument.Parse(SarifReport.Write([]));

        Assert.Equal(0, json.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
    }
}
