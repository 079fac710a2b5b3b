using ProcessManager.Language;

namespace ProcessManager.Flow.Steps;

/// <summary>A duration or a moment; one that is past is over at once.</summary>
internal static class WaitStep
{
    public static void Open(Run run, int index, WaitKind wait)
    {
        var until = Moments.UntilOf(run, index, wait);
        var at = Moments.Resolve(run, until);
        if (at <= run.Now) { Settling.Settle(run, index, StepPhase.Done, "done", null, until.Why); }
        else { Timers.Set(run, TimerKind.Wait, index, 0, null, at, Moments.Explained(run, until)); }
    }
}
