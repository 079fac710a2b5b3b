using System.Diagnostics;
using ProcessManager.Bench.Setting;

namespace ProcessManager.Bench.Measures;

/// <summary>What one side did in one round.</summary>
/// <param name="Durations">Of each operation, ascending.</param>
/// <param name="Elapsed">From the first's beginning to the last's end.</param>
/// <param name="Processor">Processor time of all threads meanwhile: says what it costs also where others use the machine.</param>
internal sealed record Sample(TimeSpan[] Durations, TimeSpan Elapsed, TimeSpan Processor)
{
    public TimeSpan ProcessorEach => Processor / Durations.Length;

    public double PerSecond => Durations.Length / Elapsed.TotalSeconds;

    public static Sample Of(IEnumerable<TimeSpan> durations, Watch watch) => new([.. durations.Order()], watch.Elapsed, watch.Processor);

    public static Sample Of(IReadOnlyCollection<Sample> slices) => new(
        [.. slices.SelectMany(s => s.Durations).Order()],
        slices.Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Elapsed),
        slices.Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Processor));

    public TimeSpan At(double share) => Durations[Math.Min(Durations.Length - 1, (int)(share * Durations.Length))];
}

/// <summary>Takes time and processor time from its start on.</summary>
internal readonly record struct Watch(long Since, TimeSpan ProcessorBefore)
{
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(Since);

    public TimeSpan Processor => Environment.CpuUsage.TotalTime - ProcessorBefore;

    public static Watch Start() => new(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
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

    /// <summary>Into how many slices a round is cut, in which the two sides take turns.</summary>
    protected virtual int Slices => 20;

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
        var watch = Watch.Start();
        for (var i = 0; i < count; i++)
        {
            var since = Stopwatch.GetTimestamp();
            await work(i);
            durations[i] = Stopwatch.GetElapsedTime(since);
        }

        return Sample.Of(durations, watch);
    }

    /// <summary>As <see cref="OneAfterTheOtherAsync"/>, without anything asynchronous between.</summary>
    protected static Sample OneAfterTheOther(int count, Action<int> work)
    {
        var durations = new TimeSpan[count];
        var watch = Watch.Start();
        for (var i = 0; i < count; i++)
        {
            var since = Stopwatch.GetTimestamp();
            work(i);
            durations[i] = Stopwatch.GetElapsedTime(since);
        }

        return Sample.Of(durations, watch);
    }

    protected static async Task<Sample> TogetherAsync(int count, int callers, Func<Task> work)
    {
        var durations = new TimeSpan[count];
        var next = -1;
        var watch = Watch.Start();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var i && i < count)
            {
                var since = Stopwatch.GetTimestamp();
                await work();
                durations[i] = Stopwatch.GetElapsedTime(since);
            }
        })));
        return Sample.Of(durations, watch);
    }

    /// <summary>The bare program's group commit: what as many callers would have asked for at once is one transaction, and each waits for all of it.</summary>
    protected Sample InTransactionsOf(int each, int count, Action work)
    {
        var durations = new TimeSpan[count];
        var watch = Watch.Start();
        for (var i = 0; i < count; i += each)
        {
            var most = Math.Min(each, count - i);
            var since = Stopwatch.GetTimestamp();
            world.Raw.Begin();
            for (var j = 0; j < most; j++) { work(); }
            world.Raw.Commit();
            Array.Fill(durations, Stopwatch.GetElapsedTime(since), i, most);
        }

        return Sample.Of(durations, watch);
    }

    /// <summary>Slice by slice, since what an fsync costs can change tenfold within a second.</summary>
    private async Task<Round> BothAsync(int count, bool productFirst)
    {
        var (product, raw, plain) = (new List<Sample>(), new List<Sample>(), new List<Sample>());
        for (var slice = 0; slice < Slices; slice++)
        {
            var part = (count / Slices) + (slice < count % Slices ? 1 : 0);
            if (part == 0) { continue; }
            var isProductsTurn = slice % 2 == 0 == productFirst;
            if (isProductsTurn) { product.Add(await ProductAsync(part)); }
            raw.Add(await RawAsync(part));
            if (!isProductsTurn) { product.Add(await ProductAsync(part)); }
            if (await PlainEfAsync(part) is { } sample) { plain.Add(sample); }
        }

        return new Round(Sample.Of(product), Sample.Of(raw), plain.Count == 0 ? null : Sample.Of(plain));
    }
}
