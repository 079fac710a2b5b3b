using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Language.Reading;
using ProcessManager.Language.Time;

namespace ProcessManager.Language.Binding;

/// <summary>Binds a file of the folder calendars.</summary>
internal static class CalendarBinder
{
    /// <param name="zone">The organisation's, for a calendar that names none.</param>
    public static WorkingCalendar? Bind(string id, YamlMapping root, string? zone, List<Diagnostic> diagnostics)
    {
        if (root.Scalar("calendar") is { } name && name.Value != id)
        {
            diagnostics.Add(Errors.CalendarIdDiffers.At(name.Span, $"The calendar is called '{name.Value}', but its file '{id}.yaml': expected the same.",
                BindingContext.Replace(name.Span, id)));
            return null;
        }

        var week = root.EntriesOf("week")
            .Where(d => Enum.TryParse<DayOfWeek>(d.Name, ignoreCase: true, out _))
            .ToImmutableDictionary(d => Enum.Parse<DayOfWeek>(d.Name, ignoreCase: true), d => Hours(d.Value));
        var definition = new CalendarDefinition(
            id, root.Text("name") ?? Words.Humanise(id), root.Text("zone") ?? zone ?? "UTC", week,
            [.. root.ItemsOf("holidays").OfType<YamlMapping>().Select(Holiday).OfType<Holiday>()],
            [.. root.ItemsOf("exceptions").OfType<YamlMapping>().Select(Exception).OfType<CalendarException>()]);
        var problems = new List<string>();
        var calendar = WorkingCalendar.Create(definition, problems);
        var span = root.Find("calendar")?.Key.Span ?? root.Span;
        diagnostics.AddRange(problems.Select(p => Errors.BadCalendar.At(span, p)));
        return calendar;
    }

    private static Holiday? Holiday(YamlMapping map) =>
        Day(map.Text("on")) is { } day
            ? new Holiday(day.Year, day.Month, day.Day, map.Text("name") ?? "", Hours(map["hours"])) : null;

    private static CalendarException? Exception(YamlMapping map) =>
        Day(map.Text("on")) is { Year: { } year } day
            ? new CalendarException(new DateOnly(year, day.Month, day.Day), Hours(map["hours"]), map.Text("name") ?? "") : null;

    private static ImmutableArray<TimeRange> Hours(YamlNode? node) =>
        [.. node.Scalars().Select(s => Range(s.Value)).OfType<TimeRange>()];

    private static TimeRange? Range(string text)
    {
        var ends = text.Split('-', StringSplitOptions.TrimEntries);
        return ends.Length == 2 && Minutes(ends[0]) is { } from && Minutes(ends[1]) is { } to ? new TimeRange(from, to) : null;
    }

    private static int? Minutes(string clock) => clock == "24:00" ? TimeRange.MinutesOfDay
        : TimeOnly.TryParseExact(clock, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? (time.Hour * 60) + time.Minute : null;

    private static (int? Year, int Month, int Day)? Day(string? text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return (date.Year, date.Month, date.Day);
        }

        return DateOnly.TryParseExact("2024-" + text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var yearly)
            ? (null, yearly.Month, yearly.Day) : null;
    }
}
