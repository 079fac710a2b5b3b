using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Flow.Versions;

/// <summary>Why a project can't be moved as it stands, in words; null where it can.</summary>
internal static class Obstacles
{
    public static string? OfProject(PlanMove move, ProjectState state)
    {
        if (move.From.Id != move.To.Id) { return $"“{move.To.Name}” is another plan."; }
        if (state.Closed is not null) { return "The project is closed: it stays on the version that it closed with."; }
        if (move.From.Type != move.To.Type) { return $"The new version is for projects of the type {move.To.Type}."; }
        if (state.Stage is not { } stage) { return "The project is in no stage."; }
        if (move.Names.Stage(stage) is null)
        {
            return $"The project is in the stage “{NameOf(move.From, stage)}”, which is gone. Say `was: {stage}` on the stage that it became.";
        }

        return OfPast(move, state);
    }

    public static string? OfSteps(PlanMove move, Stage stage, Leaving leaving, ImmutableSortedDictionary<string, StepRecord> past)
    {
        foreach (var (step, state, fate) in leaving.Steps)
        {
            if (fate is Fate.Gone && state.Phase == StepPhase.Done && move.Names.Step(step.Id) is { } id && ComesLater(move.To, id, stage))
            {
                return $"“{step.Name}” is done, and in the new version it stands in a later stage: it would be done again.";
            }

            if (fate is Fate.GoesOnAs { Id: var taken } && taken != step.Id && past.ContainsKey(taken))
            {
                return $"“{taken}” was another step of this project before: “{step.Name}” can't go on under its id.";
            }

            if (fate is Fate.GoesOnAs { Id: var name } && name != step.Id && state.Phase == StepPhase.Open && Asks(step))
            {
                return $"“{step.Name}” waits for an answer under its old id “{step.Id}”: the project can be moved once that has come.";
            }
        }

        return OfOutcomes(move, stage, leaving);
    }

    /// <summary>Values that the fields of the new version don't take.</summary>
    public static string? OfFields(Run run)
    {
        foreach (var (id, value) in run.State.Fields)
        {
            var given = value;
            if (FieldValues.Fit(run, id, ref given) is { } problem) { return problem; }
        }

        return null;
    }

    /// <summary>True for a step that has asked the world for something and waits for the answer, which names the step.</summary>
    public static bool Asks(Step step) => step.Kind is LetterKind or HttpKind or StartKind or EmailKind { WaitForDelivery: true };

    /// <summary>A new way that asks how a settled step was settled must get an answer that the new version knows.</summary>
    private static string? OfOutcomes(PlanMove move, Stage stage, Leaving leaving)
    {
        foreach (var (step, state, fate) in leaving.Steps)
        {
            if (fate is not Fate.GoesOnAs { Id: var id } || state is not { Phase: StepPhase.Done or StepPhase.Passed, Outcome: { } outcome }) { continue; }
            var there = move.To.FindStep(id)!;
            if (there.FindOutcome(outcome) is not null || there.Outcomes.IsEmpty) { continue; }
            foreach (var follower in there.Followers)
            {
                var waits = move.To.Steps[follower];
                if (leaving.HasBegun(waits.Id) || !waits.After.Ways.Any(w => w.Step == there.Index && w.Outcome is not null)) { continue; }
                return $"“{step.Name}” was settled with “{outcome}”, which the new version doesn't know, and “{waits.Name}” waits for one of {Words.Or(there.Outcomes.Select(o => o.Id))}.";
            }
        }

        return null;
    }

    private static string? OfPast(PlanMove move, ProjectState state)
    {
        var stage = move.To.FindStage(move.Names.Stage(state.Stage!)!)!;
        foreach (var (id, record) in state.Past)
        {
            var name = move.Names.Step(id) ?? id;
            if (record.Phase != StepPhase.Done || move.To.FindStep(name) is not { } step) { continue; }
            var stood = StageOf(move.From, id) is { } before ? move.Names.Stage(before.Id) : null;
            if (ComesLater(move.To, name, stage) && StageOf(move.To, name)?.Id != stood)
            {
                return $"“{step.Name}” is done, and in the new version it stands in a later stage: it would be done again.";
            }
        }

        return null;
    }

    private static bool ComesLater(Plan plan, string step, Stage stage) => StageOf(plan, step) is { } there && there.Index > stage.Index;

    private static Stage? StageOf(Plan plan, string step) => plan.FindStep(step) is { Stage: >= 0 and var index } ? plan.Stages[index] : null;

    private static string NameOf(Plan plan, string stage) => plan.FindStage(stage)?.Name ?? stage;
}
