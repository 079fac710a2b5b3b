using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Flow;

/// <summary>
/// The fields and steps that some moment of a plan hangs on: what else changes moves no date. Worked out once a plan, so that
/// settling a step of a large stage does not look at every other one.
/// </summary>
internal sealed class AnchorNames
{
    private static readonly ConditionalWeakTable<Plan, AnchorNames> Known = [];

    private AnchorNames(Plan plan)
    {
        Anchor[] anchors = [.. plan.Steps.SelectMany(Of).Concat(plan.Stages.SelectMany(Of)).Where(m => !m.IsBareDuration).Select(m => m.Anchor)];
        Fields = anchors.OfType<Anchor.FieldValue>().Select(a => a.Field).ToFrozenSet(StringComparer.Ordinal);
        Steps = anchors.OfType<Anchor.StepSettled>().Select(a => a.Step).ToFrozenSet(StringComparer.Ordinal);
    }

    public FrozenSet<string> Fields { get; }
    public FrozenSet<string> Steps { get; }

    public static AnchorNames Of(Plan plan) => Known.GetValue(plan, p => new AnchorNames(p));

    private static IEnumerable<Moment> Of(Stage stage) =>
        stage.Within is { } within ? within.Escalations.Select(e => e.At).Prepend(within.Due) : [];

    private static IEnumerable<Moment> Of(Step step)
    {
        if (step.Starts is { } starts) { yield return starts; }
        if (step.Kind is WaitKind wait) { yield return wait.Until; }
        foreach (var redo in step.Outcomes.Select(o => o.Effect).OfType<Effect.Redo>())
        {
            if (redo.When is { } when) { yield return when; }
        }

        if (Moments.ExpiryOf(step) is { } expire) { yield return expire.At; }
        if (step.Kind.Work is not { } work) { yield break; }
        if (work.Due is { } due) { yield return due; }
        foreach (var escalation in work.Escalations) { yield return escalation.At; }
    }
}
