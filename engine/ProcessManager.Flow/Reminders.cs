using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Flow;

/// <summary>What reminders are counted from, and in whose working time.</summary>
/// <param name="Index">Of the step; null for the deadline of the stage.</param>
/// <param name="Task">Null for the deadline of the stage.</param>
internal readonly record struct RemindedWork(
    int? Index, IReadOnlyList<ReminderRule> Rules, TaskState? Task, DateTimeOffset? Due, DateTimeOffset Opened, SourceSpan Span)
{
    public static RemindedWork Of(Run run, int index, TaskState task) =>
        new(index, run.Step(index).Kind.Work!.Reminders, task, task.Due, task.OpenedAt, run.Step(index).Span);

    public static RemindedWork Of(Run run, Stage stage) =>
        new(null, stage.Within!.Reminders, null, run.State.StageDue, run.State.StageEnteredAt, stage.Span);

    public TimerKind Kind => Task is null ? TimerKind.StageRemind : TimerKind.Remind;

    /// <summary>Reminders after due count from here: due, or the opening where the work opened overdue.</summary>
    public DateTimeOffset? AfterDue => Moments.Later(Due, Opened);
}

/// <summary>When reminders come: counted from due, or from the opening where the work opened overdue.</summary>
internal static class Reminders
{
    /// <summary>The first time of a rule; null while due has no value.</summary>
    public static DateTimeOffset? First(Run run, in RemindedWork of, ReminderRule rule)
    {
        var calendar = Calendars.Of(run, of.Task);
        return rule switch
        {
            ReminderRule.BeforeDue before => of.Due is { } due ? calendar.Subtract(due, before.Before) : null,
            ReminderRule.AtDue => of.Due,
            ReminderRule.AfterDue after => of.AfterDue is { } from ? calendar.Add(from, after.After) : null,
            ReminderRule.EveryAfterDue every => of.AfterDue is { } from ? calendar.Add(from, every.Interval) : null,
            ReminderRule.AfterOpened after => calendar.Add(of.Opened, after.After),
            _ => throw new InvalidOperationException($"Unknown reminder {rule.GetType().Name}."),
        };
    }

    /// <summary>Sets the reminders of a new task or stage; those that lie in the past are skipped.</summary>
    public static void Set(Run run, in RemindedWork of)
    {
        for (var rule = 0; rule < of.Rules.Count; rule++)
        {
            var at = First(run, of, of.Rules[rule]);
            if (at is { } known && IsSkipped(run, of, of.Rules[rule], known)) { continue; }
            Timers.Set(run, of.Kind, of.Index, rule, of.Task?.Number, at, Why(of, rule));
        }
    }

    /// <summary>Moves what hangs on a due date that changed; what went out stays so.</summary>
    /// <param name="sent">The rules of which a reminder has gone out.</param>
    /// <param name="from">The date before.</param>
    public static void DueMoved(Run run, in RemindedWork of, IReadOnlyCollection<int> sent, DateTimeOffset? from)
    {
        for (var rule = 0; rule < of.Rules.Count; rule++)
        {
            if (of.Rules[rule] is ReminderRule.AfterOpened) { continue; }
            var pending = Pending(run, of, rule);
            var comesAgain = of.Rules[rule] is ReminderRule.AfterDue or ReminderRule.EveryAfterDue && (from is null || of.Due > from);
            if (pending is null && sent.Contains(rule) && !comesAgain) { continue; }
            var (at, count) = NextAfter(run, of, of.Rules[rule], comesAgain ? 0 : pending?.Count ?? 0);
            var skipped = of.Due is not null && (at is null || IsSkipped(run, of, of.Rules[rule], at.Value));
            if (pending is null) { if (!skipped) { Timers.Set(run, of.Kind, of.Index, rule, of.Task?.Number, at, Why(of, rule), count); } }
            else if (skipped) { Timers.Cancel(run, pending); }
            else { Timers.Move(run, pending with { Rhythm = null }, at, Why(of, rule), count); }
        }
    }

    /// <summary>Sets the next beat of a repeating rule after it fired, unless that was the last: one for all that were missed.</summary>
    public static void SetNext(Run run, in RemindedWork of, FlowTimer fired)
    {
        if (of.Rules[fired.Rule] is not ReminderRule.EveryAfterDue every) { return; }
        var rhythm = fired.Rhythm ?? new Rhythm(of.AfterDue ?? fired.Due ?? run.Now, -1);
        var calendar = Calendars.Of(run, of.Task);
        for (var count = fired.Count + 1; count < every.AtMost; count++)
        {
            // Counted from the beginning each time, so that a monthly one stays on its day.
            var at = calendar.Add(rhythm.From, every.Interval.Times(count - rhythm.At));
            if (at <= run.Now) { continue; }
            Timers.Set(run, of.Kind, of.Index, fired.Rule, of.Task?.Number, at, Why(of, fired.Rule), count, fired.Rhythm);
            return;
        }
    }

    private static (DateTimeOffset? At, int Count) NextAfter(Run run, in RemindedWork of, ReminderRule rule, int count)
    {
        if (rule is not ReminderRule.EveryAfterDue every || of.AfterDue is not { } from) { return (First(run, of, rule), count); }
        var calendar = Calendars.Of(run, of.Task);
        for (var beat = count; beat < every.AtMost; beat++)
        {
            var at = calendar.Add(from, every.Interval.Times(beat + 1));
            if (at >= run.Now) { return (at, beat); }
        }

        return (null, 0);
    }

    private static FlowTimer? Pending(Run run, RemindedWork of, int rule)
    {
        var step = of.Index is { } index ? run.Step(index).Id : null;
        return run.Timers.FirstOrDefault(t => t.Kind == of.Kind && t.Rule == rule && t.Task == of.Task?.Number && t.Step == step);
    }

    private static bool IsSkipped(Run run, in RemindedWork of, ReminderRule rule, DateTimeOffset at) =>
        at < run.Now || (of.Due < of.Opened && rule is ReminderRule.BeforeDue or ReminderRule.AtDue);

    private static Why Why(in RemindedWork of, int rule) => new($"remind: {of.Rules[rule].Text}", of.Span);
}
