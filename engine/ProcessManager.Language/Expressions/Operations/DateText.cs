using System.Globalization;
using System.Text;

namespace ProcessManager.Language.Expressions;

/// <summary>Dates and times from and to text, as ISO 8601 and XML Schema write them.</summary>
internal static class DateText
{
    /// <summary>A date and time as it is written: with an offset or zone, or local to whoever evaluates it.</summary>
    public readonly record struct Written(DateTime Local, TimeSpan? Offset, TimeZoneInfo? Zone)
    {
        public DateTimeOffset In(TimeZoneInfo zone) =>
            Offset is { } offset ? new DateTimeOffset(Local, offset) : Zones.Resolve(Local, Zone ?? zone);
    }

    public static DateOnly? Date(ReadOnlySpan<char> text) =>
        text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date : null;

    /// <summary>hh:mm:ss, with decimals, of which seven count. Seconds may be left out.</summary>
    public static TimeOnly? Time(ReadOnlySpan<char> text)
    {
        const int counted = 16;
        if (text.Length > counted && text[counted..].IndexOfAnyExceptInRange('0', '9') < 0)
        {
            text = text[..counted];
        }

        return text.Length >= 5 && text[^1] != '.' && TimeOnly.TryParseExact(
            text, ["HH:mm:ss", "HH:mm:ss.FFFFFFF", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time : null;
    }

    public static Written? DateTime(string text)
    {
        var t = text.IndexOf('T', StringComparison.Ordinal);
        if (t < 0)
        {
            return Date(text) is { } day ? new Written(day.ToDateTime(TimeOnly.MinValue), null, null) : null;
        }

        if (Date(text.AsSpan(0, t)) is not { } date || !SplitZone(text.AsSpan(t + 1), out var clock, out var offset, out var zone) ||
            Time(clock) is not { } time)
        {
            return null;
        }

        var local = date.ToDateTime(time);
        return offset is { } o && !InRange(local, o) ? null : new Written(local, offset, zone);
    }

    private static bool InRange(DateTime local, TimeSpan offset) =>
        (local - System.DateTime.MinValue) >= offset && (System.DateTime.MaxValue - local) >= -offset;

    private static bool SplitZone(ReadOnlySpan<char> text, out ReadOnlySpan<char> clock, out TimeSpan? offset, out TimeZoneInfo? zone)
    {
        clock = text;
        (offset, zone) = (null, null);
        var at = text.IndexOf('@');
        if (at >= 0)
        {
            clock = text[..at];
            return TimeZoneInfo.TryFindSystemTimeZoneById(text[(at + 1)..].ToString(), out zone);
        }

        if (text.EndsWith("Z"))
        {
            clock = text[..^1];
            offset = TimeSpan.Zero;
            return true;
        }

        var sign = text.LastIndexOfAny('+', '-');
        if (sign < 0)
        {
            return true;
        }

        clock = text[..sign];
        var known = TimeSpan.TryParseExact(text[(sign + 1)..], @"hh\:mm", CultureInfo.InvariantCulture, out var parsed) &&
            parsed <= TimeSpan.FromHours(14);
        offset = text[sign] == '-' ? -parsed : parsed;
        return known;
    }

    /// <summary>What <c>@"…"</c> may hold; null where it is none of them.</summary>
    public static object? Any(string text) =>
        text.Contains('T', StringComparison.Ordinal) && Date(text.AsSpan(0, Math.Min(10, text.Length))) is not null ? DateTime(text)
        : (object?)Date(text) ?? (object?)Time(text) ?? DurationText.Parse(text);

    public static string Write(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Write(TimeOnly time) => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    public static string Write(DateTime local) => local.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    public static string Write(DateTimeOffset moment)
    {
        var text = new StringBuilder(Write(moment.DateTime));
        return moment.Offset == TimeSpan.Zero
            ? text.Append('Z').ToString()
            : text.Append(moment.Offset < TimeSpan.Zero ? '-' : '+')
                .Append(moment.Offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture)).ToString();
    }
}
