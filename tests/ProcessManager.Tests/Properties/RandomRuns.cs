using System.Collections.Concurrent;
using System.Globalization;
using ProcessManager.Flow;
using ProcessManager.Language;

namespace ProcessManager.Tests.Properties;

/// <summary>
/// Many random plans with a random history each, run once for all the tests that look at them. How many is set by
/// <c>PM_RANDOM_RUNS</c>; <c>PM_RANDOM_FIRST</c> is the first seed, so that long runs can be cut in pieces.
/// </summary>
internal sealed class RandomRuns
{
    public const int Default = 5_000;
    private static readonly Lazy<RandomRuns> Ran = new(() => new RandomRuns(Setting("PM_RANDOM_FIRST", 1), Setting("PM_RANDOM_RUNS", Default)));

    private readonly ConcurrentDictionary<Law, ConcurrentBag<int>> broken = new();

    private RandomRuns(int first, int count)
    {
        Count = count;
        Parallel.For(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, Run);
    }

    public int Count { get; }

    public static RandomRuns All => Ran.Value;

    /// <summary>How often each thing was met, so that tests can see that the runs are not empty.</summary>
    public ConcurrentDictionary<string, int> Met { get; } = new();

    /// <summary>The seeds in whose runs a law was broken, the least first.</summary>
    public IReadOnlyList<int> Broken(Law law) => broken.TryGetValue(law, out var seeds) ? [.. seeds.Order()] : [];

    /// <summary>The first breach in full, its history as short as it can be made; null where the law holds.</summary>
    public string? Report(Law law) => Broken(law) is [var first, ..] all
        ? $"{law} is broken by {all.Count} runs; seeds {string.Join(", ", all.Take(20))}\n\n{Shrinking.Report(first, law)}"
        : null;

    /// <summary>
    /// Every tenth run leaves the opening of steps to an external driver, a quarter lets the clock jump past timers, a third
    /// keeps office hours.
    /// </summary>
    public static TrialMode ModeOf(int seed) => new(seed % 10 == 0 ? Driver.External : Driver.Embedded, seed % 4 == 1, seed % 3 == 1);

    public static Compilation Compile(RandomPlan plan) => PlanCompiler.Compile(World.Definitions(PlanText.Of(plan)), PlanText.Id);

    private void Run(int seed)
    {
        var random = PlanGenerator.Of(seed);
        if (Compile(random) is not { Plan: { } plan })
        {
            broken.GetOrAdd(Law.PlanIsValid, _ => []).Add(seed);
            return;
        }

        var trial = new Trial(random, plan, ModeOf(seed));
        foreach (var law in trial.Run(Move.History(seed)).Select(b => b.Law).Distinct()) { broken.GetOrAdd(law, _ => []).Add(seed); }

        foreach (var (what, times) in trial.Met) { Met.AddOrUpdate(what, times, (_, before) => before + times); }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}

/// <summary>Makes the history of a broken law shorter while it still breaks it, and tells it.</summary>
internal static class Shrinking
{
    public static string Report(int seed, Law law)
    {
        var random = PlanGenerator.Of(seed);
        var compiled = RandomRuns.Compile(random);
        var head = $"seed {seed}, {RandomRuns.ModeOf(seed)}\n\n{PlanText.Of(random)}\n";
        if (compiled.Plan is null) { return head + string.Join("\n", compiled.Diagnostics); }

        var (trial, breaches) = Run(random, compiled.Plan, seed, Shortest(random, compiled.Plan, seed, law));
        return head + trial.Story + "\n" + string.Join("\n", breaches.Where(b => b.Law == law).Select(b => $"by move {b.Move}: {b.Message}"));
    }

    private static IReadOnlyList<Move> Shortest(RandomPlan random, Plan plan, int seed, Law law)
    {
        var history = Move.History(seed).ToList();
        for (var length = history.Count / 2; length > 0; length /= 2)
        {
            for (var at = 0; at < history.Count;)
            {
                List<Move> shorter = [.. history.Take(at), .. history.Skip(at + length)];
                if (Run(random, plan, seed, shorter).Breaches.Any(b => b.Law == law)) { history = shorter; }
                else { at += length; }
            }
        }

        return history;
    }

    private static (Trial Trial, IReadOnlyList<Breach> Breaches) Run(RandomPlan random, Plan plan, int seed, IReadOnlyList<Move> history)
    {
        var trial = new Trial(random, plan, RandomRuns.ModeOf(seed));
        return (trial, trial.Run(history));
    }
}
