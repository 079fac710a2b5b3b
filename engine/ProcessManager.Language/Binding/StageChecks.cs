using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Binding;

/// <summary>Checks the way from stage to stage: what can be reached, how it ends, and whether the probability rises.</summary>
internal sealed class StageChecks(BindingContext context, FlowChecks flow)
{
    private bool won;
    private bool lost;

    /// <summary>True where a mistake leaves open where a stage leads, so that nothing is said of what can't be reached.</summary>
    private bool unsure = flow.IsBroken;

    public void Run()
    {
        if (context.Stages.Count == 0)
        {
            return;
        }

        foreach (var stage in context.Stages.Where(s => s.Steps.TrueForAll(t => t.Optional)))
        {
            context.Report(Errors.NoRequiredSteps, stage.Key.Span,
                $"The stage “{stage.Id}” has no {(stage.Steps.Count == 0 ? "steps" : "required step")}: it is complete as soon as it is entered.");
        }

        Reach();
        Probabilities();
    }

    private void Reach()
    {
        var reached = new HashSet<StageDraft> { context.Stages[0] };
        var open = new Queue<StageDraft>(reached);
        while (open.TryDequeue(out var stage))
        {
            foreach (var next in Leads(stage).Where(reached.Add).ToList())
            {
                open.Enqueue(next);
            }
        }

        if (unsure)
        {
            return;
        }

        foreach (var stage in context.Stages.Where(s => !reached.Contains(s)))
        {
            context.Report(Errors.StageUnreachable, stage.Key.Span, $"The stage “{stage.Id}” can never be reached: no `next` and no `goto` leads to it from a stage that can.");
        }

        if (!won)
        {
            context.Report(Errors.NoWayToWon, context.Stages[^1].Key.Span,
                "No way through the plan ends in won: let the last stage complete, or give an outcome or a rule of `next` `close: won`.");
        }

        if (!lost)
        {
            context.Report(Errors.NoWayToLost, context.Stages[0].Key.Span,
                "No way through the plan ends in lost: give an outcome where it can fail `close: lost`.");
        }
    }

    /// <summary>The stages that a stage can lead to; notes how it can close the project on the way.</summary>
    private List<StageDraft> Leads(StageDraft stage)
    {
        var targets = new List<StageDraft>();
        unsure |= !stage.NextIsKnown || stage.Steps.Exists(s => s.IsOpaque);
        foreach (var step in stage.Steps.Where(s => flow.Certainties[stage][s] is { IsPossible: true }))
        {
            foreach (var outcome in step.Outcomes)
            {
                Follow(outcome.Effect, targets);
            }

            if (step.LeavesByItself && step.Kind!.Value is YamlScalar target)
            {
                Follow(step.Kind.Name == "goto"
                    ? context.FindStage(target.Value) is { } to ? new Effect.GoTo(to.Index) : null
                    : Kinds.Close(target.Value) is { } result ? new Effect.Close(result, null) : null, targets);
            }
        }

        if (CanComplete(stage))
        {
            Completed(stage, targets);
        }

        return targets;
    }

    private void Completed(StageDraft stage, List<StageDraft> targets)
    {
        foreach (var rule in stage.Next)
        {
            Follow(rule.Target, targets);
        }

        if (!stage.Next.IsEmpty || !stage.NextIsKnown)
        {
            return;
        }

        if (stage.Index + 1 < context.Stages.Count)
        {
            targets.Add(context.Stages[stage.Index + 1]);
        }
        else
        {
            won = true;
        }
    }

    private void Follow(Effect? effect, List<StageDraft> targets)
    {
        switch (effect)
        {
            case Effect.GoTo leave:
                targets.Add(context.Stages[leave.Stage]);
                break;
            case Effect.Close close:
                won |= close.Result == CloseResult.Won;
                lost |= close.Result == CloseResult.Lost;
                break;
            case null:
                unsure = true;
                break;
            default:
                break;
        }
    }

    /// <summary>False where a step that opens whatever happens never lets the stage complete.</summary>
    private bool CanComplete(StageDraft stage)
    {
        var opens = new HashSet<int>();
        var certainty = flow.Certainties[stage];

        // In the order of the ways, so that all that comes before a step is known when its turn comes.
        foreach (var step in flow.Graph.InOrder.Select(i => context.Steps[i]).Where(s => s.Stage == stage && s.WaysAreKnown))
        {
            var sure = step.After.Ways.Count(Sure);
            if (step.After switch { Join.AtStart => true, Join.First first => sure >= first.Need, Join.Any => sure > 0, _ => sure == step.After.Ways.Length })
            {
                opens.Add(step.Index);
            }
        }

        return !stage.Steps.Exists(s => opens.Contains(s.Index) && !s.HasWhen && !s.IsOpaque && !s.WaysOn.Any() && (!s.Optional || s.LeavesByItself))
            && !stage.Steps.Exists(s => !s.Optional && certainty[s] is null);

        // A way that comes true whatever people choose, if the stage is to complete at all.
        bool Sure(Way way) => opens.Contains(way.Step) && context.Steps[way.Step] is { IsOpaque: false } from
            && from.WaysOn.Any() && (way.Outcome is null || from.WaysOn.All(o => o.Id == way.Outcome));
    }

    private void Probabilities()
    {
        var highest = 0;
        var where = "";
        foreach (var stage in MainWay())
        {
            Look(stage.Body.Scalar("probability"), "the stage ", stage.Id);
            foreach (var step in stage.Steps)
            {
                Look(step.Body.Scalar("probability"), "", step.Id);
            }
        }

        void Look(YamlScalar? written, string what, string id)
        {
            if (written is null || !int.TryParse(written.Value, out var value))
            {
                return;
            }

            var here = $"{what}“{id}”";
            if (value < highest)
            {
                context.Report(Errors.ProbabilityFalls, written.Span, $"The probability falls from {highest} ({where}) to {value} ({here}) along the main way.");
            }
            else
            {
                (highest, where) = (value, here);
            }
        }
    }

    /// <summary>The stages from the first on, each followed by the one that its last rule, or the file, says.</summary>
    private IEnumerable<StageDraft> MainWay()
    {
        var seen = new HashSet<StageDraft>();
        var at = context.Stages[0];
        while (at is not null && seen.Add(at))
        {
            yield return at;
            at = at.Next.IsEmpty ? context.Stages.ElementAtOrDefault(at.Index + 1)
                : at.Next[^1].Target is Effect.GoTo to ? context.Stages[to.Stage] : null;
        }
    }
}
