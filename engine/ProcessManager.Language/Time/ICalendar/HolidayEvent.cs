using System.Globalization;
using System.Text.RegularExpressions;

namespace ProcessManager.Language.Time.ICalendar;

/// <summary>The days of one event of an iCalendar file.</summary>
internal static partial class HolidayEvent
{
    private const int LongestEvent = 366;

    /// <param name="properties">The first is its <c>BEGIN</c>.</param>
    public static IEnumerable<(DateOnly Day, string Name)> Days(IReadOnlyList<ContentLine> properties, ICollection<Diagnostic> diagnostics)
    {
        var problems = new List<Diagnostic>();
        var days = Read(properties, problems);
        foreach (var problem in problems) { diagnostics.Add(problem); }
        return problems.Count == 0 ? days : [];
    }

    private static IEnumerable<(DateOnly Day, string Name)> Read(IReadOnlyList<ContentLine> properties, List<Diagnostic> problems)
    {
        if (Find(properties, "STATUS")?.Value.Trim().Equals("CANCELLED", StringComparison.OrdinalIgnoreCase) == true) { return []; }
        var name = Text(Find(properties, "SUMMARY")?.Value ?? "") is { Length: > 0 } summary ? summary : "Holiday";
        if (Find(properties, "DTSTART") is not { } startLine)
        {
            problems.Add(Errors.BadHolidayEvent.At(properties[0].Span, $"The event “{Quoted.Short(name)}” has no DTSTART."));
            return [];
        }

        if (Date(startLine, startLine.Value, problems) is not { } start) { return []; }
        if (!start.IsWhole) { return LeftOut(startLine, name, problems); }
        if (Length(properties, start.Day, name, problems) is not { } length) { return []; }
        if (Find(properties, "RECURRENCE-ID") is { } changed)
        {
            problems.Add(Errors.BadHolidayEvent.At(changed.Span, $"The event “{Quoted.Short(name)}” changes one day of a repeated one, which isn't understood; write that day by hand."));
            return [];
        }

        var firsts = Firsts(properties, start.Day, problems);
        return firsts.SelectMany(first => Enumerable.Range(0, length).Select(n => (first.AddDays(n), name)));
    }

    /// <summary>The days on which it begins: by its rule and its further dates, without those that are left out.</summary>
    private static List<DateOnly> Firsts(IReadOnlyList<ContentLine> properties, DateOnly start, List<Diagnostic> problems)
    {
        var firsts = new SortedSet<DateOnly> { start };
        foreach (var line in properties.Where(p => p.Name == "RRULE"))
        {
            if (Recurrence.Parse(line.Value.Trim(), out var problem) is { } rule) { firsts.UnionWith(rule.From(start)); }
            else { problems.Add(Errors.BadHolidayEvent.At(line.Span, problem!)); }
        }

        foreach (var line in properties.Where(p => p.Name is "EXRULE")) { problems.Add(Errors.BadHolidayEvent.At(line.Span, "EXRULE isn't understood; use EXDATE.")); }
        foreach (var (line, day) in Listed(properties, "RDATE", problems))
        {
            if (day.IsWhole) { firsts.Add(day.Day); }
            else { problems.Add(Errors.BadHolidayEvent.At(line.Span, "A further day of a holiday has no time of day.")); }
        }

        foreach (var (_, day) in Listed(properties, "EXDATE", problems)) { firsts.Remove(day.Day); }
        return [.. firsts];
    }

    /// <summary>How many days it takes: until DTEND, which is outside, or for DURATION; one where neither is written.</summary>
    private static int? Length(IReadOnlyList<ContentLine> properties, DateOnly start, string name, List<Diagnostic> problems)
    {
        int days;
        if (Find(properties, "DTEND") is { } endLine)
        {
            if (Date(endLine, endLine.Value, problems) is not { } end) { return null; }
            if (!end.IsWhole)
            {
                LeftOut(endLine, name, problems);
                return null;
            }

            // Some programs write the same day as the end of a single one.
            days = end.Day == start ? 1 : end.Day.DayNumber - start.DayNumber;
        }
        else if (Find(properties, "DURATION") is { } durationLine)
        {
            var match = WholeDays().Match(durationLine.Value.Trim());
            days = match.Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * (match.Groups[2].Value is "W" or "w" ? 7 : 1) : 0;
            if (!match.Success)
            {
                LeftOut(durationLine, name, problems);
                return null;
            }
        }
        else { return 1; }

        if (days is >= 1 and <= LongestEvent) { return days; }
        problems.Add(Errors.BadHolidayEvent.At((Find(properties, "DTEND") ?? Find(properties, "DURATION"))!.Span,
            $"The event “{Quoted.Short(name)}” takes {days} days; expected 1 to {LongestEvent}."));
        return null;
    }

    private static IEnumerable<(ContentLine Line, EventDate Day)> Listed(IReadOnlyList<ContentLine> properties, string name, List<Diagnostic> problems)
    {
        foreach (var line in properties.Where(p => p.Name == name))
        {
            foreach (var text in line.Value.Split(','))
            {
                if (Date(line, text, problems) is { } day) { yield return (line, day); }
            }
        }
    }

    private static EventDate? Date(ContentLine line, string text, List<Diagnostic> problems)
    {
        if (EventDate.Parse(text.Trim()) is { } date) { return date; }
        problems.Add(Errors.BadHolidayEvent.At(line.Span, $"“{Quoted.Short(text)}” is no date from 1900 to 2999; expected one such as `{line.Name};VALUE=DATE:20261225`."));
        return null;
    }

    private static (DateOnly, string)[] LeftOut(ContentLine line, string name, List<Diagnostic> problems)
    {
        problems.Add(Errors.HolidayEventLeftOut.At(line.Span,
            $"The event “{Quoted.Short(name)}” doesn't take whole days and is left out. Where its hours matter, write the day with `hours` in the calendar."));
        return [];
    }

    private static ContentLine? Find(IReadOnlyList<ContentLine> properties, string name) => properties.FirstOrDefault(p => p.Name == name);

    /// <summary>Without the escapes of RFC 5545, section 3.3.11, on one line.</summary>
    private static string Text(string value) => Escaped().Replace(value, m => m.Groups[1].Value is "n" or "N" ? " " : m.Groups[1].Value).Trim();

    [GeneratedRegex(@"\\([nN\\;,])", RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();

    [GeneratedRegex(@"^\+?[Pp]([0-9]{1,4})([DdWw])(?:T0+[HMS])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex WholeDays();
}
