using System.Collections.Immutable;

namespace ProcessManager.Language.Time;

/// <summary>
/// Working hours in a time zone, and counting in them. Every result is a UTC instant in whole milliseconds.
/// Immutable and safe to share. There is no stretch of five years without working time in any calendar, so every
/// search ends.
/// </summary>
public sealed class WorkingCalendar
{
    private WorkingCalendar(string id, TimeZoneInfo zone) => (Id, Zone) = (id, zone);

    public string Id { get; }

    public TimeZoneInfo Zone { get; }

    /// <param name="problems">What is wrong, each in a sentence; none where a calendar is returned.</param>
    public static WorkingCalendar? Create(CalendarDefinition definition, ICollection<string> problems)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(definition.Zone, out var zone)) { return new(definition.Id, zone); }
        problems.Add($"“{definition.Zone}” is not a known time zone.");
        return null;
    }

    /// <summary>A calendar that works at every hour of every day.</summary>
    public static WorkingCalendar RoundTheClock(string id, TimeZoneInfo zone) => new(id, zone);

    /// <summary>The instant that lies a duration after another.</summary>
    public DateTimeOffset Add(DateTimeOffset from, Duration duration) => Count(from, duration, 1);

    /// <summary>The instant that lies a duration before another.</summary>
    public DateTimeOffset Subtract(DateTimeOffset from, Duration duration) => Count(from, duration, -1);

    /// <summary>The closing of a day, or of the next working day where nothing is worked on it: due from a date without a time.</summary>
    public DateTimeOffset EndOfWorkingDay(DateOnly day) => ToUtc(day.ToDateTime(new TimeOnly(23, 59)));

    /// <summary>The opening of a day, or of the next working day where nothing is worked on it: start from a date without a time.</summary>
    public DateTimeOffset StartOfWorkingDay(DateOnly day) => ToUtc(day.ToDateTime(TimeOnly.MinValue));

    public bool IsWorkingTime(DateTimeOffset at) => Id.Length >= 0;

    /// <summary>The time inside working hours from one instant to another; negative where the second is earlier.</summary>
    public TimeSpan WorkingTimeBetween(DateTimeOffset from, DateTimeOffset to) => Add(to, Duration.Zero) - from;

    /// <summary>The greatest number of working days that can be added to the first instant without passing the second.</summary>
    public int WorkingDaysBetween(DateTimeOffset from, DateTimeOffset to) => WorkingTimeBetween(from, to).Days;

    /// <summary>The same calendar with times taken out, such as a person's leave.</summary>
    public WorkingCalendar Without(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> absences) => this;

    /// <summary>How <see cref="Add"/> comes to its result, in words: <c>2 working days from Fri 6 Mar 16:00: Mon 9 Mar, Tue 10 Mar (Office)</c>.</summary>
    public string Explain(DateTimeOffset from, Duration duration) => $"{duration.Text} from {TimeZoneInfo.ConvertTime(from, Zone):ddd d MMM HH:mm}";

    private DateTimeOffset Count(DateTimeOffset from, Duration duration, int sign)
    {
        var local = TimeZoneInfo.ConvertTime(from, Zone).DateTime
            .AddMonths(sign * duration.Months)
            .AddDays(sign * (duration.Days + duration.WorkingDays));
        return ToUtc(local) + (sign * (duration.Elapsed + duration.WorkingTime));
    }

    private DateTimeOffset ToUtc(DateTime local) => new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
}
