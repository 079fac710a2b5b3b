using ProcessManager.Language;

namespace ProcessManager.Engine.Store.Rows;

/// <summary>
/// A project (table <c>projects</c>): the columns that lists and reports ask for, and beside them the state that the
/// flow decides from. Written by the engine alone.
/// </summary>
public sealed class ProjectRow
{
    /// <summary>Ascending in the order of starting.</summary>
    public long Id { get; internal set; }

    /// <summary>What people call it: the field <c>title</c>, else the prospect's or the plan's name.</summary>
    public string Title { get; internal set; } = "";

    /// <summary>The project type, an id of the organisation.</summary>
    public string Type { get; internal set; } = "";

    /// <summary>The plan's id.</summary>
    public string Plan { get; internal set; } = "";

    /// <summary>The version that it runs on.</summary>
    public long PlanVersionId { get; internal set; }

    /// <summary>The contact that it is about.</summary>
    public long? ProspectId { get; internal set; }

    /// <summary>Sign-in name of the owner.</summary>
    public string Owner { get; internal set; } = "";

    /// <summary>Sign-in name of who started it; null where a rule did.</summary>
    public string? Creator { get; internal set; }

    /// <summary>The id of the stage that it is in, or closed in; null before the first.</summary>
    public string? Stage { get; internal set; }

    /// <summary>When it entered that stage.</summary>
    public DateTimeOffset StageEnteredAt { get; internal set; }

    /// <summary>The status, an id of the type's statuses.</summary>
    public string? Status { get; internal set; }

    /// <summary>How it closed; null while it is open.</summary>
    public CloseResult? Result { get; internal set; }

    /// <summary>The reason for closing, an id of the organisation's reasons.</summary>
    public string? CloseReason { get; internal set; }

    /// <summary>When it closed.</summary>
    public DateTimeOffset? ClosedAt { get; internal set; }

    /// <summary>0–100, with a person's override applied.</summary>
    public int Probability { get; internal set; }

    /// <summary>0–100 as set by a person; null where the plan's probability holds.</summary>
    public int? ProbabilityOverride { get; internal set; }

    /// <summary>The field <c>amount</c> in minor units (cents) of <see cref="Currency"/>; null where it is empty.</summary>
    public long? AmountMinor { get; internal set; }

    /// <summary>ISO 4217 code of the amount; null where the value of the project is not money.</summary>
    public string? Currency { get; internal set; }

    /// <summary>The field <c>expected-close</c>.</summary>
    public DateOnly? ExpectedClose { get; internal set; }

    /// <summary>The field <c>source-code</c>: which campaign it came from.</summary>
    public string? SourceCode { get; internal set; }

    /// <summary>Why it is on hold; null where it is not.</summary>
    public string? HoldReason { get; internal set; }

    /// <summary>Why it cannot go on by itself; null where it can.</summary>
    public string? Fault { get; internal set; }

    /// <summary>How many of its tasks are open.</summary>
    public int OpenTasks { get; internal set; }

    /// <summary>When it was started.</summary>
    public DateTimeOffset StartedAt { get; internal set; }

    /// <summary>When anything last happened in it.</summary>
    public DateTimeOffset ChangedAt { get; internal set; }

    /// <summary>The concurrency token: 1 at the start, one more with every command that changed something.</summary>
    public long Version { get; internal set; }

    /// <summary>The number of its last history row.</summary>
    public int HistorySeq { get; internal set; }

    /// <summary>The hash of its last history row, so that cutting off the tail is found.</summary>
    public byte[] HistoryHash { get; internal set; } = [];

    /// <summary>The flow's state as JSON in UTF-8. No list reads it.</summary>
    public byte[] State { get; internal set; } = [];
}
