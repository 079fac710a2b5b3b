using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>Opens and changes the tasks of a step.</summary>
internal static class Tasks
{
    /// <summary>Opens a piece of work for whoever a rule found, with its due date and its timers.</summary>
    /// <param name="voter">The member of an approval; null otherwise. With <c>each</c> the task is that of the member whose turn it is.</param>
    public static void Open(Run run, int index, Who who, string? voter)
    {
        var step = run.Step(index);
        var work = step.Kind.Work!;
        var state = run[index];
        var task = new TaskState
        {
            Number = run.State.NextTask, Assignee = voter ?? who.Person, Group = who.Group, Member = voter ?? run.Turn,
            Priority = work.Priority, OpenedAt = run.Now,
        };
        var hanging = Moments.DueOf(run, index, task);
        if (hanging is { } due) { task = task with { Due = Moments.Resolve(run, due) }; }
        run.State = run.State with { NextTask = task.Number + 1 };
        run[index] = state with { Tasks = state.Tasks.Add(task) };
        var counted = hanging is { } it ? Moments.Explain(run, it) : null;
        run.Emit(new FlowEvent.TaskOpened(step.Id, state.Occurrence, task, Texts.Title(run, index), work.Instructions?.Render(run.TextContext))
        {
            Why = new Why($"assign: {work.Assign.Text}", work.Assign.Span, null, Words.Join("; ", who.Note, counted)),
        });
        for (var rule = 0; rule < work.Escalations.Length; rule++)
        {
            var escalation = Moments.EscalationOf(work.Escalations[rule], task);
            Timers.Set(run, TimerKind.Escalate, index, rule, task.Number, Moments.Resolve(run, escalation), escalation.Why);
        }

        Reminders.Set(run, RemindedWork.Of(run, index, task));
        Notices.Opened(run, index, task);
    }

    /// <summary>Sets the expiry of the step, or of the part of the member whose turn it is.</summary>
    public static void SetExpiry(Run run, int index)
    {
        var task = run.Turn is { } member ? run[index].Tasks.LastOrDefault(t => t.Member == member && t.Phase == TaskPhase.Open) : null;
        if (Moments.ExpireOf(run, index, task, run.Turn) is { } expire)
        {
            Timers.Set(run, TimerKind.Expire, index, 0, task?.Number, Moments.Resolve(run, expire), expire.Why, member: run.Turn);
        }
    }

    public static TaskState? Find(Run run, int index, int? number) =>
        run[index].Tasks.FirstOrDefault(t => t.Number == number && t.Phase == TaskPhase.Open);

    public static void Replace(Run run, int index, TaskState task)
    {
        var state = run[index];
        for (var i = 0; i < state.Tasks.Length; i++)
        {
            if (state.Tasks[i].Number == task.Number) { run[index] = state with { Tasks = state.Tasks.SetItem(i, task) }; return; }
        }
    }

    /// <summary>Ends a task as done and takes its timers away.</summary>
    public static void Finish(Run run, int index, TaskState task, string outcome)
    {
        if (task.Assignee is null && run.Actor is { } actor) { task = Assign(run, index, task, actor, task.Group, null); }
        Timers.CancelOfTask(run, task.Number);
        Replace(run, index, task with { Phase = TaskPhase.Done, Outcome = outcome, By = run.Actor, SettledAt = run.Now });
        run.Emit(new FlowEvent.TaskSettled(run.Step(index).Id, task.Number, TaskPhase.Done, outcome));
        if (run.Step(index).Kind is not ApprovalKind) { Notices.Done(run, index, task.Number, outcome); }
    }

    /// <summary>Moves no dates and restarts no escalation.</summary>
    /// <param name="follows">True where the task goes with the owner of the project, who changed.</param>
    public static TaskState Assign(Run run, int index, TaskState task, string? person, string? group, Why? why, bool follows = false)
    {
        if (task.Assignee == person && task.Group == group) { return task; }
        var changed = task with { Assignee = person, Group = group, AssignedAt = run.Now, HandedOver = !follows };
        Replace(run, index, changed);
        run.Emit(new FlowEvent.TaskAssigned(run.Step(index).Id, task.Number, task.Assignee, person, task.Group, group) { Why = why });
        return changed;
    }

    public static void Reassign(Run run, int index, TaskState task, AssigneeRule rule, Why why)
    {
        var who = Assignment.Resolve(run, rule, task.Assignee);
        var vote = run.Step(index).Kind is ApprovalKind;
        var person = who.Person ?? (vote ? who.People.FirstOrDefault() : null);
        if (vote && run[index].Tasks.Any(t => t.Number != task.Number && (t.Member == person || t.Assignee == person)))
        {
            return;
        }

        Assign(run, index, task, person, vote ? null : who.Group, why with { Note = Words.Join("; ", why.Note, who.Note) });
    }

    public static void SetPriority(Run run, int index, TaskState task, Priority priority, Why? why)
    {
        if (task.Priority == priority) { return; }
        Replace(run, index, task with { Priority = priority });
        run.Emit(new FlowEvent.TaskPriorityChanged(run.Step(index).Id, task.Number, task.Priority, priority) { Why = why });
    }

    public static void SetDue(Run run, int index, TaskState task, DateTimeOffset? due, bool byHand, Why? why)
    {
        if (task.Due == due && task.DueByHand == byHand) { return; }
        var changed = task with { Due = due, DueByHand = byHand };
        Replace(run, index, changed);
        run.Emit(new FlowEvent.TaskDueChanged(run.Step(index).Id, task.Number, task.Due, due, byHand) { Why = why });
        if (task.Due != due) { Moving.DueChanged(run, index, changed, task.Due); }
    }
}
