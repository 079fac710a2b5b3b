namespace ProcessManager.Language.Time;

/// <summary>What a moment's anchor stands for at one time: an instant, or a date without a time of day.</summary>
public abstract record AnchorValue
{
    private AnchorValue() { }

    public sealed record Instant(DateTimeOffset At) : AnchorValue;

    public sealed record Date(DateOnly Day) : AnchorValue;
}

/// <summary>Turns a moment into an instant.</summary>
public static class MomentClock
{
    /// <summary>
    /// The instant a moment means. From a date without a time, months, days and working days are counted as dates; then a
    /// deadline (<see cref="MomentUse.Due"/>, Within, Expire, Escalate) is the end of that working day, any other moment
    /// its beginning, and hours are counted from there.
    /// </summary>
    /// <param name="anchor">Null while the anchor has no value; not asked for a date written in the plan.</param>
    /// <returns>Null where the anchor has no value yet.</returns>
    public static DateTimeOffset? Resolve(Moment moment, AnchorValue? anchor, MomentUse use, WorkingCalendar calendar) =>
        (moment.Anchor is Anchor.Fixed written ? Of(written, calendar) : anchor) switch
        {
            AnchorValue.Instant instant => Count(calendar, instant.At, moment.Offset, moment.Before),
            AnchorValue.Date date => FromDate(calendar, date.Day, moment, use),
            _ => null,
        };

    /// <summary>
    /// How <see cref="Resolve"/> comes to its result, in words: <c>2 weeks before Sat 21 Mar: Mon 9 Mar 08:00, the opening (Office)</c>.
    /// </summary>
    /// <returns>Null where the anchor has no value yet, or is itself the result.</returns>
    public static string? Explain(Moment moment, AnchorValue? anchor, MomentUse use, WorkingCalendar calendar)
    {
        if (Resolve(moment, anchor, use, calendar) is not { } result) { return null; }
        return (moment.Anchor is Anchor.Fixed written ? Of(written, calendar) : anchor) switch
        {
            AnchorValue.Instant instant when !moment.Offset.IsZero => calendar.Explain(instant.At, moment.Offset, moment.Before),
            AnchorValue.Date date => new Explanation(calendar, moment.Before).OfDate(
                date.Day, moment.Offset, DayOf(calendar, date.Day, moment), result, IsDeadline(use) ? "closing" : "opening"),
            _ => null,
        };
    }

    private static bool IsDeadline(MomentUse use) => use is MomentUse.Due or MomentUse.Within or MomentUse.Expire or MomentUse.Escalate;

    private static AnchorValue Of(Anchor.Fixed written, WorkingCalendar calendar) => written.HasTime
        ? new AnchorValue.Instant(calendar.InstantOf(written.Local))
        : new AnchorValue.Date(DateOnly.FromDateTime(written.Local));

    private static DateTimeOffset FromDate(WorkingCalendar calendar, DateOnly date, Moment moment, MomentUse use)
    {
        var day = DayOf(calendar, date, moment);
        var from = IsDeadline(use) ? calendar.EndOfWorkingDay(day) : calendar.StartOfWorkingDay(day);
        return Count(calendar, from, moment.Offset with { Months = 0, Days = 0, WorkingDays = 0 }, moment.Before);
    }

    private static DateOnly DayOf(WorkingCalendar calendar, DateOnly date, Moment moment)
    {
        var (offset, sign) = (moment.Offset, moment.Before ? -1 : 1);
        var day = DateOnly.FromDateTime(LocalClock.Shift(date.ToDateTime(TimeOnly.MinValue), (long)sign * offset.Months, (long)sign * offset.Days));
        return offset.WorkingDays == 0 ? day : calendar.WorkingDayFrom(day, sign * offset.WorkingDays);
    }

    private static DateTimeOffset Count(WorkingCalendar calendar, DateTimeOffset from, Duration offset, bool before) =>
        before ? calendar.Subtract(from, offset) : calendar.Add(from, offset);
}
