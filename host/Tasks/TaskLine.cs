using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Language;

namespace ProcessManager.Host.Tasks;

/// <summary>A task as a list shows it.</summary>
/// <param name="Plan">Null where its plan can't be read any more.</param>
public sealed record TaskLine(TaskRow Task, Plan? Plan)
{
    public Step? Step => Plan?.FindStep(Task.Step);

    public string? StageName => Step is { Stage: >= 0 } step ? Plan!.Stages[step.Stage].Name : null;

    public string? PlanName => Plan?.Name;

    /// <summary>The word on a button that settles it without opening it; null where something is to be chosen, read or filled in first.</summary>
    public string? AtOnce => Step switch
    {
        { Kind: NoteKind } => "Acknowledge",
        { Kind: TaskKind { Human: { Form.Length: 0, Checklist.Length: 0 } }, Choices: { Length: <= 1 } outcomes } when outcomes.All(o => o.Ask.IsEmpty) =>
            outcomes is [{ Id: not "done" } only] ? only.Label : "Done",
        _ => null,
    };

    public bool IsOverdue(DateTimeOffset now) => Task.State == TaskPhase.Open && Task.Due < now;
}
