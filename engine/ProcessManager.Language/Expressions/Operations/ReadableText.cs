using System.Globalization;

namespace ProcessManager.Language.Expressions;

/// <summary>Values as people read them in letters, mails and task names.</summary>
internal static class ReadableText
{
    private const int MaxDepth = 3;
    private const int MaxMembers = 1_000;

    public static string Of(object? value, CultureInfo? culture) => Write(value, culture, 0);

    private static string Write(object? value, CultureInfo? culture, int depth) => value switch
    {
        null => "",
        string text => text,
        bool yes => yes ? "yes" : "no",
        decimal number => Number(number, culture ?? CultureInfo.InvariantCulture),
        DateOnly date => date.ToString(DayPattern(culture), culture ?? CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString(culture?.DateTimeFormat.ShortTimePattern ?? "HH:mm", culture ?? CultureInfo.InvariantCulture),
        DateTimeOffset moment =>
            $"{Write(DateOnly.FromDateTime(moment.DateTime), culture, depth)} {Write(TimeOnly.FromDateTime(moment.DateTime), culture, depth)}",
        TimeSpan duration => Duration(duration),
        MonthsDuration duration => Sentence((duration.Months / 12, "year"), (duration.Months % 12, "month")),
        FeelRange range => $"{Write(range.Low, culture, depth)} – {Write(range.High, culture, depth)}",
        IReadOnlyDictionary<string, object?> context =>
            depth < MaxDepth && context.TryGetValue("name", out var name) ? Write(name, culture, depth + 1) : "",
        IReadOnlyList<object?> list => depth < MaxDepth
            ? string.Join(", ", list.Take(MaxMembers).Select(i => Write(i, culture, depth + 1)).Where(t => t.Length > 0))
            : "",
        _ => "",
    };

    /// <summary>Thousands are set apart from five digits on, so that years and short numbers stay as they are.</summary>
    private static string Number(decimal number, CultureInfo culture) =>
        number.ToString(Math.Abs(number) >= 10_000 ? "#,##0.############################" : "0.############################", culture);

    /// <summary>The culture's long date without the name of the weekday.</summary>
    private static string DayPattern(CultureInfo? culture)
    {
        if (culture is null || culture.Equals(CultureInfo.InvariantCulture))
        {
            return "d MMMM yyyy";
        }

        var pattern = culture.DateTimeFormat.LongDatePattern;
        foreach (var weekday in new[] { "dddd, ", "dddd ", ", dddd", " dddd", "dddd" })
        {
            pattern = pattern.Replace(weekday, "", StringComparison.Ordinal);
        }

        return pattern.Trim();
    }

    private static string Duration(TimeSpan duration) => Sentence(
        (duration.Days, "day"), (duration.Hours, "hour"), (duration.Minutes, "minute"), (duration.Seconds, "second"));

    private static string Sentence(params (int Count, string Unit)[] parts)
    {
        var words = parts.Where(p => p.Count != 0).Select(p => $"{p.Count} {p.Unit}{(Math.Abs(p.Count) == 1 ? "" : "s")}").ToList();
        return words.Count > 0 ? string.Join(" ", words) : $"0 {parts[^1].Unit}s";
    }
}
