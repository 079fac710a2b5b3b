using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ProcessManager.Engine;

namespace ProcessManager.Host.Operations.Metrics;

/// <summary>
/// Keeps the sums of what the process measures, for <c>/metrics</c>: counters, gauges, and histograms in buckets.
/// Whoever has a collector gets the same instruments over OpenTelemetry.
/// </summary>
internal sealed class MetricsBook : IDisposable
{
    /// <summary>The meters that are kept; those of the framework are documented with .NET.</summary>
    public static readonly string[] Meters =
        [EngineTelemetry.Name, "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting"];

    /// <summary>Upper ends in seconds, from half a millisecond to a minute.</summary>
    private static readonly double[] Seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private static readonly double[] Counts = [1, 2, 4, 8, 16, 32, 64, 128, 256];

    /// <summary>A label with a new value each time would grow without end; what comes beyond is counted together.</summary>
    private const int MostSeries = 2000;

    private readonly ConcurrentDictionary<(Instrument Instrument, string Labels), Series> series = new();
    private readonly MeterListener listener = new();
    private readonly Lock observing = new();

    public MetricsBook(ProcessEngine engine)
    {
        listener.InstrumentPublished = (instrument, it) =>
        {
            var ours = instrument.Meter.Name != EngineTelemetry.Name || instrument.Meter.Scope == engine.Telemetry;
            if (ours && Meters.Contains(instrument.Meter.Name)) { it.EnableMeasurementEvents(instrument); }
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Take(i, value, tags));
        listener.SetMeasurementEventCallback<int>((i, value, tags, _) => Take(i, value, tags));
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Take(i, value, tags));
        listener.Start();
    }

    /// <summary>Asks the observable instruments and gives every series as it stands.</summary>
    public IReadOnlyList<Series> Read()
    {
        lock (observing)
        {
            // A gauge tells only what is so now: what it no longer tells of must not stay.
            foreach (var (key, _) in series.Where(s => s.Key.Instrument.IsObservable)) { series.TryRemove(key, out _); }

            listener.RecordObservableInstruments();
            return [.. series.Values.OrderBy(s => s.Name, StringComparer.Ordinal).ThenBy(s => s.Labels, StringComparer.Ordinal)];
        }
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = series.Count < MostSeries ? PrometheusText.Labels(tags) : "";
        var found = series.GetOrAdd((instrument, labels), key => new Series(key.Instrument, key.Labels, BucketsOf(key.Instrument)));
        found.Take(value);
    }

    private static double[]? BucketsOf(Instrument instrument)
    {
        var type = instrument.GetType();
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Histogram<>)) { return null; }
        return instrument.Unit == "s" ? Seconds : Counts;
    }

    public void Dispose() => listener.Dispose();
}

/// <summary>One instrument with one set of labels.</summary>
internal sealed class Series(Instrument instrument, string labels, double[]? buckets)
{
    private readonly Lock writing = new();
    private readonly long[] counts = new long[(buckets?.Length ?? 0) + 1];

    public string Name => instrument.Name;

    public string? Unit => instrument.Unit;

    public string? Help => instrument.Description;

    public string Labels => labels;

    public SeriesKind Kind { get; } = buckets is not null ? SeriesKind.Histogram
        : instrument.GetType().Name.Contains("Gauge", StringComparison.Ordinal) || instrument.GetType().Name.Contains("UpDown", StringComparison.Ordinal) ? SeriesKind.Gauge
        : SeriesKind.Counter;

    public void Take(double value)
    {
        lock (writing)
        {
            if (buckets is null)
            {
                // An observable counter tells its sum, a counter what is added.
                Sum = instrument.IsObservable || instrument.GetType().Name.StartsWith("Gauge", StringComparison.Ordinal) ? value : Sum + value;
                return;
            }

            Sum += value;
            var place = Array.FindIndex(buckets, end => value <= end);
            counts[place < 0 ? buckets.Length : place]++;
        }
    }

    public double Sum { get; private set; }

    /// <summary>How many values were at or below each end; the last for all.</summary>
    public IEnumerable<(double End, long Count)> Buckets()
    {
        var all = 0L;
        for (var i = 0; i <= (buckets?.Length ?? -1); i++)
        {
            all += counts[i];
            yield return (i < buckets!.Length ? buckets[i] : double.PositiveInfinity, all);
        }
    }
}

internal enum SeriesKind { Counter, Gauge, Histogram }
