using System.Collections.Immutable;

namespace ProcessManager.Language;

/// <summary>
/// What can be said of a plan only where it is published, because it depends on the installation: who works there, and
/// which projects are live.
/// </summary>
public static class PublishChecks
{
    /// <summary>Errors for people that the plan names and nobody signs in as.</summary>
    /// <param name="known">The sign-in names of the installation; nothing is said where there are none yet.</param>
    public static ImmutableArray<Diagnostic> People(Plan plan, IReadOnlyCollection<string> known) =>
        known.Count == 0 ? [] : [.. RulesOf(plan)
            .SelectMany(r => r.InOrder.Concat(r.Except).OfType<Assignee.User>().Select(u => (r.Span, u.Name)))
            .Where(u => !known.Contains(u.Name))
            .Distinct()
            .Select(u => Errors.UnknownUser.At(u.Span, $"Nobody signs in as “{u.Name}”{(Shaping.Words.Nearest(u.Name, known) is { } near ? $"; did you mean “{near}”?" : ".")}"))];

    /// <summary>Warnings for steps and stages that live projects stand on and that this version no longer has.</summary>
    /// <param name="steps">The ids of steps that are open, and in how many projects.</param>
    /// <param name="stages">The ids of stages that projects are in, and how many.</param>
    public static ImmutableArray<Diagnostic> Removed(
        Plan plan, IEnumerable<KeyValuePair<string, int>> steps, IEnumerable<KeyValuePair<string, int>> stages)
    {
        var at = SourceSpan.StartOf(plan.Stages[0].Span.File);
        var knownSteps = plan.Steps.SelectMany(s => new[] { s.Id, s.Was }).Concat(plan.Retired.Keys).ToHashSet();
        var knownStages = plan.Stages.SelectMany(s => new[] { s.Id, s.Was }).ToHashSet();
        return
        [
            .. steps.Where(s => !knownSteps.Contains(s.Key)).Select(s => Errors.RemovedInUse.At(at,
                $"{Projects(s.Value)} at the step “{s.Key}”, which is gone: they stay on their version. Say `was: {s.Key}` on the step that it became, or `retired: {{ {s.Key}: <step> }}`.")),
            .. stages.Where(s => !knownStages.Contains(s.Key)).Select(s => Errors.RemovedInUse.At(at,
                $"{Projects(s.Value)} in the stage “{s.Key}”, which is gone: they stay on their version. Say `was: {s.Key}` on the stage that it became.")),
        ];
    }

    private static string Projects(int count) => count == 1 ? "One open project stands" : $"{count} open projects stand";

    private static IEnumerable<AssigneeRule> RulesOf(Plan plan) =>
        new[] { plan.Owner }
            .Concat(plan.Roles.Select(r => r.From))
            .Concat(plan.Start.Select(s => s.Owner))
            .Concat(plan.Stages.SelectMany(s => s.Within?.Escalations ?? []).Select(Target))
            .Concat(plan.Steps.SelectMany(s => RulesOf(s.Kind)))
            .OfType<AssigneeRule>();

    private static IEnumerable<AssigneeRule?> RulesOf(StepKind kind) => kind switch
    {
        AlertKind alert => [alert.To],
        EmailKind email => [email.To],
        { Work: { } work } => [work.Assign, .. work.Escalations.Select(Target), .. work.Notify.Select(n => n.To)],
        _ => [],
    };

    private static AssigneeRule? Target(Escalation escalation) => escalation.Action switch
    {
        EscalationAction.Alert alert => alert.To,
        EscalationAction.Reassign reassign => reassign.To,
        _ => null,
    };
}
