using System.Globalization;
using ProcessManager.Bench.Measures;

namespace ProcessManager.Bench;

/// <summary>One table, ready for a Markdown page.</summary>
internal static class Report
{
    public static void Print(TextWriter to, BenchOptions options, Surroundings machine, IReadOnlyCollection<Measure> measures)
    {
        to.WriteLine();
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Rounds} rounds, {options.Tasks:N0} open tasks of others, size {options.Scale:0.##}"));
        to.WriteLine(machine.Line);
        to.WriteLine();
        to.WriteLine("| # | what | product | raw | product ÷ raw, median (rounds) | product p50 / p99 / max | raw p50 / p99 | processor time each, product / raw | goal |");
        to.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var measure in measures)
        {
            to.WriteLine(Line(measure));
            if (measure.Rounds[0].PlainEf is not null) { to.WriteLine(PlainEf(measure)); }
        }
    }

    private static string Line(Measure m)
    {
        var (product, raw) = (m.Rounds.Select(r => r.Product).ToList(), m.Rounds.Select(r => r.Raw).ToList());
        var ratios = m.Rounds.Select(r => r.Product.PerSecond / r.Raw.PerSecond).ToList();
        return m.IsLatency
            ? $"| {m.Id} | {m.What} | {Time(Median(product, 0.5))} | {Time(Median(raw, 0.5))} | – | {Spread(product)} | {Times(raw)} | {Processor(product)} / {Processor(raw)} | {m.Goal} |"
            : $"| {m.Id} | {m.What} | {Rate(product)} | {Rate(raw)} | {Ratios(ratios)} | {Spread(product)} | {Times(raw)} | {Processor(product)} / {Processor(raw)} | {m.Goal} |";
    }

    private static string PlainEf(Measure m)
    {
        var plain = m.Rounds.Select(r => r.PlainEf!).ToList();
        var ratios = m.Rounds.Select(r => r.PlainEf!.PerSecond / r.Raw.PerSecond).ToList();
        return $"| {m.Id} | the same by plain EF tracking, told what to write | {Rate(plain)} | {Rate([.. m.Rounds.Select(r => r.Raw)])} | {Ratios(ratios)} | {Spread(plain)} | | {Processor(plain)} | for comparison |";
    }

    private static string Rate(List<Sample> samples) =>
        string.Create(CultureInfo.InvariantCulture, $"{Middle(samples.Select(s => s.PerSecond)):N0} /s");

    private static string Ratios(List<double> ratios) => string.Create(
        CultureInfo.InvariantCulture, $"**{Middle(ratios):0.00}** ({string.Join(", ", ratios.Select(r => r.ToString("0.00", CultureInfo.InvariantCulture)))})");

    private static string Times(List<Sample> samples) => $"{Time(Median(samples, 0.5))} / {Time(Median(samples, 0.99))}";

    private static string Spread(List<Sample> samples) => $"{Times(samples)} / {Time(samples.Max(s => s.Durations[^1]))}";

    private static string Processor(List<Sample> samples) => Time(TimeSpan.FromMicroseconds(Middle(samples.Select(s => s.ProcessorEach.TotalMicroseconds))));

    /// <summary>The median of the rounds' percentiles: one bad round is one round.</summary>
    private static TimeSpan Median(List<Sample> samples, double share) =>
        TimeSpan.FromMicroseconds(Middle(samples.Select(s => s.At(share).TotalMicroseconds)));

    private static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static string Time(TimeSpan t) => t.TotalMilliseconds switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{t.TotalMicroseconds:0} µs"),
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{t.TotalMilliseconds:0.0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{t.TotalMilliseconds:0} ms"),
    };
}
