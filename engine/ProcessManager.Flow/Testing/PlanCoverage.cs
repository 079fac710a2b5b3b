using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Language;

namespace ProcessManager.Flow.Testing;

/// <summary>What of a plan tests can reach.</summary>
public enum CoverageKind { Stage, Step, Outcome, Timer }

/// <summary>One thing of a plan.</summary>
/// <param name="Name">As people find it in the plan: <c>offer</c>, <c>call.interested</c>, <c>reminder 1 of call</c>.</param>
public sealed record CoverageItem(CoverageKind Kind, string Name, SourceSpan Span, bool IsReached);

/// <summary>
/// How much of a plan its tests reach: stages that were entered, steps that were opened or passed, outcomes that were chosen,
/// and timers (reminders, escalations, expiries, deadlines) that came.
/// </summary>
public sealed record PlanCoverage(ImmutableArray<CoverageItem> Items)
{
    public IEnumerable<CoverageItem> Missing => Items.Where(i => !i.IsReached);

    public int Total => Items.Length;

    public int Reached => Items.Count(i => i.IsReached);

    /// <summary>0–100; 100 for a plan with nothing of the kinds.</summary>
    public decimal Percent => PercentOf();

    /// <param name="kinds">All where none is named.</param>
    public decimal PercentOf(params CoverageKind[] kinds)
    {
        var asked = kinds.Length == 0 ? Items : [.. Items.Where(i => kinds.Contains(i.Kind))];
        return asked.IsEmpty ? 100 : Math.Floor(1000m * asked.Count(i => i.IsReached) / asked.Length) / 10;
    }

    internal static PlanCoverage Of(Plan plan, Trail reached) => new([.. All(plan).Select(i => i with { IsReached = reached.Contains(i.Kind, i.Name) })]);

    private static IEnumerable<CoverageItem> All(Plan plan)
    {
        foreach (var stage in plan.Stages)
        {
            yield return Item(CoverageKind.Stage, stage.Id, stage.Span);
            for (var i = 0; i < stage.Within?.Reminders.Length; i++) { yield return Item(CoverageKind.Timer, Trail.Timer("reminder", i, stage.Id), stage.Span); }
            for (var i = 0; i < stage.Within?.Escalations.Length; i++) { yield return Item(CoverageKind.Timer, Trail.Timer("escalation", i, stage.Id), stage.Within.Escalations[i].Span); }
        }

        foreach (var step in plan.Steps)
        {
            yield return Item(CoverageKind.Step, step.Id, step.Span);
            foreach (var outcome in OutcomesOf(step)) { yield return Item(CoverageKind.Outcome, $"{step.Id}.{outcome.Id}", outcome.Span); }
            foreach (var timer in TimersOf(step)) { yield return timer; }
        }
    }

    /// <summary>Those that can come: a mail that nobody waits for can't fail, a message without time-out can't time out.</summary>
    private static IEnumerable<Outcome> OutcomesOf(Step step) => step.Outcomes.Where(o => step.Kind switch
    {
        EmailKind { WaitForDelivery: false } => o.Id != "failed",
        ReceiveKind { Expire: null } => o.Id != "timed-out",
        StartKind { UntilClosed: true } => o.Id != "started",
        StartKind => o.Id == "started",
        _ => true,
    }).Concat(step.Each is { } each ? each.Choices.Where(c => step.FindOutcome(c.Id) is null) : []);

    private static IEnumerable<CoverageItem> TimersOf(Step step)
    {
        var expire = step.Kind is ReceiveKind receive ? receive.Expire : step.Kind.Work?.Expire;
        if (expire is not null) { yield return Item(CoverageKind.Timer, $"expiry of {step.Id}", expire.Span); }
        if (step.Kind.Work is not { } work) { yield break; }
        for (var i = 0; i < work.Reminders.Length; i++) { yield return Item(CoverageKind.Timer, Trail.Timer("reminder", i, step.Id), step.Span); }
        for (var i = 0; i < work.Escalations.Length; i++) { yield return Item(CoverageKind.Timer, Trail.Timer("escalation", i, step.Id), work.Escalations[i].Span); }
    }

    private static CoverageItem Item(CoverageKind kind, string name, SourceSpan span) => new(kind, name, span, false);
}

/// <summary>What happened in tests, by name.</summary>
internal sealed class Trail
{
    private readonly HashSet<(CoverageKind, string)> seen = [];

    public static string Timer(string what, int rule, string of) => string.Create(CultureInfo.InvariantCulture, $"{what} {rule + 1} of {of}");

    public bool Contains(CoverageKind kind, string name) => seen.Contains((kind, name));

    /// <param name="stage">The stage that the project was in.</param>
    public void Note(FlowEvent happened, string? stage)
    {
        switch (happened)
        {
            case FlowEvent.StageEntered e: seen.Add((CoverageKind.Stage, e.To)); break;
            case FlowEvent.StepOpened e: seen.Add((CoverageKind.Step, e.Step)); break;
            case FlowEvent.StepSettled { Phase: StepPhase.Passed } e: seen.Add((CoverageKind.Step, e.Step)); break;
            case FlowEvent.StepSettled { Phase: StepPhase.Done } e:
                seen.Add((CoverageKind.Step, e.Step));
                if (e.Outcome is not null) { seen.Add((CoverageKind.Outcome, $"{e.Step}.{e.Outcome}")); }
                break;
            case FlowEvent.MemberSettled { Phase: StepPhase.Done, Outcome: not null } e: seen.Add((CoverageKind.Outcome, $"{e.Step}.{e.Outcome}")); break;
            case FlowEvent.TimerFired e: Note(e.Timer, stage); break;
        }
    }

    private void Note(FlowTimer timer, string? stage)
    {
        var of = timer.Step ?? stage ?? "";
        var name = timer.Kind switch
        {
            TimerKind.Expire => $"expiry of {of}",
            TimerKind.Remind or TimerKind.StageRemind => Timer("reminder", timer.Rule, of),
            TimerKind.Escalate or TimerKind.StageEscalate => Timer("escalation", timer.Rule, of),
            _ => null,
        };
        if (name is not null) { seen.Add((CoverageKind.Timer, name)); }
    }
}
