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

    private static AnchorValue Of(Anchor.Fixed written, WorkingCalendar calendar) => written.HasTime
        ? new AnchorValue.Instant(calendar.InstantOf(written.Local))
        : new AnchorValue.Date(DateOnly.FromDateTime(written.Local));

    private static DateTimeOffset FromDate(WorkingCalendar calendar, DateOnly date, Moment moment, MomentUse use)
    {
        var sign = moment.Before ? -1 : 1;
        var offset = moment.Offset;
        var day = DateOnly.FromDateTime(LocalClock.Shift(date.ToDateTime(TimeOnly.MinValue), (long)sign * offset.Months, (long)sign * offset.Days));
        if (offset.WorkingDays != 0) { day = calendar.WorkingDayFrom(day, sign * offset.WorkingDays); }
        var deadline = use is MomentUse.Due or MomentUse.Within or MomentUse.Expire or MomentUse.Escalate;
        var from = deadline ? calendar.EndOfWorkingDay(day) : calendar.StartOfWorkingDay(day);
        return Count(calendar, from, offset with { Months = 0, Days = 0, WorkingDays = 0 }, moment.Before);
    }

    private static DateTimeOffset Count(WorkingCalendar calendar, DateTimeOffset from, Duration offset, bool before) =>
        before ? calendar.Subtract(from, offset) : calendar.Add(from, offset);
}
