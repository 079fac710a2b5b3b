namespace ProcessManager.Host.Shell.Parts;

/// <summary>What a status means to the reader; each kind has its colour and its shape.</summary>
public enum StatusKind
{
    /// <summary>Exists, nobody has begun.</summary>
    Open,

    /// <summary>Being worked on.</summary>
    Active,

    /// <summary>Stands still until something happens.</summary>
    Waiting,

    /// <summary>Done, on track.</summary>
    Good,

    /// <summary>A project that ended well.</summary>
    Won,

    /// <summary>Needs attention soon.</summary>
    Warning,

    /// <summary>Overdue, failed, lost.</summary>
    Bad,

    /// <summary>Held by somebody.</summary>
    Paused,

    /// <summary>Cancelled, skipped, disabled.</summary>
    Off,

    /// <summary>Not reached yet.</summary>
    Planned,
}
