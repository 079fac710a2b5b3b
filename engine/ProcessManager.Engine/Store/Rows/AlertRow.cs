using ProcessManager.Flow;

namespace ProcessManager.Engine.Store.Rows;

/// <summary>Something told to one person in the app (table <c>alerts</c>).</summary>
public sealed class AlertRow
{
    /// <summary>Ascending in the order of raising.</summary>
    public long Id { get; internal set; }

    /// <summary>Project, cause and recipient in one text, unique: an alert reaches a person once.</summary>
    public string Key { get; internal set; } = "";

    /// <summary>The project that it is about.</summary>
    public long? ProjectId { get; internal set; }

    /// <summary>The task that it is about: <see cref="TaskRow.Id"/>.</summary>
    public long? TaskId { get; internal set; }

    /// <summary>Sign-in name of the recipient.</summary>
    public string Recipient { get; internal set; } = "";

    /// <summary>Sign-in name of whoever answers for it (the project's owner), who sees what nobody acknowledged.</summary>
    public string? Sender { get; internal set; }

    /// <summary>Alert 0, reminder 1, escalation 2, trouble 3.</summary>
    public AlertCause Cause { get; internal set; }

    /// <summary>What it says.</summary>
    public string Text { get; internal set; } = "";

    /// <summary>True where the sender asks for a receipt.</summary>
    public bool Acknowledge { get; internal set; }

    /// <summary>When it was raised.</summary>
    public DateTimeOffset RaisedAt { get; internal set; }

    /// <summary>When the recipient saw it; null while it is new.</summary>
    public DateTimeOffset? SeenAt { get; internal set; }

    /// <summary>When the recipient acknowledged it.</summary>
    public DateTimeOffset? AcknowledgedAt { get; internal set; }
}
