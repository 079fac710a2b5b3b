namespace ProcessManager.Engine.Store.Rows;

/// <summary>Where a mail stands.</summary>
public enum MailState
{
    /// <summary>In the outbox.</summary>
    Queued = 0,

    /// <summary>Taken by the mail server, or written to the pickup folder.</summary>
    Sent = 1,

    /// <summary>Tried as often as allowed: an administrator retries or drops it.</summary>
    Failed = 2,

    /// <summary>An administrator gave it up.</summary>
    Dropped = 3,
}

/// <summary>One mail of the outbox, and afterwards its record (table <c>mails</c>).</summary>
public sealed class MailRow
{
    /// <summary>Ascending in the order of writing.</summary>
    public long Id { get; internal set; }

    /// <summary>Says what it is, once; the Message-Id is made from it.</summary>
    public string Key { get; internal set; } = "";

    /// <summary>The project that it belongs to.</summary>
    public long? ProjectId { get; internal set; }

    /// <summary>The contact that it went to, where it went to the prospect.</summary>
    public long? ContactId { get; internal set; }

    /// <summary>The step that asked for it; null for the mail of an alert.</summary>
    public string? Step { get; internal set; }

    /// <summary>The occurrence of that step.</summary>
    public int Occurrence { get; internal set; }

    /// <summary>The member of a step with <c>each</c> that it is for; null otherwise.</summary>
    public string? Member { get; internal set; }

    /// <summary>The template's id; null for the mail of an alert.</summary>
    public string? Template { get; internal set; }

    /// <summary>Addresses, separated by a comma and a space.</summary>
    public string To { get; internal set; } = "";

    /// <summary>The sender's address; null: the installation's.</summary>
    public string? From { get; internal set; }

    /// <summary>Where answers go.</summary>
    public string? ReplyTo { get; internal set; }

    /// <summary>One line.</summary>
    public string Subject { get; internal set; } = "";

    /// <summary>Markdown, rendered with the values of the moment in which it was asked for.</summary>
    public string Body { get; internal set; } = "";

    /// <summary>True where the step waits for the delivery.</summary>
    public bool Awaited { get; internal set; }

    /// <summary>Queued 0, sent 1, failed 2, dropped 3.</summary>
    public MailState State { get; internal set; }

    /// <summary>How often sending was tried.</summary>
    public int Attempts { get; internal set; }

    /// <summary>What went wrong last.</summary>
    public string? Error { get; internal set; }

    /// <summary>When it was written into the outbox.</summary>
    public DateTimeOffset CreatedAt { get; internal set; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset? SentAt { get; internal set; }
}
