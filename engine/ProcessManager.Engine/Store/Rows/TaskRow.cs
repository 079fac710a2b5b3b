using ProcessManager.Flow;
using ProcessManager.Language;

namespace ProcessManager.Engine.Store.Rows;

/// <summary>A piece of work for a person (table <c>tasks</c>). Written by the engine alone.</summary>
public sealed class TaskRow
{
    /// <summary>The value of <see cref="InboxOrder"/> for a task without a due moment.</summary>
    public const long NoDue = long.MaxValue;

    /// <summary>Ascending in the order of opening, over all projects.</summary>
    public long Id { get; internal set; }

    /// <summary>The project.</summary>
    public long ProjectId { get; internal set; }

    /// <summary>The flow's number of the task within the project: what commands name it by.</summary>
    public int Number { get; internal set; }

    /// <summary>The step's id in the plan.</summary>
    public string Step { get; internal set; } = "";

    /// <summary>The visit of the stage in which it opened.</summary>
    public int Visit { get; internal set; }

    /// <summary>The occurrence of the step within the visit.</summary>
    public int Occurrence { get; internal set; }

    /// <summary>
    /// Sign-in name of the voter of an approval, or the member of a step with <c>each</c> (who has a second task of the same occurrence:
    /// with <c>#</c> and its number); empty otherwise.
    /// </summary>
    public string Member { get; internal set; } = "";

    /// <summary><c>task</c>, <c>approval</c> or <c>note</c>.</summary>
    public string Kind { get; internal set; } = "";

    /// <summary>What is to be done, in one line.</summary>
    public string Title { get; internal set; } = "";

    /// <summary>The project's title, kept here (and kept current while open) so that an inbox reads one index.</summary>
    public string ProjectTitle { get; internal set; } = "";

    /// <summary>Markdown.</summary>
    public string? Instructions { get; internal set; }

    /// <summary>Sign-in name of who is responsible; null while a group's task is unclaimed.</summary>
    public string? Assignee { get; internal set; }

    /// <summary>The group in whose queue it stands, also after it was claimed.</summary>
    public string? Group { get; internal set; }

    /// <summary>When it should be done; null where nothing says so, or where its anchor has no value yet.</summary>
    public DateTimeOffset? Due { get; internal set; }

    /// <summary>A person set the date: it no longer moves with its anchor.</summary>
    public bool DueByHand { get; internal set; }

    /// <summary>The due moment in Unix milliseconds, <see cref="NoDue"/> without one: the order of every inbox.</summary>
    public long InboxOrder { get; internal set; }

    /// <summary>Low 0, normal 1, high 2, urgent 3.</summary>
    public Priority Priority { get; internal set; }

    /// <summary>Open 0, done 1, cancelled 2.</summary>
    public TaskPhase State { get; internal set; }

    /// <summary>The outcome that was chosen.</summary>
    public string? Outcome { get; internal set; }

    /// <summary>When it opened.</summary>
    public DateTimeOffset OpenedAt { get; internal set; }

    /// <summary>When it was done or cancelled.</summary>
    public DateTimeOffset? SettledAt { get; internal set; }

    /// <summary>Sign-in name of who settled it; null for the engine.</summary>
    public string? SettledBy { get; internal set; }
}
