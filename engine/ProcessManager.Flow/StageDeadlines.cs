using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>The deadline of a whole stage: its reminders and escalations go to the owner unless they say otherwise.</summary>
internal static class StageDeadlines
{
    public static void Set(Run run, Stage stage)
    {
        if (stage.Within is not { } within || Moments.WithinOf(run, stage) is not { } moment) { return; }
        var due = Moments.Resolve(run, moment);
        run.State = run.State with { StageDue = due, StageReminded = [] };
        for (var rule = 0; rule < within.Escalations.Length; rule++)
        {
            var hanging = EscalationOf(run, within.Escalations[rule]);
            Timers.Set(run, TimerKind.StageEscalate, null, rule, null, Moments.Resolve(run, hanging), hanging.Why);
        }

        Reminders.Set(run, RemindedWork.Of(run, stage));
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
        foreach (var timer in run.Timers.Where(t => t.Kind == TimerKind.StageEscalate).ToArray())
        {
            var hanging = EscalationOf(run, within.Escalations[timer.Rule]);
            Timers.Move(run, timer, Moments.Resolve(run, hanging), hanging.Why);
        }

        Reminders.DueMoved(run, RemindedWork.Of(run, stage), run.State.StageReminded, from);
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
        if (!run.State.StageReminded.Contains(timer.Rule)) { run.State = run.State with { StageReminded = run.State.StageReminded.Add(timer.Rule) }; }
        Reminders.SetNext(run, RemindedWork.Of(run, stage), timer);
    }
}
