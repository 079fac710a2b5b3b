using ProcessManager.Flow.Steps;
using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Flow.Versions;

/// <summary>Sets the dates and timers that only the new version has, for work that is open already: all counted from the move.</summary>
internal sealed class NewTimers(Run run, DateTimeOffset since)
{
    public void OfStage(StageDeadline? before)
    {
        if (run.Stage is not { Within: { } within } stage) { return; }
        if (before is null)
        {
            var moment = Moments.WithinOf(run, stage)!.Value with { Bare = since, Opened = since };
            run.State = run.State with { StageDue = Moments.Resolve(run, moment), StageReminded = [] };
        }

        foreach (var rule in RuleMap.Escalations(before, within).Added)
        {
            var hanging = Moments.EscalationOf(within.Escalations[rule], new TaskState { Number = 0, OpenedAt = since, Due = run.State.StageDue });
            Timers.Set(run, TimerKind.StageEscalate, null, rule, null, Moments.Resolve(run, hanging), hanging.Why);
        }

        foreach (var rule in RuleMap.Reminders(before, within).Added)
        {
            Remind(new RemindedWork(null, within.Reminders, null, run.State.StageDue, since, stage.Span), rule);
        }
    }

    public void OfStep(int index, Step origin)
    {
        var (before, work) = (origin.Kind.Work, run.Step(index).Kind.Work);
        if (work is not null)
        {
            foreach (var task in run[index].Tasks.Where(t => t.Phase == TaskPhase.Open).ToArray()) { OfTask(index, task, before, work); }
        }

        if (Moments.ExpiryOf(origin) is null && Moments.ExpiryOf(run.Step(index)) is not null) { Expire(index); }
    }

    /// <summary>What had no moment yet gets the one that the new version gives it.</summary>
    public void OfUnset()
    {
        foreach (var timer in run.Timers.Where(t => t is { Due: null, Step: not null }).ToArray())
        {
            var index = run.Plan.FindStep(timer.Step!)!.Index;
            if (Moving.HangingOf(run, index, timer) is not { } hanging || Moments.Resolve(run, hanging) is not { } at) { continue; }
            Timers.Move(run, timer, at, hanging.Why);
            if (timer.Kind is TimerKind.Open or TimerKind.Wait && at <= run.Now) { run.Hurried.Add(timer.Key); }
        }
    }

    private void OfTask(int index, TaskState task, HumanWork? before, HumanWork work)
    {
        var dated = false;
        if (task is { Due: null, DueByHand: false } && Moments.DueOf(run, index, task) is { } due)
        {
            var counted = before?.Due is null ? due with { Bare = since, Opened = since } : due;
            var at = Moments.Resolve(run, counted);
            Tasks.SetDue(run, index, task, at, byHand: false, Moments.Explained(run, counted));
            dated = at is not null;
            task = Tasks.Find(run, index, task.Number)!;
        }

        foreach (var rule in RuleMap.Escalations(before, work).Added)
        {
            var hanging = Moments.EscalationOf(work.Escalations[rule], task with { OpenedAt = since });
            Timers.Set(run, TimerKind.Escalate, index, rule, task.Number, Moments.Resolve(run, hanging), hanging.Why);
        }

        foreach (var rule in RuleMap.Reminders(before, work).Added)
        {
            // A date that was just given has set its reminders itself.
            if (dated && work.Reminders[rule] is not ReminderRule.AfterOpened) { continue; }
            Remind(new RemindedWork(index, work.Reminders, task, task.Due, since, run.Step(index).Span), rule);
        }

        foreach (var rule in RuleMap.Notices(before, work).Added)
        {
            if (!dated && work.Notify[rule].On == WorkMoment.Overdue)
            {
                Timers.Set(run, TimerKind.Overdue, index, rule, task.Number, Moments.Later(task.Due, since), PlanMove.Why());
            }
        }
    }

    private void Remind(in RemindedWork of, int rule)
    {
        var at = Reminders.First(run, of, of.Rules[rule]);
        if (at is { } known && (known < since || (of.Due < since && of.Rules[rule] is ReminderRule.BeforeDue or ReminderRule.AtDue))) { return; }
        var rhythm = of.Rules[rule] is ReminderRule.EveryAfterDue && of.Due < since ? new Rhythm(since, -1) : null;
        Timers.Set(run, of.Kind, of.Index, rule, of.Task?.Number, at, new Why($"remind: {of.Rules[rule].Text}", of.Span), 0, rhythm);
    }

    private void Expire(int index)
    {
        string?[] members = run.Step(index).Each is null ? [null] : [.. run[index].Members.Where(m => m.Phase == StepPhase.Open).Select(m => m.Id)];
        foreach (var member in members)
        {
            var task = member is null ? null : run[index].Tasks.LastOrDefault(t => t.Member == member && t.Phase == TaskPhase.Open);
            var hanging = Moments.ExpireOf(run, index, task, member)!.Value with { Bare = since, Opened = since };
            Timers.Set(run, TimerKind.Expire, index, 0, task?.Number, Moments.Resolve(run, hanging), hanging.Why, member: member);
        }
    }
}
