using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>
/// Where one project stands in its plan: everything that <see cref="Stepper"/> needs to decide what happens next.
/// Immutable; the store keeps it as JSON beside the project's columns. Steps, stages and fields are named by id,
/// so that the state outlives a change of the plan. Times are UTC in whole milliseconds.
/// </summary>
public sealed record ProjectState
{
    /// <summary>Null while open.</summary>
    public CloseResult? Closed { get; init; }
    public string? CloseReason { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Sign-in name.</summary>
    public required string Owner { get; init; }

    /// <summary>Sign-in name of who started it; null where a rule did.</summary>
    public string? Creator { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The id of the stage it is in, or closed in; null before the first.</summary>
    public string? Stage { get; init; }
    public DateTimeOffset StageEnteredAt { get; init; }

    /// <summary>How many times any stage was entered: tells apart the visits of one stage.</summary>
    public int Visit { get; init; }

    /// <summary>The deadline of the stage (<c>within</c>); null where it has none, or while its anchor has no value.</summary>
    public DateTimeOffset? StageDue { get; init; }

    /// <summary>The reminders of the stage's deadline (by index of their rule) that went out in this visit.</summary>
    public ImmutableArray<int> StageReminded { get; init; } = [];
    public string? Status { get; init; }

    /// <summary>0–100 as the plan has it.</summary>
    public int PlanProbability { get; init; }

    /// <summary>Set by a person; hides the plan's until it is taken back or the project closes.</summary>
    public int? ProbabilityOverride { get; init; }
    public int Probability => ProbabilityOverride ?? PlanProbability;

    /// <summary>
    /// Values of the plan's fields, and of the built-in ones that a project has of itself: <c>title</c>, <c>amount</c>,
    /// <c>expected-close</c>, <c>source-code</c>. In the forms that <see cref="Language.Expressions.IValues"/> gives; an absent one is null.
    /// </summary>
    public ImmutableSortedDictionary<string, object?> Fields { get; init; } =
        ImmutableSortedDictionary.Create<string, object?>(StringComparer.Ordinal);

    /// <summary>Sign-in names by role.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Roles { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    /// <summary>The steps of the current visit of the current stage, in the plan's order.</summary>
    public ImmutableArray<StepState> Steps { get; init; } = [];

    /// <summary>The latest settling of steps of stages that were left, by step id.</summary>
    public ImmutableSortedDictionary<string, StepRecord> Past { get; init; } =
        ImmutableSortedDictionary.Create<string, StepRecord>(StringComparer.Ordinal);

    /// <summary>Everything that time will do to this project, in no order.</summary>
    public ImmutableArray<FlowTimer> Timers { get; init; } = [];

    /// <summary>The number that the next task gets; tasks are numbered within the project from 1.</summary>
    public int NextTask { get; init; } = 1;

    /// <summary>The number that makes the key of the next timer unlike every earlier one.</summary>
    public int NextTimer { get; init; } = 1;

    /// <summary>Messages that no open step has taken yet, in the order in which they came.</summary>
    public ImmutableArray<KeptMessage> Messages { get; init; } = [];

    /// <summary>The keys of messages that were taken, the latest last: one that comes again changes nothing. At most 200 are remembered.</summary>
    public ImmutableArray<string> Received { get; init; } = [];

    /// <summary>Tasks that people added by hand, which belong to no step and hold nothing up.</summary>
    public ImmutableArray<TaskState> Extra { get; init; } = [];

    /// <summary>How many projects stand above it: 0 for one that a person or rule started.</summary>
    public int Depth { get; init; }

    /// <summary>
    /// What the plan did by itself so far (rule 11), where a result may let it go on: under an external driver since somebody or some time last
    /// moved it, else at the instant <see cref="AutomaticAt"/>; 0 where nothing is awaited.
    /// </summary>
    public int Automatic { get; init; }
    public DateTimeOffset? AutomaticAt { get; init; }

    /// <summary>Why it is on hold; null where it is not.</summary>
    public Hold? Hold { get; init; }

    /// <summary>Why it cannot go on by itself; an administrator resolves it.</summary>
    public string? Fault { get; init; }

    public StepState? FindStep(string id) => Steps.FirstOrDefault(s => s.Id == id);
}

/// <param name="Since">When it was put on hold.</param>
/// <param name="Reason">What the person gave.</param>
public sealed record Hold(DateTimeOffset Since, string Reason);

/// <summary>
/// Waiting: a way in is unsettled, or it waits for its time. Ready: granted, to be opened by an external driver.
/// Passed: its condition was false, or a person bypassed it. Dead: no live way in.
/// Done, passed, dead and cancelled are settled.
/// </summary>
public enum StepPhase { Waiting, Ready, Open, Done, Passed, Dead, Cancelled }

/// <summary>One step in the current visit of its stage.</summary>
public sealed record StepState
{
    public required string Id { get; init; }
    public StepPhase Phase { get; init; }

    /// <summary>How many times it has opened in this visit; the running one where it is open.</summary>
    public int Occurrence { get; init; }

    /// <summary>The outcome it settled with, also what a passed step counts as; null while unsettled, dead or cancelled.</summary>
    public string? Outcome { get; init; }

    /// <summary>When its ways came live; it may still wait for <c>starts</c>.</summary>
    public DateTimeOffset? LiveAt { get; init; }

    /// <summary>Of a <c>first</c> join: the steps whose ways made it live. It rests on these alone; later arrivals change nothing.</summary>
    public ImmutableArray<string> OpenedBy { get; init; } = [];
    public DateTimeOffset? OpenedAt { get; init; }
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Sign-in name of who settled it; null for the engine.</summary>
    public string? By { get; init; }

    /// <summary>True while a redo has set it back and only its opening waits for a moment.</summary>
    public bool RedoPending { get; init; }

    /// <summary>The <c>step.outcome</c> whose delayed redo it waits for, or <c>hand</c> where a person opened it again; null otherwise.</summary>
    public string? RedoBy { get; init; }

    /// <summary>A person bypassed it while it waited: it passes when its turn comes.</summary>
    public PendingBypass? Bypass { get; init; }

    /// <summary>The tasks of the running or last occurrence: one, or one per voter of an approval.</summary>
    public ImmutableArray<TaskState> Tasks { get; init; } = [];

    /// <summary>Of a step with <c>each</c>: its members, in the order of their list when it opened; later ones behind them.</summary>
    public ImmutableArray<MemberState> Members { get; init; } = [];

    /// <summary>The project that it started and waits for; null for other kinds and before it has started.</summary>
    public string? Child { get; init; }

    /// <summary>The document that it filed; null for other kinds and before it was made.</summary>
    public string? Document { get; init; }

    /// <summary>The latest settled occurrence: what expressions see of the step after it was set back.</summary>
    public StepRecord? Last { get; init; }

    public bool IsSettled => Phase is StepPhase.Done or StepPhase.Passed or StepPhase.Dead or StepPhase.Cancelled;
}

/// <param name="As">The outcome that the step will count as; null where it has none.</param>
public sealed record PendingBypass(string? As, string? By, string Why);

/// <summary>What is kept of a settled occurrence.</summary>
public sealed record StepRecord(StepPhase Phase, string? Outcome, string? By, DateTimeOffset At, int Occurrences)
{
    /// <summary>Of a step with <c>each</c>: what its members chose, in their order.</summary>
    public ImmutableArray<string> Outcomes { get; init; } = [];
}

/// <summary>One member's part of a step with <c>each</c>.</summary>
/// <param name="Id">Sign-in name, contact or choice: the <c>item</c> of expressions.</param>
/// <param name="Phase">Open, done, or cancelled (the rest once the result is certain, or a member that was removed).</param>
public sealed record MemberState(string Id, StepPhase Phase, DateTimeOffset OpenedAt)
{
    public string? Outcome { get; init; }
    public string? By { get; init; }
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>The project that this member's part started; null for other kinds.</summary>
    public string? Child { get; init; }

    /// <summary>The document that this member's part filed; null for other kinds.</summary>
    public string? Document { get; init; }
}

/// <summary>A message that waits for a step to take it.</summary>
/// <param name="Key">The sender's key, unique within the project: a message that comes twice is taken once.</param>
public sealed record KeptMessage(string Key, string Name, DateTimeOffset At, ImmutableSortedDictionary<string, object?> Fields, string? By);

public enum TaskPhase { Open, Done, Cancelled }

/// <summary>A piece of work in somebody's inbox.</summary>
public sealed record TaskState
{
    /// <summary>Unique within the project, never used again.</summary>
    public required int Number { get; init; }
    public TaskPhase Phase { get; init; }

    /// <summary>Sign-in name of who is responsible; null while a group's task is unclaimed.</summary>
    public string? Assignee { get; init; }

    /// <summary>The group in whose queue it stands, also after it was claimed.</summary>
    public string? Group { get; init; }

    /// <summary>The voter of an approval, whose task cannot be handed to another voter; or the member of an <c>each</c>.</summary>
    public string? Member { get; init; }
    public DateTimeOffset? Due { get; init; }

    /// <summary>A person set the date: it no longer moves with its anchor.</summary>
    public bool DueByHand { get; init; }
    public Priority Priority { get; init; } = Priority.Normal;
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When its assignee got it, where that was after its opening.</summary>
    public DateTimeOffset? AssignedAt { get; init; }

    /// <summary>The reminders (by index of their rule) that went out and stay so when the date moves.</summary>
    public ImmutableArray<int> Reminded { get; init; } = [];

    /// <summary>A person or an escalation gave it to somebody: it no longer follows the owner of the project.</summary>
    public bool HandedOver { get; init; }

    /// <summary>Of a task that a person added; others have their texts from the plan.</summary>
    public string? Title { get; init; }
    public string? Instructions { get; init; }
    public string? Outcome { get; init; }
    public string? By { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
}

/// <summary>What a timer does. <see cref="Overdue"/> tells those who asked for it (<c>notify</c>) that work was not done by its due moment.</summary>
public enum TimerKind { Expire, Wait, Open, Escalate, Remind, StageEscalate, StageRemind, Overdue }

/// <summary>Something that will happen to the project at a moment.</summary>
/// <param name="Key">Unique among the project's timers that ever were: kind, visit, step, occurrence, rule, and a running number.</param>
/// <param name="Step">Null for a timer of the stage.</param>
/// <param name="Rule">Index of the rule among its kind in the plan (reminder 0, 1, …).</param>
/// <param name="Task">The task that a reminder or escalation is about; null where it is about the step.</param>
/// <param name="Count">How many times a repeating one has fired.</param>
/// <param name="Due">When it fires; null while its anchor has no value: it is kept, and set when the anchor is.</param>
public sealed record FlowTimer(
    string Key, TimerKind Kind, string? Step, int Occurrence, int Rule, int? Task, int Count, DateTimeOffset? Due)
{
    /// <summary>The member of a step with <c>each</c> that it is about, where there is no task that says so.</summary>
    public string? Member { get; init; }

    /// <summary>Of a repeating one that no longer counts from due, as a hold moved it past its date; null otherwise.</summary>
    public Rhythm? Rhythm { get; init; }
}

/// <summary>What the beats of a repeating reminder are counted from.</summary>
/// <param name="At">The <see cref="FlowTimer.Count"/> of the beat that comes at that moment.</param>
public sealed record Rhythm(DateTimeOffset From, int At);
