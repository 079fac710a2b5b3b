using System.Globalization;
using System.Text;

namespace ProcessManager.Language.Expressions;

/// <summary>Durations from and to text: <c>P1Y6M</c>, or <c>P2DT4H30M1.5S</c>; never both in one.</summary>
internal static class DurationText
{
    /// <summary>A <see cref="TimeSpan"/> or a <see cref="MonthsDuration"/>; null where the text is none.</summary>
    public static object? Parse(string text)
    {
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        rest = negative ? rest[1..] : rest;
        if (!rest.StartsWith("P") || rest.Length < 3)
        {
            return null;
        }

        try
        {
            return ParseParts(rest[1..], negative ? -1 : 1);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static object? ParseParts(ReadOnlySpan<char> rest, int sign)
    {
        const string order = "YMDTHmS";
        decimal months = 0, ticks = 0;
        bool inTime = false, hasMonths = false, hasTime = false;
        var last = -1;
        while (rest.Length > 0)
        {
            if (rest[0] == 'T')
            {
                if (inTime || rest.Length == 1)
                {
                    return null;
                }

                inTime = true;
                rest = rest[1..];
                continue;
            }

            var length = NumberLength(rest);
            if (length == 0 || length == rest.Length)
            {
                return null;
            }

            var unit = inTime && rest[length] == 'M' ? 'm' : rest[length];
            var place = order.IndexOf(unit, StringComparison.Ordinal);
            if (place <= last || place < 0 || (place > 3) != inTime ||
                !decimal.TryParse(rest[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ||
                (unit != 'S' && number != decimal.Truncate(number)))
            {
                return null;
            }

            last = place;
            hasMonths |= unit is 'Y' or 'M';
            hasTime |= unit is not ('Y' or 'M');
            months += unit switch { 'Y' => number * 12, 'M' => number, _ => 0 };
            ticks += unit switch
            {
                'D' => number * TimeSpan.TicksPerDay,
                'H' => number * TimeSpan.TicksPerHour,
                'm' => number * TimeSpan.TicksPerMinute,
                'S' => decimal.Truncate(number * TimeSpan.TicksPerSecond),
                _ => 0,
            };
            rest = rest[(length + 1)..];
        }

        return hasMonths == hasTime ? null
            : hasMonths ? new MonthsDuration(decimal.ToInt32(sign * months))
            : TimeSpan.FromTicks(decimal.ToInt64(sign * ticks));
    }

    private static int NumberLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (char.IsAsciiDigit(text[length]) || (text[length] == '.' && length > 0)))
        {
            length++;
        }

        return length;
    }

    public static string Write(MonthsDuration duration)
    {
        var months = Math.Abs((long)duration.Months);
        var text = new StringBuilder(duration.Months < 0 ? "-P" : "P");
        Append(text, months / 12, 'Y');
        Append(text, months % 12, 'M');
        return months == 0 ? "P0M" : text.ToString();
    }

    public static string Write(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
        {
            return "PT0S";
        }

        var ticks = Math.Abs((decimal)duration.Ticks);
        var text = new StringBuilder(duration < TimeSpan.Zero ? "-P" : "P");
        Append(text, (long)(ticks / TimeSpan.TicksPerDay), 'D');
        var ofDay = ticks % TimeSpan.TicksPerDay;
        if (ofDay != 0)
        {
            text.Append('T');
            Append(text, (long)(ofDay / TimeSpan.TicksPerHour), 'H');
            Append(text, (long)(ofDay % TimeSpan.TicksPerHour / TimeSpan.TicksPerMinute), 'M');
            var seconds = ofDay % TimeSpan.TicksPerMinute / TimeSpan.TicksPerSecond;
            if (seconds != 0)
            {
                text.Append(seconds.ToString("0.#######", CultureInfo.InvariantCulture)).Append('S');
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, long number, char unit)
    {
        if (number != 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{number}{unit}");
        }
    }
}
