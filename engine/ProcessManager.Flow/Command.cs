using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>
/// Something that a person, the clock or another system wants of a project. <see cref="Actor"/> is the sign-in name
/// of the person, or null for the engine; <see cref="OnBehalfOf"/> is set where one person acts for another.
/// </summary>
public abstract record Command
{
    private Command() { }

    public string? Actor { get; init; }
    public string? OnBehalfOf { get; init; }

    /// <summary>
    /// Of a result (delivered, filed, failed, answered, child started or closed): the key of the event that asked for it, so that one of an
    /// earlier visit of the stage is not taken for this one's. Null: of whatever runs under the same step, occurrence and member.
    /// </summary>
    public string? Request { get; init; }

    /// <summary>Begins the project: the state must be null. Unset fields take the plan's defaults.</summary>
    public sealed record Start(
        string? Owner, ImmutableSortedDictionary<string, object?> Fields,
        ImmutableSortedDictionary<string, ImmutableArray<string>> Roles) : Command
    {
        /// <summary>How many projects stand above it; at most 10.</summary>
        public int Depth { get; init; }
    }

    /// <summary>Settles a task or note with an outcome (null where there is only one), filling fields of its form.</summary>
    public sealed record Complete(int Task, string? Outcome, ImmutableSortedDictionary<string, object?> Fields) : Command;

    /// <summary>One person's answer to an approval.</summary>
    public sealed record Vote(int Task, bool Approve, ImmutableSortedDictionary<string, object?> Fields) : Command;

    public sealed record Claim(int Task) : Command;
    public sealed record Release(int Task) : Command;

    /// <summary>Hands a task to a person, or back to a group's queue. Exactly one is set.</summary>
    public sealed record Assign(int Task, string? Person, string? Group) : Command;
    public sealed record SetDue(int Task, DateTimeOffset? Due) : Command;
    public sealed record SetPriority(int Task, Priority Priority) : Command;
    public sealed record SetFields(ImmutableSortedDictionary<string, object?> Fields) : Command;
    public sealed record SetOwner(string Owner) : Command;
    public sealed record SetRole(string Role, ImmutableArray<string> People) : Command;

    /// <summary>Fires every timer that is due, in order.</summary>
    public sealed record FireTimers : Command;

    /// <summary>An external driver opens a step that is ready.</summary>
    public sealed record Open(string Step, int Occurrence) : Command;

    /// <summary>The result of an email that a step waits for.</summary>
    public sealed record Delivered(string Step, int Occurrence, bool Sent, string? Error) : Command
    {
        /// <summary>Of a step with <c>each</c>; null otherwise.</summary>
        public string? Member { get; init; }
    }

    /// <summary>A named message about this project: taken by the <c>receive</c> open longest, or kept until one opens.</summary>
    /// <param name="Key">The sender's key, unique within the project: the same key twice changes nothing.</param>
    public sealed record Receive(string Message, string Key, ImmutableSortedDictionary<string, object?> Fields) : Command;

    /// <summary>The document of a letter step was made; the step settles as done.</summary>
    /// <param name="Member">Of a step with <c>each</c>; null otherwise. So in the commands below.</param>
    /// <param name="Document">The document's id in the store.</param>
    public sealed record Filed(string Step, int Occurrence, string? Member, string Document, string Name) : Command;

    /// <summary>A letter or child could not be made for good: the project stops with a fault that says so.</summary>
    public sealed record Failed(string Step, int Occurrence, string? Member, string Error) : Command;

    /// <summary>The result of an HTTP request.</summary>
    /// <param name="Response">The answer's body as a value of the expression language; null where it failed or had none.</param>
    public sealed record Answered(string Step, int Occurrence, string? Member, bool Succeeded, object? Response, string? Error) : Command;

    /// <summary>The project that a <c>start</c> step asked for has started.</summary>
    /// <param name="Child">The child's id in the store.</param>
    public sealed record ChildStarted(string Step, int Occurrence, string? Member, string Child) : Command;

    /// <summary>A child that was waited for has closed.</summary>
    public sealed record ChildClosed(string Step, int Occurrence, string? Member, string Child, CloseResult Result) : Command;

    /// <summary>A person adds a piece of work that no step asked for; it holds nothing up. At most one of person and group is set; the owner where neither is.</summary>
    public sealed record AddTask(
        string Title, string? Instructions, string? Person, string? Group, DateTimeOffset? Due, Priority Priority) : Command;

    /// <summary>A person closes the project, with a reason of the organisation's list and a note.</summary>
    public sealed record Close(CloseResult Result, string? Reason, string? Note) : Command;

    /// <summary>Counts a step as settled with an outcome, for a reason.</summary>
    public sealed record Bypass(string Step, string? As, string Why) : Command;

    /// <summary>Sets a done or passed step of the current stage back, with all that rests on it, and opens it again; its <c>when</c> is ignored.</summary>
    public sealed record Reopen(string Step, string Why) : Command;

    /// <summary>Leaves for another stage, or enters the same one afresh.</summary>
    public sealed record MoveTo(string Stage, string Why) : Command;

    /// <summary>Opens a closed project again: in the stage it closed in, or in the one that is named.</summary>
    public sealed record ReopenProject(string? Stage, string Why) : Command;
    public sealed record PutOnHold(string Why) : Command;
    public sealed record Resume : Command;

    /// <summary>Shows a probability of a person's own (0–100) in place of the plan's; null takes it back.</summary>
    public sealed record OverrideProbability(int? To) : Command;

    /// <summary>An administrator lets a faulted project go on from where it stopped.</summary>
    public sealed record ResolveFault(string Why) : Command;
}
