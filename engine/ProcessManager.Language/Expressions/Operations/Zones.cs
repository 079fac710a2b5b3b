namespace ProcessManager.Language.Expressions;

/// <summary>
/// Local times in a zone. A time that daylight saving leaves out becomes the first instant after the gap;
/// one that occurs twice is its first occurrence.
/// </summary>
internal static class Zones
{
    public static DateTimeOffset Midnight(DateOnly date, TimeZoneInfo zone) => Resolve(date.ToDateTime(TimeOnly.MinValue), zone);

    /// <exception cref="ArgumentOutOfRangeException">The instant lies outside the years 1 to 9999.</exception>
    public static DateTimeOffset Resolve(DateTime local, TimeZoneInfo zone)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
        {
            local = AfterGap(local, zone);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }

    /// <summary>Gaps begin and end at whole minutes and last a day at most.</summary>
    private static DateTime AfterGap(DateTime local, TimeZoneInfo zone)
    {
        var minute = local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute));
        for (var i = 0; i <= 24 * 60 && zone.IsInvalidTime(minute); i++)
        {
            minute = minute.AddMinutes(1);
        }

        return minute;
    }

    /// <summary>True where the moment shows the time of the zone, and not an offset of its own.</summary>
    private static bool IsSeenIn(DateTimeOffset moment, TimeZoneInfo zone) => moment.Offset == zone.GetUtcOffset(moment);

    /// <summary>An instant as it is seen where another moment was: in the zone, or at its own offset.</summary>
    public static DateTimeOffset See(DateTimeOffset instant, DateTimeOffset like, TimeZoneInfo zone) =>
        IsSeenIn(like, zone) ? TimeZoneInfo.ConvertTime(instant, zone) : instant;

    /// <summary>Months keep the local time; a day that the month doesn't have becomes its last.</summary>
    public static DateTimeOffset AddMonths(DateTimeOffset moment, int months, TimeZoneInfo zone) =>
        IsSeenIn(moment, zone) ? Resolve(moment.DateTime.AddMonths(months), zone) : moment.AddMonths(months);
}
