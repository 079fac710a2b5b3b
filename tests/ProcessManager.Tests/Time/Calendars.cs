using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Language.Time;

namespace ProcessManager.Tests.Time;

/// <summary>The calendars that the tests of time count in.</summary>
internal static class Calendars
{
    public const string Vienna = "Europe/Vienna";
    public const string NewYork = "America/New_York";
    public const string LordHowe = "Australia/Lord_Howe";

    public static readonly string[] Zones = [Vienna, NewYork, LordHowe];

    private static readonly DayOfWeek[] WeekDays =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    public static WorkingCalendar Office { get; } = Named("office");

    public static WorkingCalendar Agency { get; } = Named("agency");

    public static WorkingCalendar Named(string name)
    {
        var zone = name.EndsWith("-ny", StringComparison.Ordinal) ? NewYork : name.EndsWith("-lh", StringComparison.Ordinal) ? LordHowe : Vienna;
        return name.Split('-')[0] switch
        {
            "office" => Made(Definition("Office", zone, Week(WeekDays, "09:00-17:00"))),
            "night" => Made(Definition("Night", zone, Week(WeekDays, "22:00-06:00"))),
            "nights" => Made(Definition("Nights", zone, Week(Enum.GetValues<DayOfWeek>(), "22:00-06:00"))),
            "always" => WorkingCalendar.RoundTheClock(name, TimeZoneInfo.FindSystemTimeZoneById(zone)),
            "agency" => Made(AgencyDefinition(zone)),
            "leave" => Office.Without([(Midnight(4), Midnight(7))]),
            "afternoon" => Office.Without([(Midnight(4).AddHours(12), Midnight(5))]),
            "gone" => Office.Without([(Midnight(4), Midnight(4).AddYears(20))]),
            _ => throw new ArgumentException($"No calendar {name}."),
        };
    }

    /// <summary>What is said of a calendar that can't be counted in.</summary>
    public static IReadOnlyList<string> Problems(string name)
    {
        var problems = new List<string>();
        WorkingCalendar.Create(name switch
        {
            "empty" => Definition("Empty", Vienna, Week(WeekDays, "")),
            "never" => Definition("Never", Vienna, Week([DayOfWeek.Monday], "09:00-17:00")) with
            {
                Holidays = [.. Enumerable.Range(0, 320).Select(week => Holiday.On(new DateOnly(2026, 3, 2).AddDays(7 * week), "Closed"))],
            },
            "overlap" => Definition("Overlap", Vienna, Week([DayOfWeek.Monday], "08:00-12:00 11:00-13:00")),
            _ => throw new ArgumentException($"No calendar {name}."),
        }, problems);
        return problems;
    }

    public static WorkingCalendar Made(CalendarDefinition definition)
    {
        var problems = new List<string>();
        return WorkingCalendar.Create(definition, problems) ?? throw new InvalidOperationException(string.Join(" ", problems));
    }

    public static CalendarDefinition Definition(string name, string zone, ImmutableDictionary<DayOfWeek, ImmutableArray<TimeRange>> week) =>
        new(name.ToLowerInvariant(), name, zone, week, [], []);

    public static ImmutableDictionary<DayOfWeek, ImmutableArray<TimeRange>> Week(IEnumerable<DayOfWeek> days, string hours) =>
        days.ToImmutableDictionary(d => d, _ => Hours(hours));

    /// <summary>Hours such as <c>08:00-12:00 13:00-17:00</c>.</summary>
    public static ImmutableArray<TimeRange> Hours(string hours) =>
        [.. hours.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(r => new TimeRange(Minute(r[..5]), Minute(r[6..])))];

    private static CalendarDefinition AgencyDefinition(string zone) => new(
        "agency",
        "Agency",
        zone,
        Week(WeekDays[..4], "08:00-12:00 13:00-17:00").Add(DayOfWeek.Friday, Hours("08:00-14:00")),
        [
            Holiday.Yearly(1, 1, "New Year"),
            Holiday.Yearly(5, 1, "Labour Day"),
            Holiday.Yearly(12, 24, "Christmas Eve", Hours("08:00-12:00")),
            Holiday.Yearly(12, 25, "Christmas Day"),
            Holiday.Yearly(12, 26, "Boxing Day"),
            Holiday.On(new(2026, 4, 6), "Easter Monday"),
            Holiday.On(new(2026, 5, 14), "Ascension Day"),
        ],
        [new CalendarException(new(2026, 3, 14), Hours("09:00-13:00"), "Stocktaking")]);

    /// <summary>In Vienna, of a day of March 2026 before the change to summer time.</summary>
    private static DateTimeOffset Midnight(int day) => new(2026, 3, day, 0, 0, 0, TimeSpan.FromHours(1));

    private static int Minute(string time) => (int.Parse(time[..2], CultureInfo.InvariantCulture) * 60) + int.Parse(time[3..], CultureInfo.InvariantCulture);
}
