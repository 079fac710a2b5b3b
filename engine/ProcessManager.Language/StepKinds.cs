using System.Collections.Immutable;
using ProcessManager.Language.Expressions;
using ProcessManager.Language.Time;

namespace ProcessManager.Language;

/// <summary>A step's kind with what only this kind has. Adding a kind is adding a case and its descriptor.</summary>
public abstract record StepKind
{
    private protected StepKind() { }

    /// <summary>The key that names it in YAML.</summary>
    public abstract string Key { get; }

    /// <summary>The work that a person sees; null for automatic kinds.</summary>
    public virtual HumanWork? Work => null;
}

public sealed record TaskKind(HumanWork Human) : StepKind
{
    public override string Key => "task";
    public override HumanWork Work => Human;
}

/// <summary>How many must approve.</summary>
/// <param name="Count">For <see cref="NeedRule.Number"/>.</param>
public sealed record ApprovalKind(HumanWork Human, NeedRule Need, int Count) : StepKind
{
    public override string Key => "approval";
    public override HumanWork Work => Human;
}

public enum NeedRule { Number, All, Majority }

public sealed record NoteKind(HumanWork Human) : StepKind
{
    public override string Key => "note";
    public override HumanWork Work => Human;
}

public sealed record AlertKind(TextTemplate Text, AssigneeRule To, bool Acknowledge) : StepKind
{
    public override string Key => "alert";
}

/// <param name="WaitForDelivery">True with <c>wait: true</c>, or where another step waits for <c>failed</c>.</param>
public sealed record EmailKind(string Template, AssigneeRule To, bool WaitForDelivery) : StepKind
{
    public override string Key => "email";
}

/// <summary>Merges a Word template and files the document on the project.</summary>
/// <param name="Template">An id of <see cref="Plan.Letters"/>.</param>
public sealed record LetterKind(string Template) : StepKind
{
    public override string Key => "letter";
}

/// <summary>Waits for a named message about the project.</summary>
/// <param name="Message">The message's name.</param>
/// <param name="Form">Fields that the message may set.</param>
public sealed record ReceiveKind(string Message, ImmutableArray<FormField> Form, Expiry? Expire) : StepKind
{
    public override string Key => "receive";
}

/// <summary>Sends an HTTP request, signed with the installation's key.</summary>
/// <param name="Method">GET, POST, PUT, PATCH or DELETE.</param>
/// <param name="Body">Sent as a JSON object; empty: no body.</param>
/// <param name="Into">Fields set from the answer, which expressions see as <c>response</c>.</param>
/// <param name="Retries">How often it is tried again before it settles as failed; 0–20.</param>
public sealed record HttpKind(
    string Method, TextTemplate Url, ImmutableArray<NamedValue> Body, ImmutableArray<FieldAssignment> Into, int Retries) : StepKind
{
    public override string Key => "http";
}

/// <summary>Starts a project of another plan.</summary>
/// <param name="Plan">The other plan's id.</param>
/// <param name="Fields">Fields of the new project, worked out in this one.</param>
/// <param name="UntilClosed">Settles with the child's result; otherwise as soon as it has started.</param>
public sealed record StartKind(string Plan, ImmutableArray<NamedValue> Fields, bool UntilClosed) : StepKind
{
    public override string Key => "start";
}

/// <summary>A name and what it stands for.</summary>
public sealed record NamedValue(string Name, Expression Value, SourceSpan Span);

public sealed record WaitKind(Moment Until) : StepKind
{
    public override string Key => "wait";
}

public sealed record SetKind(ImmutableArray<FieldAssignment> Assignments) : StepKind
{
    public override string Key => "set";
}

public sealed record FieldAssignment(string Field, Expression Value, SourceSpan Span);

/// <summary>Rules tried in order; the last has no condition. A decision table is compiled to the same.</summary>
public sealed record DecideKind(ImmutableArray<DecisionRule> Rules) : StepKind
{
    public override string Key => "decide";
}

/// <param name="Inputs">For a decision table: each cell's test beside the input expression it tests; all must hold.</param>
public sealed record DecisionRule(Expression? When, ImmutableArray<DecisionCell> Inputs, string Outcome, SourceSpan Span);

/// <param name="Test">An expression over the name <c>?</c>; null for <c>-</c>, which always holds.</param>
public sealed record DecisionCell(Expression Input, Expression? Test);

public sealed record GateKind : StepKind
{
    public override string Key => "gate";
}

public sealed record CloseKind(CloseResult Result, string? Reason) : StepKind
{
    public override string Key => "close";
}

public sealed record GoToKind(int Stage) : StepKind
{
    public override string Key => "goto";
}
