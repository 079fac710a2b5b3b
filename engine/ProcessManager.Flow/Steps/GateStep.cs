namespace ProcessManager.Flow.Steps;

/// <summary>Nothing by itself: a place where ways join, or a milestone.</summary>
internal static class GateStep
{
    public static void Open(Run run, int index) => Settling.Settle(run, index, StepPhase.Done, "done", null, null);
}
