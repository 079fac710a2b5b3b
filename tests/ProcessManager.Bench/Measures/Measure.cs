using System.Diagnostics;
using ProcessManager.Bench.Setting;

namespace ProcessManager.Bench.Measures;

/// <summary>What one side did in one round.</summary>
/// <param name="PerSecond">Operations a second.</param>
/// <param name="Durations">Of each operation, ascending.</param>
internal sealed record Sample(double PerSecond, TimeSpan[] Durations)
{
    public static Sample Of(IEnumerable<TimeSpan> durations, TimeSpan elapsed)
    {
        TimeSpan[] sorted = [.. durations.Order()];
        return new Sample(sorted.Length / elapsed.TotalSeconds, sorted);
    }

    public TimeSpan At(double share) => Durations[Math.Min(Durations.Length - 1, (int)(share * Durations.Length))];
}

/// <summary>The two sides of one round, and where it is of interest the third.</summary>
internal sealed record Round(Sample Product, Sample Raw, Sample? PlainEf);

/// <summary>One row of the table: the engine and the bare program take turns, so that what else the machine does hits both.</summary>
internal abstract class Measure(World world)
{
    public abstract string Id { get; }

    public abstract string What { get; }

    /// <summary>As quality asks for it.</summary>
    public abstract string Goal { get; }

    /// <summary>True where one operation's duration is the figure, not how many fit into a second.</summary>
    public virtual bool IsLatency => false;

    public List<Round> Rounds { get; } = [];

    protected World World => world;

    protected abstract int Size { get; }

    public async Task RunAsync(bool productFirst)
    {
        // What runs often is compiled anew in the background: a whole round goes before and counts for nothing.
        if (Rounds.Count == 0) { await BothAsync(world.Options.Scaled(Size), productFirst); }
        Rounds.Add(await BothAsync(world.Options.Scaled(Size), productFirst));
    }

    protected abstract Task<Sample> ProductAsync(int count);

    protected abstract Task<Sample> RawAsync(int count);

    /// <summary>The same by an ordinary change-tracking context; null where that says nothing.</summary>
    protected virtual Task<Sample?> PlainEfAsync(int count) => Task.FromResult<Sample?>(null);

    protected static async Task<Sample> OneAfterTheOtherAsync(int count, Func<int, Task> work)
    {
        var durations = new TimeSpan[count];
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var since = Stopwatch.GetTimestamp();
            await work(i);
            durations[i] = Stopwatch.GetElapsedTime(since);
        }

        return Sample.Of(durations, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>As <see cref="OneAfterTheOtherAsync"/>, without anything asynchronous between.</summary>
    protected static Sample OneAfterTheOther(int count, Action<int> work)
    {
        var durations = new TimeSpan[count];
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var since = Stopwatch.GetTimestamp();
            work(i);
            durations[i] = Stopwatch.GetElapsedTime(since);
        }

        return Sample.Of(durations, Stopwatch.GetElapsedTime(start));
    }

    protected static async Task<Sample> TogetherAsync(int count, int callers, Func<Task> work)
    {
        var durations = new TimeSpan[count];
        var next = -1;
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var i && i < count)
            {
                var since = Stopwatch.GetTimestamp();
                await work();
                durations[i] = Stopwatch.GetElapsedTime(since);
            }
        })));
        return Sample.Of(durations, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>The bare program's group commit: what as many callers would have asked for at once is one transaction, and each waits for all of it.</summary>
    protected Sample InTransactionsOf(int each, int count, Action work)
    {
        var durations = new TimeSpan[count];
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i += each)
        {
            var most = Math.Min(each, count - i);
            var since = Stopwatch.GetTimestamp();
            world.Raw.Begin();
            for (var j = 0; j < most; j++) { work(); }
            world.Raw.Commit();
            Array.Fill(durations, Stopwatch.GetElapsedTime(since), i, most);
        }

        return Sample.Of(durations, Stopwatch.GetElapsedTime(start));
    }

    private async Task<Round> BothAsync(int count, bool productFirst)
    {
        var product = productFirst ? await ProductAsync(count) : null;
        var raw = await RawAsync(count);
        product ??= await ProductAsync(count);
        return new Round(product, raw, await PlainEfAsync(count));
    }
}
