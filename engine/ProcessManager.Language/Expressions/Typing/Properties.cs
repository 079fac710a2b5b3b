namespace ProcessManager.Language.Expressions;

/// <summary>The parts of dates, times, durations and ranges: <c>call-on.year</c>.</summary>
internal static class Properties
{
    private static readonly string[] OfDate = ["year", "month", "day", "weekday"];
    private static readonly string[] OfTime = ["hour", "minute", "second"];

    public static IReadOnlyList<string> Names(FeelType type) => type switch
    {
        FeelType.Date => OfDate,
        FeelType.Time => OfTime,
        FeelType.DateTime => [.. OfDate, .. OfTime, "time offset"],
        FeelType.DaysDuration => ["days", "hours", "minutes", "seconds"],
        FeelType.YearsDuration => ["years", "months"],
        FeelType.Range => ["start", "end", "start included", "end included"],
        _ => [],
    };

    /// <summary>The type of a part; null where there is no such part.</summary>
    public static FeelType? TypeOf(FeelType type, string name) =>
        !Names(type).Contains(name) ? null
        : type is FeelType.Range range ? (name is "start" or "end" ? range.Of : FeelType.YesNoType)
        : name == "time offset" ? FeelType.DaysDurationType
        : FeelType.NumberType;

    /// <summary>The part of a value; null where there is no such part.</summary>
    public static object? Get(object value, string name) => value switch
    {
        DateOnly date => OfDay(date, name),
        TimeOnly time => OfClock(time, name),
        DateTimeOffset moment => name == "time offset" ? moment.Offset
            : OfDay(DateOnly.FromDateTime(moment.DateTime), name) ?? OfClock(TimeOnly.FromDateTime(moment.DateTime), name),
        TimeSpan duration => name switch
        {
            "days" => (decimal)duration.Days,
            "hours" => (decimal)duration.Hours,
            "minutes" => (decimal)duration.Minutes,
            "seconds" => duration.Seconds + Fraction(duration.Ticks),
            _ => null,
        },
        MonthsDuration duration => name switch
        {
            "years" => (decimal)(duration.Months / 12),
            "months" => (decimal)(duration.Months % 12),
            _ => null,
        },
        FeelRange range => name switch
        {
            "start" => range.Low,
            "end" => range.High,
            "start included" => Truth.Of(range.LowIncluded),
            "end included" => Truth.Of(range.HighIncluded),
            _ => null,
        },
        _ => null,
    };

    private static object? OfDay(DateOnly date, string name) => name switch
    {
        "year" => (decimal)date.Year,
        "month" => (decimal)date.Month,
        "day" => (decimal)date.Day,
        "weekday" => (decimal)(date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek),
        _ => null,
    };

    private static object? OfClock(TimeOnly time, string name) => name switch
    {
        "hour" => (decimal)time.Hour,
        "minute" => (decimal)time.Minute,
        "second" => time.Second + Fraction(time.Ticks),
        _ => null,
    };

    private static decimal Fraction(long ticks) => ticks % TimeSpan.TicksPerSecond / (decimal)TimeSpan.TicksPerSecond;
}
