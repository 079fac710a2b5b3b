namespace ProcessManager.Engine.Store.Rows;

/// <summary>
/// A command that was carried out (table <c>commands</c>), so that the same id is answered by the same result.
/// Refusals change nothing and are not kept: asked again, they are decided again.
/// </summary>
public sealed class CommandRow
{
    /// <summary>As chosen by the caller, up to 100 characters.</summary>
    public string Id { get; internal set; } = "";

    /// <summary>The project that it changed or started.</summary>
    public long ProjectId { get; internal set; }

    /// <summary>The project's version after it.</summary>
    public long Version { get; internal set; }

    /// <summary>SHA-256 of the command's content: the same id with another content is a mistake of the caller.</summary>
    public byte[] Fingerprint { get; internal set; } = [];

    /// <summary>The ids of the tasks that it opened, separated by commas; null where it opened none.</summary>
    public string? NewTasks { get; internal set; }

    /// <summary>When it was carried out. Rows are pruned after 30 days.</summary>
    public DateTimeOffset At { get; internal set; }
}
