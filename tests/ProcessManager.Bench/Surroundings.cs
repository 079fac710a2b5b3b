using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ProcessManager.Bench.Setting;

namespace ProcessManager.Bench;

/// <summary>What the machine gave while the figures were taken: without it they say little.</summary>
internal sealed class Surroundings(World world)
{
    private readonly List<double> syncs = [];
    private readonly List<double> reads = [];
    private readonly List<string> loads = [];

    /// <summary>Takes the cost of making 4 KiB durable, that of reading one row by its key, and the load.</summary>
    public void Look()
    {
        var path = Path.Combine(world.Folder, "sync");
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0))
        {
            var block = new byte[4096];
            for (var i = 0; i < 60; i++)
            {
                var since = Stopwatch.GetTimestamp();
                file.Position = 0;
                file.Write(block);
                file.Flush(flushToDisk: true);
                syncs.Add(Stopwatch.GetElapsedTime(since).TotalMicroseconds);
            }
        }

        using var read = world.Raw.Prepare("select id, title from tasks where id = @id", "@id");
        for (var i = 1; i <= 500; i++)
        {
            var since = Stopwatch.GetTimestamp();
            read.Parameters[0].Value = (long)i;
            using (var row = read.ExecuteReader()) { row.Read(); }

            reads.Add(Stopwatch.GetElapsedTime(since).TotalMicroseconds);
        }

        if (File.Exists("/proc/loadavg")) { loads.Add(File.ReadAllText("/proc/loadavg").Split(' ')[0]); }
    }

    public string Line => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores ({Processor()}), {RuntimeInformation.OSDescription.Split('#')[0].Trim()}, {RuntimeInformation.FrameworkDescription}; " +
        $"write and fsync of 4 KiB {Percentile(syncs, 0.5):0} µs (p99 {Percentile(syncs, 0.99):0}), raw point read {Percentile(reads, 0.5):0.0} µs; " +
        $"load before each round and at the end: {string.Join(", ", loads)}");

    private static double Percentile(List<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown"
        : "unknown";
}
