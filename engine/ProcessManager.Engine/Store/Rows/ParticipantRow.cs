namespace ProcessManager.Engine.Store.Rows;

/// <summary>A person with a role in a project (table <c>participants</c>).</summary>
public sealed class ParticipantRow
{
    /// <summary>The project.</summary>
    public long ProjectId { get; internal set; }

    /// <summary>The role's id in the plan.</summary>
    public string Role { get; internal set; } = "";

    /// <summary>Sign-in name.</summary>
    public string Person { get; internal set; } = "";
}
