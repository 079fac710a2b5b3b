using System.Text.Json;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Plans;

public class DiagnosticPrinterTests
{
    private const string File = "a: 1\n\tb: two\nlong\n";

    [Fact]
    public void A_diagnostic_is_printed_over_its_line_with_a_mark_under_what_it_is_about() => Assert.Equal(
        "x.yaml:1:4: error PM1201: There is no “1”.\n    1 | a: 1\n      |    ^\n      = fix: Change to “2”\n1 error\n",
        Print(Errors.UnknownStep.At(Span(1, 4, 1, 5), "There is no “1”.", new QuickFix("Change to “2”", []))));

    [Fact]
    public void A_tab_before_the_mark_stays_a_tab() => Assert.Contains(
        "    2 | \tb: two\n      | \t   ^^^\n", Print(Errors.UnknownStep.At(Span(2, 5, 2, 8), "No.")), StringComparison.Ordinal);

    [Fact]
    public void What_reaches_over_lines_is_marked_to_the_end_of_the_first() => Assert.Contains(
        "    1 | a: 1\n      | ^^^^\n", Print(Errors.UnknownStep.At(Span(1, 1, 3, 2), "No.")), StringComparison.Ordinal);

    [Fact]
    public void An_empty_place_and_one_behind_the_text_are_marked_by_one_sign()
    {
        Assert.Contains("      | ^\n", Print(Errors.UnknownStep.At(Span(1, 1, 1, 1), "No.")), StringComparison.Ordinal);
        Assert.Contains("      |     ^\n", Print(Errors.UnknownStep.At(Span(1, 99, 1, 120), "No.")), StringComparison.Ordinal);
        Assert.DoesNotContain("|", Print(Errors.UnknownStep.At(Span(99, 1, 99, 2), "No.")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_line_is_shown_around_its_mark()
    {
        var text = new string('x', 500) + "HERE" + new string('y', 500);
        var printed = DiagnosticPrinter.Print([Errors.UnknownStep.At(Span(1, 501, 1, 505), "No.")], _ => text);
        var lines = printed.Split('\n');

        Assert.True(lines[1].Length < 140);
        Assert.Equal("HERE", lines[1].Substring(lines[2].IndexOf('^', StringComparison.Ordinal), 4));
    }

    [Fact]
    public void Wide_signs_and_marks_on_signs_do_not_move_the_mark()
    {
        const string text = "a: 提案 e\u0301 😀 here";
        var printed = DiagnosticPrinter.Print([Errors.UnknownStep.At(Span(1, 13, 1, 17), "No.")], _ => text).Split('\n');

        Assert.Equal("      | " + new string(' ', 13) + "^^^^", printed[2]);
        Assert.Equal("      |    ^^^^", DiagnosticPrinter.Print([Errors.UnknownStep.At(Span(1, 4, 1, 6), "No.")], _ => text).Split('\n')[2]);
    }

    [Fact]
    public void A_long_line_is_never_cut_inside_of_a_sign()
    {
        var text = string.Concat(Enumerable.Repeat("😀", 300));
        foreach (var column in Enumerable.Range(1, 590))
        {
            var printed = DiagnosticPrinter.Print([Errors.UnknownStep.At(Span(1, column, 1, column + 2), "No.")], _ => text);
            Assert.DoesNotContain("\uFFFD", System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(printed)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Colours_are_written_only_where_they_are_asked_for()
    {
        var told = Errors.UnknownStep.At(Span(1, 4, 1, 5), "No.", new QuickFix("Change", []));

        Assert.DoesNotContain('\e', Print(told));
        var coloured = DiagnosticPrinter.Print([told], _ => File, colours: true);
        Assert.Contains("\e[1;31merror PM1201:\e[0m No.", coloured, StringComparison.Ordinal);
        Assert.Equal(Print(told), System.Text.RegularExpressions.Regex.Replace(coloured, "\e\\[[0-9;]*m", ""));
    }

    [Fact]
    public void Without_the_file_only_the_message_is_printed() =>
        Assert.Equal("x.yaml:1:1: error PM1201: No.\n1 error\n", DiagnosticPrinter.Print([Errors.UnknownStep.At(Span(1, 1, 1, 2), "No.")], _ => null));

    [Fact]
    public void Nothing_is_printed_of_nothing() => Assert.Equal("", DiagnosticPrinter.Print([], _ => File));

    [Fact]
    public void As_json_a_diagnostic_has_its_places_and_its_fix()
    {
        var fix = new QuickFix("Change to “2”", [new TextEdit(Span(1, 4, 1, 5), "2")]);

        using var json = JsonDocument.Parse(DiagnosticPrinter.Json([Errors.UnknownStep.At(Span(1, 4, 1, 5), "There is no “1”.", fix)]));

        var told = json.RootElement[0];
        Assert.Equal(("PM1201", "error", 4), (told.GetProperty("code").GetString(), told.GetProperty("severity").GetString(), told.GetProperty("column").GetInt32()));
        Assert.Equal("2", told.GetProperty("fix").GetProperty("edits")[0].GetProperty("newText").GetString());
    }

    [Fact]
    public void Every_fix_of_the_plan_folders_can_be_made_and_the_diagnostic_goes_away()
    {
        foreach (var name in GoldenFolder.Names)
        {
            var folder = new GoldenFolder(name);
            var before = PlanCompiler.Compile(folder.Definitions, folder.Plan).Diagnostics;
            foreach (var told in before.Where(d => d.Fix is not null && d.Span.File == "plan.yaml"))
            {
                var text = Plans.Text(name);
                foreach (var edit in told.Fix!.Edits.OrderByDescending(e => e.Span.Start))
                {
                    text = text[..edit.Span.Start] + edit.NewText + text[edit.Span.End..];
                }

                var after = PlanCompiler.Compile(folder.Definitions, new DefinitionFile("plan.yaml", System.Text.Encoding.UTF8.GetBytes(text))).Diagnostics;
                Assert.DoesNotContain(after, d => d.Code == told.Code && d.Message == told.Message && d.Span.StartLine == told.Span.StartLine);
            }
        }
    }

    private static string Print(Diagnostic diagnostic) => DiagnosticPrinter.Print([diagnostic], _ => File);

    private static SourceSpan Span(int line, int column, int endLine, int endColumn) => new("x.yaml", line, column, endLine, endColumn, 0, 0);
}
