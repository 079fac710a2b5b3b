namespace ProcessManager.Engine.Store.Rows;

/// <summary>
/// That a start rule started a project (table <c>rule_starts</c>): for one contact and occurrence at most one, which the key holds.
/// </summary>
public sealed class RuleStartRow
{
    /// <summary>The plan and the rule: <c>brochure/message:call-logged</c>.</summary>
    public string Rule { get; internal set; } = "";

    /// <summary>What it was, once: a message's key, a form's submission, the local time of a schedule.</summary>
    public string Occurrence { get; internal set; } = "";

    /// <summary>The contact; 0 where the project is about none.</summary>
    public long ContactId { get; internal set; }

    /// <summary>The project that was started.</summary>
    public long ProjectId { get; internal set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; internal set; }
}
