namespace ProcessManager.Language.Time;

/// <summary>
/// The clock on the wall of one time zone. Instants are UTC in whole milliseconds and stay inside
/// <see cref="Earliest"/>–<see cref="Latest"/>, so that counting never leaves the calendar of the base library.
/// </summary>
internal sealed class LocalClock(TimeZoneInfo zone)
{
    public static readonly DateTimeOffset Earliest = new(2, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Latest = new(9998, 12, 31, 0, 0, 0, TimeSpan.Zero);

    // No zone is further from UTC than 14 hours, and none changes its clocks twice within these two days.
    private static readonly TimeSpan Around = TimeSpan.FromHours(16);

    public TimeZoneInfo Zone => zone;

    /// <summary>Cuts off what is finer than a millisecond, and what lies beyond the ends of time.</summary>
    public static DateTimeOffset Whole(DateTimeOffset at)
    {
        var utc = at.UtcTicks;
        var kept = Math.Clamp(utc - (utc % TimeSpan.TicksPerMillisecond), Earliest.UtcTicks, Latest.UtcTicks);
        return new DateTimeOffset(kept, TimeSpan.Zero);
    }

    public static DateTimeOffset Shift(DateTimeOffset at, TimeSpan by)
    {
        var room = by < TimeSpan.Zero ? Earliest - at : Latest - at;
        return at + (by < TimeSpan.Zero ? (by < room ? room : by) : (by > room ? room : by));
    }

    /// <summary>Moves a local time by months, then by days; a day that a month lacks becomes its last one.</summary>
    public static DateTime Shift(DateTime local, long months, long days)
    {
        var month = Math.Clamp((local.Year * 12L) + local.Month - 1 + months, 2 * 12, (9998 * 12) + 11);
        var (year, monthOfYear) = ((int)(month / 12), (int)(month % 12) + 1);
        var date = new DateTime(year, monthOfYear, Math.Min(local.Day, DateTime.DaysInMonth(year, monthOfYear)));
        var room = days < 0 ? Earliest.DateTime - date : Latest.DateTime - date;
        return date.AddDays(days < 0 ? Math.Max(days, room.Days) : Math.Min(days, room.Days)) + local.TimeOfDay;
    }

    /// <summary>What the clock shows at an instant.</summary>
    public DateTime Read(DateTimeOffset at) => DateTime.SpecifyKind(at.UtcDateTime + OffsetAt(at.UtcTicks), DateTimeKind.Unspecified);

    public DateOnly DateAt(DateTimeOffset at) => DateOnly.FromDateTime(Read(at));

    /// <summary>
    /// The first instant at which the clock shows this time or a later one: the end of the gap for a time that does not
    /// exist, the first occurrence of one that comes twice. A later reading is never an earlier instant.
    /// </summary>
    public DateTimeOffset FirstAt(DateTime local)
    {
        var ticks = Math.Clamp(local.Ticks, Earliest.UtcTicks, Latest.UtcTicks);
        var (before, after) = (OffsetAt(ticks - Around.Ticks), OffsetAt(ticks + Around.Ticks));
        if (before == after) { return Whole(new DateTimeOffset(ticks - before.Ticks, TimeSpan.Zero)); }
        var change = ChangeBetween(ticks - Around.Ticks, ticks + Around.Ticks, before);
        return Whole(new DateTimeOffset(
            ticks < change + before.Ticks ? ticks - before.Ticks : Math.Max(change, ticks - after.Ticks), TimeSpan.Zero));
    }

    private TimeSpan OffsetAt(long utcTicks) => zone.GetUtcOffset(new DateTime(utcTicks, DateTimeKind.Utc));

    private long ChangeBetween(long low, long high, TimeSpan before)
    {
        var (first, last) = (low / TimeSpan.TicksPerMillisecond, high / TimeSpan.TicksPerMillisecond);
        while (last - first > 1)
        {
            var middle = first + ((last - first) / 2);
            if (OffsetAt(middle * TimeSpan.TicksPerMillisecond) == before) { first = middle; } else { last = middle; }
        }

        return last * TimeSpan.TicksPerMillisecond;
    }
}
