using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>A step that runs as a whole, or one member's part of a step with <c>each</c>: kinds need not know which.</summary>
internal static class Parts
{
    /// <summary>Settles what is running: the step, or the part of the member whose turn it is.</summary>
    public static void Settle(Run run, int index, string outcome, string? by, Why? why)
    {
        if (run.Turn is { } member && run.Step(index).Each is not null) { Steps.EachStep.Settle(run, index, member, outcome, by, why); }
        else { Settling.Settle(run, index, StepPhase.Done, outcome, by, why); }
    }

    /// <summary>Stops the project; the step, or the member's part, takes its turn again once an administrator lets it go on.</summary>
    public static void Fault(Run run, int index, string reason)
    {
        if (run.Turn is { } member && run.Step(index).Each is not null)
        {
            Steps.EachStep.Cancel(run, index, member, new Why("it could not be done", run.Step(index).Span, null, reason));
        }
        else
        {
            Timers.CancelAll(run, run.Step(index).Id);
            run[index] = run[index] with { Phase = StepPhase.Waiting, OpenedAt = null, Child = null };
        }

        run.Fault(reason);
    }

    /// <summary>The children of what is open here are to be closed as cancelled: nobody waits for them any more.</summary>
    public static void DropChildren(Run run, int index)
    {
        var step = run.Step(index);
        if (step.Kind is not StartKind { UntilClosed: true } || run[index].Phase != StepPhase.Open) { return; }
        if (run[index].Child is { } child) { Drop(run, index, null, child); }
        foreach (var member in run[index].Members.Where(m => m.Phase == StepPhase.Open && m.Child is not null).ToArray())
        {
            Drop(run, index, member.Id, member.Child!);
        }
    }

    public static void Drop(Run run, int index, string? member, string child)
    {
        var step = run.Step(index);
        run.Emit(new FlowEvent.ChildDropped(step.Id, run[index].Occurrence, member, child)
        {
            Why = new Why($"{step.Kind.Key}: {step.Id}", step.Span, null, "nobody waits for it any more"),
        });
    }
}
