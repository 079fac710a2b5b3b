using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>Enters, completes and leaves stages, and closes the project.</summary>
internal static class Stages
{
    public static void Enter(Run run, Stage stage, Why why)
    {
        var from = run.State.Stage;
        run.BeginStage(stage);
        run.State = run.State with
        {
            Stage = stage.Id, StageEnteredAt = run.Now, Visit = run.State.Visit + 1, StageDue = null, StageReminded = [],
            Past = run.State.Past.RemoveRange(run.Plan.StepsOf(stage).ToArray().Select(s => s.Id)),
        };
        run.Emit(new FlowEvent.StageEntered(from, stage.Id, run.State.Visit) { Why = why });
        if (stage.Milestone) { run.Emit(new FlowEvent.MilestoneReached(null, stage.Id) { Why = new Why($"milestone: {stage.Id}", stage.Span) }); }
        if (stage.Status is { } status && status != run.State.Status)
        {
            run.Emit(new FlowEvent.StatusChanged(run.State.Status, status) { Why = new Why($"status: {status} of {stage.Id}", stage.Span) });
            run.State = run.State with { Status = status };
        }

        if (stage.Probability is { } probability)
        {
            Chances.Set(run, probability, new Why($"probability: {probability} of {stage.Id}", stage.Span));
        }

        StageDeadlines.Set(run, stage);
        run.Touched.UnionWith(run.Indexes);
        run.CountAutomatic($"the stage “{stage.Name}”");
    }

    /// <summary>True once each required step is settled; a stage without required steps is complete from the start.</summary>
    public static bool IsComplete(Run run)
    {
        foreach (var index in run.Indexes)
        {
            if (!run[index].IsSettled && !run.Step(index).Optional) { return false; }
        }

        return true;
    }

    public static void Complete(Run run)
    {
        var stage = run.Stage!;
        foreach (var rule in stage.Next)
        {
            if (rule.When is { } when && !when.IsTrue(run.Context)) { continue; }
            var why = rule.When is null ? new Why($"next of {stage.Id}", rule.Span)
                : Explain.Of(run, $"next of {stage.Id}, when: {rule.When.Text}", rule.Span, rule.When);
            if (rule.Target is Effect.GoTo or Effect.Close) { Settling.Apply(run, rule.Target, why); return; }
        }

        var complete = new Why($"{stage.Id} is complete", stage.Span);
        if (stage.Index + 1 == run.Plan.Stages.Length) { Close(run, CloseResult.Won, null, null, complete); return; }
        Leave(run, complete);
        Enter(run, run.Plan.Stages[stage.Index + 1], complete);
    }

    /// <summary>Cancels what is unsettled, and keeps the records of the steps for anchors and expressions.</summary>
    public static void Leave(Run run, Why why)
    {
        CancelOpen(run, why);
        var past = run.State.Past.ToBuilder();
        foreach (var index in run.Indexes)
        {
            if (run[index].Last is { } record) { past[run.Step(index).Id] = record; }
        }

        run.State = run.State with { Past = past.ToImmutable() };
        ExtraTasks.Forget(run);
    }

    public static void Close(Run run, CloseResult result, string? reason, string? note, Why? why)
    {
        CancelOpen(run, why ?? new Why("the project was closed", null));
        if (run.State.Hold is not null) { run.Emit(new FlowEvent.HoldChanged(false, null)); }
        Chances.Close(run, result, why);
        run.State = run.State with { Closed = result, CloseReason = reason, ClosedAt = run.Now, Hold = null, StageDue = null, Messages = [] };
        run.Emit(new FlowEvent.ProjectClosed(result, reason, note) { Why = why });
        ExtraTasks.CancelAll(run, why ?? new Why("the project was closed", null));
        run.BeginOnClose(result);
        run.Touched.UnionWith(run.Plan.OnClose.GetValueOrDefault(result, []));
    }

    private static void CancelOpen(Run run, Why why)
    {
        foreach (var index in run.Indexes)
        {
            if (!run[index].IsSettled) { Settling.Settle(run, index, StepPhase.Cancelled, null, null, why); }
        }

        Timers.CancelAll(run, null);
        run.Touched.Clear();
        run.Live.Clear();
    }
}
