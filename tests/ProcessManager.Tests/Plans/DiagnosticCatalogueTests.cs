using System.Text;
using System.Text.RegularExpressions;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Plans;

/// <summary>Every code of the catalogue is explained, shown by a case that is accepted, and every check of the language has one.</summary>
public partial class DiagnosticCatalogueTests
{
    /// <summary>What no file shows by itself, with the test that does.</summary>
    private static readonly Dictionary<string, string> ShownElsewhere = new(StringComparer.Ordinal)
    {
        [Errors.UnknownPlan.Code] = "CompilerLimitsTests: a plan that isn't there has no file",
        [Errors.TestsFail.Code] = "PublishTests: publishing runs the tests of a plan",
        [Errors.UnknownUser.Code] = "PublishTests: publishing knows who signs in",
        [Errors.RemovedInUse.Code] = "PublishTests: publishing knows which projects are live",
    };

    [Fact]
    public void Each_small_case_shows_its_codes() =>
        Assert.Empty(DiagnosticCase.All.SelectMany(c => c.Codes.Except(c.Run().Told.Select(d => d.Code)).Select(code => $"{code} isn't told of:\n{Cut(c.Text)}{string.Join('\n', c.Run().Told)}")));

    [Fact]
    public void What_is_told_of_the_small_cases_is_as_accepted()
    {
        var printed = new StringBuilder();
        foreach (var one in DiagnosticCase.All)
        {
            var (told, text) = one.Run();
            printed.Append("=== ").AppendJoin(' ', one.Codes).Append('\n');
            printed.Append(Seen(Cut(DiagnosticPrinter.Print([.. told], _ => text)))).Append('\n');
        }

        if (GoldenFolder.Accepts)
        {
            File.WriteAllText(DiagnosticCase.Golden, printed.ToString());
        }

        Assert.Equal(File.ReadAllText(DiagnosticCase.Golden), printed.ToString());
    }

    [Fact]
    public void Every_code_is_shown_by_a_case()
    {
        var shown = DiagnosticCase.All.SelectMany(c => c.Codes).Concat(ShownElsewhere.Keys).ToHashSet();
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "tests", "Plans"), "diagnostics.txt", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "tests", "ProcessManager.Tests", "Expressions", "cases"), "*.txt")))
        {
            shown.UnionWith(Code().Matches(File.ReadAllText(file)).Select(m => m.Value));
        }

        Assert.Empty(Errors.All.Where(e => !shown.Contains(e.Code)).Select(e => $"{e.Code} {e.Title}"));
    }

    [Fact]
    public void Every_code_has_a_title_an_example_advice_and_its_place_on_the_page_of_diagnostics()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/plans/diagnostics.md"));
        Assert.All(Errors.All, e =>
        {
            Assert.Matches("^PM1[0-9]{3}$", e.Code);
            Assert.False(string.IsNullOrWhiteSpace(e.Title) || string.IsNullOrWhiteSpace(e.Example) || string.IsNullOrWhiteSpace(e.Help), e.Code);
            Assert.Contains($"## {e.Code}\n", page, StringComparison.Ordinal);
            Assert.Contains(e.Example.TrimEnd('\n'), page, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_check_that_the_language_promises_has_codes_that_exist()
    {
        var codes = Errors.All.Select(e => e.Code).ToHashSet();
        var checks = File.ReadLines(Path.Combine(Repository.Root, "tests", "promised-checks.tsv")).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t')).ToList();
        Assert.True(checks.Count > 30);
        Assert.All(checks, c =>
        {
            Assert.Equal(2, c.Length);
            Assert.All(c[1].Split(' '), code => Assert.Contains(code, codes));
        });
    }

    /// <summary>Signs that nobody sees, written out.</summary>
    private static string Seen(string text) => text.Replace("\0", "\\u0000", StringComparison.Ordinal).Replace("\u202E", "\\u202E", StringComparison.Ordinal);

    private static string Cut(string text) => text.Length > 1500 ? text[..1500] + "…\n" : text;

    [GeneratedRegex("PM1[0-9]{3}")]
    private static partial Regex Code();
}
