using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>The probability: the plan's, and a person's override that hides it.</summary>
internal static class Chances
{
    public static void Set(Run run, int probability, Why why) =>
        Change(run, run.State with { PlanProbability = probability }, why);

    public static void Override(Run run, int? probability) =>
        Change(run, run.State with { ProbabilityOverride = probability }, null);

    /// <summary>100 on won and 0 otherwise; takes an override back.</summary>
    public static void Close(Run run, CloseResult result, Why? why) => Change(
        run, run.State with { PlanProbability = result == CloseResult.Won ? 100 : 0, ProbabilityOverride = null },
        why is null ? null : why with { Rule = $"closed as {Words.Of(result)}" });

    private static void Change(Run run, ProjectState changed, Why? why)
    {
        var from = run.State.Probability;
        run.State = changed;
        if (changed.Probability != from) { run.Emit(new FlowEvent.ProbabilityChanged(from, changed.Probability) { Why = why }); }
    }
}
