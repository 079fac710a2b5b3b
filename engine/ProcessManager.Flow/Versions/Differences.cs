using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Language;

namespace ProcessManager.Flow.Versions;

/// <summary>Tells from the events of a move what it changes, in words and as data.</summary>
internal static class Differences
{
    public static ImmutableArray<MoveDifference> Of(PlanMove move, ProjectState before, ImmutableArray<FlowEvent> events, Leaving leaving)
    {
        var all = ImmutableArray.CreateBuilder<MoveDifference>();
        foreach (var (step, state, fate) in leaving.Steps)
        {
            if (fate is not Fate.GoesOnAs { Id: var id } || id == step.Id || !Leaving.IsLive(state)) { continue; }
            all.Add(new(MoveChange.StepGoesOnAs, id, step.Id, id, $"“{step.Name}” goes on as “{Name(move, id)}”."));
        }

        foreach (var (id, value) in before.Fields)
        {
            if (value is null || move.Names.Field(id) is not null) { continue; }
            var label = FieldValues.LabelOf(move.From, id);
            all.Add(new(MoveChange.FieldDropped, null, id, null, $"The field {label} is gone, and with it its value."));
        }

        foreach (var happened in events)
        {
            if (Of(move, happened) is { } difference) { all.Add(difference); }
        }

        return all.ToImmutable();
    }

    private static MoveDifference? Of(PlanMove move, FlowEvent happened) => happened switch
    {
        FlowEvent.StepOpened e => new(MoveChange.StepOpens, e.Step, null, null, $"“{Name(move, e.Step)}” opens."),
        FlowEvent.StepReady e => new(MoveChange.StepOpens, e.Step, null, null, $"“{Name(move, e.Step)}” opens."),
        FlowEvent.StepSetBack e => new(MoveChange.StepStartsOver, e.Step, null, null, $"“{Name(move, e.Step)}” starts over: {e.Why?.Note ?? "it is set back"}."),
        FlowEvent.StepSettled { Phase: StepPhase.Cancelled } e => new(MoveChange.StepCancelled, e.Step, null, null, $"“{Name(move, e.Step)}” is cancelled."),
        FlowEvent.StepSettled { Phase: StepPhase.Done or StepPhase.Passed } e =>
            new(MoveChange.StepSettles, e.Step, null, e.Outcome, $"“{Name(move, e.Step)}” is {Words.Of(e.Phase)} at once."),
        FlowEvent.TaskDueChanged e => new(MoveChange.DueMoves, e.Step, Text(e.From), Text(e.To),
            $"“{Name(move, e.Step)}” is due {Shown(e.To)} instead of {Shown(e.From)}."),
        FlowEvent.TimerSet { Timer: var t } => new(MoveChange.TimerSet, t.Step, null, Text(t.Due), $"{Timer(move, t)} is set{(t.Due is null ? "" : $" for {Shown(t.Due)}")}."),
        FlowEvent.TimerCancelled { Timer: var t } => new(MoveChange.TimerCancelled, t.Step, Text(t.Due), null, $"{Timer(move, t)} is taken away."),
        FlowEvent.ProbabilityChanged e => new(MoveChange.ProbabilityMoves, null, Number(e.From), Number(e.To), $"The probability goes from {e.From} to {e.To} %."),
        FlowEvent.StageEntered e => new(MoveChange.StageEntered, null, e.From, e.To, $"It enters the stage “{move.To.FindStage(e.To)?.Name ?? e.To}”."),
        FlowEvent.FieldChanged e => new(MoveChange.FieldFilled, null, null, e.Field, $"{FieldValues.LabelOf(move.To, e.Field)} is filled."),
        FlowEvent.ProjectClosed e => new(MoveChange.ProjectCloses, null, null, Words.Of(e.Result), $"It closes as {Words.Of(e.Result)}."),
        _ => null,
    };

    private static string Timer(PlanMove move, FlowTimer timer)
    {
        var of = timer.Step is { } step ? $"of “{Name(move, step)}”" : "of the stage";
        var what = timer.Kind switch
        {
            TimerKind.Expire => "The expiry",
            TimerKind.Wait => "The wait",
            TimerKind.Open => "The opening",
            TimerKind.Escalate or TimerKind.StageEscalate => "An escalation",
            TimerKind.Remind or TimerKind.StageRemind => "A reminder",
            TimerKind.Overdue => "A notice",
            _ => throw new InvalidOperationException($"Unknown timer {timer.Kind}."),
        };
        return $"{what} {of}";
    }

    private static string Name(PlanMove move, string step) => (move.To.FindStep(step) ?? move.From.FindStep(step))?.Name ?? (step.Length == 0 ? "An added task" : step);

    private static string Shown(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "no date";

    private static string? Text(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
