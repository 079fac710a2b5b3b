using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>What people with the right do to a project past its plan: reopen, move, open again. Always with a reason.</summary>
internal static class Powers
{
    public static Decision.Refused? Reopen(Run run, Command.Reopen command)
    {
        if (string.IsNullOrWhiteSpace(command.Why)) { return Refuse.Invalid("Please say why the step is reopened."); }
        if (run.Plan.FindStep(command.Step) is not { } step) { return Refuse.NotFound($"There is no step “{command.Step}”."); }
        if (!run.TakesPart(step.Index)) { return Refuse.Conflict($"“{step.Name}” isn't a step of the current stage; move the project to its stage instead."); }
        var state = run[step.Index];
        if (state.Phase is not (StepPhase.Done or StepPhase.Passed))
        {
            return Refuse.Invalid($"“{step.Name}” is {Words.Of(state.Phase)}: only a done or passed step can be reopened.");
        }

        Redoing.SetBack(run, step.Index, By(run), Reason(run, "reopened", command.Why), Redoing.ByHand);
        return null;
    }

    public static Decision.Refused? MoveTo(Run run, Command.MoveTo command)
    {
        if (string.IsNullOrWhiteSpace(command.Why)) { return Refuse.Invalid("Please say why the project is moved."); }
        if (run.Plan.FindStage(command.Stage) is not { } stage) { return NoStage(run, command.Stage); }
        var why = Reason(run, "moved", command.Why);
        Stages.Leave(run, why);
        Stages.Enter(run, stage, why);
        return null;
    }

    public static Decision.Refused? ReopenProject(Run run, Command.ReopenProject command)
    {
        if (run.State.Closed is null) { return Refuse.Conflict("The project is open."); }
        if (string.IsNullOrWhiteSpace(command.Why)) { return Refuse.Invalid("Please say why the project is opened again."); }
        var named = command.Stage is { } id ? run.Plan.FindStage(id) : null;
        if (command.Stage is not null && named is null) { return NoStage(run, command.Stage); }
        if (run.Stage is null) { return Refuse.Invalid("The project closed in a stage that its plan doesn't have; please choose a stage."); }
        var closedAt = run.State.ClosedAt;
        run.EndOnClose();
        run.State = run.State with { Closed = null, ClosedAt = null, CloseReason = null };
        run.Emit(new FlowEvent.ProjectReopened((named ?? run.Stage).Id, command.Why.Trim()));
        var why = Reason(run, "opened again", command.Why);
        ExtraTasks.OpenAgain(run, closedAt, why);
        if (named is not null)
        {
            Stages.Leave(run, why);
            Chances.Set(run, ChanceBefore(run, named), why);
            Stages.Enter(run, named, why);
            return null;
        }

        GoBack(run, closedAt, why);
        var visit = run.State.Visit;
        Agenda.Work(run);
        var rests = run.State.Closed is not null || run.State.Visit != visit || run.Indexes.All(i => run[i].IsSettled);
        return rests ? Refuse.Invalid($"Nothing is left to do in the stage {run.Stage.Name}; please choose a stage.") : null;
    }

    /// <summary>What closing cancelled opens again as a next occurrence; what it kept from opening waits again.</summary>
    private static void GoBack(Run run, DateTimeOffset? closedAt, Why why)
    {
        var stage = run.Stage!;
        // A visit of its own: what is keyed by visit and occurrence (mails, alerts of on-close) happens again on closing again.
        run.State = run.State with { StageEnteredAt = run.Now, Visit = run.State.Visit + 1 };
        Chances.Set(run, ChanceNow(run, stage), why);
        StageDeadlines.Set(run, stage);
        foreach (var index in run.Indexes.ToArray())
        {
            var state = run[index];
            if (state.Phase != StepPhase.Cancelled || state.SettledAt != closedAt) { continue; }
            var wasOpen = state.OpenedAt is not null;
            run[index] = state with
            {
                Phase = StepPhase.Waiting, SettledAt = null, By = null, OpenedAt = null,
                LiveAt = wasOpen ? run.Now : null, RedoPending = wasOpen, RedoBy = wasOpen ? Redoing.ByHand : null,
            };
            run.Emit(new FlowEvent.StepSetBack(run.Step(index).Id, state.Occurrence, By(run)) { Why = why });
            (wasOpen ? run.Live : run.Touched).Add(index);
        }
    }

    /// <summary>The probability that the plan had before a stage: of the nearest earlier one that names one.</summary>
    private static int ChanceBefore(Run run, Stage stage) =>
        run.Plan.Stages.Take(stage.Index + 1).Select(s => s.Probability).LastOrDefault(p => p is not null) ?? 0;

    /// <summary>The probability that the plan gives to where the project stands in a stage.</summary>
    internal static int ChanceNow(Run run, Stage stage) => run.Indexes
        .Where(i => run[i].Phase is StepPhase.Done or StepPhase.Passed && run.Step(i).Probability is not null
            && run.Step(i).FindOutcome(run[i].Outcome ?? "")?.Effect is null or Effect.GoOn)
        .OrderBy(i => run[i].SettledAt)
        .Select(i => run.Step(i).Probability)
        .LastOrDefault() ?? ChanceBefore(run, stage);

    private static Decision.Refused NoStage(Run run, string stage) =>
        Refuse.NotFound($"There is no stage “{stage}”; please choose {Words.Or(run.Plan.Stages.Select(s => s.Id))}.");

    private static string By(Run run) => run.Actor ?? "the engine";

    private static Why Reason(Run run, string did, string why) =>
        new($"{did} by {(run.Actor is { } actor ? Words.Person(run.Facts, actor) : "the engine")}", null, null, why.Trim());
}
