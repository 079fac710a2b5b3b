using System.Globalization;
using System.Text.RegularExpressions;

namespace ProcessManager.Language.Time;

/// <summary>A day that each year has at another date: <c>easter + 1</c>, <c>last monday of may</c>.</summary>
public abstract partial record MovableDay
{
    private static readonly string[] Months = [.. CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[..12].Select(m => m.ToLowerInvariant())];
    private static readonly string[] Places = ["1st", "2nd", "3rd", "4th"];

    private MovableDay() { }

    /// <summary>So many days after Easter Sunday of the Gregorian calendar; before it where negative (-80 to 250).</summary>
    public sealed record Easter(int Days) : MovableDay
    {
        public override DateOnly In(int year) => EasterOf(year).AddDays(Days);

        public override string ToString() => Days == 0 ? "easter" : string.Create(CultureInfo.InvariantCulture, $"easter {(Days < 0 ? '-' : '+')} {Math.Abs(Days)}");
    }

    /// <summary>The first to fourth of a weekday in a month, or the last where <paramref name="Place"/> is 0.</summary>
    public sealed record Weekday(int Place, DayOfWeek Day, int Month) : MovableDay
    {
        public override DateOnly In(int year)
        {
            var first = new DateOnly(year, Month, 1);
            if (Place > 0) { return first.AddDays((((int)Day - (int)first.DayOfWeek + 7) % 7) + (7 * (Place - 1))); }
            var last = first.AddDays(DateTime.DaysInMonth(year, Month) - 1);
            return last.AddDays(-(((int)last.DayOfWeek - (int)Day + 7) % 7));
        }

        public override string ToString() => $"{(Place == 0 ? "last" : Places[Place - 1])} {Day.ToString().ToLowerInvariant()} of {Months[Month - 1]}";
    }

    /// <summary>The date of a year from 1 to 9999.</summary>
    public abstract DateOnly In(int year);

    public abstract override string ToString();

    public bool IsOn(DateOnly date) => In(date.Year) == date;

    /// <returns>Null where the text is no such day.</returns>
    public static MovableDay? Parse(string text)
    {
        if (text.Length > 60) { return null; }
        if (OfEaster().Match(text) is { Success: true } easter)
        {
            var days = easter.Groups[2].Success ? int.Parse(easter.Groups[2].Value, CultureInfo.InvariantCulture) * (easter.Groups[1].Value == "-" ? -1 : 1) : 0;
            return days is >= -80 and <= 250 ? new Easter(days) : null;
        }

        var match = OfWeekday().Match(text);
        if (!match.Success || !Enum.TryParse<DayOfWeek>(match.Groups[2].Value, ignoreCase: true, out var day)) { return null; }
        var (place, month) = (Array.IndexOf(Places, match.Groups[1].Value) + 1, Array.IndexOf(Months, match.Groups[3].Value) + 1);
        return month == 0 ? null : new Weekday(place, day, month);
    }

    /// <summary>Easter Sunday by the Gregorian rule, as Meeus gives it (Astronomical Algorithms, chapter 8).</summary>
    private static DateOnly EasterOf(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var epact = ((19 * a) + b - (b / 4) - ((b - ((b + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (b % 4)) + (2 * (c / 4)) - epact - (c % 4)) % 7;
        var correction = (a + (11 * epact) + (22 * weekday)) / 451;
        var day = epact + weekday - (7 * correction) + 114;
        return new DateOnly(year, day / 31, (day % 31) + 1);
    }

    [GeneratedRegex(@"^easter(?: *([+-]) *([0-9]{1,3}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex OfEaster();

    [GeneratedRegex(@"^(1st|2nd|3rd|4th|last) ([a-z]+) of ([a-z]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex OfWeekday();
}
