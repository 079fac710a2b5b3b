using System.Diagnostics;
using System.Globalization;
using System.Text;
using Xunit;
using Xunit.Abstractions;

namespace ProcessManager.Tests.Fuzz;

/// <summary>
/// Damaged inputs for everything that reads what people write: each is answered, with a value or with diagnostics, never with an
/// exception, and within a budget of work. FUZZ sets how many are tried (10000000 for a night), FUZZ_SEED which; FUZZ_ONLY names one
/// target. A failure prints the seed that makes its case alone.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    /// <summary>
    /// What one case may allocate, in bytes: work that is counted, and the same on a busy machine. Inputs have 12 KB at most, and an
    /// expression's budget is 100,000 steps.
    /// </summary>
    private const long MostAllocated = 32 << 20;

    /// <summary>Only whether the process still moves: no figure of speed.</summary>
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(2);

    /// <summary>The stack of a thread of the pool; what needs more would end the process.</summary>
    private const int Stack = 1536 * 1024;

    private const int MostFailures = 5;

    private static readonly int Count = Setting("FUZZ", 20_000);

    private static readonly int Seed = Setting("FUZZ_SEED", 20260302);

    private sealed class Progress
    {
        public volatile int Index = -1;
        public List<string> Failures { get; } = [];
        public Dictionary<string, (int Cases, TimeSpan Time, long MostAllocated, TimeSpan Slowest, int SlowestSeed)> Of { get; } = [];
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    [Fact]
    public void Whatever_is_read_is_answered_within_its_budget()
    {
        var only = Environment.GetEnvironmentVariable("FUZZ_ONLY");
        var targets = FuzzTarget.All.Where(t => only is null || t.Name == only).ToList();
        Assert.All(targets, t => Assert.NotEmpty(t.Inputs));
        output.WriteLine($"{Count} cases from seed {Seed}");
        var progress = new Progress();
        var thread = new Thread(() => Run(targets, progress), Stack) { IsBackground = true };
        thread.Start();
        while (true)
        {
            var before = progress.Index;
            if (thread.Join(Stuck)) { break; }
            Assert.True(progress.Index != before, $"stuck at FUZZ_SEED={Seed + before} FUZZ=1");
        }

        foreach (var (name, t) in progress.Of)
        {
            output.WriteLine($"{name}: {t.Cases} cases in {t.Time.TotalSeconds:F1} s, at most {t.MostAllocated >> 10} KiB and {t.Slowest.TotalMilliseconds:F0} ms (FUZZ_SEED={t.SlowestSeed})");
        }

        Assert.True(progress.Failures.Count == 0, string.Join("\n\n", progress.Failures));
    }

    private static void Run(IReadOnlyList<FuzzTarget> targets, Progress progress)
    {
        var weights = targets.Sum(t => t.Weight);
        for (var i = 0; i < Count && progress.Failures.Count < MostFailures; i++)
        {
            progress.Index = i;
            var mutator = new Mutator(Seed + i);
            var target = Chosen(targets, mutator.Next(weights));
            var input = mutator.Of(target.Inputs);
            var (allocated, started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
            var failure = Tried(target, input, mutator);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Note(progress, target.Name, allocated, Stopwatch.GetElapsedTime(started), Seed + i);
            failure ??= allocated > MostAllocated ? $"it allocates {allocated >> 20} MiB" : null;
            if (failure is not null)
            {
                progress.Failures.Add($"FUZZ_SEED={Seed + i} FUZZ=1: {target.Name}: {failure}\n{Convert.ToBase64String(input)}\n{Encoding.UTF8.GetString(input)}");
            }
        }
    }

    private static FuzzTarget Chosen(IReadOnlyList<FuzzTarget> targets, int place)
    {
        foreach (var target in targets)
        {
            if ((place -= target.Weight) < 0) { return target; }
        }

        return targets[^1];
    }

    private static string? Tried(FuzzTarget target, byte[] input, Mutator mutator)
    {
        try
        {
            target.Try(input, mutator);
            return null;
        }
        catch (Exception e)
        {
            // Whatever it is, that is what is looked for.
            return e.ToString();
        }
    }

    private static void Note(Progress progress, string name, long allocated, TimeSpan time, int seed)
    {
        var t = progress.Of.GetValueOrDefault(name);
        progress.Of[name] = (t.Cases + 1, t.Time + time, Math.Max(t.MostAllocated, allocated), time > t.Slowest ? time : t.Slowest, time > t.Slowest ? seed : t.SlowestSeed);
    }
}
