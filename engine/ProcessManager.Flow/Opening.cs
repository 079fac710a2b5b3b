using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>Opens a step whose turn has come: evaluates its condition once, then does what its kind does.</summary>
internal static class Opening
{
    public static void Open(Run run, int index)
    {
        var step = run.Step(index);
        if (step.Kind.Work is null) { run.CountAutomatic($"the step “{step.Name}”"); }
        if (run.State.Fault is not null) { return; }
        var byHand = run[index].RedoBy == Redoing.ByHand;
        var state = run[index] = run[index] with { Occurrence = run[index].Occurrence + 1, RedoPending = false, RedoBy = null, Members = [], Child = null };
        if (CameTooOften(state.Occurrence) && !run.Resolving)
        {
            run[index] = state with { Occurrence = state.Occurrence - 1 };
            run.Fault($"The step “{step.Name}” came {Run.Limit:#,0} times in one visit of its stage.");
            return;
        }

        if (step.When is { } when && !byHand)
        {
            var result = when.Evaluate(run.Context);
            if (result.Value is not true)
            {
                var why = Explain.Of(run, $"when: {when.Text}", step.Span, when, result.Value is null ? "gave no value, which counts as false" : null, result.Problem);
                Settling.Settle(run, index, StepPhase.Passed, Settling.PassedOutcome(step), null, why);
                return;
            }
        }

        run[index] = state with { Phase = StepPhase.Open, OpenedAt = run.Now, Tasks = [] };
        run.Emit(new FlowEvent.StepOpened(step.Id, state.Occurrence) { Why = WhyOpen(run, step) });
        if (step.Each is null) { Steps.StepCatalog.Open(run, index); }
        else { Steps.EachStep.Open(run, index); }
    }

    /// <summary>Each time that a step has come as often as it may in one visit, an administrator has to let it go on.</summary>
    public static bool CameTooOften(int occurrence) => occurrence > Run.Limit && occurrence % Run.Limit == 1;

    /// <summary>The ways that led here, and what its condition read.</summary>
    public static Why WhyOpen(Run run, Step step)
    {
        var after = step.After is Join.AtStart ? "the stage was entered" : $"after: {string.Join(", ", step.After.Ways.Select(w => w.Outcome is null ? run.Step(w.Step).Id : $"{run.Step(w.Step).Id}.{w.Outcome}"))}";
        return step.When is { } when ? Explain.Of(run, $"when: {when.Text}", step.Span, when, after) : new Why(after, step.Span);
    }
}
