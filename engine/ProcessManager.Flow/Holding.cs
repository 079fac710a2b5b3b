using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Flow;

/// <summary>
/// On hold timers stand still. On resume what counts working time keeps the working time it had left, what counts
/// calendar time moves by the time held, and what hangs on a date field, a written date or a date set by hand stays.
/// </summary>
internal static class Holding
{
    public static void Hold(Run run, string why)
    {
        run.State = run.State with { Hold = new Hold(run.Now, why) };
        run.Emit(new FlowEvent.HoldChanged(true, why));
    }

    public static void Resume(Run run)
    {
        var since = run.State.Hold!.Since;
        run.State = run.State with { Hold = null };
        run.Emit(new FlowEvent.HoldChanged(false, null));
        var reason = new Why("resumed", null, null, $"held since {Words.At(run, since)}");
        var moved = MoveDues(run, since, reason);
        foreach (var timer in run.Timers.ToArray())
        {
            if (timer.Due is not { } due || due <= since || Stays(run, timer)) { continue; }
            if (FromDue(run, timer, moved) is { } again) { Timers.Move(run, timer, again, reason); continue; }
            var at = Later(run, due, since, IsWorking(run, timer), TaskOf(run, timer));
            var repeats = RuleOf(run, timer) is ReminderRule.EveryAfterDue;
            Timers.Move(run, repeats ? timer with { Rhythm = new Rhythm(at, timer.Count) } : timer, at, reason);
        }
    }

    /// <summary>Moves the due dates that still lie ahead and hang on nothing fixed.</summary>
    /// <returns>The tasks whose date moved; 0 for the stage.</returns>
    private static HashSet<int> MoveDues(Run run, DateTimeOffset since, Why why)
    {
        HashSet<int> moved = [];
        foreach (var index in run.Indexes.ToArray())
        {
            foreach (var task in run[index].Tasks.Where(t => t.Phase == TaskPhase.Open))
            {
                if (task.Due is not { } due || due <= since || IsFixed(run, index, task)) { continue; }
                var to = Later(run, due, since, run.Step(index).Kind.Work!.Due!.Offset.IsWorking, task);
                Tasks.Replace(run, index, task with { Due = to });
                run.Emit(new FlowEvent.TaskDueChanged(run.Step(index).Id, task.Number, due, to, false) { Why = why });
                moved.Add(task.Number);
            }
        }

        if (run.State.StageDue is { } stageDue && stageDue > since && run.Stage?.Within is { } within && !IsFixed(within.Due))
        {
            run.State = run.State with { StageDue = Later(run, stageDue, since, within.Due.Offset.IsWorking, null) };
            moved.Add(0);
        }

        return moved;
    }

    /// <summary>The time of what hangs on a due date that moved, counted from where it is now; null for anything else.</summary>
    private static DateTimeOffset? FromDue(Run run, FlowTimer timer, HashSet<int> moved)
    {
        if (timer.Step is null) { return moved.Contains(0) ? FromStageDue(run, run.Stage!, timer) : null; }
        var index = run.Plan.FindStep(timer.Step)!.Index;
        if (timer.Kind == TimerKind.Expire)
        {
            return (Tasks.Find(run, index, timer.Task) ?? run[index].Tasks.FirstOrDefault()) is { } first && moved.Contains(first.Number)
                && Moments.ExpireOf(run, index, timer) is { Moment.Anchor: Anchor.Due, Moment.IsBareDuration: false } expire
                    ? Moments.Resolve(run, expire) : null;
        }

        if (timer.Task is not { } number || !moved.Contains(number) || Tasks.Find(run, index, number) is not { } task) { return null; }
        if (timer.Kind == TimerKind.Overdue) { return Moments.Later(task.Due, task.OpenedAt); }
        if (RuleOf(run, timer) is { } rule && timer.Kind == TimerKind.Remind)
        {
            return rule is ReminderRule.AfterOpened ? null : Reminders.First(run, RemindedWork.Of(run, index, task), rule);
        }

        return timer.Kind == TimerKind.Escalate && MomentOf(run, timer) is { } moment && HangsOnDue(timer, moment)
            ? Moments.Resolve(run, Moments.EscalationOf(run.Step(index).Kind.Work!.Escalations[timer.Rule], task)) : null;
    }

    private static DateTimeOffset? FromStageDue(Run run, Stage stage, FlowTimer timer) => timer.Kind switch
    {
        TimerKind.StageRemind when RuleOf(run, timer) is { } rule and not ReminderRule.AfterOpened => Reminders.First(run, RemindedWork.Of(run, stage), rule),
        TimerKind.StageEscalate when MomentOf(run, timer) is { } moment && HangsOnDue(timer, moment) =>
            Moments.Resolve(run, StageDeadlines.EscalationOf(run, stage.Within!.Escalations[timer.Rule])),
        _ => null,
    };

    private static DateTimeOffset Later(Run run, DateTimeOffset due, DateTimeOffset since, bool working, TaskState? task)
    {
        if (!working) { return due + (run.Now - since); }
        var calendar = Calendars.Of(run, task);
        var left = calendar.WorkingTimeBetween(since, due);
        return left == TimeSpan.Zero ? calendar.NextWorkingTime(run.Now) : calendar.Add(run.Now, Duration.Zero with { WorkingTime = left });
    }

    private static TaskState? TaskOf(Run run, FlowTimer timer)
    {
        if (timer.Step is not { } id || run.Plan.FindStep(id)?.Index is not { } index || !run.TakesPart(index)) { return null; }
        return timer.Task is { } number ? Tasks.Find(run, index, number)
            : timer.Kind == TimerKind.Expire ? Calendars.TaskOf(run[index]) : null;
    }

    private static bool Stays(Run run, FlowTimer timer) => timer.Kind switch
    {
        TimerKind.Wait or TimerKind.Open or TimerKind.Expire or TimerKind.Escalate =>
            MomentOf(run, timer) is { } moment && (IsFixed(moment) || (HangsOnDue(timer, moment) && HasFixedDue(run, timer))),
        TimerKind.Overdue => HasFixedDue(run, timer),
        TimerKind.Remind => RuleOf(run, timer) is not ReminderRule.AfterOpened && HasFixedDue(run, timer),
        TimerKind.StageEscalate => MomentOf(run, timer) is { } moment
            && (IsFixed(moment) || (HangsOnDue(timer, moment) && run.Stage?.Within is { } within && IsFixed(within.Due))),
        TimerKind.StageRemind => RuleOf(run, timer) is not ReminderRule.AfterOpened && run.Stage?.Within is { } within && IsFixed(within.Due),
        _ => throw new InvalidOperationException($"Unknown timer {timer.Kind}."),
    };

    private static bool HasFixedDue(Run run, FlowTimer timer)
    {
        var index = run.Plan.FindStep(timer.Step!)?.Index;
        return index is { } at && run.TakesPart(at)
            && (Tasks.Find(run, at, timer.Task) ?? run[at].Tasks.FirstOrDefault()) is { } task && IsFixed(run, at, task);
    }

    private static bool IsFixed(Run run, int index, TaskState task) =>
        task.DueByHand || run.Step(index).Kind.Work?.Due is not { } due || IsFixed(due);

    /// <summary>True where the timer counts working time; what hangs on a due date that moved has been counted from there.</summary>
    private static bool IsWorking(Run run, FlowTimer timer) => MomentOf(run, timer) is { } moment ? moment.Offset.IsWorking : RuleOf(run, timer) switch
    {
        ReminderRule.AfterOpened after => after.After.IsWorking,
        ReminderRule.AfterDue after => after.After.IsWorking,
        ReminderRule.EveryAfterDue every => every.Interval.IsWorking,
        _ => false,
    };

    private static Moment? MomentOf(Run run, FlowTimer timer)
    {
        if (timer.Kind == TimerKind.StageEscalate) { return run.Stage?.Within?.Escalations.ElementAtOrDefault(timer.Rule)?.At; }
        if (timer.Step is not { } id || run.Plan.FindStep(id) is not { } step || !run.TakesPart(step.Index)) { return null; }
        return timer.Kind switch
        {
            TimerKind.Wait => (step.Kind as WaitKind)?.Until,
            TimerKind.Open => Moments.OpeningOf(run, step.Index)?.Moment,
            TimerKind.Expire => Moments.ExpiryOf(step)?.At,
            TimerKind.Escalate => step.Kind.Work?.Escalations.ElementAtOrDefault(timer.Rule)?.At,
            _ => null,
        };
    }

    private static ReminderRule? RuleOf(Run run, FlowTimer timer) => timer.Kind == TimerKind.StageRemind
        ? run.Stage?.Within?.Reminders.ElementAtOrDefault(timer.Rule)
        : timer is { Kind: TimerKind.Remind, Step: { } id } ? run.Plan.FindStep(id)?.Kind.Work?.Reminders.ElementAtOrDefault(timer.Rule) : null;

    private static bool IsFixed(Moment moment) => !moment.IsBareDuration && moment.Anchor is Anchor.FieldValue or Anchor.Fixed;

    private static bool HangsOnDue(FlowTimer timer, Moment moment) =>
        moment.Anchor is Anchor.Due || (moment.IsBareDuration && timer.Kind is TimerKind.Escalate or TimerKind.StageEscalate);
}
