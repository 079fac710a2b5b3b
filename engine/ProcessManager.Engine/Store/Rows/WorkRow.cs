namespace ProcessManager.Engine.Store.Rows;

/// <summary>What a row of work is.</summary>
public enum WorkKind
{
    /// <summary>A timer of a project's state: its firing is a command of the flow.</summary>
    Timer = 0,

    /// <summary>A mail of the outbox to hand to the mail server.</summary>
    Mail = 1,

    /// <summary>A letter to merge and file.</summary>
    Letter = 2,

    /// <summary>An HTTP request to send.</summary>
    Http = 3,

    /// <summary>Between a project and one that its step started: to start it, to tell of its closing, to close it.</summary>
    Child = 4,

    /// <summary>A schedule of a plan's start rules.</summary>
    Schedule = 5,
}

/// <summary>Whether a row of work still runs by itself.</summary>
public enum WorkState
{
    /// <summary>Runs when it is due.</summary>
    Waiting = 0,

    /// <summary>Tried as often as its kind allows: an administrator retries or drops it.</summary>
    Failed = 1,
}

/// <summary>
/// Something that must happen later or outside (table <c>work</c>), written in the transaction that caused it and
/// removed in the transaction that holds its result.
/// </summary>
public sealed class WorkRow
{
    /// <summary>Ascending in the order of writing.</summary>
    public long Id { get; internal set; }

    /// <summary>Timer 0, mail 1, letter 2, HTTP request 3, child 4, schedule 5.</summary>
    public WorkKind Kind { get; internal set; }

    /// <summary>Says what it does, once: <c>timer/7/remind:1:call:1:0:0</c>, <c>mail/12</c>.</summary>
    public string Key { get; internal set; } = "";

    /// <summary>The project; null for work of the installation.</summary>
    public long? ProjectId { get; internal set; }

    /// <summary>The earliest moment of running; moved on by each failed attempt.</summary>
    public DateTimeOffset Due { get; internal set; }

    /// <summary>Waiting 0, failed 1.</summary>
    public WorkState State { get; internal set; }

    /// <summary>How many attempts have failed.</summary>
    public int Attempt { get; internal set; }

    /// <summary>The host that runs it now; null while nobody does.</summary>
    public string? LeaseOwner { get; internal set; }

    /// <summary>When another host may take it over.</summary>
    public DateTimeOffset? LeaseUntil { get; internal set; }

    /// <summary>The number of the claim, never given twice: a writer with an older one changes nothing.</summary>
    public long Fence { get; internal set; }

    /// <summary>What the kind needs, as JSON: the id of a mail, or why a timer was set.</summary>
    public string? Payload { get; internal set; }

    /// <summary>What went wrong last.</summary>
    public string? LastError { get; internal set; }
}
