namespace ProcessManager.Engine.Store.Rows;

/// <summary>That one project was started by a step of another (table <c>children</c>).</summary>
public sealed class ChildRow
{
    /// <summary>The project that was started.</summary>
    public long ChildId { get; internal set; }

    /// <summary>The project whose step started it.</summary>
    public long ParentId { get; internal set; }

    /// <summary>That step.</summary>
    public string Step { get; internal set; } = "";

    /// <summary>Its occurrence.</summary>
    public int Occurrence { get; internal set; }

    /// <summary>The member of a step with <c>each</c>; null otherwise.</summary>
    public string? Member { get; internal set; }

    /// <summary>True where the step waits until the child has closed.</summary>
    public bool Awaited { get; internal set; }
}
