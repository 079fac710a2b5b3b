using System.Collections.Immutable;

namespace ProcessManager.Language.Time;

/// <summary>
/// A working calendar as its file states it; <see cref="WorkingCalendar.Create"/> checks it and makes it usable.
/// </summary>
/// <param name="Zone">An IANA time zone, such as <c>Europe/Vienna</c>.</param>
/// <param name="Week">Working hours of each weekday; a weekday that is absent or empty has none.</param>
/// <param name="Holidays">Days with other hours, usually none. A dated one wins over a yearly one, that over one that moves.</param>
/// <param name="Exceptions">Days whose hours replace weekday and holiday alike: a Saturday that is worked.</param>
public sealed record CalendarDefinition(
    string Id,
    string Name,
    string Zone,
    ImmutableDictionary<DayOfWeek, ImmutableArray<TimeRange>> Week,
    ImmutableArray<Holiday> Holidays,
    ImmutableArray<CalendarException> Exceptions);

/// <summary>
/// Working hours from one local time of day to another, in minutes after midnight (0 to 1440).
/// A range whose <paramref name="To"/> is not after its <paramref name="From"/> ends on the next day
/// (22:00–06:00) and belongs to the day it begins on.
/// </summary>
public readonly record struct TimeRange(int From, int To)
{
    public const int MinutesOfDay = 24 * 60;

    /// <summary>The end in minutes after the midnight before <see cref="From"/>: up to 2879.</summary>
    public int End => To > From ? To : To + MinutesOfDay;

    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{From / 60:00}:{From % 60:00}–{To / 60:00}:{To % 60:00}");
}

/// <summary>A holiday: of one year, or of every year where <paramref name="Year"/> is null.</summary>
/// <param name="Hours">What is worked nevertheless, such as the morning of a half day; empty where nothing is.</param>
public sealed record Holiday(int? Year, int Month, int Day, string Name, ImmutableArray<TimeRange> Hours)
{
    /// <summary>Where it moves from year to year; month and day are 0 then.</summary>
    public MovableDay? Movable { get; init; }

    public static Holiday On(DateOnly date, string name, params ImmutableArray<TimeRange> hours) =>
        new(date.Year, date.Month, date.Day, name, hours);

    public static Holiday Yearly(int month, int day, string name, params ImmutableArray<TimeRange> hours) =>
        new(null, month, day, name, hours);

    public static Holiday Yearly(MovableDay day, string name, params ImmutableArray<TimeRange> hours) =>
        new(null, 0, 0, name, hours) { Movable = day };

    public bool IsOn(DateOnly date) => Movable?.IsOn(date) ?? (Month == date.Month && Day == date.Day && (Year is null || Year == date.Year));
}

/// <summary>One date whose working hours are these and no others.</summary>
public sealed record CalendarException(DateOnly Date, ImmutableArray<TimeRange> Hours, string Name = "");
