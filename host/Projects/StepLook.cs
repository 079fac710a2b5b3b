using System.Collections.Immutable;
using ProcessManager.Flow;
using ProcessManager.Host.Shell;
using ProcessManager.Host.Shell.Parts;
using ProcessManager.Language;
using ProcessManager.Language.Drawing;

namespace ProcessManager.Host.Projects;

/// <summary>What became of one step of a project, for the diagram, the list beside it and the panel.</summary>
/// <param name="State">As drawings name it; null where the project has not come to it.</param>
/// <param name="Note">Who and when, in few words.</param>
public sealed record StepLook(Step Step, string? State, StatusKind Kind, string Text, string? Note, StepState? Now, StepRecord? Past)
{
    public static ImmutableArray<StepLook> All(ProjectLook project, Reader reader) => [.. project.Plan.Steps.Select(s => Of(project, s, reader))];

    public static StepLook Of(ProjectLook project, Step step, Reader reader)
    {
        var now = project.State.FindStep(step.Id);
        var past = now?.Last ?? project.State.Past.GetValueOrDefault(step.Id);
        if (now is null && past is null) return new StepLook(step, null, StatusKind.Planned, project.IsOpen ? "Not reached" : "Never reached", null, null, null);
        var phase = now?.Phase ?? past!.Phase;
        var overdue = phase == StepPhase.Open && now!.Tasks.Any(t => t.Phase == TaskPhase.Open && t.Due < reader.Now);
        var (kind, text) = Words(step, phase, overdue, now, past);
        return new StepLook(step, overdue ? "overdue" : phase.ToString().ToLowerInvariant(), kind, text, NoteOf(project, phase, now, past, reader), now, past);
    }

    /// <summary>The plan as a picture, with what became of each step; cards lead to their steps.</summary>
    public static string Draw(ProjectLook project, ImmutableArray<StepLook> steps) => PlanDrawing.Svg(project.Plan, new DrawingOverlay
    {
        CurrentStage = project.IsOpen ? project.Row.Stage : null,
        Steps = steps.ToImmutableDictionary(s => s.Step.Id, s => new StepMark(s.State ?? "waiting", s.Note, $"/projects/{project.Row.Id}/steps/{s.Step.Id}")),
    });

    private static (StatusKind Kind, string Text) Words(Step step, StepPhase phase, bool overdue, StepState? now, StepRecord? past) => phase switch
    {
        StepPhase.Waiting when now?.LiveAt is not null => (StatusKind.Waiting, "Waits for its time"),
        StepPhase.Waiting => (StatusKind.Planned, now?.Bypass is null ? "Waits for others" : "Will be bypassed"),
        StepPhase.Ready => (StatusKind.Open, "Ready"),
        StepPhase.Open when overdue => (StatusKind.Bad, "Overdue"),
        StepPhase.Open => (StatusKind.Active, "Open"),
        StepPhase.Done => (StatusKind.Good, OutcomeOf(step, now, past) ?? "Done"),
        StepPhase.Passed => (StatusKind.Off, "Passed over"),
        StepPhase.Dead => (StatusKind.Off, "Not needed"),
        StepPhase.Cancelled => (StatusKind.Off, "Cancelled"),
        _ => throw new InvalidOperationException($"Unknown phase {phase}."),
    };

    /// <summary>The label of the outcome, where there was a choice.</summary>
    private static string? OutcomeOf(Step step, StepState? now, StepRecord? past) =>
        (now?.Outcome ?? past?.Outcome) is { } id && step.Outcomes.Length > 1 ? step.FindOutcome(id)?.Label ?? id : null;

    private static string? NoteOf(ProjectLook project, StepPhase phase, StepState? now, StepRecord? past, Reader reader)
    {
        if (phase == StepPhase.Open) return OpenNote(project, now!, reader);
        if (phase == StepPhase.Waiting)
        {
            var opens = project.State.Timers.FirstOrDefault(t => t.Kind == TimerKind.Open && t.Step == now!.Id);
            return opens?.Due is { } at ? $"opens {reader.Date(at)}" : opens is null ? null : $"opens {UnsetMoments.TextOf(project.Plan, project.State, opens)}";
        }

        var by = now?.By ?? past?.By;
        var settled = now?.SettledAt ?? past?.At;
        var day = settled is { } when ? reader.Date(when) : null;
        return phase == StepPhase.Dead ? null : string.Join(", ", new[] { by is null ? null : project.NameOf(by), day }.OfType<string>());
    }

    private static string? OpenNote(ProjectLook project, StepState now, Reader reader)
    {
        var open = now.Tasks.Where(t => t.Phase == TaskPhase.Open).ToList();
        if (open.Count == 0)
        {
            var until = project.State.Timers.FirstOrDefault(t => t.Kind == TimerKind.Wait && t.Step == now.Id);
            return until is { Due: null } ? $"waits until {UnsetMoments.TextOf(project.Plan, project.State, until)}"
                : now.OpenedAt is { } since ? $"since {reader.Date(since)}" : null;
        }

        var who = open.Count > 2 ? $"{open.Count} people"
            : string.Join(", ", open.Select(t => t.Assignee is { } person ? project.NameOf(person) : t.Group is { } group ? project.Organisation?.Groups.GetValueOrDefault(group) ?? group : "nobody").Distinct());
        return open.Select(t => t.Due).Min() is { } due ? $"{who}, due {reader.Date(due)}"
            : UnsetMoments.DueOf(project.Plan, now.Id, open[0]) is { } unset ? $"{who}, due {unset}" : who;
    }
}
