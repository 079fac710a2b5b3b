using System.Globalization;

namespace ProcessManager.Flow;

/// <summary>Sets, moves and cancels timers; keeps state and events in step.</summary>
internal static class Timers
{
    /// <param name="index">Null for a timer of the stage.</param>
    /// <param name="due">Null while its anchor has no value.</param>
    public static void Set(
        Run run, TimerKind kind, int? index, int rule, int? task, DateTimeOffset? due, Why why, int count = 0, Rhythm? rhythm = null, string? member = null)
    {
        var step = index is { } i ? run.Step(i).Id : null;
        var occurrence = index is { } at ? run[at].Occurrence + (kind == TimerKind.Open ? 1 : 0) : 0;
        var number = run.State.NextTimer;
        var key = string.Create(CultureInfo.InvariantCulture,
            $"{Name(kind)}:{run.State.Visit}:{step}:{occurrence}:{rule}:{number}");
        var timer = new FlowTimer(key, kind, step, occurrence, rule, task, count, due) { Rhythm = rhythm, Member = member };
        run.State = run.State with { NextTimer = number + 1 };
        run.Timers.Add(timer);
        run.Emit(new FlowEvent.TimerSet(timer) { Why = why });
    }

    /// <param name="timer">The timer as it is to be, except for its moment.</param>
    public static void Move(Run run, FlowTimer timer, DateTimeOffset? due, Why? why, int? count = null)
    {
        var place = run.Timers.FindIndex(t => t.Key == timer.Key);
        var (before, moved) = (run.Timers[place], timer with { Due = due, Count = count ?? timer.Count });
        if (moved == before) { return; }
        run.Timers[place] = moved;
        run.Emit(new FlowEvent.TimerMoved(moved, before.Due) { Why = why });
    }

    public static void Cancel(Run run, FlowTimer timer)
    {
        run.Timers.Remove(timer);
        run.Emit(new FlowEvent.TimerCancelled(timer));
    }

    /// <summary>Cancels the timers of a step, or of the stage where <paramref name="step"/> is null.</summary>
    public static void CancelAll(Run run, string? step)
    {
        for (var i = 0; i < run.Timers.Count;)
        {
            if (run.Timers[i].Step != step) { i++; continue; }
            var timer = run.Timers[i];
            run.Timers.RemoveAt(i);
            run.Emit(new FlowEvent.TimerCancelled(timer));
        }
    }

    public static void CancelOfTask(Run run, int task)
    {
        foreach (var timer in run.Timers.Where(t => t.Task == task).ToArray()) { Cancel(run, timer); }
    }

    public static IEnumerable<FlowTimer> Of(Run run, string step) => run.Timers.Where(t => t.Step == step);

    /// <summary>
    /// The timer that fires next of those that are due: the earliest; at one instant expire, then waits, openings,
    /// escalations, reminders, then file order.
    /// </summary>
    public static FlowTimer? NextDue(Run run)
    {
        if (!run.Firing && run.Hurried.Count == 0) { return null; }
        FlowTimer? next = null;
        foreach (var timer in run.Timers)
        {
            if (timer.Due is not { } due || due > run.Now) { continue; }
            if (!run.Firing && !run.Hurried.Contains(timer.Key)) { continue; }
            if (next is null || Order(run, timer, next) < 0) { next = timer; }
        }

        return next;
    }

    public static void Remove(Run run, FlowTimer timer)
    {
        run.Timers.Remove(timer);
        run.Emit(new FlowEvent.TimerFired(timer));
    }

    private static int Order(Run run, FlowTimer a, FlowTimer b)
    {
        var order = a.Due!.Value.CompareTo(b.Due!.Value);
        if (order == 0) { order = Rank(a.Kind).CompareTo(Rank(b.Kind)); }
        if (order == 0) { order = Place(run, a).CompareTo(Place(run, b)); }
        if (order == 0) { order = a.Rule.CompareTo(b.Rule); }
        if (order == 0) { order = (a.Task ?? 0).CompareTo(b.Task ?? 0); }

        // What is alike up to here differs in its running number alone: the one that was set first.
        if (order == 0) { order = a.Key.Length.CompareTo(b.Key.Length); }
        return order != 0 ? order : string.CompareOrdinal(a.Key, b.Key);
    }

    private static int Rank(TimerKind kind) => kind switch
    {
        TimerKind.Expire => 0,
        TimerKind.Wait => 1,
        TimerKind.Open => 2,
        TimerKind.Escalate or TimerKind.StageEscalate => 3,
        TimerKind.Remind or TimerKind.StageRemind or TimerKind.Overdue => 4,
        _ => throw new InvalidOperationException($"Unknown timer {kind}."),
    };

    private static int Place(Run run, FlowTimer timer) => timer.Step is { } id ? run.Plan.FindStep(id)?.Index ?? int.MaxValue : -1;

    private static string Name(TimerKind kind) => kind switch
    {
        TimerKind.Expire => "expire",
        TimerKind.Wait => "wait",
        TimerKind.Open => "open",
        TimerKind.Escalate => "escalate",
        TimerKind.Remind => "remind",
        TimerKind.StageEscalate => "stage-escalate",
        TimerKind.StageRemind => "stage-remind",
        TimerKind.Overdue => "overdue",
        _ => throw new InvalidOperationException($"Unknown timer {kind}."),
    };
}
