namespace ProcessManager.Engine.Store.Rows;

/// <summary>Whose turn it is in a group that shares its work round-robin (table <c>rotations</c>).</summary>
public sealed class RotationRow
{
    /// <summary>The group's id.</summary>
    public string Group { get; internal set; } = "";

    /// <summary>The number of the next turn.</summary>
    public long Next { get; internal set; }
}
