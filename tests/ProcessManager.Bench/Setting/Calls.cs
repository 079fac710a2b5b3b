using ProcessManager.Bench.Raw;

namespace ProcessManager.Bench.Setting;

/// <summary>Started calls: each completion uses one up, in each file by itself.</summary>
internal sealed class Calls(Recipe start)
{
    private readonly List<long> ids = [];
    private int nextOfProduct = -1;
    private int nextOfRaw = -1;

    /// <summary>Completions of one caller in a round.</summary>
    public const int Alone = 600;

    /// <summary>Completions of 64 callers in a round.</summary>
    public const int Together = 6000;

    public void Fill(RawFile file, BenchOptions options)
    {
        var count = 0;
        if (options.Wants("P1")) { count += 2 * options.Scaled(Alone); }
        if (options.Wants("P2")) { count += options.Scaled(Together); }
        count = (options.Rounds + 1) * count; // one round more: it warms up
        for (var i = 0; i < count; i += 500)
        {
            file.Begin();
            for (var j = i; j < Math.Min(i + 500, count); j++) { ids.Add(file.Replay(start, null, $"fill-{j}")); }
            file.Commit();
        }
    }

    public long NextOfProduct() => ids[Interlocked.Increment(ref nextOfProduct)];

    public long NextOfRaw() => ids[Interlocked.Increment(ref nextOfRaw)];
}
