using System.Collections.Immutable;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Time.ICalendar;

/// <summary>
/// Reads holidays from an iCalendar file (RFC 5545): its events that take whole days. What is not understood is reported
/// where it stands, never passed over in silence.
/// </summary>
internal static class HolidayFile
{
    private const int MostDays = 50_000;

    /// <summary>One holiday for each day, in order; two events of one day are one holiday with both names.</summary>
    public static ImmutableArray<Holiday> Read(DefinitionFile file, ICollection<Diagnostic> diagnostics)
    {
        if (TextGate.Decode(file.Path, file.Content.Span, diagnostics) is not { } text) { return []; }
        var lines = ContentLines.Of(new SourceFile(file.Path, text), diagnostics).ToList();
        if (lines is not [{ Name: "BEGIN", Value: var first }, ..] || !first.Trim().Equals("VCALENDAR", StringComparison.OrdinalIgnoreCase))
        {
            diagnostics.Add(Errors.HolidayFile.At(SourceSpan.StartOf(file.Path), "This is no iCalendar file: expected `BEGIN:VCALENDAR` in its first line."));
            return [];
        }

        var names = new SortedDictionary<DateOnly, List<string>>();
        var days = 0;
        foreach (var holiday in Events(lines, diagnostics).SelectMany(e => HolidayEvent.Days(e, diagnostics)))
        {
            if (++days > MostDays)
            {
                diagnostics.Add(Errors.HolidayFile.At(SourceSpan.StartOf(file.Path), $"The file has more than {MostDays:#,0} holidays."));
                return [];
            }

            if (!names.TryGetValue(holiday.Day, out var known)) { names[holiday.Day] = known = []; }
            if (!known.Contains(holiday.Name)) { known.Add(holiday.Name); }
        }

        return [.. names.Select(n => Holiday.On(n.Key, string.Join(" and ", n.Value)))];
    }

    /// <summary>The properties of each event; those of its alarms, and of what is no event, are left out.</summary>
    private static IEnumerable<IReadOnlyList<ContentLine>> Events(List<ContentLine> lines, ICollection<Diagnostic> diagnostics)
    {
        var open = new Stack<ContentLine>();
        var properties = new List<ContentLine>();
        foreach (var line in lines)
        {
            if (line.Name == "BEGIN")
            {
                open.Push(line);
                if (Is(line, "VEVENT")) { properties = [line]; }
            }
            else if (line.Name == "END")
            {
                if (!open.TryPop(out var begun) || !Is(line, begun.Value.Trim()))
                {
                    diagnostics.Add(Errors.HolidayFile.At(line.Span, $"`END:{Quoted.Short(line.Value)}` ends nothing that was begun."));
                    yield break;
                }

                if (Is(line, "VEVENT")) { yield return properties; }
            }
            else if (open.TryPeek(out var inside) && Is(inside, "VEVENT")) { properties.Add(line); }
        }

        if (open.TryPop(out var left)) { diagnostics.Add(Errors.HolidayFile.At(left.Span, $"`BEGIN:{Quoted.Short(left.Value)}` has no end: the file is cut off.")); }
    }

    private static bool Is(ContentLine line, string component) => line.Value.Trim().Equals(component, StringComparison.OrdinalIgnoreCase);
}
