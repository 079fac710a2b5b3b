using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>
/// Why something was made: the rule as written, its place, and the values it read at that moment.
/// </summary>
/// <param name="Rule">In words or as written in the plan: <c>due: 2 working days</c>.</param>
/// <param name="At">The place in the plan file; null for what a person did.</param>
/// <param name="Values">What the rule read: names and values as text.</param>
/// <param name="Note">What was counted or fell back: "2 working days from Fri 6 Mar 16:00 (Office)".</param>
public sealed record Why(string Rule, SourceSpan? At, ImmutableSortedDictionary<string, string>? Values = null, string? Note = null);

/// <summary>
/// Something that a command made happen, in the order in which it happened. The one list of what the flow can do:
/// history, tasks, work and live updates are all made from it.
/// </summary>
public abstract record FlowEvent
{
    private FlowEvent() { }

    public Why? Why { get; init; }

    public sealed record ProjectStarted(string Owner, string? Creator) : FlowEvent;
    public sealed record OwnerChanged(string? From, string To) : FlowEvent;
    public sealed record RoleFilled(string Role, ImmutableArray<string> People) : FlowEvent;
    public sealed record StageEntered(string? From, string To, int Visit) : FlowEvent;

    /// <summary>A milestone stage or step was reached.</summary>
    public sealed record MilestoneReached(string? Step, string? Stage) : FlowEvent;
    public sealed record ProbabilityChanged(int From, int To) : FlowEvent;
    public sealed record StatusChanged(string? From, string? To) : FlowEvent;
    public sealed record FieldChanged(string Field, object? From, object? To) : FlowEvent;

    public sealed record StepReady(string Step, int Occurrence) : FlowEvent;
    public sealed record StepOpened(string Step, int Occurrence) : FlowEvent;
    public sealed record StepSettled(string Step, int Occurrence, StepPhase Phase, string? Outcome) : FlowEvent;

    /// <summary>A redo set it back: it is waiting again.</summary>
    public sealed record StepSetBack(string Step, int Occurrence, string By) : FlowEvent;

    /// <param name="Step">Empty for a task that a person added, as in the task events below; its <paramref name="Occurrence"/> is 0.</param>
    public sealed record TaskOpened(string Step, int Occurrence, TaskState Task, string Title, string? Instructions) : FlowEvent;

    /// <summary>Who is responsible changed: claimed, released, handed over, escalated.</summary>
    public sealed record TaskAssigned(string Step, int Number, string? FromPerson, string? ToPerson, string? FromGroup, string? ToGroup) : FlowEvent;
    public sealed record TaskDueChanged(string Step, int Number, DateTimeOffset? From, DateTimeOffset? To, bool ByHand) : FlowEvent;
    public sealed record TaskPriorityChanged(string Step, int Number, Priority From, Priority To) : FlowEvent;
    public sealed record TaskSettled(string Step, int Number, TaskPhase Phase, string? Outcome) : FlowEvent;

    public sealed record TimerSet(FlowTimer Timer) : FlowEvent;
    public sealed record TimerMoved(FlowTimer Timer, DateTimeOffset? From) : FlowEvent;
    public sealed record TimerCancelled(FlowTimer Timer) : FlowEvent;
    public sealed record TimerFired(FlowTimer Timer) : FlowEvent;

    /// <summary>Tells people in the app, and by mail as each prefers. Keyed so that it happens once.</summary>
    /// <param name="Key">Unique within the project.</param>
    public sealed record AlertRaised(
        string Key, AlertCause Cause, string? Step, int? Task, ImmutableArray<string> To, string Text, bool Acknowledge) : FlowEvent;

    /// <summary>A mail to write into the outbox, rendered with the values of this moment.</summary>
    /// <param name="Key">Unique within the project.</param>
    /// <param name="To">Email addresses.</param>
    /// <param name="BodyMarkdown">Markdown.</param>
    /// <param name="Awaited">True where the step waits for the delivery.</param>
    public sealed record MailRequested(
        string Key, string Step, int Occurrence, string Template, ImmutableArray<string> To, string? From, string? ReplyTo,
        string Subject, string BodyMarkdown, bool Awaited) : FlowEvent
    {
        /// <summary>Of a step with <c>each</c>; null otherwise.</summary>
        public string? Member { get; init; }
    }

    /// <summary>One member's part of a step with <c>each</c> opened.</summary>
    public sealed record MemberOpened(string Step, int Occurrence, string Member) : FlowEvent;

    /// <summary>One member's part of a step with <c>each</c> settled: done with an outcome, or cancelled.</summary>
    public sealed record MemberSettled(string Step, int Occurrence, string Member, StepPhase Phase, string? Outcome) : FlowEvent;

    /// <summary>A letter to merge and file.</summary>
    /// <param name="Key">Unique within the project.</param>
    /// <param name="Template">An id of <see cref="Plan.Letters"/>.</param>
    /// <param name="Values">What stands in each merge field, as people read it.</param>
    public sealed record LetterRequested(
        string Key, string Step, int Occurrence, string? Member, string Template, ImmutableSortedDictionary<string, string> Values) : FlowEvent;

    /// <summary>A document was filed on the project.</summary>
    /// <param name="Document">The document's id in the store.</param>
    public sealed record DocumentFiled(string Step, int Occurrence, string? Member, string Document, string Name) : FlowEvent;

    /// <summary>An HTTP request to send, at least once, with <paramref name="Key"/> as its idempotency key.</summary>
    /// <param name="Body">A JSON object; null for a request without body.</param>
    public sealed record HttpRequested(
        string Key, string Step, int Occurrence, string? Member, string Method, string Url, string? Body, int Retries) : FlowEvent;

    /// <summary>The answer to a request came, or it failed for good.</summary>
    public sealed record HttpAnswered(string Step, int Occurrence, string? Member, bool Succeeded, string? Error) : FlowEvent;

    /// <summary>A message came: taken at once by the step, or kept where <paramref name="Step"/> is null.</summary>
    public sealed record MessageReceived(string Message, string Key, string? Step) : FlowEvent;

    /// <summary>A kept message was taken by a step that opened.</summary>
    public sealed record MessageTaken(string Message, string Key, string Step) : FlowEvent;

    /// <summary>A project of another plan to start.</summary>
    /// <param name="Key">Unique within the project.</param>
    /// <param name="Awaited">True where the step waits until the child has closed.</param>
    public sealed record ChildRequested(
        string Key, string Step, int Occurrence, string? Member, string Plan, ImmutableSortedDictionary<string, object?> Fields, bool Awaited) : FlowEvent;

    public sealed record ChildStarted(string Step, int Occurrence, string? Member, string Child) : FlowEvent;
    public sealed record ChildClosed(string Step, int Occurrence, string? Member, string Child, CloseResult Result) : FlowEvent;

    /// <summary>The step that waits for a child was cancelled, set back or left: the child is to be closed as cancelled.</summary>
    public sealed record ChildDropped(string Step, int Occurrence, string? Member, string Child) : FlowEvent;

    /// <summary>Round-robin handed a task to the next member of a group.</summary>
    public sealed record RotationAdvanced(string Group, long Next) : FlowEvent;
    public sealed record HoldChanged(bool OnHold, string? Reason) : FlowEvent;
    public sealed record ProjectClosed(CloseResult Result, string? Reason, string? Note) : FlowEvent;
    public sealed record ProjectReopened(string Stage, string Reason) : FlowEvent;
    public sealed record ProjectFaulted(string Reason) : FlowEvent;
    public sealed record FaultResolved(string Reason) : FlowEvent;

    /// <summary>A person bypassed a step that still waits: it will pass when its turn comes.</summary>
    public sealed record BypassNoted(string Step, string? As, string Reason) : FlowEvent;
}

/// <summary>What an alert is about.</summary>
public enum AlertCause
{
    /// <summary>A step of the plan tells something.</summary>
    Alert,
    Reminder,
    Escalation,

    /// <summary>Something went wrong that somebody has to look at.</summary>
    Trouble,

    /// <summary>Somebody asked to hear of a piece of work (<c>notify</c>).</summary>
    Notice,
}
