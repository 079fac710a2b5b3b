namespace ProcessManager.Language.Time;

/// <summary>When a reminder goes out, seen from the step's due moment or its opening.</summary>
/// <param name="Text">As it is shown to people: <c>2 working hours before due</c>.</param>
public abstract record ReminderRule(string Text)
{
    public sealed record BeforeDue(Duration Before, string Text) : ReminderRule(Text);

    public sealed record AtDue(string Text) : ReminderRule(Text);

    public sealed record AfterDue(Duration After, string Text) : ReminderRule(Text);

    /// <summary>Again and again after due, first one <paramref name="Interval"/> after it.</summary>
    /// <param name="Interval">Never zero.</param>
    /// <param name="AtMost">1 to 1000.</param>
    public sealed record EveryAfterDue(Duration Interval, int AtMost, string Text) : ReminderRule(Text);

    public sealed record AfterOpened(Duration After, string Text) : ReminderRule(Text);

    public sealed override string ToString() => Text;
}
