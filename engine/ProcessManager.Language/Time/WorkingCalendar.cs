using System.Collections.Immutable;

namespace ProcessManager.Language.Time;

/// <summary>
/// Working hours in a time zone, and counting in them. Every result is a UTC instant in whole milliseconds.
/// Immutable and safe to share. No calendar has a gap of five years without working time, so every search ends.
/// <para>
/// A working day is a date with working hours; a night shift belongs wholly to the date it begins on. Closing time
/// itself still belongs to the day: one working day after Friday's closing is Monday's closing. Counting stops a
/// hundred years away from where it began.
/// </para>
/// </summary>
public sealed class WorkingCalendar
{
    internal const int Century = 36_525;

    private readonly LocalClock clock;
    private readonly WorkDays days;

    private WorkingCalendar(CalendarDefinition definition, LocalClock clock, WorkDays days) =>
        (Definition, this.clock, this.days) = (definition, clock, days);

    public string Id => Definition.Id;

    public string Name => Definition.Name;

    public TimeZoneInfo Zone => clock.Zone;

    /// <summary>What the calendar was made from; absences are not part of it.</summary>
    public CalendarDefinition Definition { get; }

    internal WorkDays Days => days;

    internal LocalClock Clock => clock;

    /// <param name="problems">What is wrong, each in a sentence; none where a calendar is returned.</param>
    public static WorkingCalendar? Create(CalendarDefinition definition, ICollection<string> problems)
    {
        var checkedDefinition = CalendarCheck.Normalise(definition);
        var zone = CalendarCheck.Run(checkedDefinition, problems);
        if (zone is null) { return null; }
        var clock = new LocalClock(zone);
        var days = new WorkDays(clock, checkedDefinition);
        var gap = CalendarCheck.LongGap(checkedDefinition, days);
        if (gap is not null) { problems.Add(gap); }
        return gap is null ? new(checkedDefinition, clock, days) : null;
    }

    /// <summary>A calendar that works at every hour of every day.</summary>
    public static WorkingCalendar RoundTheClock(string id, TimeZoneInfo zone)
    {
        var always = Enum.GetValues<DayOfWeek>()
            .ToImmutableDictionary(d => d, _ => ImmutableArray.Create(new TimeRange(0, TimeRange.MinutesOfDay)));
        var definition = new CalendarDefinition(id, "round the clock", zone.Id, always, [], []);
        var clock = new LocalClock(zone);
        return new(definition, clock, new WorkDays(clock, definition));
    }

    /// <summary>
    /// The instant that lies a duration after another. Months and days keep the local time, hours elapse, working days
    /// keep the local time as far as the day's hours allow, working time passes inside working hours only.
    /// </summary>
    public DateTimeOffset Add(DateTimeOffset from, Duration duration) => Count(from, duration, 1);

    /// <summary>The instant that lies a duration before another, by the same rules backward.</summary>
    public DateTimeOffset Subtract(DateTimeOffset from, Duration duration) => Count(from, duration, -1);

    /// <summary>
    /// The closing of a day, or of the next working day where nothing is worked on it: due from a date without a time.
    /// Where work goes on until midnight it is 23:59, so that it still bears the day's date.
    /// </summary>
    public DateTimeOffset EndOfWorkingDay(DateOnly day)
    {
        if (WorkedFrom(day) is not { } worked) { return LocalClock.Latest; }
        var lastMinute = worked.Close.AddMinutes(-1);
        return clock.Read(worked.Close).TimeOfDay == TimeSpan.Zero && lastMinute > worked.Open ? lastMinute : worked.Close;
    }

    /// <summary>The opening of a day, or of the next working day where nothing is worked on it: start from a date without a time.</summary>
    public DateTimeOffset StartOfWorkingDay(DateOnly day) => WorkedFrom(day)?.Open ?? LocalClock.Latest;

    /// <summary>The working day that lies so many after a date, or before it where negative; a date without work counts as the next that has some.</summary>
    public DateOnly WorkingDayFrom(DateOnly day, int workingDays) =>
        Walk(WorkedFrom(day), workingDays)?.Date ?? clock.DateAt(workingDays < 0 ? LocalClock.Earliest : LocalClock.Latest);

    /// <summary>
    /// The first instant at which a clock in this zone shows a time or a later one: after the gap for a time that does not
    /// exist, the first of two for one that comes twice.
    /// </summary>
    public DateTimeOffset InstantOf(DateTime local) => clock.FirstAt(local);

    /// <summary>What a clock in this zone shows at an instant.</summary>
    public DateTime LocalTime(DateTimeOffset at) => clock.Read(LocalClock.Whole(at));

    public bool IsWorkingTime(DateTimeOffset at)
    {
        var whole = LocalClock.Whole(at);
        return days.From(whole, 1).SelectMany(d => d.Spans).FirstOrDefault(s => s.Close > whole) is { } span
            && span.Open <= whole && span.Close > whole;
    }

    /// <summary>The instant itself inside working hours, else the next opening.</summary>
    public DateTimeOffset NextWorkingTime(DateTimeOffset at)
    {
        var whole = LocalClock.Whole(at);
        return days.From(whole, 1).SelectMany(d => d.Spans).FirstOrDefault(s => s.Close > whole) is { Close.Ticks: > 0 } span
            ? Max(span.Open, whole) : LocalClock.Latest;
    }

    /// <summary>The time inside working hours from one instant to another; negative where the second is earlier.</summary>
    public TimeSpan WorkingTimeBetween(DateTimeOffset from, DateTimeOffset to)
    {
        if (to < from) { return -WorkingTimeBetween(to, from); }
        var start = LocalClock.Whole(from);
        var end = Min(LocalClock.Whole(to), LocalClock.Shift(start, TimeSpan.FromDays(Century)));
        var sum = TimeSpan.Zero;
        foreach (var span in days.From(start, 1).TakeWhile(d => d.Open < end).SelectMany(d => d.Spans))
        {
            var (open, close) = (Max(span.Open, start), Min(span.Close, end));
            if (close > open) { sum += close - open; }
        }

        return sum;
    }

    /// <summary>The greatest number of working days that can be added to the first instant without passing the second; negative where the second is earlier.</summary>
    public int WorkingDaysBetween(DateTimeOffset from, DateTimeOffset to)
    {
        if (to < from) { return -WorkingDaysBetween(to, from); }
        if (Locate(LocalClock.Whole(from)) is not var (day, timeOfDay)) { return 0; }
        var count = 0;
        for (var next = days.Next(day.Date, 1); next is not null && count < Century; next = days.Next(next.Date, 1))
        {
            if (Land(next, timeOfDay) > to) { break; }
            count++;
        }

        return count;
    }

    /// <summary>
    /// The same calendar with times taken out, such as a person's leave. An absence that would leave no working time for
    /// five years is not taken out: whoever is away that long is replaced, not waited for.
    /// </summary>
    public WorkingCalendar Without(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> absences)
    {
        var spans = absences.Select(a => new WorkSpan(LocalClock.Whole(a.From), LocalClock.Whole(a.To)));
        return new(Definition, clock, Absence.Take(days, clock, days.Absences.Concat(spans)));
    }

    /// <summary>How <see cref="Add"/> comes to its result, in words: <c>2 working days from Fri 6 Mar 16:00: Mon 9 Mar, Tue 10 Mar (Office)</c>.</summary>
    /// <param name="before">True to explain <see cref="Subtract"/> instead.</param>
    public string Explain(DateTimeOffset from, Duration duration, bool before = false) =>
        new Explanation(this, before).Of(LocalClock.Whole(from), duration);

    /// <summary>
    /// The working day that an instant counts for, and the time since its midnight by the clock: the instant itself inside
    /// working hours and at closing time, else the next opening. Null only at the end of time.
    /// </summary>
    internal (WorkDay Day, TimeSpan TimeOfDay)? Locate(DateTimeOffset at)
    {
        WorkDay? closing = null;
        foreach (var day in days.From(at, 1))
        {
            foreach (var span in day.Spans)
            {
                if (at < span.Close) { return at < span.Open && closing is not null ? Seen(closing, at) : Seen(day, Max(at, span.Open)); }
                closing = at == span.Close ? day : null;
            }
        }

        return null;
    }

    private (WorkDay Day, TimeSpan TimeOfDay) Seen(WorkDay day, DateTimeOffset at) =>
        (day, clock.Read(at) - day.Date.ToDateTime(TimeOnly.MinValue));

    /// <summary>A time of a working day, moved into its hours: in a break it is the end of the break, later than closing the closing.</summary>
    private DateTimeOffset Land(WorkDay day, TimeSpan timeOfDay)
    {
        var at = clock.FirstAt(day.Date.ToDateTime(TimeOnly.MinValue) + timeOfDay);
        foreach (var span in day.Spans)
        {
            if (at <= span.Close) { return Max(at, span.Open); }
        }

        return day.Close;
    }

    private DateTimeOffset Count(DateTimeOffset from, Duration duration, int sign)
    {
        var at = LocalClock.Whole(from);
        if (duration.Months != 0 || duration.Days != 0)
        {
            at = clock.FirstAt(LocalClock.Shift(clock.Read(at), (long)sign * duration.Months, (long)sign * duration.Days));
        }

        at = LocalClock.Whole(LocalClock.Shift(at, sign < 0 ? duration.Elapsed.Negate() : duration.Elapsed));
        if (duration.WorkingDays != 0) { at = CountDays(at, sign * Math.Clamp(duration.WorkingDays, -Century, Century)); }
        if (duration.WorkingTime != TimeSpan.Zero) { at = CountTime(at, duration.WorkingTime.Duration(), sign * Math.Sign(duration.WorkingTime.Ticks)); }
        return LocalClock.Whole(at);
    }

    private DateTimeOffset CountDays(DateTimeOffset from, int workingDays)
    {
        var edge = workingDays < 0 ? LocalClock.Earliest : LocalClock.Latest;
        if (Locate(from) is not var (day, timeOfDay)) { return edge; }
        return Walk(day, workingDays) is { } target ? Land(target, timeOfDay) : edge;
    }

    private DateTimeOffset CountTime(DateTimeOffset from, TimeSpan time, int step)
    {
        var edge = LocalClock.Shift(from, TimeSpan.FromDays(step * Century));
        foreach (var day in days.From(from, step))
        {
            if (step > 0 ? day.Open > edge : day.Close < edge) { break; }
            foreach (var span in step > 0 ? day.Spans : day.Spans.Reverse())
            {
                var (open, close) = step > 0 ? (Max(span.Open, from), span.Close) : (span.Open, Min(span.Close, from));
                if (close <= open) { continue; }
                if (time <= close - open) { return step > 0 ? open + time : close - time; }
                time -= close - open;
            }
        }

        return edge;
    }

    private WorkDay? WorkedFrom(DateOnly day)
    {
        var (first, last) = (clock.DateAt(LocalClock.Earliest).AddDays(2), clock.DateAt(LocalClock.Latest));
        return days.Next((day < first ? first : day > last ? last : day).AddDays(-1), 1);
    }

    private WorkDay? Walk(WorkDay? day, int workingDays)
    {
        var step = Math.Sign(workingDays);
        for (var left = Math.Abs(workingDays); left > 0 && day is not null; left--) { day = days.Next(day.Date, step); }
        return day;
    }

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
