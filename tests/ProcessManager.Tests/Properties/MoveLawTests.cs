using System.Collections.Concurrent;
using System.Globalization;
using ProcessManager.Flow.Versions;
using Xunit;
using Xunit.Abstractions;

namespace ProcessManager.Tests.Properties;

/// <summary>
/// What a move between versions promises, held against random plans, random next versions and random histories: nothing settled is run
/// again, no timer or task is lost or doubled, the preview is the move, and the laws of the flow hold after it.
/// </summary>
public sealed class MoveLawTests(ITestOutputHelper output)
{
    private const int Default = 800;
    private static readonly int Runs = int.TryParse(Environment.GetEnvironmentVariable("PM_RANDOM_MOVES"), CultureInfo.InvariantCulture, out var runs) ? runs : Default;

    [Fact]
    public void A_move_in_the_middle_of_any_history_loses_nothing_doubles_nothing_and_the_project_goes_on()
    {
        var broken = new ConcurrentBag<(int Seed, string Report)>();
        var met = new ConcurrentDictionary<string, int>();
        Parallel.For(1, Runs + 1, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            var old = PlanGenerator.Of(seed);
            var young = PlanChange.Of(old, new Random(seed));
            if (RandomRuns.Compile(old) is not { Plan: { } from } || RandomRuns.Compile(young) is not { Plan: { } to }) { met.AddOrUpdate("no version", 1, (_, n) => n + 1); return; }
            var trial = new MoveTrial(old, young, from, to, RandomRuns.ModeOf(seed));
            var history = Move.History(seed);
            string? thrown = null;
            try { trial.Run(history, history.Count / 3); }
            catch (Exception e) { thrown = e.ToString(); } // the report names the seed
            Count(met, trial.Move);
            if (trial.Wrong.Count > 0 || thrown is not null)
            {
                broken.Add((seed, $"seed {seed}: {string.Join("\n", trial.Wrong)}{thrown}\n{trial.Story}\n{PlanText.Of(old)}\n---\n{PlanText.Of(young)}"));
            }
        });

        foreach (var (what, times) in met.OrderBy(m => m.Key, StringComparer.Ordinal)) { output.WriteLine(FormattableString.Invariant($"{what,-24}{times,8}")); }
        Assert.True(broken.IsEmpty, $"broken by {broken.Count}: {string.Join(", ", broken.Select(b => b.Seed).Order().Take(20))}\n{broken.OrderBy(b => b.Report.Length).FirstOrDefault().Report}");
        string[] common = ["Possible", "StepGoesOnAs", "StepOpens", "StepCancelled", "TimerCancelled", "TimerSet"];
        Assert.True(Runs < Default || common.All(c => met.GetValueOrDefault(c) >= 5), string.Join(", ", common.Where(c => met.GetValueOrDefault(c) < 5)));
    }

    private static void Count(ConcurrentDictionary<string, int> met, MovePreview? move)
    {
        met.AddOrUpdate(move?.GetType().Name ?? "ended before", 1, (_, n) => n + 1);
        if (move is not MovePreview.Possible made) { return; }
        foreach (var change in made.Differences.Select(d => d.Change).Distinct()) { met.AddOrUpdate(change.ToString(), 1, (_, n) => n + 1); }
    }
}
