using System.Globalization;

namespace ProcessManager.Language.Time.ICalendar;

/// <summary>A date of an event; the zone of one with a time is not looked at, as holidays are days of whoever reads them.</summary>
/// <param name="IsWhole">False where a time of day other than local midnight is written.</param>
internal readonly record struct EventDate(DateOnly Day, bool IsWhole)
{
    /// <summary>Reads <c>20261225</c>, <c>20261225T000000</c>, <c>20261225T093000Z</c>.</summary>
    public static EventDate? Parse(string text)
    {
        if (text.Length < 8 || !DateOnly.TryParseExact(text[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) { return null; }
        if (day.Year is < 1900 or > 2999) { return null; }
        return text.Length switch
        {
            8 => new EventDate(day, true),
            15 or 16 when text[8] == 'T' && IsTime(text[9..15]) && (text.Length == 15 || text[15] == 'Z') =>
                new EventDate(day, text.Length == 15 && text[9..15] == "000000"),
            _ => null,
        };
    }

    private static bool IsTime(string text) => TimeOnly.TryParseExact(text, "HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
