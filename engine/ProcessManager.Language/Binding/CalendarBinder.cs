using System.Collections.Immutable;
using ProcessManager.Language.Reading;
using ProcessManager.Language.Shaping;
using ProcessManager.Language.Time;
using ProcessManager.Language.Time.ICalendar;

namespace ProcessManager.Language.Binding;

/// <summary>Binds a file of the folder calendars.</summary>
internal static class CalendarBinder
{
    /// <param name="zone">The organisation's, for a calendar that names none.</param>
    /// <param name="files">All files of the folder, for those that the calendar imports.</param>
    public static WorkingCalendar? Bind(
        string id, YamlMapping root, string? zone, IReadOnlyDictionary<string, DefinitionFile> files, List<Diagnostic> diagnostics)
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
        Holiday[] own = [.. root.ItemsOf("holidays").OfType<YamlMapping>().Select(Holiday).OfType<Holiday>()];
        var problemsOfFiles = new List<Diagnostic>();
        var imported = Imported(root, files, problemsOfFiles);
        diagnostics.AddRange(problemsOfFiles.Except(diagnostics)); // two calendars may import one file
        if (problemsOfFiles.Exists(d => d.Severity == Severity.Error)) { return null; }
        var definition = new CalendarDefinition(
            id, root.Text("name") ?? Words.Humanise(id), root.Text("zone") ?? zone ?? "UTC", week,
            [.. own, .. imported.Where(i => !own.Any(o => o.IsOn(new DateOnly(i.Year!.Value, i.Month, i.Day))))],
            [.. root.ItemsOf("exceptions").OfType<YamlMapping>().Select(Exception).OfType<CalendarException>()]);
        var problems = new List<string>();
        var calendar = WorkingCalendar.Create(definition, problems);
        var span = root.Find("calendar")?.Key.Span ?? root.Span;
        diagnostics.AddRange(problems.Select(p => Errors.BadCalendar.At(span, p)));
        return calendar;
    }

    /// <summary>The holidays of the files that it names; one day of two files is one holiday.</summary>
    private static List<Holiday> Imported(YamlMapping root, IReadOnlyDictionary<string, DefinitionFile> files, List<Diagnostic> diagnostics)
    {
        var found = new List<Holiday>();
        foreach (var name in root["import"].Scalars())
        {
            if (name.Value.EndsWith(".ics", StringComparison.Ordinal) && !name.Value.Contains('/', StringComparison.Ordinal)
                && files.TryGetValue(Definitions.CalendarFolder + name.Value, out var file))
            {
                found.AddRange(HolidayFile.Read(file, diagnostics));
                continue;
            }

            var known = files.Keys.Where(p => p.StartsWith(Definitions.CalendarFolder, StringComparison.Ordinal) && p.EndsWith(".ics", StringComparison.Ordinal))
                .Select(p => p[Definitions.CalendarFolder.Length..]).Order(StringComparer.Ordinal).ToList();
            var (advice, fix) = Shaping.Words.Suggest(name.Value, known, name.Span);
            diagnostics.Add(Errors.HolidayFile.At(name.Span, $"There is no file “{name.Value}” in definitions/calendars.{advice}", fix));
        }

        return [.. found.DistinctBy(h => (h.Year, h.Month, h.Day))];
    }

    private static Holiday? Holiday(YamlMapping map) =>
        MovableDay.Parse(map.Text("on") ?? "") is { } movable ? Time.Holiday.Yearly(movable, map.Text("name") ?? "", Hours(map["hours"]))
        : Day(map.Text("on")) is { } day
            ? new Holiday(day.Year, day.Month, day.Day, map.Text("name") ?? "", Hours(map["hours"])) : null;

    private static CalendarException? Exception(YamlMapping map) =>
        Day(map.Text("on")) is { Year: { } year } day
            ? new CalendarException(new DateOnly(year, day.Month, day.Day), Hours(map["hours"]), map.Text("name") ?? "") : null;

    private static ImmutableArray<TimeRange> Hours(YamlNode? node) =>
        [.. node.Scalars().Select(s => Values.Hours(s.Value)).OfType<(int From, int To)>().Select(h => new TimeRange(h.From, h.To))];

    private static (int? Year, int Month, int Day)? Day(string? text) => Values.Day(text ?? "", yearly: true);
}
