using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ProcessManager.Language.Time;

namespace ProcessManager.Tests.Time;

/// <summary>Calendars, instants and durations from a seed that every failure names.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Test data must come again from the same seed.")]
internal sealed class RandomTime(int seed)
{
    private static readonly string[] Shifts =
    [
        "", "", "09:00-17:00", "08:00-12:00 13:00-17:00", "00:00-24:00", "22:00-06:00", "06:00-14:00 14:00-22:00", "00:00-00:30 02:15-02:45 23:45-24:00",
        "01:00-03:00", "02:00-03:00", "01:30-02:00 02:00-04:30", "20:00-00:00", "23:00-02:15", "12:00-12:01",
    ];

    private readonly Random random = new(seed);

    /// <summary>The middle of a stretch around a change of clocks, or somewhere between.</summary>
    public DateOnly Middle(string zone) => (zone, random.Next(3)) switch
    {
        (Calendars.Vienna, 0) => new(2026, 3, 29),
        (Calendars.Vienna, 1) => new(2026, 10, 25),
        (Calendars.NewYork, 0) => new(2026, 3, 8),
        (Calendars.NewYork, 1) => new(2026, 11, 1),
        (Calendars.LordHowe, 0) => new(2026, 10, 4),
        (Calendars.LordHowe, 1) => new(2026, 4, 5),
        _ => new DateOnly(2026, 1, 1).AddDays(random.Next(1000)),
    };

    /// <summary>A calendar that is allowed, with holidays and exceptions near a day.</summary>
    public WorkingCalendar Calendar(string zone, DateOnly around)
    {
        while (true)
        {
            var week = Enum.GetValues<DayOfWeek>().ToImmutableDictionary(d => d, _ => Hours());
            var holidays = Dates(around, 3).Select(d => random.Next(2) == 0
                ? Holiday.On(d, "dated", HalfDay())
                : Holiday.Yearly(d.Month, d.Day, "yearly", HalfDay()));
            var exceptions = Dates(around, 2).Select(d => new CalendarException(d, Hours()));
            var definition = new CalendarDefinition("random", "Random", zone, week, [.. holidays], [.. exceptions]);
            if (WorkingCalendar.Create(definition, []) is { } calendar) { return calendar; }
        }
    }

    public int Next(int below) => random.Next(below);

    public DateTimeOffset Instant(DateOnly around, int days) =>
        new DateTimeOffset(around.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddMilliseconds((random.NextDouble() - 0.5) * days * 86_400_000 * 2);

    public string Garbage()
    {
        string[] pieces = ["2", "days", "day", "working", "hours", "before", "after", "at", "due", "every", "most", "field:", "field:x", "P1D", "PT", "P", "-", "T", "2027-01-31", "14:00", " ", "", "\t", "\n", "é", "\ud800", "99999999999999999999", "{{x}}", "call", "call.yes", "1.5", "+1", "٣", "\0", ":", ".", "opened"];
        return random.Next(4) == 0
            ? new string([.. Enumerable.Range(0, random.Next(30)).Select(_ => (char)random.Next(0x250))])
            : string.Join(random.Next(5) == 0 ? "" : " ", Enumerable.Range(0, random.Next(9)).Select(_ => pieces[random.Next(pieces.Length)]));
    }

    private ImmutableArray<TimeRange> Hours() => Calendars.Hours(Shifts[random.Next(Shifts.Length)]);

    private ImmutableArray<TimeRange> HalfDay() => random.Next(2) == 0 ? Calendars.Hours(random.Next(2) == 0 ? "09:00-12:00" : "03:00-12:00") : [];

    private List<DateOnly> Dates(DateOnly around, int most) =>
        [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => around.AddDays(random.Next(21) - 10)).Distinct()];
}
