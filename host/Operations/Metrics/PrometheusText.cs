using System.Globalization;
using System.Text;

namespace ProcessManager.Host.Operations.Metrics;

/// <summary>
/// The text format of Prometheus, version 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats), with names as OpenTelemetry's
/// Prometheus compatibility makes them: dots become underscores, units and <c>total</c> go behind.
/// </summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<Series> all)
    {
        var text = new StringBuilder();
        foreach (var family in all.GroupBy(s => NameOf(s)))
        {
            var first = family.First();
            if (first.Help is { Length: > 0 } help) { text.Append("# HELP ").Append(family.Key).Append(' ').Append(help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n'); }
            text.Append("# TYPE ").Append(family.Key).Append(' ').Append(first.Kind switch { SeriesKind.Counter => "counter", SeriesKind.Gauge => "gauge", _ => "histogram" }).Append('\n');
            foreach (var one in family) { Append(text, family.Key, one); }
        }

        return text.ToString();
    }

    /// <summary>Labels in the form <c>kind="timer",state="due"</c>, sorted by name.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0) { return ""; }
        var sorted = tags.ToArray().OrderBy(t => t.Key, StringComparer.Ordinal)
            .Select(t => $"{Legal(t.Key)}=\"{Escape(Convert.ToString(t.Value, CultureInfo.InvariantCulture) ?? "")}\"");
        return string.Join(',', sorted);
    }

    private static void Append(StringBuilder text, string name, Series one)
    {
        if (one.Kind != SeriesKind.Histogram)
        {
            text.Append(name).Append(Braced(one.Labels)).Append(' ').Append(Number(one.Sum)).Append('\n');
            return;
        }

        var count = 0L;
        foreach (var (end, until) in one.Buckets())
        {
            count = until;
            var le = $"le=\"{(double.IsPositiveInfinity(end) ? "+Inf" : Number(end))}\"";
            text.Append(name).Append("_bucket").Append(Braced(one.Labels.Length == 0 ? le : $"{one.Labels},{le}")).Append(' ').Append(until).Append('\n');
        }

        text.Append(name).Append("_sum").Append(Braced(one.Labels)).Append(' ').Append(Number(one.Sum)).Append('\n');
        text.Append(name).Append("_count").Append(Braced(one.Labels)).Append(' ').Append(count).Append('\n');
    }

    private static string NameOf(Series one)
    {
        var name = Legal(one.Name);
        var unit = one.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        if (!name.EndsWith(unit, StringComparison.Ordinal)) { name += unit; }
        return one.Kind == SeriesKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static string Legal(string name) =>
        string.Concat(name.Select((c, i) => char.IsAsciiLetter(c) || c == '_' || (i > 0 && char.IsAsciiDigit(c)) ? c : '_'));

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Braced(string labels) => labels.Length == 0 ? "" : $"{{{labels}}}";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
