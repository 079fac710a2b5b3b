using System.Collections.Immutable;

namespace ProcessManager.Language.Binding;

/// <summary>
/// What is certain when a step opens: the steps that are done or passed by then, and with which outcome where only one
/// lets it come so far.
/// </summary>
/// <param name="IsPossible">False where the step can never open.</param>
/// <param name="IsKnown">False where a mistake on the way leaves open what comes before.</param>
internal sealed record Certain(
    StepSet Done, ImmutableSortedDictionary<int, string> Outcomes, bool IsPossible, bool IsKnown);

/// <summary>Why a step can never open, in words.</summary>
internal sealed record Contradiction(StepDraft Step, string Reason);

/// <summary>Works out, for the steps of one stage, what is certain when each opens.</summary>
internal sealed class Certainty
{
    private readonly StageDraft stage;
    private readonly IReadOnlyList<StepDraft> all;
    private readonly Dictionary<int, Certain> found = [];
    private readonly int first;

    public Certainty(StageDraft stage, IReadOnlyList<StepDraft> all, FlowGraph graph)
    {
        this.stage = stage;
        this.all = all;
        first = stage.Steps.Count > 0 ? stage.Steps[0].Index : 0;
        foreach (var step in graph.InOrder.Where(i => all[i].Stage == stage).Select(i => all[i]))
        {
            found[step.Index] = Of(step);
        }
    }

    /// <summary>The steps that can never open by what they wait for themselves, not by what lies before.</summary>
    public List<Contradiction> Contradictions { get; } = [];

    /// <summary>Null for a step in a circle or behind one.</summary>
    public Certain? this[StepDraft step] => found.GetValueOrDefault(step.Index);

    public bool IsDoneBefore(StepDraft step, StepDraft before) =>
        found.TryGetValue(step.Index, out var certain) && certain.Done.Contains(before.Index - first);

    private Certain Of(StepDraft step)
    {
        var ways = step.After.Ways.Select(w => (Way: w, Certain: Of(w))).ToList();
        var certain = step.After switch
        {
            Join.AtStart => Nothing(true),
            Join.All => All(step, ways),
            _ => Enough(step, ways, step.After is Join.First join ? join.Need : 1),
        };
        return step.WaysAreKnown ? certain : certain with { IsKnown = false, IsPossible = true };
    }

    /// <summary>What is certain once a way is live.</summary>
    private Certain Of(Way way)
    {
        var from = all[way.Step];
        if (!found.TryGetValue(way.Step, out var before) || !before.IsPossible || (!from.IsOpaque && !from.WaysOn.Any()))
        {
            return Nothing(false);
        }

        var done = before.Done.Copy();
        done.Add(way.Step - first);
        var outcomes = way.Outcome is null ? before.Outcomes : before.Outcomes.SetItem(way.Step, way.Outcome);
        return new Certain(done, outcomes, true, before.IsKnown);
    }

    private Certain All(StepDraft step, List<(Way Way, Certain Certain)> ways)
    {
        if (ways.Find(w => !w.Certain.IsPossible) is { Way: not null } dead)
        {
            NoWayOn(step, dead.Way);
            return Nothing(false);
        }

        var done = new StepSet(stage.Steps.Count);
        var outcomes = ImmutableSortedDictionary<int, string>.Empty;
        foreach (var (_, certain) in ways)
        {
            done.UnionWith(certain.Done);
            foreach (var (other, outcome) in certain.Outcomes)
            {
                if (outcomes.TryGetValue(other, out var earlier) && earlier != outcome)
                {
                    Contradictions.Add(new Contradiction(step,
                        $"it waits for “{all[other].Id}” to settle with “{earlier}” on one way and with “{outcome}” on another"));
                    return Nothing(false);
                }
            }

            outcomes = outcomes.IsEmpty ? certain.Outcomes : outcomes.SetItems(certain.Outcomes);
        }

        return new Certain(done, outcomes, true, ways.TrueForAll(w => w.Certain.IsKnown));
    }

    private Certain Enough(StepDraft step, List<(Way Way, Certain Certain)> ways, int need)
    {
        var live = ways.Where(w => w.Certain.IsPossible).Select(w => w.Certain).ToList();
        if (live.Count < need)
        {
            if (ways.Count > 0)
            {
                NoWayOn(step, ways.First(w => !w.Certain.IsPossible).Way);
            }

            return Nothing(false);
        }

        if (need > 1 && Exclusive(ways, need) is { } why)
        {
            Contradictions.Add(new Contradiction(step, why));
            return Nothing(false);
        }

        if (need == live.Count)
        {
            var every = live[0].Done.Copy();
            live.ForEach(l => every.UnionWith(l.Done));
            return new Certain(every, Shared(live), true, live.TrueForAll(l => l.IsKnown));
        }

        // A step is certain where fewer ways than are needed can do without it; with one way needed: where all have it.
        var done = live[0].Done.Copy();
        live.ForEach(l => done.IntersectWith(l.Done));
        foreach (var other in need == 1 ? [] : stage.Steps.Where(s => live.Count(l => !l.Done.Contains(s.Index - first)) < need))
        {
            done.Add(other.Index - first);
        }

        return new Certain(done, Shared(live), true, live.TrueForAll(l => l.IsKnown));
    }

    private static ImmutableSortedDictionary<int, string> Shared(List<Certain> live) =>
        live[0].Outcomes.Where(o => live.TrueForAll(l => l.Outcomes.TryGetValue(o.Key, out var other) && other == o.Value))
            .ToImmutableSortedDictionary();

    /// <summary>Where several ways are needed that are different outcomes of one step, of which only one comes.</summary>
    private string? Exclusive(List<(Way Way, Certain Certain)> ways, int need)
    {
        var together = ways.GroupBy(w => w.Way.Step).Sum(g => g.Any(w => w.Way.Outcome is null) ? g.Count() : 1);
        return together >= need ? null
            : $"it needs {need} ways, but “{all[ways[0].Way.Step].Id}” settles with one outcome only";
    }

    /// <summary>A way that leads nowhere, where that isn't said of an earlier step already.</summary>
    private void NoWayOn(StepDraft step, Way way)
    {
        var from = all[way.Step];
        if (found.TryGetValue(way.Step, out var before) && before.IsPossible && from.Outcomes.Any(o => o.Effect is not Effect.Redo))
        {
            Contradictions.Add(new Contradiction(step, $"every outcome of “{from.Id}” redoes, leaves the stage or closes the project"));
        }
    }

    private Certain Nothing(bool possible) =>
        new(new StepSet(stage.Steps.Count), ImmutableSortedDictionary<int, string>.Empty, possible, true);
}
