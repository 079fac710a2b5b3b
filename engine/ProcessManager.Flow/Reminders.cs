using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Flow;

/// <summary>When reminders come: counted from due, or from the opening where the work opened overdue.</summary>
internal static class Reminders
{
    /// <summary>The first time of a rule; null while due has no value.</summary>
    public static DateTimeOffset? First(Run run, ReminderRule rule, DateTimeOffset? due, DateTimeOffset opened)
    {
        var from = Moments.Later(due, opened);
        return rule switch
        {
            ReminderRule.BeforeDue before => due is { } d ? run.Calendar.Subtract(d, before.Before) : null,
            ReminderRule.AtDue => due,
            ReminderRule.AfterDue after => from is { } b ? run.Calendar.Add(b, after.After) : null,
            ReminderRule.EveryAfterDue every => from is { } b ? run.Calendar.Add(b, every.Interval) : null,
            ReminderRule.AfterOpened after => run.Calendar.Add(opened, after.After),
            _ => throw new InvalidOperationException($"Unknown reminder {rule.GetType().Name}."),
        };
    }

    /// <summary>Sets the reminders of a new task or stage; those that lie in the past are skipped.</summary>
    public static void Set(
        Run run, TimerKind kind, int? index, IReadOnlyList<ReminderRule> rules, int? task, DateTimeOffset? due, DateTimeOffset opened, SourceSpan span)
    {
        for (var rule = 0; rule < rules.Count; rule++)
        {
            var at = First(run, rules[rule], due, opened);
            if (at is { } known && IsSkipped(rules[rule], known, due, opened, run.Now)) { continue; }
            Timers.Set(run, kind, index, rule, task, at, Why(rules[rule], span));
        }
    }

    /// <summary>Moves what hangs on a due date that changed; what went out stays so.</summary>
    public static void DueMoved(
        Run run, TimerKind kind, int? index, IReadOnlyList<ReminderRule> rules, int? task, IReadOnlyCollection<int> sent,
        DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset opened, SourceSpan span)
    {
        for (var rule = 0; rule < rules.Count; rule++)
        {
            if (rules[rule] is ReminderRule.AfterOpened) { continue; }
            var pending = run.Timers.FirstOrDefault(t =>
                t.Kind == kind && t.Rule == rule && t.Task == task && (index is null || t.Step == run.Step(index.Value).Id));
            var comesAgain = rules[rule] is ReminderRule.AfterDue or ReminderRule.EveryAfterDue && (from is null || to > from);
            if (pending is null && sent.Contains(rule) && !comesAgain) { continue; }
            var why = Why(rules[rule], span);
            var (at, count) = NextAfter(run, rules[rule], to, opened, comesAgain ? 0 : pending?.Count ?? 0);
            var skipped = to is not null && (at is null || IsSkipped(rules[rule], at.Value, to, opened, run.Now));
            if (pending is null) { if (!skipped) { Timers.Set(run, kind, index, rule, task, at, why, count); } }
            else if (skipped) { Timers.Cancel(run, pending); }
            else { Timers.Move(run, pending, at, why, count); }
        }
    }

    /// <summary>The next beat of a repeating rule after it fired; null after the last.</summary>
    public static (DateTimeOffset? At, int Count) Beat(Run run, ReminderRule rule, FlowTimer fired)
    {
        if (rule is not ReminderRule.EveryAfterDue every || fired.Due is not { } at) { return (null, 0); }
        for (var count = fired.Count + 1; count < every.AtMost; count++)
        {
            at = run.Calendar.Add(at, every.Interval);
            if (at > run.Now) { return (at, count); }
        }

        return (null, 0);
    }

    private static (DateTimeOffset? At, int Count) NextAfter(
        Run run, ReminderRule rule, DateTimeOffset? due, DateTimeOffset opened, int count)
    {
        var at = First(run, rule, due, opened);
        if (rule is not ReminderRule.EveryAfterDue every || at is null) { return (at, count); }
        for (var beat = 0; beat < every.AtMost; beat++)
        {
            if (beat >= count && at >= run.Now) { return (at, beat); }
            at = run.Calendar.Add(at.Value, every.Interval);
        }

        return (null, 0);
    }

    private static bool IsSkipped(ReminderRule rule, DateTimeOffset at, DateTimeOffset? due, DateTimeOffset opened, DateTimeOffset now) =>
        at < now || (due < opened && rule is ReminderRule.BeforeDue or ReminderRule.AtDue);

    private static Why Why(ReminderRule rule, SourceSpan span) => new($"remind: {rule.Text}", span);
}
