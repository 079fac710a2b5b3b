namespace ProcessManager.Engine.Store.Rows;

/// <summary>
/// That a project was moved to another version of its plan (table <c>plan_moves</c>), with the state before: what an undo puts back.
/// </summary>
public sealed class PlanMoveRow
{
    /// <summary>Ascending in the order of moving.</summary>
    public long Id { get; internal set; }

    /// <summary>The project.</summary>
    public long ProjectId { get; internal set; }

    /// <summary>Names the moves that were ordered together; chosen by the caller.</summary>
    public string Batch { get; internal set; } = "";

    /// <summary>The version that it ran on.</summary>
    public long FromVersionId { get; internal set; }

    /// <summary>The version that it runs on since.</summary>
    public long ToVersionId { get; internal set; }

    /// <summary>When it was moved.</summary>
    public DateTimeOffset At { get; internal set; }

    /// <summary>Sign-in name of who moved it.</summary>
    public string Actor { get; internal set; } = "";

    /// <summary>What they wrote about it.</summary>
    public string? Note { get; internal set; }

    /// <summary>The project's version after the move: while it is still that, nothing has happened since.</summary>
    public long ProjectVersion { get; internal set; }

    /// <summary>The flow's state before, as JSON in UTF-8.</summary>
    public byte[] StateBefore { get; internal set; } = [];

    /// <summary>SHA-256 of the state after.</summary>
    public byte[] HashAfter { get; internal set; } = [];

    /// <summary>Why the timers that the move took away or moved were set, as JSON by their keys; null where there were none.</summary>
    public string? TimerReasons { get; internal set; }

    /// <summary>What left the house with the move, so that it can't be undone: a mail, a letter, a request; null where it can.</summary>
    public string? Final { get; internal set; }

    /// <summary>When it was undone; null where it was not.</summary>
    public DateTimeOffset? UndoneAt { get; internal set; }

    /// <summary>Sign-in name of who undid it.</summary>
    public string? UndoneBy { get; internal set; }
}
