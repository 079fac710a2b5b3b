namespace ProcessManager.Engine.Store.Rows;

/// <summary>
/// A time in which nothing left the machine (table <c>outgoing_pauses</c>): mails and requests wait in <c>work</c>, and go out afterwards. A restored
/// copy begins with one, so that it doesn't send what the original has sent.
/// </summary>
public sealed class OutgoingPauseRow
{
    /// <summary>When it began.</summary>
    public DateTimeOffset Since { get; internal set; }

    /// <summary>Why, in a sentence for administrators.</summary>
    public string Reason { get; internal set; } = "";

    /// <summary>When it ended; null while it lasts.</summary>
    public DateTimeOffset? EndedAt { get; internal set; }

    /// <summary>Sign-in name of who ended it, or <c>command line</c>.</summary>
    public string? EndedBy { get; internal set; }
}
