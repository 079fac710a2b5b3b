namespace ProcessManager.Language.Time;

/// <summary>
/// A length of time as a plan states it. Calendar parts keep local time (months first, then days),
/// <see cref="Elapsed"/> is time on a clock, the working parts are counted by a working calendar.
/// Usually one part is set; an ISO 8601 duration may set several calendar parts.
/// </summary>
/// <param name="Months">Calendar months (years are 12).</param>
/// <param name="Days">Calendar days (weeks are 7).</param>
/// <param name="Elapsed">Hours, minutes and seconds as time that passes.</param>
/// <param name="WorkingDays">Whole working days.</param>
/// <param name="WorkingTime">Time inside working hours.</param>
/// <param name="Text">As it is shown to people: <c>2 working days</c>.</param>
public sealed record Duration(int Months, int Days, TimeSpan Elapsed, int WorkingDays, TimeSpan WorkingTime, string Text)
{
    public static Duration Zero { get; } = new(0, 0, TimeSpan.Zero, 0, TimeSpan.Zero, "0 minutes");

    public bool IsWorking => WorkingDays != 0 || WorkingTime != TimeSpan.Zero;

    public bool IsZero => Months == 0 && Days == 0 && Elapsed == TimeSpan.Zero && !IsWorking;

    /// <summary>
    /// The duration so many times over, as one step from the anchor: the third reminder of a monthly one that began on the
    /// 31st comes on the 31st again. Its text is that of the single duration. Saturates at the ends of time.
    /// </summary>
    public Duration Times(int count) => this with
    {
        Months = Bounded(Months, count),
        Days = Bounded(Days, count),
        Elapsed = Bounded(Elapsed, count),
        WorkingDays = Bounded(WorkingDays, count),
        WorkingTime = Bounded(WorkingTime, count),
    };

    private static int Bounded(int value, int count) => (int)Math.Clamp((long)value * count, int.MinValue + 1, int.MaxValue);

    private static TimeSpan Bounded(TimeSpan value, int count) =>
        TimeSpan.FromTicks((long)Int128.Clamp((Int128)value.Ticks * count, long.MinValue + 1, long.MaxValue));

    public override string ToString() => Text;
}
