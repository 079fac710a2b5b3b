using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>
/// Tasks that people add to a running project. They belong to no step, hold nothing up, and end with the project; a person does
/// with them what can be done with any task.
/// </summary>
internal static class ExtraTasks
{
    private const int LongestTitle = 200;

    public static Decision.Refused? Add(Run run, Command.AddTask command)
    {
        var title = command.Title?.Trim() ?? "";
        if (title.Length is 0 or > LongestTitle) { return Refuse.Invalid($"Please give the task a title of at most {LongestTitle} characters."); }
        if (command.Person is not null && command.Group is not null) { return Refuse.Invalid("Please name a person or a group, not both."); }
        if (Unknown(run, command.Person, command.Group) is { } unknown) { return Refuse.Invalid(unknown); }
        Open(run, new TaskState
        {
            Number = run.State.NextTask, Title = title, Instructions = string.IsNullOrWhiteSpace(command.Instructions) ? null : command.Instructions,
            Assignee = command.Person ?? (command.Group is null ? run.State.Owner : null), Group = command.Group, HandedOver = command.Person is not null,
            Due = Whole(command.Due), DueByHand = command.Due is not null, Priority = command.Priority, OpenedAt = run.Now,
        }, new Why($"added by {(run.Actor is { } actor ? Words.Person(run.Facts, actor) : "the engine")}", null));
        return null;
    }

    public static TaskState? Find(Run run, int number) => run.State.Extra.FirstOrDefault(t => t.Number == number);

    public static Decision.Refused? Complete(Run run, Command.Complete command) => With(run, command.Task, task =>
    {
        if (run.State.Hold is not null) { return Refuse.Conflict(Refuse.OnHold(run)); }
        if (command.Outcome is not (null or "done")) { return Refuse.Invalid($"There is no outcome “{command.Outcome}”; task {task.Number} can only be done."); }
        if (!command.Fields.IsEmpty) { return Refuse.Invalid($"Task {task.Number} has no form: {Words.And(command.Fields.Keys.Select(f => FieldValues.LabelOf(run.Plan, f)))} can't be filled with it."); }
        if (task.Assignee is null && run.Actor is { } actor) { task = Give(run, task, actor, task.Group, null); }
        Replace(run, task with { Phase = TaskPhase.Done, Outcome = "done", By = run.Actor, SettledAt = run.Now });
        run.Emit(new FlowEvent.TaskSettled("", task.Number, TaskPhase.Done, "done"));
        return null;
    });

    public static Decision.Refused? Claim(Run run, Command.Claim command) => With(run, command.Task, task =>
    {
        if (task.Assignee is { } holder) { return Refuse.Conflict(TaskCommands.Taken(run, task, holder)); }
        if (Rights.ClaimRefusal(run, null, task) is { } refused) { return Refuse.Forbidden(refused); }
        Give(run, task, run.Actor, task.Group, null);
        return null;
    }, rights: false);

    public static Decision.Refused? Release(Run run, Command.Release command) => With(run, command.Task, task =>
    {
        if (task.Group is null) { return Refuse.Invalid($"Task {task.Number} came from no group's queue."); }
        if (task.Assignee is null) { return Refuse.Conflict($"Task {task.Number} is claimed by nobody."); }
        Give(run, task, null, task.Group, null);
        return null;
    });

    public static Decision.Refused? Assign(Run run, Command.Assign command) => With(run, command.Task, task =>
    {
        if (command.Person is null == command.Group is null) { return Refuse.Invalid("Please name a person or a group."); }
        if (Unknown(run, command.Person, command.Group) is { } unknown) { return Refuse.Invalid(unknown); }
        Give(run, task, command.Person, command.Group ?? task.Group, null);
        return null;
    });

    public static Decision.Refused? SetDue(Run run, Command.SetDue command) => With(run, command.Task, task =>
    {
        var due = Whole(command.Due);
        if (task.Due == due) { return null; }
        Replace(run, task with { Due = due, DueByHand = true });
        run.Emit(new FlowEvent.TaskDueChanged("", task.Number, task.Due, due, true));
        return null;
    });

    public static Decision.Refused? SetPriority(Run run, Command.SetPriority command) => With(run, command.Task, task =>
    {
        if (task.Priority == command.Priority) { return null; }
        Replace(run, task with { Priority = command.Priority });
        run.Emit(new FlowEvent.TaskPriorityChanged("", task.Number, task.Priority, command.Priority));
        return null;
    });

    /// <summary>The project closed.</summary>
    public static void CancelAll(Run run, Why why)
    {
        foreach (var task in run.State.Extra.Where(t => t.Phase == TaskPhase.Open))
        {
            Replace(run, task with { Phase = TaskPhase.Cancelled, SettledAt = run.Now });
            run.Emit(new FlowEvent.TaskSettled("", task.Number, TaskPhase.Cancelled, null) { Why = why });
        }
    }

    /// <summary>The project was opened again: what its closing cancelled opens as a new task.</summary>
    public static void OpenAgain(Run run, DateTimeOffset? closedAt, Why why)
    {
        foreach (var task in run.State.Extra.Where(t => t.Phase == TaskPhase.Cancelled && t.SettledAt == closedAt))
        {
            run.State = run.State with { Extra = run.State.Extra.Remove(task) };
            Open(run, task with { Number = run.State.NextTask, Phase = TaskPhase.Open, OpenedAt = run.Now, AssignedAt = null, SettledAt = null }, why);
        }
    }

    /// <summary>The stage was left: what is over is only history from now on.</summary>
    public static void Forget(Run run) =>
        run.State = run.State with { Extra = [.. run.State.Extra.Where(t => t.Phase == TaskPhase.Open)] };

    /// <summary>The project's owner changed: what nobody gave to anybody else goes with it.</summary>
    public static void Follow(Run run, string from, Why why)
    {
        foreach (var task in run.State.Extra.Where(t => t.Phase == TaskPhase.Open && !t.HandedOver && t.Assignee == from && t.Group is null))
        {
            Give(run, task, run.State.Owner, null, why, follows: true);
        }
    }

    private static void Open(Run run, TaskState task, Why why)
    {
        run.State = run.State with { NextTask = task.Number + 1, Extra = run.State.Extra.Add(task) };
        run.Emit(new FlowEvent.TaskOpened("", 0, task, task.Title!, task.Instructions) { Why = why });
    }

    private static TaskState Give(Run run, TaskState task, string? person, string? group, Why? why, bool follows = false)
    {
        if (task.Assignee == person && task.Group == group) { return task; }
        var changed = task with { Assignee = person, Group = group, AssignedAt = run.Now, HandedOver = !follows };
        Replace(run, changed);
        run.Emit(new FlowEvent.TaskAssigned("", task.Number, task.Assignee, person, task.Group, group) { Why = why });
        return changed;
    }

    private static void Replace(Run run, TaskState task) =>
        run.State = run.State with { Extra = [.. run.State.Extra.Select(t => t.Number == task.Number ? task : t)] };

    private static Decision.Refused? With(Run run, int number, Func<TaskState, Decision.Refused?> act, bool rights = true)
    {
        var task = Find(run, number)!;
        if (task.Phase != TaskPhase.Open) { return Refuse.Conflict(Refuse.Settled(run, task)); }
        return rights && Rights.Refusal(run, null, task) is { } refused ? Refuse.Forbidden(refused) : act(task);
    }

    private static string? Unknown(Run run, string? person, string? group) =>
        group is not null && !run.Facts.Directory.Groups.ContainsKey(group) ? $"There is no group “{group}”."
        : person is null ? null
        : !run.Facts.Directory.People.TryGetValue(person, out var member) ? $"Nobody with the sign-in name “{person}” works here."
        : member.Disabled ? $"{member.DisplayName} doesn't work here any more." : null;

    private static DateTimeOffset? Whole(DateTimeOffset? at) =>
        at is { } given ? DateTimeOffset.FromUnixTimeMilliseconds(given.ToUnixTimeMilliseconds()) : null;
}
