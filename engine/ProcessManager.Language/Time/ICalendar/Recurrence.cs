using System.Globalization;

namespace ProcessManager.Language.Time.ICalendar;

/// <summary>
/// A rule by which an event comes every year (RFC 5545, section 3.3.10): <c>INTERVAL</c>, <c>COUNT</c>, <c>UNTIL</c>,
/// <c>BYMONTH</c>, <c>BYMONTHDAY</c> and <c>BYDAY</c> are known. A rule without an end goes on until <see cref="LastYear"/>.
/// </summary>
internal sealed record Recurrence(int Interval, int? Count, DateOnly? Until, int[] Months, int[] MonthDays, (int Place, DayOfWeek Day)[] Weekdays)
{
    public const int LastYear = 2199;

    private static readonly string[] DayNames = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    /// <param name="problem">What isn't understood, in a sentence.</param>
    public static Recurrence? Parse(string text, out string? problem)
    {
        var rule = new Recurrence(1, null, null, [], [], []);
        var frequency = "";
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = equals < 0 ? (part, "") : (part[..equals].ToUpperInvariant(), part[(equals + 1)..].ToUpperInvariant());
            var read = key switch
            {
                "FREQ" => Freq(value),
                "INTERVAL" => Number(value, 1, 1000) is { } n ? rule with { Interval = n } : null,
                "COUNT" => Number(value, 1, 100_000) is { } n ? rule with { Count = n } : null,
                "UNTIL" => EventDate.Parse(value)?.Day is { } day ? rule with { Until = day } : null,
                "BYMONTH" => Many(value, v => Number(v, 1, 12)) is { } months ? rule with { Months = months } : null,
                "BYMONTHDAY" => Many<int>(value, v => Number(v, -31, 31) is { } n and not 0 ? n : null) is { } days ? rule with { MonthDays = days } : null,
                "BYDAY" => Many(value, Weekday) is { } days ? rule with { Weekdays = days } : null,
                "WKST" => rule, // counts weeks, which no part known here does
                _ => null,
            };
            if (read is null)
            {
                problem = $"`{Quoted.Short(part)}` isn't understood in a repeated holiday.";
                return null;
            }

            rule = read;
        }

        problem = frequency != "YEARLY" ? "A repeated holiday has FREQ=YEARLY; write the days of any other by hand."
            : rule is { Count: not null, Until: not null } ? "A rule has COUNT or UNTIL, not both."
            : rule is { Weekdays.Length: > 0, Months.Length: 0 } ? "BYDAY needs a month: BYMONTH=11;BYDAY=4TH is the fourth Thursday of November."
            : null;
        return problem is null ? rule : null;

        Recurrence Freq(string value)
        {
            frequency = value;
            return rule;
        }
    }

    /// <summary>The days on which it comes, in order, the first one always among them.</summary>
    public IEnumerable<DateOnly> From(DateOnly first)
    {
        var (left, last) = ((Count ?? int.MaxValue) - 1, Until ?? new DateOnly(LastYear, 12, 31));
        yield return first;
        for (var year = first.Year; year <= last.Year && left > 0; year += Interval)
        {
            foreach (var day in In(year, first))
            {
                if (day <= first) { continue; }
                if (day > last || left-- == 0) { yield break; }
                yield return day;
            }
        }
    }

    private IEnumerable<DateOnly> In(int year, DateOnly first)
    {
        var months = Months.Length > 0 ? Months.Order() : MonthDays.Length > 0 ? Enumerable.Range(1, 12) : [first.Month];
        foreach (var month in months)
        {
            var days = DateTime.DaysInMonth(year, month);
            for (var day = 1; day <= days; day++)
            {
                var date = new DateOnly(year, month, day);
                if (Matches(date, days, first.Day)) { yield return date; }
            }
        }
    }

    private bool Matches(DateOnly date, int daysOfMonth, int firstDay)
    {
        if (MonthDays.Length == 0 && Weekdays.Length == 0) { return date.Day == firstDay; }
        if (MonthDays.Length > 0 && !MonthDays.Contains(date.Day) && !MonthDays.Contains(date.Day - daysOfMonth - 1)) { return false; }
        return Weekdays.Length == 0 || Weekdays.Any(w => w.Day == date.DayOfWeek
            && (w.Place == 0 || w.Place == ((date.Day - 1) / 7) + 1 || w.Place == -((daysOfMonth - date.Day) / 7) - 1));
    }

    private static (int Place, DayOfWeek Day)? Weekday(string text)
    {
        if (text.Length < 2 || Array.IndexOf(DayNames, text[^2..]) is not (>= 0 and var day)) { return null; }
        if (text.Length == 2) { return (0, (DayOfWeek)day); }
        return Number(text[..^2], -5, 5) is { } place and not 0 ? (place, (DayOfWeek)day) : null;
    }

    private static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;

    private static T[]? Many<T>(string text, Func<string, T?> read) where T : struct
    {
        var all = text.Split(',').Select(read).ToArray();
        return all.All(v => v.HasValue) ? [.. all.Select(v => v!.Value).Distinct()] : null;
    }
}
