using System.Collections.Immutable;
using ProcessManager.Language.Reading;
using ProcessManager.Language.Shaping;
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
        [.. node.Scalars().Select(s => Values.Hours(s.Value)).OfType<(int From, int To)>().Select(h => new TimeRange(h.From, h.To))];

    private static (int? Year, int Month, int Day)? Day(string? text) => Values.Day(text ?? "", yearly: true);
}
