using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ProcessManager.Language.Time;

/// <summary>A stretch of working time; the end is outside.</summary>
internal readonly record struct WorkSpan(DateTimeOffset Open, DateTimeOffset Close);

/// <summary>What is worked on one day: stretches in order that don't overlap. A night shift belongs to the day it begins on.</summary>
internal sealed record WorkDay(DateOnly Date, ImmutableArray<WorkSpan> Spans)
{
    public bool IsWorked => Spans.Length > 0;

    public DateTimeOffset Open => Spans[0].Open;

    public DateTimeOffset Close => Spans[^1].Close;
}

/// <summary>
/// The days of a calendar as instants: week, then yearly holidays, dated holidays and exceptions, then absences.
/// </summary>
internal sealed class WorkDays
{
    /// <summary>How many days are searched for the next one that is worked: five years. No calendar has a longer gap.</summary>
    public const int LongestGap = (5 * 365) + 2;

    private const int CacheSize = 1024; // a power of two; each day has one place in it

    private readonly LocalClock clock;
    private readonly ImmutableArray<ImmutableArray<TimeRange>> week;
    private readonly FrozenDictionary<DateOnly, ImmutableArray<TimeRange>> dated;
    private readonly FrozenDictionary<(int Month, int Day), ImmutableArray<TimeRange>> yearly;
    private readonly ImmutableArray<(MovableDay Day, ImmutableArray<TimeRange> Hours)> movable;
    private readonly ImmutableArray<WorkSpan> absences;
    private readonly WorkDay?[] cache = new WorkDay?[CacheSize];

    public WorkDays(LocalClock clock, CalendarDefinition definition)
    {
        this.clock = clock;
        week = [.. Enum.GetValues<DayOfWeek>().Select(d => Sorted(definition.Week.GetValueOrDefault(d)))];
        yearly = definition.Holidays.Where(h => h is { Year: null, Movable: null })
            .ToFrozenDictionary(h => (h.Month, h.Day), h => Sorted(h.Hours));
        movable = [.. definition.Holidays.Where(h => h.Movable is not null).Select(h => (h.Movable!, Sorted(h.Hours)))];
        var dates = definition.Holidays.Where(h => h.Year is not null)
            .ToDictionary(h => new DateOnly(h.Year!.Value, h.Month, h.Day), h => Sorted(h.Hours));
        foreach (var exception in definition.Exceptions) { dates[exception.Date] = Sorted(exception.Hours); }
        dated = dates.ToFrozenDictionary();
        absences = [];
    }

    private WorkDays(WorkDays whole, ImmutableArray<WorkSpan> absences)
    {
        (clock, week, dated, yearly, movable) = (whole.clock, whole.week, whole.dated, whole.yearly, whole.movable);
        this.absences = absences;
    }

    public ImmutableArray<WorkSpan> Absences => absences;

    /// <summary>These days without some stretches, which are in order and apart.</summary>
    public WorkDays Without(ImmutableArray<WorkSpan> more) => new(this, more);

    public WorkDay this[DateOnly date]
    {
        get
        {
            ref var place = ref cache[date.DayNumber & (CacheSize - 1)];
            var known = Volatile.Read(ref place);
            if (known is not null && known.Date == date) { return known; }
            var made = new WorkDay(date, Worked(date));
            Volatile.Write(ref place, made);
            return made;
        }
    }

    /// <summary>The next worked day after a date (step 1) or before it (step -1); null only at the ends of time.</summary>
    public WorkDay? Next(DateOnly date, int step)
    {
        for (var i = 1; i <= LongestGap; i++)
        {
            var number = date.DayNumber + ((long)i * step);
            if (number <= DateOnly.MinValue.DayNumber + 1 || number >= DateOnly.MaxValue.DayNumber) { return null; }
            var day = this[DateOnly.FromDayNumber((int)number)];
            if (day.IsWorked) { return day; }
        }

        return null;
    }

    /// <summary>Worked days from one that may hold an instant onward (step 1) or backward (step -1).</summary>
    public IEnumerable<WorkDay> From(DateTimeOffset at, int step)
    {
        // A night shift of the day before may still run; where clocks go back over midnight, the day after may have begun.
        for (var day = Next(clock.DateAt(at).AddDays(-2 * step), step); day is not null; day = Next(day.Date, step))
        {
            yield return day;
        }
    }

    /// <summary>The hours of a date by the clock, before night shifts of other days and absences are looked at.</summary>
    public ImmutableArray<TimeRange> Hours(DateOnly date)
    {
        if (dated.TryGetValue(date, out var hours) || yearly.TryGetValue((date.Month, date.Day), out hours)) { return hours; }
        foreach (var (day, rest) in movable)
        {
            if (day.IsOn(date)) { return rest; }
        }

        return week[(int)date.DayOfWeek];
    }

    private ImmutableArray<WorkSpan> Worked(DateOnly date)
    {
        var hours = Hours(date);
        if (hours.IsEmpty) { return []; }
        var nightBefore = Hours(date.AddDays(-1)) is [.., var last] ? last.End - TimeRange.MinutesOfDay : 0;
        var midnight = date.ToDateTime(TimeOnly.MinValue);
        var spans = ImmutableArray.CreateBuilder<WorkSpan>(hours.Length);
        foreach (var range in hours)
        {
            var from = Math.Max(range.From, nightBefore);
            if (from >= range.End) { continue; }
            var span = new WorkSpan(clock.FirstAt(midnight.AddMinutes(from)), clock.FirstAt(midnight.AddMinutes(range.End)));
            AddPresent(spans, span);
        }

        return spans.ToImmutable();
    }

    private void AddPresent(ImmutableArray<WorkSpan>.Builder spans, WorkSpan span)
    {
        var open = span.Open;
        for (var i = FirstAbsenceAfter(open); i < absences.Length && absences[i].Open < span.Close; i++)
        {
            if (absences[i].Open > open) { spans.Add(new WorkSpan(open, absences[i].Open)); }
            open = absences[i].Close;
        }

        // Also drops a range that lies in the gap of a clock change: both its ends are the same instant.
        if (open < span.Close) { spans.Add(span with { Open = open }); }
    }

    private int FirstAbsenceAfter(DateTimeOffset at)
    {
        var (low, high) = (0, absences.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (absences[middle].Close <= at) { low = middle + 1; } else { high = middle; }
        }

        return low;
    }

    private static ImmutableArray<TimeRange> Sorted(ImmutableArray<TimeRange> hours) =>
        hours.IsDefaultOrEmpty ? [] : hours.Sort((a, b) => a.From.CompareTo(b.From));
}
