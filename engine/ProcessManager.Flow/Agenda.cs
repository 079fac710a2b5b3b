using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>
/// Brings a project to rest: works out dead ways at once, gives each step its turn in file order, and only when nothing
/// automatic is left lets goto and close steps act, or the stage complete.
/// </summary>
internal static class Agenda
{
    public static void Work(Run run)
    {
        while (run.GoesOn)
        {
            if (run.Recount) { run.Recount = false; Steps.EachStep.CountAll(run); }
            else if (run.Touched.Count > 0) { Look(run, Take(run.Touched)); }
            else if (run.Live.Count > 0) { Begin(run, Take(run.Live)); }
            else if (Timers.NextDue(run) is { } timer) { Firing.Fire(run, timer); }
            else if (run.State.Closed is not null || run.Stage is null || run.Indexes.Any(i => run[i].Phase == StepPhase.Ready)) { return; }
            else if (Exit(run) is { } exit) { Steps.Exits.Act(run, exit); }
            else if (Stages.IsComplete(run)) { Stages.Complete(run); }
            else { return; }
        }
    }

    /// <summary>Takes up everything that stood still, after a hold or a fault.</summary>
    public static void TakeUp(Run run)
    {
        foreach (var index in run.Indexes)
        {
            var state = run[index];
            if (state.Phase != StepPhase.Waiting) { continue; }
            if (state.LiveAt is null) { run.Touched.Add(index); }
            else if (!Timers.Of(run, state.Id).Any(t => t.Kind == TimerKind.Open)) { run.Live.Add(index); }
        }

        run.Recount = true;
        if (run.GoesOn) { Steps.ReceiveStep.TakeKept(run); }
    }

    /// <summary>Gives a step its turn: waits for its time, or opens it.</summary>
    /// <param name="timeCame">True where the moment that it waited for has come.</param>
    public static void Begin(Run run, int index, bool timeCame = false)
    {
        var state = run[index];
        var step = run.Step(index);
        if (state.Phase != StepPhase.Waiting || state.LiveAt is null) { return; }
        if (!timeCame && state.Bypass is null && Moments.OpeningOf(run, index) is { } moment && !(Moments.Resolve(run, moment) <= run.Now))
        {
            Timers.Set(run, TimerKind.Open, index, 0, null, Moments.Resolve(run, moment), Moments.Explained(run, moment));
        }
        else if (run.Driver == Driver.External)
        {
            run[index] = state with { Phase = StepPhase.Ready };
            run.Emit(new FlowEvent.StepReady(step.Id, state.Occurrence + 1) { Why = Opening.WhyOpen(run, step) });
        }
        else { TakeTurn(run, index); }
    }

    /// <summary>Opens a step whose turn has come, or passes it where a person bypassed it while it waited.</summary>
    public static void TakeTurn(Run run, int index)
    {
        if (run[index].Bypass is { } bypass) { Bypassing.Pass(run, index, bypass); }
        else { Opening.Open(run, index); }
    }

    private static void Look(Run run, int index)
    {
        var state = run[index];
        if (state.Phase != StepPhase.Waiting || state.LiveAt is not null) { return; }
        switch (Joins.Of(run, run.Step(index).After))
        {
            case WayState.Dead:
                Settling.Settle(run, index, StepPhase.Dead, null, null, new Why("no live way in", run.Step(index).Span));
                break;
            case WayState.Live:
                run[index] = state with { LiveAt = run.Now, OpenedBy = Joins.Winners(run, index) };
                run.Live.Add(index);
                Joins.CancelRest(run, index);
                break;
        }
    }

    private static int? Exit(Run run)
    {
        foreach (var index in run.Indexes)
        {
            if (run[index].Phase == StepPhase.Open && run.Step(index).Kind is CloseKind or GoToKind) { return index; }
        }

        return null;
    }

    private static int Take(SortedSet<int> set)
    {
        var first = set.Min;
        set.Remove(first);
        return first;
    }
}
