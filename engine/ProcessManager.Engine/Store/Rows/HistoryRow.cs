namespace ProcessManager.Engine.Store.Rows;

/// <summary>
/// One thing that happened in a project (table <c>history</c>). Appended only; each row's hash covers the row before
/// it, so that editing, deleting, reordering and cutting off are found by <see cref="Verifier"/>.
/// </summary>
public sealed class HistoryRow
{
    /// <summary>The project.</summary>
    public long ProjectId { get; internal set; }

    /// <summary>1, 2, 3 … within the project, without a gap.</summary>
    public int Seq { get; internal set; }

    /// <summary>The project's version that the row belongs to: rows of one command share it.</summary>
    public long Version { get; internal set; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; internal set; }

    /// <summary>The name of the event: <c>TaskOpened</c>, <c>StageEntered</c>, <c>MailSent</c> …</summary>
    public string Kind { get; internal set; } = "";

    /// <summary>The command that caused it: <c>Complete</c>, <c>FireTimers</c> …</summary>
    public string Cause { get; internal set; } = "";

    /// <summary>Sign-in name of who caused it; null for the engine.</summary>
    public string? Actor { get; internal set; }

    /// <summary>Sign-in name of the person for whom the actor acted.</summary>
    public string? OnBehalfOf { get; internal set; }

    /// <summary>The step that it is about.</summary>
    public string? Step { get; internal set; }

    /// <summary>The number of the task that it is about.</summary>
    public int? Task { get; internal set; }

    /// <summary>What was so before, where something changed.</summary>
    public string? Before { get; internal set; }

    /// <summary>What is so now.</summary>
    public string? After { get; internal set; }

    /// <summary>What else the event says, as JSON.</summary>
    public string? Data { get; internal set; }

    /// <summary>Why, as JSON: rule, file, line, column, plan version, values, note. Null for what a person simply did.</summary>
    public string? Why { get; internal set; }

    /// <summary>SHA-256 over the hash of the row before and this row in canonical form.</summary>
    public byte[] Hash { get; internal set; } = [];
}
