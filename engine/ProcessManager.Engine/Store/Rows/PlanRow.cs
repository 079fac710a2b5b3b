namespace ProcessManager.Engine.Store.Rows;

/// <summary>What is known of a plan id (table <c>plans</c>): the version in force, and what is wrong with the file.</summary>
public sealed class PlanRow
{
    /// <summary>The plan's id, as in its file.</summary>
    public string Id { get; internal set; } = "";

    /// <summary>The plan's name; its id while it was never compiled without errors.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The project type; null while it was never compiled without errors.</summary>
    public string? Type { get; internal set; }

    /// <summary>The version that new projects start with; null while there is none.</summary>
    public long? VersionId { get; internal set; }

    /// <summary>The diagnostics of the file as it is now, one a line, where it cannot be published; null where it can.</summary>
    public string? Problem { get; internal set; }

    /// <summary>When the file was last found different from what was known.</summary>
    public DateTimeOffset CheckedAt { get; internal set; }
}
