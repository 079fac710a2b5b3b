using System.CommandLine;
using System.Globalization;

namespace ProcessManager.Host.Cli;

/// <summary><c>pm plan test</c>: runs the tests that stand beside plans.</summary>
internal static class PlanTestCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PLAN") { Description = "Ids, files or folders of plans, or a definitions folder (default: ./definitions)", Arity = ArgumentArity.ZeroOrMore };
        var junit = new Option<string?>("--junit") { Description = "Write the results as JUnit XML too", HelpName = "FILE" };
        var coverage = new Option<bool>("--coverage") { Description = "List what no test reaches" };
        var least = new Option<decimal?>("--min-coverage") { Description = "Fail where the tests of a plan reach less of it, in per cent", HelpName = "N" };
        var filter = new Option<string?>("--filter") { Description = "Only tests whose plan or name holds this text", HelpName = "TEXT" };
        var story = new Option<bool>("--story") { Description = "Show the whole history of a failed test" };
        var watch = new Option<bool>("--watch") { Description = "Run again whenever a file changes, until Ctrl+C" };
        var json = new Option<bool>("--json") { Description = "Write the results as JSON" };
        least.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<decimal?>() is < 0 or > 100) { result.AddError("--min-coverage is a number from 0 to 100."); }
        });
        var command = new Command("test", "Run the tests of plans: exit code 0 when all pass, 1 when one fails or too little is reached") { paths, junit, coverage, least, filter, story, watch, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new PlanTestOptions(parsed.GetValue(junit), parsed.GetValue(coverage), parsed.GetValue(least), parsed.GetValue(filter), parsed.GetValue(story), parsed.GetValue(json));
            var given = parsed.GetValue(paths) ?? [];
            if (!parsed.GetValue(watch)) { return Run(given, options, Console.Out, Console.Error); }
            return await PlanTestWatch.RunAsync(PlanTestSets.Folders(given), () => Run(given, options, Console.Out, Console.Error), TimeProvider.System, cancellation);
        });
        return command;
    }

    /// <returns>The exit code.</returns>
    internal static int Run(IReadOnlyList<string> given, PlanTestOptions options, TextWriter output, TextWriter errors)
    {
        if (PlanTestSets.Find(given, errors) is not { } sets) { return 2; }
        var outcomes = new List<PlanOutcome>();
        var printer = new PlanTestPrinter(options, output);
        foreach (var outcome in sets.SelectMany(set => PlanOutcome.RunAll(set, options.Filter, TimeProvider.System)))
        {
            outcomes.Add(outcome);
            if (!options.Json) { printer.Plan(outcome); }
        }

        if (options.Filter is { } text && !outcomes.Exists(o => o.Report?.Results.Length > 0) && outcomes.TrueForAll(o => !o.IsBroken))
        {
            errors.WriteLine($"No test holds “{text}”.");
            return 2;
        }

        if (options.Json) { output.WriteLine(PlanTestJson.Write(outcomes)); }
        else { printer.Summary(outcomes); }
        if (options.JUnit is { } file) { File.WriteAllText(file, JUnitWriter.Write(outcomes)); }
        return outcomes.Exists(o => o.IsBroken || o.Report is { Passed: false } || o.IsBelow(options.MinCoverage)) ? 1 : 0;
    }
}

/// <param name="JUnit">A file to write.</param>
/// <param name="MinCoverage">In per cent.</param>
internal sealed record PlanTestOptions(string? JUnit, bool Coverage, decimal? MinCoverage, string? Filter, bool Story, bool Json)
{
    public static string Percent(decimal percent) => percent.ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
