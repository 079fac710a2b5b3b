using System.Collections.Immutable;
using ProcessManager.Language.Expressions;
using ProcessManager.Language.Time;

namespace ProcessManager.Language;

/// <summary>
/// A compiled action plan: what a project of this plan does, with every name resolved, every join explicit,
/// every duration and expression parsed and typed. Immutable, and identified by the hash of its meaning
/// (comments and layout do not change it). It knows no YAML and no database.
/// </summary>
public sealed record Plan
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }

    /// <summary>The project type, an id of <see cref="Organisation.Types"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The plan's own calendar; the organisation's otherwise.</summary>
    public string? Calendar { get; init; }

    /// <summary>Who owns a project when nobody is named at its start.</summary>
    public required AssigneeRule Owner { get; init; }

    public ImmutableArray<Field> Fields { get; init; } = [];
    public ImmutableArray<Role> Roles { get; init; } = [];
    public required ImmutableArray<Stage> Stages { get; init; }

    /// <summary>All steps of all stages in file order, then those of <see cref="OnClose"/>; <see cref="Step.Index"/> is the place here.</summary>
    public required ImmutableArray<Step> Steps { get; init; }

    /// <summary>The indexes of the automatic steps that run once the project has closed with a result.</summary>
    public ImmutableDictionary<CloseResult, ImmutableArray<int>> OnClose { get; init; } =
        ImmutableDictionary<CloseResult, ImmutableArray<int>>.Empty;

    /// <summary>The email templates that the steps use, by id; pinned with the version.</summary>
    public ImmutableDictionary<string, EmailTemplate> Templates { get; init; } =
        ImmutableDictionary<string, EmailTemplate>.Empty;

    /// <summary>The letter templates that the steps use, by id; pinned with the version.</summary>
    public ImmutableDictionary<string, LetterTemplate> Letters { get; init; } =
        ImmutableDictionary<string, LetterTemplate>.Empty;

    /// <summary>What starts a project besides a person, in file order.</summary>
    public ImmutableArray<StartRule> Start { get; init; } = [];

    /// <summary>Where live work of a removed step goes when projects move to this version: the removed id, and the index of the step that takes it over.</summary>
    public ImmutableSortedDictionary<string, int> Retired { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>SHA-256 of the plan's canonical form, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    private ImmutableDictionary<string, int>? stepsById;

    public Step? FindStep(string id)
    {
        stepsById ??= Steps.ToImmutableDictionary(s => s.Id, s => s.Index);
        return stepsById.TryGetValue(id, out var index) ? Steps[index] : null;
    }

    public Stage? FindStage(string id) => Stages.FirstOrDefault(s => s.Id == id);

    public Field? FindField(string id) => Fields.FirstOrDefault(f => f.Id == id);

    public Role? FindRole(string id) => Roles.FirstOrDefault(r => r.Id == id);

    /// <summary>The steps of a stage, in file order.</summary>
    public ReadOnlySpan<Step> StepsOf(Stage stage) => Steps.AsSpan(stage.FirstStep, stage.StepCount);

    /// <summary>Plans are the same when they mean the same.</summary>
    public bool Equals(Plan? other) => other is not null && other.Hash == Hash;

    public override int GetHashCode() => Hash.GetHashCode(StringComparison.Ordinal);
}

/// <summary>How a project ends.</summary>
public enum CloseResult { Won, Lost, Cancelled }

/// <summary>What a field holds. <see cref="Time"/> is a date and time.</summary>
public enum FieldKind
{
    Text, Note, Number, Money, Percent, Date, Time, YesNo, Choice, Choices,
    Person, Persons, Contact, Contacts, File, Link,
}

/// <summary>A field that projects of a plan have beside the built-in ones.</summary>
/// <param name="Choices">The values of a choice, empty for other kinds.</param>
/// <param name="Default">In the form that <see cref="Expressions.IValues"/> gives values.</param>
/// <param name="RequiredFrom">Null: never required; <c>always</c>, or the id of the stage from which on it is.</param>
public sealed record Field(
    string Id, FieldKind Kind, string Label, string? Help, ImmutableArray<string> Choices, object? Default,
    string? RequiredFrom, decimal? Min, decimal? Max, string? Pattern, bool Sensitive, SourceSpan Span)
{
    /// <summary>The id it had in an earlier version.</summary>
    public string? Was { get; init; }

    /// <summary>The type that expressions see.</summary>
    public Expressions.FeelType Type => Binding.BuiltIns.TypeOf(Kind);
}

/// <summary>A part that people play in a project of this plan.</summary>
/// <param name="From">The rule that fills it at the start; null where it is filled by hand.</param>
/// <param name="AtLeast">How many people it should have; fewer is shown, and refused nowhere.</param>
public sealed record Role(string Id, string Label, AssigneeRule? From, int AtLeast, SourceSpan Span)
{
    /// <summary>The id it had in an earlier version.</summary>
    public string? Was { get; init; }
}

/// <summary>A part of the way from 0 to 100 %. A project is in exactly one.</summary>
public sealed record Stage
{
    public required int Index { get; init; }
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }

    /// <summary>Markdown shown to staff.</summary>
    public string? Guidance { get; init; }

    /// <summary>0–100, applied when the stage is entered; null leaves what is.</summary>
    public int? Probability { get; init; }
    public string? Status { get; init; }
    public StageDeadline? Within { get; init; }
    public bool Milestone { get; init; }
    public required int FirstStep { get; init; }
    public required int StepCount { get; init; }

    /// <summary>First match wins; empty: the following stage, and after the last one won.</summary>
    public ImmutableArray<NextRule> Next { get; init; } = [];
    public string? Was { get; init; }
    public required SourceSpan Span { get; init; }
}

/// <summary>The deadline of a whole stage, counted from its entry.</summary>
public sealed record StageDeadline(Moment Due, ImmutableArray<ReminderRule> Reminders, ImmutableArray<Escalation> Escalations);

/// <summary>One rule of a stage's <c>next</c>.</summary>
public sealed record NextRule(Expression? When, Effect Target, SourceSpan Span);

/// <summary>One step of a stage.</summary>
public sealed record Step
{
    /// <summary>The place in <see cref="Plan.Steps"/>.</summary>
    public required int Index { get; init; }
    public required string Id { get; init; }

    /// <summary>The index of its stage; -1 for a step of on-close.</summary>
    public required int Stage { get; init; }

    /// <summary>As people read it: the <c>name</c>, else the kind's own text without holes, else the id.</summary>
    public required string Name { get; init; }
    public required StepKind Kind { get; init; }
    public required Join After { get; init; }
    public Expression? When { get; init; }

    /// <summary>The outcome that a passed step counts as (rule 2 of section 6); null where it has none to choose.</summary>
    public string? PassesAs { get; init; }

    /// <summary>The earliest moment of opening once the ways are live.</summary>
    public Moment? Starts { get; init; }
    public bool Optional { get; init; }

    /// <summary>One occurrence per member of a role or field; null for a step that opens once.</summary>
    public EachRule? Each { get; init; }
    public int? Probability { get; init; }
    public bool Milestone { get; init; }
    public string? Comment { get; init; }
    public string? Was { get; init; }

    /// <summary>Every way it can settle as done, declared or of its kind (<c>done</c>, <c>approved</c>, …), in file order.</summary>
    public required ImmutableArray<Outcome> Outcomes { get; init; }

    /// <summary>The steps with a way from this one, by index.</summary>
    public ImmutableArray<int> Followers { get; init; } = [];
    public required SourceSpan Span { get; init; }

    public Outcome? FindOutcome(string id) => Outcomes.FirstOrDefault(o => o.Id == id);

    /// <summary>What a person who does it chooses from: one member's choices with <see cref="Each"/>, the outcomes otherwise.</summary>
    public ImmutableArray<Outcome> Choices => Each?.Choices ?? Outcomes;

    public Outcome? FindChoice(string id) => Choices.FirstOrDefault(o => o.Id == id);
}

/// <summary>
/// A step that opens once per member of a role or list field. <see cref="Step.Outcomes"/> are then those of the whole step:
/// <c>done</c>, or with <see cref="Outcome"/> that outcome and <c>too-few</c>.
/// </summary>
/// <param name="Source">The role or the <c>persons</c>, <c>contacts</c> or <c>choices</c> field that gives the members.</param>
/// <param name="Need">How many members must settle: all, or a number (any is 1).</param>
/// <param name="Count">For <see cref="NeedRule.Number"/>; above the number of members it means all.</param>
/// <param name="Outcome">The outcome that counts towards <paramref name="Count"/>; null where any does.</param>
/// <param name="Choices">What one member may choose; these carry no effect.</param>
public sealed record EachRule(
    EachSource Source, NeedRule Need, int Count, string? Outcome, ImmutableArray<Outcome> Choices, SourceSpan Span);

/// <summary>What gives the members of an <see cref="EachRule"/>.</summary>
public abstract record EachSource
{
    private EachSource() { }

    /// <summary>The people with a role: sign-in names.</summary>
    public sealed record RoleOf(string Role) : EachSource;

    /// <summary>The values of a list field: sign-in names, contacts or choices.</summary>
    public sealed record FieldOf(string Field) : EachSource;
}

/// <summary>When a step opens, told by the settling of others (section 6 of the plan language).</summary>
public abstract record Join
{
    private Join() { }

    public ImmutableArray<Way> Ways { get; init; } = [];

    /// <summary>On entering the stage.</summary>
    public sealed record AtStart : Join;

    /// <summary>All settled and all live; dead as soon as one is dead.</summary>
    public sealed record All : Join;

    /// <summary>All settled and at least one live; dead when all are dead.</summary>
    public sealed record Any : Join;

    /// <summary>As soon as <paramref name="Need"/> ways are live; dead as soon as that is impossible.</summary>
    /// <param name="Cancels">The steps to cancel once a winner is settled: the named rest and what leads only to it. Empty without <c>cancel: rest</c>.</param>
    public sealed record First(int Need, ImmutableArray<int> Cancels) : Join;
}

/// <summary>A way into a join: the settling of a step, with one outcome or with any that goes on.</summary>
public sealed record Way(int Step, string? Outcome);

/// <summary>One way a step can settle.</summary>
/// <param name="Ask">Fields to fill when this outcome is chosen.</param>
public sealed record Outcome(string Id, string Label, ImmutableArray<FormField> Ask, Effect Effect, SourceSpan Span);

/// <summary>What an outcome, a next rule, a close or a goto step does to the project.</summary>
public abstract record Effect
{
    private Effect() { }

    /// <summary>The steps that wait for it go on.</summary>
    public sealed record GoOn : Effect;

    /// <summary>Sets back the step and all that rests on it, and opens it again.</summary>
    /// <param name="Step">Index of the step.</param>
    /// <param name="When">Null: at once.</param>
    /// <param name="SetsBack">Indexes of the step and every step that rests on it, in file order.</param>
    public sealed record Redo(int Step, Moment? When, ImmutableArray<int> SetsBack) : Effect;

    /// <summary>Leaves for another stage, or enters the same one afresh.</summary>
    public sealed record GoTo(int Stage) : Effect;

    /// <summary>Closes the project.</summary>
    public sealed record Close(CloseResult Result, string? Reason) : Effect;

    public static readonly Effect Nothing = new GoOn();
}

/// <summary>A field in a form.</summary>
public sealed record FormField(string Field, bool Required);

/// <summary>Somebody who may be responsible for a piece of work.</summary>
public abstract record Assignee
{
    private Assignee() { }

    public sealed record Owner : Assignee;
    public sealed record Creator : Assignee;

    /// <summary>The manager of the assignee, else of the owner.</summary>
    public sealed record Manager : Assignee;
    public sealed record AccountManager : Assignee;
    public sealed record RoleOf(string Role) : Assignee;
    public sealed record GroupOf(string Group) : Assignee;

    /// <summary>A sign-in name.</summary>
    public sealed record User(string Name) : Assignee;

    /// <summary>Whoever did a step.</summary>
    public sealed record DoneBy(int Step) : Assignee;

    /// <summary>The prospect of the project: for mails only.</summary>
    public sealed record Prospect : Assignee;

    /// <summary>A literal email address: for mails only.</summary>
    public sealed record Address(string Email) : Assignee;

    /// <summary>Everybody with a role in the project: for mails and alerts only.</summary>
    public sealed record Participants : Assignee;

    /// <summary>The member of a step with <see cref="Step.Each"/>, written <c>item</c>: a person, for mails also a contact.</summary>
    public sealed record Item : Assignee;
}

/// <summary>How a group's work is handed out.</summary>
public enum Share { Claim, RoundRobin, LeastBusy }

/// <summary>Who does something: tried in order, people left out by <paramref name="Except"/>.</summary>
/// <param name="Text">As written, for "why".</param>
public sealed record AssigneeRule(
    ImmutableArray<Assignee> InOrder, ImmutableArray<Assignee> Except, Share Share, string Text, SourceSpan Span);

public enum Priority { Low, Normal, High, Urgent }

/// <summary>What tasks, approvals and notes have in common: work that a person sees in an inbox.</summary>
public sealed record HumanWork
{
    public required TextTemplate Title { get; init; }

    /// <summary>Markdown.</summary>
    public TextTemplate? Instructions { get; init; }
    public required AssigneeRule Assign { get; init; }
    public Moment? Due { get; init; }
    public Priority Priority { get; init; } = Priority.Normal;
    public ImmutableArray<ReminderRule> Reminders { get; init; } = [];
    public ImmutableArray<Escalation> Escalations { get; init; } = [];
    public Expiry? Expire { get; init; }
    public ImmutableArray<FormField> Form { get; init; } = [];
    public ImmutableArray<string> Checklist { get; init; } = [];
    public Duration? Effort { get; init; }

    /// <summary>Documents that a person needs to do the work.</summary>
    public ImmutableArray<Attachment> Attach { get; init; } = [];

    /// <summary>The letter template that the person can merge from the task; an id of <see cref="Plan.Letters"/>.</summary>
    public string? Offers { get; init; }

    /// <summary>Who hears of what happens to the work.</summary>
    public ImmutableArray<Notification> Notify { get; init; } = [];
}

/// <summary>A document that goes with a piece of work.</summary>
public abstract record Attachment
{
    private Attachment() { }

    /// <summary>The file of a field of kind <c>file</c>; none while it is empty.</summary>
    public sealed record OfField(string Field) : Attachment;

    /// <summary>What a letter step filed, in its latest occurrence.</summary>
    public sealed record OfLetter(int Step) : Attachment;

    /// <summary>A file of the definitions folder <c>documents/</c>, by name.</summary>
    /// <param name="Digest">SHA-256 of the file's bytes, lower-case hexadecimal.</param>
    public sealed record OfPlan(string File, string Digest) : Attachment;
}

/// <summary>What may happen to a piece of work that somebody wants to hear of.</summary>
public enum WorkMoment { Opened, Claimed, Overdue, Done }

/// <summary>Tells somebody, in the app and by mail, of a moment in the life of a piece of work.</summary>
public sealed record Notification(WorkMoment On, AssigneeRule To, SourceSpan Span);

/// <summary>What happens when work is not done in time. A bare duration counts from due.</summary>
public sealed record Escalation(Moment At, EscalationAction Action, SourceSpan Span);

public abstract record EscalationAction
{
    private EscalationAction() { }

    public sealed record Alert(AssigneeRule To) : EscalationAction;
    public sealed record Reassign(AssigneeRule To) : EscalationAction;
    public sealed record Raise(Priority To) : EscalationAction;
}

/// <summary>The outcome that is taken when nobody acts. A bare duration counts from opening.</summary>
public sealed record Expiry(Moment At, string Outcome, SourceSpan Span);
