using System.Globalization;
using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Engine.Running;

/// <summary>When a schedule comes round, by the clock on the wall of a calendar's zone.</summary>
internal static class ScheduleClock
{
    // A working day on the 29th of February is never further away than this; a schedule beyond it never comes.
    private const int MostDays = 366 * 9;

    /// <summary>
    /// The first occurrence after an instant: its local time, which names it, and the instant. A local time that does not exist is the first one after the
    /// gap, one that comes twice is its first.
    /// </summary>
    /// <returns>Null where there is none within nine years.</returns>
    public static (string Name, DateTimeOffset At)? Next(Schedule schedule, WorkingCalendar calendar, DateTimeOffset after)
    {
        var day = DateOnly.FromDateTime(calendar.LocalTime(after)).AddDays(-1);
        for (var i = 0; i < MostDays; i++, day = day.AddDays(1))
        {
            if (!IsOn(schedule, calendar, day)) { continue; }
            var local = day.ToDateTime(schedule.At);
            if (calendar.InstantOf(local) is var at && at > after) { return (local.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), at); }
        }

        return null;
    }

    private static bool IsOn(Schedule schedule, WorkingCalendar calendar, DateOnly day)
    {
        if (!schedule.Days.IsDefaultOrEmpty && !schedule.Days.Contains(day.DayOfWeek)) { return false; }
        if (schedule.DayOfMonth is { } wanted && day.Day != Math.Min(wanted, DateTime.DaysInMonth(day.Year, day.Month))) { return false; }
        return !schedule.WorkingDaysOnly || DateOnly.FromDateTime(calendar.LocalTime(calendar.StartOfWorkingDay(day))) == day;
    }
}
