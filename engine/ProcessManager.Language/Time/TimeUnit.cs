namespace ProcessManager.Language.Time;

/// <summary>A unit of durations: its name, how many of it make a duration, and how many are too many.</summary>
internal sealed record TimeUnit(string Singular, int Most, Func<int, Duration> Of)
{
    public static readonly IReadOnlyList<TimeUnit> All =
    [
        new("minute", 52_596_000, n => Duration.Zero with { Elapsed = TimeSpan.FromMinutes(n) }),
        new("hour", 876_600, n => Duration.Zero with { Elapsed = TimeSpan.FromHours(n) }),
        new("day", 36_525, n => Duration.Zero with { Days = n }),
        new("week", 5_217, n => Duration.Zero with { Days = 7 * n }),
        new("month", 1_200, n => Duration.Zero with { Months = n }),
        new("working hour", 25_000, n => Duration.Zero with { WorkingTime = TimeSpan.FromHours(n) }),
        new("working day", 2_500, n => Duration.Zero with { WorkingDays = n }),
    ];

    public const string Listed = "minutes, hours, days, weeks, months, working hours or working days";

    // What people write for a unit: the units it may mean, and how many of them one of it is.
    private static readonly (string Words, int Factor, string[] Meant)[] Otherwise =
    [
        ("d", 1, ["days", "working days"]),
        ("h hr hrs", 1, ["hours", "working hours"]),
        ("min mins", 1, ["minutes"]),
        ("m", 1, ["minutes", "months"]),
        ("w wk wks", 1, ["weeks"]),
        ("mo mos mon mth mths", 1, ["months"]),
        ("y yr yrs year years", 12, ["months"]),
        ("q quarter quarters", 3, ["months"]),
        ("fortnight fortnights", 2, ["weeks"]),
        ("wd workday workdays weekday weekdays", 1, ["working days"]),
        ("wh workhour workhours", 1, ["working hours"]),
    ];

    private static readonly (string Phrase, int Factor, string Meant)[] Phrases =
    [
        ("business day", 1, "working days"), ("business hour", 1, "working hours"), ("office hour", 1, "working hours"),
        ("work day", 1, "working days"), ("work hour", 1, "working hours"), ("working-day", 1, "working days"),
        ("working-hour", 1, "working hours"), ("bank day", 1, "working days"), ("calendar day", 1, "days"),
        ("calendar week", 1, "weeks"), ("calendar month", 1, "months"), ("working week", 5, "working days"),
    ];

    public string Plural => Singular + "s";

    public string Shown(int n) => n == 1 ? $"1 {Singular}" : System.FormattableString.Invariant($"{n} {Plural}");

    public static TimeUnit? Named(string words) =>
        All.FirstOrDefault(u => words.Equals(u.Singular, StringComparison.OrdinalIgnoreCase) || words.Equals(u.Plural, StringComparison.OrdinalIgnoreCase));

    /// <summary>What somebody may have meant who wrote something that isn't a unit; empty where there is no telling.</summary>
    public static IReadOnlyList<(TimeUnit Unit, int Factor)> Meant(string words)
    {
        var lower = words.ToLowerInvariant();
        foreach (var (known, factor, meant) in Otherwise)
        {
            if (known.Split(' ').Contains(lower)) { return [.. meant.Select(m => (Named(m)!, factor))]; }
        }

        foreach (var (phrase, factor, meant) in Phrases)
        {
            if (lower == phrase || lower == phrase + "s") { return [(Named(meant)!, factor)]; }
        }

        var near = Shaping.Words.Nearest(lower, All.SelectMany(u => new[] { u.Singular, u.Plural }));
        return near is null ? [] : [(Named(near)!, 1)];
    }
}
