using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>The deadline of a whole stage: its reminders and escalations go to the owner unless they say otherwise.</summary>
internal static class StageDeadlines
{
    public static void Set(Run run, Stage stage)
    {
        if (stage.Within is not { } within || Moments.WithinOf(run, stage) is not { } moment) { return; }
        var due = Moments.Resolve(run, moment);
        run.State = run.State with { StageDue = due };
        for (var rule = 0; rule < within.Escalations.Length; rule++)
        {
            var hanging = EscalationOf(run, within.Escalations[rule]);
            Timers.Set(run, TimerKind.StageEscalate, null, rule, null, Moments.Resolve(run, hanging), hanging.Why);
        }

        Reminders.Set(run, TimerKind.StageRemind, null, within.Reminders, null, due, run.State.StageEnteredAt, stage.Span);
    }

    public static Hanging EscalationOf(Run run, Escalation rule) => Moments.EscalationOf(
        rule, new TaskState { Number = 0, OpenedAt = run.State.StageEnteredAt, Due = run.State.StageDue });

    /// <summary>The deadline's anchor changed: moves it and what hangs on it.</summary>
    public static void Moved(Run run)
    {
        if (run.Stage is not { Within: { } within } stage || Moments.WithinOf(run, stage) is not { } moment) { return; }
        var (from, to) = (run.State.StageDue, Moments.Resolve(run, moment));
        if (from == to) { return; }
        run.State = run.State with { StageDue = to };
        DueMoved(run, stage, within, from, to);
    }

    public static void Escalate(Run run, FlowTimer timer)
    {
        if (run.Stage is not { Within: { } within } stage || timer.Rule >= within.Escalations.Length) { return; }
        var rule = within.Escalations[timer.Rule];
        if (rule.Action is EscalationAction.Alert) { Firing.Act(run, rule, timer.Key, null, null, Texts.StageOverdue(run, stage)); return; }
        foreach (var index in run.Indexes.ToArray())
        {
            foreach (var task in run[index].Tasks.Where(t => t.Phase == TaskPhase.Open))
            {
                Firing.Act(run, rule, timer.Key, index, task, "");
            }
        }
    }

    public static void Remind(Run run, FlowTimer timer)
    {
        if (run.Stage is not { Within: { } within } stage || timer.Rule >= within.Reminders.Length) { return; }
        var rule = within.Reminders[timer.Rule];
        var why = new Why($"remind: {rule.Text}", stage.Span);
        run.Emit(new FlowEvent.AlertRaised(timer.Key, AlertCause.Reminder, null, null, [run.State.Owner], Texts.StageReminder(run, stage), false) { Why = why });
        var (next, count) = Reminders.Beat(run, rule, timer);
        if (next is not null) { Timers.Set(run, TimerKind.StageRemind, null, timer.Rule, null, next, why, count); }
    }

    private static void DueMoved(Run run, Stage stage, StageDeadline within, DateTimeOffset? from, DateTimeOffset? to)
    {
        foreach (var timer in run.Timers.Where(t => t.Kind == TimerKind.StageEscalate).ToArray())
        {
            var hanging = EscalationOf(run, within.Escalations[timer.Rule]);
            Timers.Move(run, timer, Moments.Resolve(run, hanging), hanging.Why);
        }

        // Of the stage no record is kept of what went out: a reminder that is not pending was sent or skipped.
        int[] sent = [.. Enumerable.Range(0, within.Reminders.Length)
            .Where(rule => !run.Timers.Any(t => t.Kind == TimerKind.StageRemind && t.Rule == rule))];
        Reminders.DueMoved(
            run, TimerKind.StageRemind, null, within.Reminders, null, sent, from, to, run.State.StageEnteredAt, stage.Span);
    }
}
