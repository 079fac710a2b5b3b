using System.Globalization;
using System.Text.RegularExpressions;

namespace ProcessManager.Language.Time;

/// <summary>Dates written in a plan: <c>2027-01-31</c>, <c>2027-01-31 14:00</c>.</summary>
internal static partial class DateText
{
    private const int FirstYear = 1900;
    private const int LastYear = 2999;

    /// <summary>Whether a text is meant as a date: figures kept apart by hyphens, dots or strokes.</summary>
    public static bool Looks(string text) => text.Length <= 80 && Meant().IsMatch(text);

    public static Anchor.Fixed? Parse(SourceText text, ICollection<Diagnostic> diagnostics)
    {
        var problem = Problem(text.Value, text.Span, out var date);
        if (problem is not null) { diagnostics.Add(problem); }
        return date;
    }

    private static Diagnostic? Problem(string text, SourceSpan span, out Anchor.Fixed? date)
    {
        date = null;
        if (Written().Match(text) is not { Success: true } match) { return Errors.BadDate.At(span, Otherwise(text), Fix(text, span)); }
        var (year, month, day) = (Number(match, 1), Number(match, 2), Number(match, 3));
        if (year is < FirstYear or > LastYear) { return Errors.BadDate.At(span, $"The year {year} is outside {FirstYear} to {LastYear}."); }
        if (month is < 1 or > 12) { return Errors.BadDate.At(span, $"There is no month {month}."); }
        if (day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            var name = new DateTime(year, month, 1).ToString("MMMM yyyy", CultureInfo.InvariantCulture);
            return Errors.BadDate.At(span, $"There is no day {day} in {name}, which has {DateTime.DaysInMonth(year, month)} days.");
        }

        var local = new DateTime(year, month, day);
        if (!match.Groups[4].Success)
        {
            date = new Anchor.Fixed(local, HasTime: false);
            return null;
        }

        var (hour, minute) = (Number(match, 4), Number(match, 5));
        if (hour > 23 || minute > 59) { return Errors.BadDate.At(span, $"There is no time {hour:00}:{minute:00}; times go from 00:00 to 23:59."); }
        date = new Anchor.Fixed(local.AddMinutes((hour * 60) + minute), HasTime: true);
        return null;
    }

    private static string Otherwise(string text) =>
        $"“{Quoted.Short(text)}” is no date; write year-month-day and, where it matters, a time of day in the calendar's zone: `2027-01-31`, `2027-01-31 14:00`.";

    // Only where day and month can't be mistaken for each other: 31.1.2027, 2027-1-5.
    private static QuickFix? Fix(string text, SourceSpan span)
    {
        var match = DayFirst().Match(text);
        if (!match.Success) { match = Short().Match(text); }
        if (!match.Success || text.Contains('/')) { return null; }
        var (year, month, day) = (match.Groups["y"].Value, Number(match, "m"), Number(match, "d"));
        var date = string.Create(CultureInfo.InvariantCulture, $"{year}-{month:00}-{day:00}");
        return DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? new QuickFix($"Write {date}", [new TextEdit(span, date)])
            : null;
    }

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[0-9]{1,4}[-./][0-9]{1,2}([-./][0-9]{1,4})?([T ].*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Meant();

    [GeneratedRegex(@"^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    [GeneratedRegex(@"^(?<d>[0-9]{1,2})\.(?<m>[0-9]{1,2})\.(?<y>[0-9]{4})\z", RegexOptions.CultureInvariant)]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"^(?<y>[0-9]{4})[-.](?<m>[0-9]{1,2})[-.](?<d>[0-9]{1,2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Short();
}
