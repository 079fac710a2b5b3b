using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>Settles a step: ends its tasks and timers, keeps the record, and does what its outcome says.</summary>
internal static class Settling
{
    /// <param name="outcome">Of a done or passed step; null where it has none.</param>
    public static void Settle(Run run, int index, StepPhase phase, string? outcome, string? by, Why? why)
    {
        var step = run.Step(index);
        Timers.CancelAll(run, step.Id);
        why ??= by is null ? new Why($"{step.Kind.Key}: {step.Id}", step.Span) : null;
        if (step.Each is not null) { Steps.EachStep.CancelRest(run, index, why); }
        if (phase == StepPhase.Cancelled) { Parts.DropChildren(run, index); }
        EndTasks(run, index, why, phase == StepPhase.Done && step.Kind is not ApprovalKind && step.Each is null ? outcome : null);
        var state = run[index];
        run[index] = state with
        {
            Phase = phase, Outcome = outcome, OpenedBy = phase is StepPhase.Done or StepPhase.Passed ? state.OpenedBy : [], SettledAt = run.Now, By = by, RedoPending = false, RedoBy = null, Bypass = null,
            Last = new StepRecord(phase, outcome, by, run.Now, state.Occurrence)
            {
                Outcomes = [.. state.Members.Where(m => m.Phase == StepPhase.Done).Select(m => m.Outcome).OfType<string>()],
            },
        };
        run.Emit(new FlowEvent.StepSettled(step.Id, state.Occurrence, phase, outcome) { Why = why });
        run.Touched.UnionWith(step.Followers);
        if (phase is StepPhase.Done or StepPhase.Passed) { Reach(run, step, phase, outcome, by); }
        if (run.TakesPart(index) && run[index].IsSettled) { Moving.AnchorChanged(run, step.Id); }
    }

    /// <summary>What a step that passes counts as (rule 2).</summary>
    public static string? PassedOutcome(Step step)
    {
        if (step.PassesAs is { } named) { return named; }
        if (step.Kind is ApprovalKind) { return "approved"; }
        var ways = step.Outcomes.Where(o => o.Effect is Effect.GoOn).Take(2).ToArray();
        return ways.Length == 1 ? ways[0].Id : null;
    }

    /// <summary>Cancels the open tasks of a step.</summary>
    public static void EndTasks(Run run, int index, Why? why, string? outcome = null)
    {
        foreach (var task in run[index].Tasks.Where(t => t.Phase == TaskPhase.Open))
        {
            Tasks.Replace(run, index, task with { Phase = TaskPhase.Cancelled, Outcome = outcome, SettledAt = run.Now });
            run.Emit(new FlowEvent.TaskSettled(run.Step(index).Id, task.Number, TaskPhase.Cancelled, outcome) { Why = why });
        }
    }

    private static void Reach(Run run, Step step, StepPhase phase, string? outcome, string? by)
    {
        var effect = outcome is null ? Effect.Nothing : step.FindOutcome(outcome)?.Effect ?? Effect.Nothing;
        if (effect is Effect.Redo redo)
        {
            Redoing.SetBack(run, redo.Step, step, outcome!, redo.When);
            return;
        }

        if (step.Milestone && (phase == StepPhase.Done || by is not null)) { run.Emit(new FlowEvent.MilestoneReached(step.Id, null) { Why = new Why($"milestone: {step.Id}", step.Span) }); }
        if (step.Probability is { } probability && effect is not Effect.Close)
        {
            Chances.Set(run, probability, new Why($"probability: {probability} of {step.Id}", step.Span));
        }

        Apply(run, effect, new Why($"{step.Id}.{outcome}", outcome is null ? step.Span : step.FindOutcome(outcome)?.Span ?? step.Span));
    }

    /// <summary>Leaves or closes at once where the effect says so.</summary>
    public static void Apply(Run run, Effect effect, Why why)
    {
        if (run.State.Closed is not null) { return; }
        switch (effect)
        {
            case Effect.GoTo there:
                Stages.Leave(run, why);
                Stages.Enter(run, run.Plan.Stages[there.Stage], why);
                break;
            case Effect.Close close:
                Stages.Close(run, close.Result, close.Reason, null, why);
                break;
            case Effect.GoOn or Effect.Redo:
                break;
            default:
                throw new InvalidOperationException($"Unknown effect {effect.GetType().Name}.");
        }
    }
}
