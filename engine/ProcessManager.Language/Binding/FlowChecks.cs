using System.Collections.Immutable;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Binding;

/// <summary>Checks the ways between the steps of each stage (section 6 of the plan language).</summary>
/// <param name="awaited">As <see cref="Awaited"/> gives it.</param>
internal sealed class FlowChecks(BindingContext context, FlowGraph graph, IReadOnlyDictionary<int, HashSet<string>> awaited)
{
    public FlowGraph Graph { get; } = graph;

    /// <summary>What is certain in each stage; the checks of stages build on it.</summary>
    public Dictionary<StageDraft, Certainty> Certainties { get; } = [];

    /// <summary>True where steps wait in circles, can never open or never be finished: what follows from it is not said again.</summary>
    public bool IsBroken { get; private set; }

    public void Run()
    {
        var before = context.Diagnostics.Count;
        foreach (var circle in Graph.Circles())
        {
            Circle(circle);
        }

        foreach (var stage in context.Stages)
        {
            var certainty = Certainties[stage] = new Certainty(stage, context.Steps, Graph);
            foreach (var (step, reason) in certainty.Contradictions.Select(c => (c.Step, c.Reason)))
            {
                context.Report(Errors.NeverOpens, step.AfterSpan, $"“{step.Id}” can never open: {reason}.");
            }

            Settling(stage, certainty);
        }

        IsBroken = context.Diagnostics.Count > before;
        foreach (var step in context.Stages.SelectMany(s => s.Steps))
        {
            Redo(step, Certainties[step.Stage!]);
            WaitsForOptional(step);
            Unhandled(step, awaited.GetValueOrDefault(step.Index));
        }

        Anchors();
    }

    /// <summary>The outcomes that somebody waits for by name, by step; an empty name for those who wait for any.</summary>
    public static Dictionary<int, HashSet<string>> Awaited(IEnumerable<StepDraft> steps)
    {
        var awaited = new Dictionary<int, HashSet<string>>();
        foreach (var way in steps.SelectMany(s => s.After.Ways))
        {
            (awaited.TryGetValue(way.Step, out var names) ? names : awaited[way.Step] = []).Add(way.Outcome ?? "");
        }

        return awaited;
    }

    private void Circle(ImmutableArray<int> circle)
    {
        var steps = circle.Select(i => context.Steps[i]).ToList();
        var start = steps.MinBy(s => s.Index)!;
        if (steps.Count == 1)
        {
            context.Report(Errors.Cycle, start.AfterSpan, $"“{start.Id}” waits for itself, so it can never open.");
            return;
        }

        // Told from the step that comes first in the file, in the order of waiting.
        var from = steps.IndexOf(start);
        var told = steps.Skip(from).Concat(steps.Take(from)).Append(start).Select(s => $"“{s.Id}”");
        context.Report(Errors.Cycle, start.AfterSpan, $"These steps wait for each other, so none can open: {string.Join(" waits for ", told)}. To do something again, use `redo`.");
    }

    /// <summary>Steps of which every outcome starts something before it again; said of the stage where nothing else is left.</summary>
    private void Settling(StageDraft stage, Certainty certainty)
    {
        var endless = stage.Steps.Where(s => !s.IsOpaque && !s.Outcomes.IsEmpty && s.Outcomes.All(o => o.Effect is Effect.Redo)).ToList();
        if (endless.Count == 0)
        {
            return;
        }

        var required = stage.Steps.Where(s => !s.Optional).ToList();
        if (required.Count > 0 && required.TrueForAll(s => endless.Contains(s) || certainty[s] is not { IsPossible: true }))
        {
            context.Report(Errors.NothingCanBeCompleted, stage.Key.Span,
                $"Nothing in “{stage.Id}” can ever be completed: every outcome of {Words.And(endless.Select(s => $"“{s.Id}”"))} starts something again.");
            return;
        }

        foreach (var step in endless)
        {
            context.Report(Errors.NeverSettles, step.Key.Span, $"“{step.Id}” can never be finished: every outcome of it starts something again.");
        }
    }

    /// <summary>Rule 7.</summary>
    private void Redo(StepDraft step, Certainty certainty)
    {
        foreach (var outcome in step.Outcomes)
        {
            if (outcome.Effect is not Effect.Redo redo || redo.Step == step.Index
                || certainty[step] is not { IsPossible: true, IsKnown: true })
            {
                continue;
            }

            var target = context.Steps[redo.Step];
            if (certainty.IsDoneBefore(step, target))
            {
                continue;
            }

            var why = Graph.Upstream(step.Index).Contains(target.Index)
                ? $"“{step.Id}” can also open without it"
                : $"it isn't before “{step.Id}”";
            var expected = step.Stage!.Steps.Where(s => certainty.IsDoneBefore(step, s)).Select(s => s.Id).Prepend(step.Id);
            context.Report(Errors.RedoNotBefore, RedoSpan(step, outcome),
                $"“{outcome.Id}” can't redo “{target.Id}”: {why}. Expected {Words.Or(expected)}; to leave for a stage use `goto`.");
        }
    }

    private static SourceSpan RedoSpan(StepDraft step, Outcome outcome) =>
        step.Body.Map("outcomes")?.Map(outcome.Id)?.Scalar("redo")?.Span ?? outcome.Span;

    /// <summary>Rule 10.</summary>
    private void WaitsForOptional(StepDraft step)
    {
        if (step.Optional || !step.After.Ways.Any(w => context.Steps[w.Step].Optional))
        {
            return;
        }

        var optional = step.After.Ways.Where(w => context.Steps[w.Step].Optional).Select(w => context.Steps[w.Step].Id).Distinct().ToList();
        if (step.After is Join.First first && step.After.Ways.Length - optional.Count >= first.Need)
        {
            return;
        }

        context.Report(Errors.WaitsForOptional, step.AfterSpan,
            $"“{step.Id}” is required but waits for {Words.And(optional.Select(o => $"“{o}”"))}, which {(optional.Count == 1 ? "is" : "are")} optional: the stage waits for {(optional.Count == 1 ? "it" : "them")} after all.");
    }

    private void Unhandled(StepDraft step, HashSet<string>? awaited)
    {
        if (awaited is null || awaited.Contains("") || step.IsOpaque || step.Kind is { Name: "email" })
        {
            return;
        }

        foreach (var outcome in step.WaysOn.Where(o => !awaited.Contains(o.Id)))
        {
            context.Report(Errors.OutcomeUnhandled, outcome.Span,
                $"Nothing follows when “{step.Id}” settles with “{outcome.Id}”, although steps wait for {Words.And(awaited.Order(StringComparer.Ordinal))}.");
        }
    }

    /// <summary>Rule 5.</summary>
    private void Anchors()
    {
        foreach (var (step, anchor, span) in context.AnchorUses)
        {
            if (anchor.Stage != step.Stage || !Graph.HasOrder(step.Index) || !step.WaysAreKnown)
            {
                continue;
            }

            if (!Graph.Upstream(step.Index).Contains(anchor.Index))
            {
                var mend = step == anchor ? "count from another step" : $"add `after: {anchor.Id}`, or count from another step";
                context.Report(Errors.AnchorNotBefore, span,
                    $"“{anchor.Id}” isn't before “{step.Id}”; while it isn't settled this counts from now: {mend}.");
            }
        }
    }
}
