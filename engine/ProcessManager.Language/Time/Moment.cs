namespace ProcessManager.Language.Time;

/// <summary>What a moment is counted from.</summary>
public abstract record Anchor
{
    private Anchor() { }

    /// <summary>The opening of the step itself: the default.</summary>
    public sealed record Opened : Anchor;

    /// <summary>The entry into the current stage.</summary>
    public sealed record StageEntered : Anchor;

    /// <summary>The start of the project.</summary>
    public sealed record ProjectStart : Anchor;

    /// <summary>The step's due moment.</summary>
    public sealed record Due : Anchor;

    /// <summary>The latest settling of a step.</summary>
    public sealed record StepSettled(string Step) : Anchor;

    /// <summary>The value of a date or time field; unset while the field is empty.</summary>
    public sealed record FieldValue(string Field) : Anchor;

    /// <summary>A date written in the plan, with or without a time of day, local to the calendar's zone.</summary>
    public sealed record Fixed(DateTime Local, bool HasTime) : Anchor;
}

/// <summary>
/// A point in time as a plan states it: an anchor, and a duration before or after it.
/// </summary>
/// <param name="Offset">Zero for <c>at</c>.</param>
/// <param name="Before">True where the duration is counted backward.</param>
/// <param name="Text">As it is shown to people: <c>2 weeks before Conference date</c>.</param>
public sealed record Moment(Anchor Anchor, Duration Offset, bool Before, string Text)
{
    /// <summary>True for a bare duration, which counts from where the key says: opening, due, ways live.</summary>
    public bool IsBareDuration { get; init; }

    public override string ToString() => Text;
}
