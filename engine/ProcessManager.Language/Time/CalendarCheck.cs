using System.Collections.Immutable;
using System.Globalization;

namespace ProcessManager.Language.Time;

/// <summary>Says in sentences what keeps a calendar definition from being used.</summary>
internal static class CalendarCheck
{
    // Fewer yearly holidays cannot cover the same weekday for five years: that takes about 260 dates.
    private const int ManyYearlyHolidays = 250;

    /// <summary>The same definition with empty lists where some were never set.</summary>
    public static CalendarDefinition Normalise(CalendarDefinition definition) => definition with
    {
        Week = definition.Week.ToImmutableDictionary(d => d.Key, d => Listed(d.Value)),
        Holidays = [.. Listed(definition.Holidays).Select(h => h with { Hours = Listed(h.Hours) })],
        Exceptions = [.. Listed(definition.Exceptions).Select(e => e with { Hours = Listed(e.Hours) })],
    };

    /// <summary>The zone, or null where a problem was found.</summary>
    public static TimeZoneInfo? Run(CalendarDefinition definition, ICollection<string> problems)
    {
        var found = new List<string>();
        var zone = Zone(definition.Zone, found);
        found.AddRange(Week(definition.Week));
        found.AddRange(Holidays(definition.Holidays));
        found.AddRange(Exceptions(definition.Exceptions));
        if (found.Count == 0) { found.AddRange(Nights(definition)); }
        foreach (var problem in found) { problems.Add(problem); }
        return found.Count == 0 ? zone : null;
    }

    /// <summary>A sentence where nothing is worked for more than five years at some time, else null.</summary>
    public static string? LongGap(CalendarDefinition definition, WorkDays days)
    {
        var reached = DateOnly.MinValue;
        foreach (var date in definition.Holidays.Where(h => h.Year is not null).Select(DateOf).Order())
        {
            if (date < reached) { continue; }
            if (days.Next(date, -1) is not { } before || days.Next(before.Date, 1) is not { } after) { return Gap(date); }
            reached = after.Date;
        }

        if (definition.Holidays.Count(h => h.Year is null && h.Hours.IsEmpty) < ManyYearlyHolidays) { return null; }

        // Dates and weekdays repeat after 400 years.
        for (var day = new DateOnly(2000, 1, 1); day.Year < 2400;)
        {
            if (days.Next(day, 1) is not { } next) { return Gap(day); }
            day = next.Date;
        }

        return null;
    }

    private static string Gap(DateOnly date) =>
        $"There is no working time for more than five years around {Shown(date)}, so nothing could ever be due. Give some day of the week hours that no holiday takes away.";

    private static TimeZoneInfo? Zone(string id, List<string> problems)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)) { return zone; }
        var near = Shaping.Words.Nearest(id, TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id));
        problems.Add($"“{Quoted.Short(id)}” isn't a time zone. Write an IANA name such as Europe/Vienna{(near is null ? "." : $"; did you mean {near}?")}");
        return null;
    }

    private static IEnumerable<string> Week(ImmutableDictionary<DayOfWeek, ImmutableArray<TimeRange>> week)
    {
        if (week.Values.All(h => h.IsEmpty)) { yield return "No day of the week has working hours, so nothing could ever be due."; }
        foreach (var problem in week.OrderBy(d => d.Key).SelectMany(d => Hours($"{d.Key}", d.Value))) { yield return problem; }
    }

    private static IEnumerable<string> Holidays(ImmutableArray<Holiday> holidays)
    {
        foreach (var holiday in holidays)
        {
            if (!Exists(holiday)) { yield return $"The holiday “{holiday.Name}” is on {Shown(holiday)}, which is no date from 1900 to 2999."; }
            foreach (var problem in Hours($"The holiday “{holiday.Name}”", holiday.Hours)) { yield return problem; }
        }

        foreach (var twice in holidays.GroupBy(h => (h.Year, h.Month, h.Day, h.Movable)).Where(g => g.Count() > 1))
        {
            yield return $"Two holidays are on {Shown(twice.First())}: {string.Join(" and ", twice.Select(h => $"“{h.Name}”"))}. Keep one.";
        }
    }

    private static IEnumerable<string> Exceptions(ImmutableArray<CalendarException> exceptions)
    {
        foreach (var exception in exceptions)
        {
            if (exception.Date.Year is < 1900 or > 2999) { yield return $"The exception on {Shown(exception.Date)} is outside the years 1900 to 2999."; }
            foreach (var problem in Hours($"The exception on {Shown(exception.Date)}", exception.Hours)) { yield return problem; }
        }

        foreach (var twice in exceptions.GroupBy(e => e.Date).Where(g => g.Count() > 1))
        {
            yield return $"Two exceptions are on {Shown(twice.Key)}. Keep one, with all its hours.";
        }
    }

    private static IEnumerable<string> Hours(string of, ImmutableArray<TimeRange> hours)
    {
        var wrong = hours.Where(r => r.From is < 0 or >= TimeRange.MinutesOfDay || r.To is < 0 or > TimeRange.MinutesOfDay).ToList();
        if (wrong.Count > 0)
        {
            yield return $"{of} has hours outside 00:00–24:00.";
            yield break;
        }

        foreach (var empty in hours.Where(r => r.From == r.To))
        {
            yield return $"{of}: {empty} begins and ends at the same time. Write 00:00–24:00 for a whole day.";
        }

        foreach (var (one, other) in Neighbours(hours).Where(p => p.Later.From < p.Earlier.End))
        {
            yield return $"{of}: {one} and {other} overlap.";
        }
    }

    /// <summary>Night shifts that run into the hours of the day after, within the week and around every dated entry.</summary>
    private static IEnumerable<string> Nights(CalendarDefinition definition)
    {
        foreach (var (day, hours) in definition.Week.OrderBy(d => d.Key))
        {
            var next = (DayOfWeek)(((int)day + 1) % 7);
            if (Overlap(hours, definition.Week.GetValueOrDefault(next, [])) is var (night, morning))
            {
                yield return $"{day} {night} runs into {next} {morning}.";
            }
        }

        // Zones don't matter to hours by the clock.
        var days = new WorkDays(new LocalClock(TimeZoneInfo.Utc), definition);
        var dates = definition.Exceptions.Select(e => e.Date).Concat(definition.Holidays.Where(h => h.Year is not null && !h.Hours.IsEmpty).Select(DateOf)).ToHashSet();
        foreach (var date in dates.SelectMany(d => new[] { d.AddDays(-1), d }).Distinct().Order())
        {
            if (Overlap(days.Hours(date), days.Hours(date.AddDays(1))) is var (night, morning))
            {
                yield return $"{Shown(date)} {night} runs into {Shown(date.AddDays(1))} {morning}.";
            }
        }
    }

    private static (TimeRange Night, TimeRange Morning)? Overlap(ImmutableArray<TimeRange> day, ImmutableArray<TimeRange> next)
    {
        if (day.IsEmpty || next.IsEmpty) { return null; }
        var (night, morning) = (day.MaxBy(r => r.End), next.MinBy(r => r.From));
        return night.End - TimeRange.MinutesOfDay > morning.From ? (night, morning) : null;
    }

    private static IEnumerable<(TimeRange Earlier, TimeRange Later)> Neighbours(ImmutableArray<TimeRange> hours)
    {
        var sorted = hours.Sort((a, b) => a.From.CompareTo(b.From));
        return sorted.Zip(sorted.Skip(1));
    }

    // A yearly holiday may be on 29 February: 2000 has one.
    private static bool Exists(Holiday holiday) => holiday.Movable is not null ||
        (holiday.Year ?? 2000) is >= 1900 and <= 2999 and var year && holiday.Month is >= 1 and <= 12
        && holiday.Day >= 1 && holiday.Day <= DateTime.DaysInMonth(year, holiday.Month);

    private static DateOnly DateOf(Holiday holiday) => new(holiday.Year!.Value, holiday.Month, holiday.Day);

    private static string Shown(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Shown(Holiday holiday) => holiday.Movable?.ToString() ?? string.Create(CultureInfo.InvariantCulture,
        $"{(holiday.Year is { } year ? $"{year:0000}-" : "")}{holiday.Month:00}-{holiday.Day:00}");

    private static ImmutableArray<T> Listed<T>(ImmutableArray<T> list) => list.IsDefault ? [] : list;
}
