using System.Collections.Concurrent;
using System.Collections.Immutable;
using ProcessManager.Language.Time;

namespace ProcessManager.Tests.Time;

/// <summary>
/// Counts in a calendar minute by minute, without any of the product's arithmetic: it walks a stretch of real minutes,
/// reads the base library's clock at each, and looks whether the latest reading so far lies in hours that are worked.
/// (The latest so far: when clocks go back, a shift neither begins nor ends a second time.)
/// </summary>
internal sealed class MinuteOracle
{
    private readonly CalendarDefinition definition;
    private readonly DateTimeOffset first;
    private readonly DateTime[] reading;
    private readonly Dictionary<DateOnly, ImmutableArray<TimeRange>> hours = [];
    private readonly Lazy<List<DateOnly>> days;
    private readonly DateOnly?[] worked; // the working day that a minute belongs to

    public MinuteOracle(CalendarDefinition definition, DateTimeOffset first, int minutes)
    {
        (this.definition, this.first) = (definition, first);
        reading = Readings.GetOrAdd((definition.Zone, first, minutes), Read);
        days = new(() => [.. Days()]);
        worked = new DateOnly?[minutes];
        var mark = DateTime.MinValue;
        for (var i = 0; i < minutes; i++)
        {
            if (reading[i] > mark) { mark = reading[i]; }
            worked[i] = DayOf(mark);
        }
    }

    private static ConcurrentDictionary<(string Zone, DateTimeOffset First, int Minutes), DateTime[]> Readings { get; } = [];

    private static DateTime[] Read((string Zone, DateTimeOffset First, int Minutes) stretch)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(stretch.Zone);
        return [.. Enumerable.Range(0, stretch.Minutes).Select(i => TimeZoneInfo.ConvertTime(stretch.First.AddMinutes(i), zone).DateTime)];
    }

    public int Minutes => reading.Length;

    public DateTimeOffset At(int minute) => first.AddMinutes(minute);

    public bool IsWorked(int minute) => worked[minute] is not null;

    /// <summary>Whether the clock shows this minute's time of day twice, this being the second time.</summary>
    public bool IsSecond(int minute) => Enumerable.Range(Math.Max(0, minute - 120), Math.Min(120, minute)).Any(i => reading[i] >= reading[minute]);

    public int WorkedBetween(int from, int to) => Enumerable.Range(from, to - from).Count(IsWorked);

    public int? AddWorkingMinutes(int from, int count)
    {
        var at = from;
        for (; count > 0 && at < Minutes; at++) { count -= IsWorked(at) ? 1 : 0; }
        return count == 0 ? at : null;
    }

    public int? SubtractWorkingMinutes(int from, int count)
    {
        var at = from;
        for (; count > 0 && at > 0; at--) { count -= IsWorked(at - 1) ? 1 : 0; }
        return count == 0 ? at : null;
    }

    public int? AddWorkingDays(int from, int count)
    {
        if (Position(from) is not var (day, timeOfDay)) { return null; }
        var target = day;
        for (var i = 0; i < Math.Abs(count); i++)
        {
            var next = days.Value.Where(d => count > 0 ? d > target : d < target).ToList();
            if (next.Count == 0) { return null; }
            target = count > 0 ? next.Min() : next.Max();
        }

        return Clip(target, target.ToDateTime(TimeOnly.MinValue) + timeOfDay);
    }

    /// <summary>Not the first and last days of the stretch, which it may hold in part only.</summary>
    private IEnumerable<DateOnly> Days()
    {
        var (low, high) = (DateOnly.FromDateTime(reading[0]).AddDays(2), DateOnly.FromDateTime(reading[^1]).AddDays(-2));
        return worked.OfType<DateOnly>().Distinct().Where(d => d > low && d < high);
    }

    private (DateOnly Day, TimeSpan TimeOfDay)? Position(int from)
    {
        if (IsWorked(from)) { return (worked[from]!.Value, SinceMidnight(worked[from]!.Value, from)); }
        if (from > 0 && IsWorked(from - 1)) { return (worked[from - 1]!.Value, SinceMidnight(worked[from - 1]!.Value, from)); }
        var opening = Array.FindIndex(worked, from, d => d is not null);
        return opening < 0 ? null : (worked[opening]!.Value, SinceMidnight(worked[opening]!.Value, opening));
    }

    private TimeSpan SinceMidnight(DateOnly day, int minute) => reading[minute] - day.ToDateTime(TimeOnly.MinValue);

    private int Clip(DateOnly day, DateTime local)
    {
        var wanted = Array.FindIndex(reading, r => r >= local);
        if (wanted > 0 && (worked[wanted] == day || worked[wanted - 1] == day)) { return wanted; }
        var later = Array.FindIndex(worked, wanted, d => d == day);
        return later >= 0 ? later : Array.FindLastIndex(worked, d => d == day) + 1;
    }

    private DateOnly? DayOf(DateTime local)
    {
        var today = DateOnly.FromDateTime(local);
        var minute = (int)local.TimeOfDay.TotalMinutes;
        return Covers(today.AddDays(-1), minute + 1440) ? today.AddDays(-1) : Covers(today, minute) ? today : null;
    }

    private bool Covers(DateOnly date, int minute)
    {
        if (!hours.TryGetValue(date, out var ranges)) { hours[date] = ranges = Hours(date); }
        foreach (var range in ranges)
        {
            if (range.From <= minute && minute < (range.To > range.From ? range.To : range.To + 1440)) { return true; }
        }

        return false;
    }

    private ImmutableArray<TimeRange> Hours(DateOnly date)
    {
        if (definition.Exceptions.FirstOrDefault(e => e.Date == date) is { } exception) { return exception.Hours; }
        var holidays = definition.Holidays.Where(h => h.Month == date.Month && h.Day == date.Day && (h.Year ?? date.Year) == date.Year).ToList();
        var holiday = holidays.Find(h => h.Year is not null) ?? holidays.FirstOrDefault();
        return holiday?.Hours ?? definition.Week.GetValueOrDefault(date.DayOfWeek, []);
    }
}
