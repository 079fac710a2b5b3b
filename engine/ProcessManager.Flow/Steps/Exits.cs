using ProcessManager.Language;

namespace ProcessManager.Flow.Steps;

/// <summary>
/// Steps that leave the stage or close the project. They stay open until nothing automatic is left to do at that instant;
/// of several the first in the file acts (rule 6).
/// </summary>
internal static class Exits
{
    public static void Open(Run run, int index)
    {
        if (run.State.Closed is not null) { Settling.Settle(run, index, StepPhase.Cancelled, null, null, new Why("the project has closed", run.Step(index).Span)); }
    }

    public static void Act(Run run, int index)
    {
        var step = run.Step(index);
        var why = new Why($"{step.Kind.Key}: {step.Id}", step.Span);
        Settling.Settle(run, index, StepPhase.Done, null, null, why);
        Settling.Apply(run, step.Kind switch
        {
            CloseKind close => new Effect.Close(close.Result, close.Reason),
            GoToKind there => new Effect.GoTo(there.Stage),
            _ => throw new InvalidOperationException($"{step.Kind.Key} doesn't leave a stage."),
        }, why);
    }
}
