using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>What people do, told by step instead of by the number of a task: the verbs of plan tests.</summary>
public sealed partial class Rehearsal
{
    private static readonly ImmutableSortedDictionary<string, object?> NoFields = ImmutableSortedDictionary<string, object?>.Empty;

    /// <summary>The open task of a step; for an approval that of one person.</summary>
    public TaskState? OpenTask(string step, string? person = null)
    {
        var open = State?.FindStep(step)?.Tasks.Where(t => t.Phase == TaskPhase.Open) ?? [];
        return open.FirstOrDefault(t => person is null || t.Member is null || t.Member == person);
    }

    /// <summary>
    /// Completes the task or note of a step, by whoever is responsible unless somebody is named. A task that still stands in a
    /// group's queue is claimed first, as it would be in the inbox.
    /// </summary>
    /// <param name="outcome">Null where there is only one.</param>
    /// <param name="member">Of a step with <c>each</c>: whose part; the first open one where null.</param>
    public Decision Complete(
        string step, string? outcome = null, ImmutableSortedDictionary<string, object?>? with = null, string? by = null, string? member = null)
    {
        if (OpenTask(step, member) is not { } task) { return NotOpen(step); }

        var actor = by ?? task.Assignee ?? Facts.Directory.MembersOf(task.Group ?? "").FirstOrDefault() ?? State!.Owner;
        if (task.Assignee is null && task.Group is not null && Do(new Command.Claim(task.Number) { Actor = actor }) is Decision.Refused refused)
        {
            return refused;
        }

        return Do(new Command.Complete(task.Number, outcome, with ?? NoFields) { Actor = actor });
    }

    /// <summary>One person's answer to an approval.</summary>
    public Decision Vote(string step, bool approve, string by, ImmutableSortedDictionary<string, object?>? with = null) =>
        OpenTask(step, by) is not { } task ? NotOpen(step)
        : Do(new Command.Vote(task.Number, approve, with ?? NoFields) { Actor = by });

    /// <summary>Hands the task of a step to a person.</summary>
    public Decision Assign(string step, string to, string? by = null) =>
        OpenTask(step) is not { } task ? NotOpen(step) : Do(new Command.Assign(task.Number, to, null) { Actor = by ?? State!.Owner });

    /// <summary>Sets the due date of a step's task by hand.</summary>
    public Decision SetDue(string step, DateTimeOffset? to, string? by = null) =>
        OpenTask(step) is not { } task ? NotOpen(step) : Do(new Command.SetDue(task.Number, to) { Actor = by ?? State!.Owner });

    /// <summary>A message about the project, with a key of its own.</summary>
    public Decision Receive(string message, ImmutableSortedDictionary<string, object?>? with = null, string? by = null) =>
        Do(new Command.Receive(message, string.Create(CultureInfo.InvariantCulture, $"message {entries.Length}"), with ?? NoFields) { Actor = by });

    /// <summary>The answer to the open request of an <c>http</c> step.</summary>
    /// <param name="response">As <c>response</c> in expressions.</param>
    /// <param name="error">Not null: the request failed for good.</param>
    public Decision Answer(string step, object? response = null, string? error = null, string? member = null) =>
        Do(new Command.Answered(step, Occurrence(step), member ?? FirstOpen(step), error is null, response, error));

    /// <summary>The delivery of a mail that a step waits for.</summary>
    /// <param name="error">Not null: it could not be delivered.</param>
    public Decision Deliver(string step, string? error = null, string? member = null) =>
        Do(new Command.Delivered(step, Occurrence(step), error is null, error) { Member = member ?? FirstOpen(step) });

    /// <summary>The project that a <c>start</c> step waits for closes.</summary>
    public Decision CloseChild(string step, CloseResult result, string? member = null)
    {
        member ??= FirstOpen(step);
        var state = State?.FindStep(step);
        var child = (member is null ? state?.Child : state?.Members.LastOrDefault(m => m.Id == member)?.Child) ?? "the child";
        return Do(new Command.ChildClosed(step, Occurrence(step), member, child, result));
    }

    /// <summary>A piece of work that no step asked for.</summary>
    public Decision AddTask(string title, string? person = null, string? group = null, DateTimeOffset? due = null, string? by = null) =>
        Do(new Command.AddTask(title, null, person, group, due, Priority.Normal) { Actor = by ?? State!.Owner });

    private int Occurrence(string step) => State?.FindStep(step)?.Occurrence ?? 0;

    private string? FirstOpen(string step) => State?.FindStep(step)?.Members.FirstOrDefault(m => m.Phase == StepPhase.Open)?.Id;

    private Decision.Refused NotOpen(string step)
    {
        var decision = Plan.FindStep(step) is null
            ? new Decision.Refused(Refusal.NotFound, $"The plan has no step “{step}”.")
            : new Decision.Refused(Refusal.Conflict, $"The step “{step}” has no open task: it is {Sentences.Standing(State?.FindStep(step))}.");
        entries = entries.Add(new JournalEntry(Now, JournalMark.Refused, $"{step}: {decision.Message}", null));
        return decision;
    }
}
