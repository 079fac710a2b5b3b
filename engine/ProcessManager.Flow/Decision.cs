using System.Collections.Immutable;

namespace ProcessManager.Flow;

/// <summary>What the stepper answers: what is so now, or why not.</summary>
public abstract record Decision
{
    private Decision() { }

    /// <param name="State">The new state.</param>
    /// <param name="Events">What happened, in order; empty where the command changed nothing.</param>
    public sealed record Accepted(ProjectState State, ImmutableArray<FlowEvent> Events) : Decision;

    /// <summary>The command does not apply; nothing changes.</summary>
    /// <param name="Message">A sentence for the person who asked: what is so, who did it, and when.</param>
    public sealed record Refused(Refusal Reason, string Message) : Decision;
}

/// <summary>The kinds of refusal that callers tell apart.</summary>
public enum Refusal
{
    /// <summary>It was possible before: somebody or something was faster.</summary>
    Conflict,

    /// <summary>No such task, step, field or outcome.</summary>
    NotFound,

    /// <summary>The input is incomplete or of the wrong kind.</summary>
    Invalid,

    /// <summary>Not this person's to do.</summary>
    Forbidden,
}
