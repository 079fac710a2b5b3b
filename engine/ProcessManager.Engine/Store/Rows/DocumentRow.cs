namespace ProcessManager.Engine.Store.Rows;

/// <summary>A document of a project (table <c>documents</c>). Its bytes stand in the content store under <see cref="Hash"/>; a row is never changed.</summary>
public sealed class DocumentRow
{
    /// <summary>Ascending in the order of filing.</summary>
    public long Id { get; internal set; }

    /// <summary>Says what it is, once: a letter step's request, or the command that uploaded it.</summary>
    public string Key { get; internal set; } = "";

    /// <summary>The project.</summary>
    public long ProjectId { get; internal set; }

    /// <summary>The file's name, without a folder.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>1, 2, 3 … among the project's documents of this name.</summary>
    public int Version { get; internal set; }

    /// <summary>As told by the content.</summary>
    public string MediaType { get; internal set; } = "";

    /// <summary>In bytes.</summary>
    public long Size { get; internal set; }

    /// <summary>SHA-256 of the content, lower-case hexadecimal.</summary>
    public string Hash { get; internal set; } = "";

    /// <summary>The step that it belongs to; null for a document of the project as a whole.</summary>
    public string? Step { get; internal set; }

    /// <summary>The occurrence of that step.</summary>
    public int Occurrence { get; internal set; }

    /// <summary>The number of the task that it was added to.</summary>
    public int? Task { get; internal set; }

    /// <summary>When it was filed.</summary>
    public DateTimeOffset FiledAt { get; internal set; }

    /// <summary>Sign-in name of who filed it; null for the engine.</summary>
    public string? FiledBy { get; internal set; }
}
