using System.Globalization;
using ProcessManager.Flow.Testing;
using ProcessManager.Language;

namespace ProcessManager.Host.Cli;

/// <summary>Says for people how the tests of plans went.</summary>
internal sealed class PlanTestPrinter(PlanTestOptions options, TextWriter output)
{
    /// <summary>How much of a failed test's history is shown, from its end.</summary>
    private const int StoryLines = 24;

    public void Plan(PlanOutcome outcome)
    {
        if (outcome.IsBroken)
        {
            output.WriteLine($"{outcome.Plan}: cannot be tested");
            output.Write(DiagnosticPrinter.Print([.. outcome.Told.Where(d => d.Severity == Severity.Error)], outcome.TextOf, Terminals.ShowColours));
            return;
        }

        var results = outcome.Report!.Results;
        if (options.Filter is not null && results.IsEmpty) { return; }
        var coverage = outcome.Report.Coverage;
        output.WriteLine(outcome.HasTests
            ? $"{outcome.Plan}: {Count(results.Count(r => r.Passed), results.Length)} in {Milliseconds(outcome.Took)}, reaching {PlanTestOptions.Percent(coverage.Percent)} of the plan"
            : $"{outcome.Plan}: has no tests");
        foreach (var result in results)
        {
            output.WriteLine($"  {Mark(result.Passed)} {result.Test.Name}");
            if (result.Failure is { } failure) { Failure(failure with { At = outcome.At(failure.At) }, outcome.TextOf); }
        }

        if (options.Coverage) { Coverage(coverage); }
    }

    public void Summary(IReadOnlyList<PlanOutcome> outcomes)
    {
        var results = outcomes.SelectMany(o => o.Report?.Results ?? []).ToList();
        var took = TimeSpan.FromTicks(outcomes.Sum(o => o.Took.Ticks));
        output.WriteLine();
        output.WriteLine($"{Count(results.Count(r => r.Passed), results.Count)} of {outcomes.Count} {(outcomes.Count == 1 ? "plan" : "plans")} in {Milliseconds(took)}.");
        if (outcomes.Count(o => o.IsBroken) is > 0 and var broken) { output.WriteLine($"{broken} could not be tested."); }
        foreach (var below in outcomes.Where(o => o.IsBelow(options.MinCoverage)))
        {
            output.WriteLine($"{below.Plan}: its tests reach {PlanTestOptions.Percent(below.Percent)} of it, less than {PlanTestOptions.Percent(options.MinCoverage!.Value)}.");
        }
    }

    private void Failure(PlanTestFailure failure, Func<string, string?> textOf)
    {
        output.WriteLine($"      {failure.At}");
        if (textOf(failure.At.File)?.Split('\n').ElementAtOrDefault(failure.At.StartLine - 1) is { } line) { output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"      {failure.At.StartLine,5} | {line.TrimEnd()}")); }
        output.WriteLine($"      expected  {failure.Expected}");
        output.WriteLine($"      found     {failure.Found}");
        output.WriteLine("      so far");
        var story = failure.Story.TrimEnd('\n').Split('\n');
        var first = options.Story ? 0 : Math.Max(0, story.Length - StoryLines);
        if (first > 0) { output.WriteLine($"        … {first} lines before; --story shows them"); }
        foreach (var told in story[first..]) { output.WriteLine($"        {told}".TrimEnd()); }
    }

    private void Coverage(PlanCoverage coverage)
    {
        foreach (var kind in Enum.GetValues<CoverageKind>())
        {
            var all = coverage.Items.Where(i => i.Kind == kind).ToList();
            if (all.Count == 0) { continue; }
            var missing = all.Where(i => !i.IsReached).Select(i => i.Name).ToList();
            var name = $"{kind.ToString().ToLowerInvariant()}s".PadRight(9);
            output.WriteLine($"    {name} {all.Count - missing.Count} of {all.Count}{(missing.Count == 0 ? "" : $"; no test reaches {string.Join(", ", missing)}")}");
        }
    }

    private static string Mark(bool passed) => !Terminals.ShowColours ? passed ? "✓" : "✗" : passed ? "\e[32m✓\e[0m" : "\e[31m✗\e[0m";

    private static string Count(int passed, int all) => passed == all
        ? $"{all} {(all == 1 ? "test" : "tests")} passed"
        : $"{all - passed} of {all} {(all == 1 ? "test" : "tests")} failed";

    private static string Milliseconds(TimeSpan took) => string.Create(CultureInfo.InvariantCulture, $"{took.TotalMilliseconds:0} ms");
}
