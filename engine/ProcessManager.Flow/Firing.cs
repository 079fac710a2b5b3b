using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Flow;

/// <summary>What a timer does when its moment has come.</summary>
internal static class Firing
{
    public static void Fire(Run run, FlowTimer timer)
    {
        Timers.Remove(run, timer);
        run.Hurried.Remove(timer.Key);
        var index = timer.Step is { } id ? run.Plan.FindStep(id)?.Index : null;
        if (timer.Step is not null && (index is null || !run.TakesPart(index.Value))) { return; }
        using var turn = run.ForMember(MemberOf(run, index, timer));
        switch (timer.Kind)
        {
            case TimerKind.Expire:
                Expire(run, index!.Value);
                break;
            case TimerKind.Wait:
                Settling.Settle(run, index!.Value, StepPhase.Done, "done", null, Moments.UntilOf(run, index.Value, (WaitKind)run.Step(index.Value).Kind).Why);
                break;
            case TimerKind.Open:
                Agenda.Begin(run, index!.Value, timeCame: true);
                break;
            case TimerKind.Escalate:
                Escalate(run, index!.Value, timer);
                break;
            case TimerKind.Remind:
                Remind(run, index!.Value, timer);
                break;
            case TimerKind.Overdue:
                Notices.Overdue(run, index!.Value, timer);
                break;
            case TimerKind.StageEscalate:
                StageDeadlines.Escalate(run, timer);
                break;
            case TimerKind.StageRemind:
                StageDeadlines.Remind(run, timer);
                break;
            default:
                throw new InvalidOperationException($"Unknown timer {timer.Kind}.");
        }
    }

    /// <summary>Does what an escalation says, for the work of one task.</summary>
    public static void Act(Run run, Escalation rule, string key, int? index, TaskState? task, string text)
    {
        using var turn = run.ForMember(index is { } of && run.Step(of).Each is not null ? task?.Member : null);
        var why = new Why($"escalate: {rule.At.Text}", rule.Span);
        switch (rule.Action)
        {
            case EscalationAction.Alert alert:
                var told = Assignment.Told(run, alert.To, task?.Assignee);
                run.Emit(new FlowEvent.AlertRaised(
                    key, AlertCause.Escalation, index is { } at ? run.Step(at).Id : null, task?.Number, told.People, text, false)
                {
                    Why = why with { Note = told.Note },
                });
                break;
            case EscalationAction.Reassign reassign when task is not null:
                Tasks.Reassign(run, index!.Value, task, reassign.To, why);
                break;
            case EscalationAction.Raise raise when task is not null:
                Tasks.SetPriority(run, index!.Value, task, raise.To, why);
                break;
        }
    }

    /// <summary>Whose part of a step with <c>each</c> a timer is about.</summary>
    private static string? MemberOf(Run run, int? index, FlowTimer timer) =>
        index is not { } at || run.Step(at).Each is null ? null
        : timer.Member ?? run[at].Tasks.FirstOrDefault(t => t.Number == timer.Task)?.Member;

    private static void Expire(Run run, int index)
    {
        var expire = Moments.ExpiryOf(run.Step(index))!;
        if (run.Step(index).Kind.Work is not null) { Notices.Settled(run, index, expire.Outcome); }
        Parts.Settle(run, index, expire.Outcome, null, new Why($"expire: {expire.At.Text}", expire.Span));
    }

    private static void Escalate(Run run, int index, FlowTimer timer)
    {
        var work = run.Step(index).Kind.Work!;
        if (timer.Rule >= work.Escalations.Length || Tasks.Find(run, index, timer.Task) is not { } task) { return; }
        Act(run, work.Escalations[timer.Rule], timer.Key, index, task, Texts.Escalation(run, index, task));
    }

    private static void Remind(Run run, int index, FlowTimer timer)
    {
        var step = run.Step(index);
        var rules = step.Kind.Work!.Reminders;
        if (timer.Rule >= rules.Length || Tasks.Find(run, index, timer.Task) is not { } task) { return; }
        var why = new Why($"remind: {rules[timer.Rule].Text}", step.Span);
        run.Emit(new FlowEvent.AlertRaised(
            timer.Key, AlertCause.Reminder, step.Id, task.Number, Assignment.Responsible(run, task), Texts.Reminder(run, index, task), false)
        {
            Why = why,
        });
        if (!task.Reminded.Contains(timer.Rule)) { Tasks.Replace(run, index, task with { Reminded = task.Reminded.Add(timer.Rule) }); }
        Reminders.SetNext(run, RemindedWork.Of(run, index, task), timer);
    }
}
