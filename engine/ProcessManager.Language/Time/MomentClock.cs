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
    /// The instant a moment means. From a date without a time, calendar and working days are counted as dates; then a due
    /// moment is the end of that working day, any other its beginning.
    /// </summary>
    /// <param name="anchor">Null while the anchor has no value; not asked for a date written in the plan.</param>
    /// <returns>Null where the anchor has no value yet.</returns>
    public static DateTimeOffset? Resolve(Moment moment, AnchorValue? anchor, MomentUse use, WorkingCalendar calendar)
    {
        var known = moment.Anchor is Anchor.Fixed written ? Of(written, calendar) : anchor;
        var from = known switch
        {
            AnchorValue.Instant instant => instant.At,
            AnchorValue.Date date when use is MomentUse.Due or MomentUse.Within => calendar.EndOfWorkingDay(date.Day),
            AnchorValue.Date date => calendar.StartOfWorkingDay(date.Day),
            _ => (DateTimeOffset?)null,
        };
        return from is not { } start ? null
            : moment.Before ? calendar.Subtract(start, moment.Offset) : calendar.Add(start, moment.Offset);
    }

    private static AnchorValue Of(Anchor.Fixed written, WorkingCalendar calendar) => written.HasTime
        ? new AnchorValue.Instant(new DateTimeOffset(written.Local, calendar.Zone.GetUtcOffset(written.Local)))
        : new AnchorValue.Date(DateOnly.FromDateTime(written.Local));
}
