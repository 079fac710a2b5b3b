using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Flow;

/// <summary>Moves every date that hangs on something that changed, except those a person set by hand.</summary>
internal static class Moving
{
    public static void FieldChanged(Run run, string field)
    {
        if (AnchorNames.Of(run.Plan).Fields.Contains(field)) { Changed(run, a => a is Anchor.FieldValue f && f.Field == field); }
    }

    /// <summary>A step settled.</summary>
    public static void AnchorChanged(Run run, string step)
    {
        if (AnchorNames.Of(run.Plan).Steps.Contains(step)) { Changed(run, a => a is Anchor.StepSettled s && s.Step == step); }
    }

    /// <summary>What hangs on the due date of a task: its reminders, escalations, and an expiry that is anchored there.</summary>
    public static void DueChanged(Run run, int index, TaskState task, DateTimeOffset? from)
    {
        var step = run.Step(index);
        foreach (var timer in Timers.Of(run, step.Id).ToArray())
        {
            var hanging = HangingOf(run, index, timer);
            if (hanging is not { } it || !(timer.Task == task.Number || timer is { Kind: TimerKind.Expire, Task: null })) { continue; }
            if (it.Moment.Anchor is Anchor.Due || (it.Moment.IsBareDuration && timer.Kind == TimerKind.Escalate))
            {
                Timers.Move(run, timer, Moments.Resolve(run, it), it.Why);
            }
        }

        Notices.DueMoved(run, index, task, from);
        Reminders.DueMoved(run, RemindedWork.Of(run, index, task), task.Reminded, from);
    }

    private static void Changed(Run run, Func<Anchor, bool> hits)
    {
        foreach (var index in run.Indexes.ToArray())
        {
            if (run[index].Phase != StepPhase.Open || run.Step(index).Kind.Work?.Due is not { IsBareDuration: false } moment || !hits(moment.Anchor)) { continue; }
            foreach (var task in run[index].Tasks.Where(t => t.Phase == TaskPhase.Open && !t.DueByHand))
            {
                var due = Moments.DueOf(run, index, task)!.Value;
                Tasks.SetDue(run, index, task, Moments.Resolve(run, due), byHand: false, Moments.Explained(run, due));
            }
        }

        foreach (var timer in run.Timers.ToArray())
        {
            if (timer.Step is not { } id || run.Plan.FindStep(id) is not { } step || !run.TakesPart(step.Index)) { continue; }
            if (HangingOf(run, step.Index, timer) is not { } it || it.Moment.IsBareDuration || !hits(it.Moment.Anchor)) { continue; }
            var at = Moments.Resolve(run, it);
            Timers.Move(run, timer, at, Moments.Explained(run, it));
            if (timer.Kind is TimerKind.Open or TimerKind.Wait && at <= run.Now) { run.Hurried.Add(timer.Key); }
        }

        if (run.Stage?.Within is not { } within || run.State.Closed is not null) { return; }
        if (hits(within.Due.Anchor)) { StageDeadlines.Moved(run); }
        foreach (var timer in run.Timers.Where(t => t.Kind == TimerKind.StageEscalate && hits(within.Escalations[t.Rule].At.Anchor)).ToArray())
        {
            var hanging = StageDeadlines.EscalationOf(run, within.Escalations[timer.Rule]);
            Timers.Move(run, timer, Moments.Resolve(run, hanging), hanging.Why);
        }
    }

    /// <summary>What a timer of a step was counted from; null for those that follow a due date in their own way.</summary>
    internal static Hanging? HangingOf(Run run, int index, FlowTimer timer)
    {
        var kind = run.Step(index).Kind;
        return timer.Kind switch
        {
            TimerKind.Expire => Moments.ExpireOf(run, index, timer),
            TimerKind.Wait when kind is WaitKind wait => Moments.UntilOf(run, index, wait),
            TimerKind.Open => Moments.OpeningOf(run, index),
            TimerKind.Escalate when Tasks.Find(run, index, timer.Task) is { } task && timer.Rule < kind.Work!.Escalations.Length =>
                Moments.EscalationOf(kind.Work.Escalations[timer.Rule], task),
            _ => null,
        };
    }
}
