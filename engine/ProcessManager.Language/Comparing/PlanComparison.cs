using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Language.Describing;

namespace ProcessManager.Language.Comparing;

/// <summary>Pairs the parts of two plans by id, or by the id a part had (<c>was</c>), and compares what is said of each.</summary>
internal sealed class PlanComparison
{
    private readonly Plan before, after;
    private readonly ImmutableArray<PlanChange>.Builder changes = ImmutableArray.CreateBuilder<PlanChange>();
    private readonly PlanFacts then, now;

    public PlanComparison(Plan before, Plan after)
    {
        (this.before, this.after) = (before, after);
        now = new PlanFacts(after);

        // Who names a thing that was renamed hasn't changed.
        then = new PlanFacts(before, new PlanWords(before) { Renamed = Renamed(before, after) });
    }

    private static Dictionary<string, string> Renamed(Plan before, Plan after)
    {
        var ids = after.Steps.Select(s => (s.Id, s.Was)).Concat(after.Stages.Select(s => (s.Id, s.Was)))
            .Concat(after.Fields.Select(f => (f.Id, f.Was))).Concat(after.Roles.Select(r => (r.Id, r.Was)));
        var known = before.Steps.Select(s => s.Id).Concat(before.Stages.Select(s => s.Id))
            .Concat(before.Fields.Select(f => f.Id)).Concat(before.Roles.Select(r => r.Id)).ToHashSet();
        var renamed = new Dictionary<string, string>();
        foreach (var (id, was) in ids.Where(i => i.Was is not null && known.Contains(i.Was) && !known.Contains(i.Id)))
        {
            renamed.TryAdd(was!, id);
        }

        return renamed;
    }

    public ImmutableArray<PlanChange> Run()
    {
        if (before.Id != after.Id)
        {
            Add(ChangeKind.Renamed, new Place(PlanPart.Plan, after.Id, after.Name, null), before.Id, after.Id);
        }

        Facts(new Place(PlanPart.Plan, after.Id, after.Name, null), then.OfPlan(), now.OfPlan());
        Parts(PlanPart.Field, before.Fields, after.Fields, f => (f.Id, f.Label, f.Was), then.Of, now.Of);
        Parts(PlanPart.Role, before.Roles, after.Roles, r => (r.Id, r.Label, r.Was), then.Of, now.Of);
        Starts();
        Stages();
        OnClose();
        Parts(PlanPart.Template, Sorted(before.Templates), Sorted(after.Templates), t => (t.Id, t.Id, null), PlanFacts.Of, PlanFacts.Of);
        Parts(PlanPart.Letter, Sorted(before.Letters), Sorted(after.Letters), t => (t.Id, t.Id, null), PlanFacts.Of, PlanFacts.Of);
        return changes.ToImmutable();
    }

    private readonly record struct Place(PlanPart Part, string Id, string Name, string? Stage);

    private void Add(ChangeKind kind, Place place, string? from, string? to) =>
        changes.Add(new PlanChange(kind, place.Part, place.Id, place.Name, place.Stage, null, null, from, to));

    private static List<T> Sorted<T>(ImmutableDictionary<string, T> parts) => [.. parts.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Value)];

    private void Parts<T>(
        PlanPart part, IReadOnlyList<T> olds, IReadOnlyList<T> news, Func<T, (string Id, string Name, string? Was)> named,
        Func<T, ImmutableArray<PlanFact>> oldFacts, Func<T, ImmutableArray<PlanFact>> newFacts)
        where T : class
    {
        var pairs = Pairs(olds, news, named);
        foreach (var (old, made) in pairs)
        {
            var (id, name, _) = named((made ?? old)!);
            Pair(new Place(part, id, name, null), old, made, old is null ? null : named(old).Id, oldFacts, newFacts);
        }

        Moves(pairs, part, made => named(made) is var (id, name, _) ? new Place(part, id, name, null) : default);
    }

    private void Pair<T>(
        Place place, T? old, T? made, string? formerId, Func<T, ImmutableArray<PlanFact>> oldFacts, Func<T, ImmutableArray<PlanFact>> newFacts)
        where T : class
    {
        if (old is null)
        {
            Add(ChangeKind.Added, place, null, Short(newFacts(made!)));
        }
        else if (made is null)
        {
            Add(ChangeKind.Removed, place, Short(oldFacts(old)), null);
        }
        else
        {
            if (formerId != place.Id)
            {
                Add(ChangeKind.Renamed, place, formerId, place.Id);
            }

            Facts(place, oldFacts(old), newFacts(made));
        }
    }

    /// <summary>A part that came or went, in a few words.</summary>
    private static string Short(ImmutableArray<PlanFact> facts) => string.Join("; ", facts
        .Where(f => !f.IsProse && f.Key is not ("name" or "label" or "title" or "digest"))
        .Select(f => f.Key is "kind" or "start" ? f.Text : $"{char.ToLowerInvariant(f.Label[0])}{f.Label[1..]}: {f.Text}"));

    /// <summary>New parts in their order, each with the old one; parts that are gone behind the one they stood behind.</summary>
    private static List<(T? Old, T? Made)> Pairs<T>(IReadOnlyList<T> olds, IReadOnlyList<T> news, Func<T, (string Id, string Name, string? Was)> named)
        where T : class
    {
        var byId = olds.ToDictionary(o => named(o).Id);
        var taken = new HashSet<T>(ReferenceEqualityComparer.Instance);
        List<(T? Old, T? Made)> pairs = [];
        foreach (var made in news)
        {
            var (id, _, was) = named(made);
            var old = byId.GetValueOrDefault(id) ?? (was is not null ? byId.GetValueOrDefault(was) : null);
            pairs.Add((old is not null && taken.Add(old) ? old : null, made));
        }

        for (var i = 0; i < olds.Count; i++)
        {
            if (!taken.Contains(olds[i]))
            {
                var behind = i == 0 ? -1 : pairs.FindIndex(p => ReferenceEquals(p.Old, olds[i - 1]));
                pairs.Insert(behind + 1, (olds[i], null));
            }
        }

        return pairs;
    }

    /// <summary>The fewest parts whose moving explains the new order.</summary>
    private void Moves<T>(List<(T? Old, T? Made)> pairs, PlanPart part, Func<T, Place> placed)
        where T : class
    {
        if (part is PlanPart.Template or PlanPart.Letter)
        {
            return;
        }

        var both = pairs.Where(p => p.Old is not null && p.Made is not null).ToList();
        var formerly = both.Select(p => p.Old!).OrderBy(IndexOf).ToList();
        var order = both.ConvertAll(p => formerly.FindIndex(o => ReferenceEquals(o, p.Old)));
        var stay = LongestRise(order);
        for (var i = 0; i < both.Count; i++)
        {
            if (!stay.Contains(i))
            {
                var behind = i == 0 ? "first" : "behind " + placed(both[i - 1].Made!).Id;
                Add(ChangeKind.Moved, placed(both[i].Made!), null, behind);
            }
        }
    }

    private int IndexOf(object part) => part switch
    {
        Field field => before.Fields.IndexOf(field),
        Role role => before.Roles.IndexOf(role),
        Stage stage => stage.Index,
        Step step => step.Index,
        _ => 0,
    };

    private static HashSet<int> LongestRise(List<int> order)
    {
        var best = new int[order.Count];
        var from = new int[order.Count];
        for (var i = 0; i < order.Count; i++)
        {
            (best[i], from[i]) = (1, -1);
            for (var j = 0; j < i; j++)
            {
                if (order[j] < order[i] && best[j] + 1 > best[i])
                {
                    (best[i], from[i]) = (best[j] + 1, j);
                }
            }
        }

        var stay = new HashSet<int>();
        for (var at = order.Count == 0 ? -1 : Array.IndexOf(best, best.Max()); at >= 0; at = from[at])
        {
            stay.Add(at);
        }

        return stay;
    }

    private void Starts()
    {
        var (olds, news) = (before.Start.Select(Rule(then)).ToList(), after.Start.Select(Rule(now)).ToList());
        foreach (var (id, text, meaning) in olds.Where(o => !news.Exists(n => n.Meaning == o.Meaning)))
        {
            Add(ChangeKind.Removed, new Place(PlanPart.Start, id, text, null), text, null);
        }

        foreach (var (id, text, meaning) in news.Where(n => !olds.Exists(o => o.Meaning == n.Meaning)))
        {
            Add(ChangeKind.Added, new Place(PlanPart.Start, id, text, null), null, text);
        }
    }

    private static Func<StartRule, int, (string Id, string Text, string Meaning)> Rule(PlanFacts facts) => (rule, index) =>
        (string.Create(CultureInfo.InvariantCulture, $"{index + 1}"), facts.Words.Start(rule),
            $"{facts.Words.Start(rule)} {rule.When?.Canonical} {string.Join(";", rule.Fields.Select(f => f.Value.Canonical))}");

    private void Stages()
    {
        var steps = Pairs(StepsIn(before), StepsIn(after), s => (s.Id, s.Name, s.Was));
        var formerly = steps.Where(p => p.Made is not null && p.Old is not null).ToDictionary(p => p.Made!.Index, p => p.Old!);
        var pairs = Pairs<Stage>(before.Stages, after.Stages, s => (s.Id, s.Name, s.Was));
        foreach (var (old, made) in pairs)
        {
            var stage = (made ?? old)!;
            Pair(new Place(PlanPart.Stage, stage.Id, stage.Name, null), old, made, old?.Id, then.Of, now.Of);
            List<(Step? Old, Step? Made)> here = made is not null
                ? [.. steps.Where(p => p.Made?.Stage == made.Index || (p.Made is null && old is not null && p.Old!.Stage == old.Index))]
                : [.. steps.Where(p => p.Made is null && p.Old!.Stage == old!.Index)];
            Steps(here, stage.Id, pairs);
        }

        Moves(pairs, PlanPart.Stage, made => new Place(PlanPart.Stage, made.Id, made.Name, null));
    }

    private static List<Step> StepsIn(Plan plan) => [.. plan.Steps.Where(s => s.Stage >= 0)];

    private void Steps(List<(Step? Old, Step? Made)> pairs, string stage, List<(Stage? Old, Stage? Made)> stages)
    {
        List<(Step? Old, Step? Made)> stayed = [];
        foreach (var (old, made) in pairs)
        {
            var step = (made ?? old)!;
            var place = new Place(PlanPart.Step, step.Id, step.Name, stage);
            if (old is not null && made is not null)
            {
                var from = before.Stages[old.Stage];
                if (stages.Exists(s => s.Made?.Index == made.Stage && ReferenceEquals(s.Old, from)))
                {
                    stayed.Add((old, made));
                }
                else
                {
                    Add(ChangeKind.Moved, place, "stage " + from.Id, "stage " + stage);
                }
            }

            Pair(place, old, made, old?.Id, then.Of, now.Of);
        }

        Moves(stayed, PlanPart.Step, made => new Place(PlanPart.Step, made.Id, made.Name, stage));
    }

    private void OnClose()
    {
        foreach (var result in Enum.GetValues<CloseResult>())
        {
            var pairs = Pairs(OnClose(before, result), OnClose(after, result), s => (s.Id, s.Name, s.Was));
            foreach (var (old, made) in pairs)
            {
                var step = (made ?? old)!;
                Pair(new Place(PlanPart.OnClose, step.Id, step.Name, Binding.Kinds.Lower(result)), old, made, old?.Id, then.Of, now.Of);
            }

            Moves(pairs, PlanPart.OnClose, made => new Place(PlanPart.OnClose, made.Id, made.Name, Binding.Kinds.Lower(result)));
        }
    }

    private static List<Step> OnClose(Plan plan, CloseResult result) =>
        plan.OnClose.TryGetValue(result, out var steps) ? [.. steps.Select(i => plan.Steps[i])] : [];

    private void Facts(Place place, ImmutableArray<PlanFact> olds, ImmutableArray<PlanFact> news)
    {
        foreach (var fact in news)
        {
            var old = olds.FirstOrDefault(o => o.Key == fact.Key);
            if (old?.Meaning != fact.Meaning)
            {
                Changed(place, fact, old?.Text, fact.Text);
            }
        }

        foreach (var gone in olds.Where(o => !news.Any(n => n.Key == o.Key)))
        {
            Changed(place, gone, gone.Text, null);
        }
    }

    private void Changed(Place place, PlanFact fact, string? from, string? to) =>
        changes.Add(new PlanChange(ChangeKind.Changed, place.Part, place.Id, place.Name, place.Stage, fact.Key, fact.Label, from, to) { IsProse = fact.IsProse });
}
