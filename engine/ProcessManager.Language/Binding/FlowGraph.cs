using System.Collections.Immutable;

namespace ProcessManager.Language.Binding;

/// <summary>The ways between the steps of a plan, and what follows from them. Built once; every question is cheap.</summary>
internal sealed class FlowGraph
{
    private readonly IReadOnlyList<StepDraft> steps;
    private readonly List<int>[] followers;
    private readonly int[][] waitsFor;
    private readonly int[] place;
    private readonly Dictionary<int, ImmutableArray<int>> restingOn = [];

    public FlowGraph(IReadOnlyList<StepDraft> steps)
    {
        this.steps = steps;
        followers = [.. steps.Select(_ => new List<int>())];
        waitsFor = [.. steps.Select(s => StepsOf(s.After.Ways))];
        foreach (var step in steps)
        {
            foreach (var from in waitsFor[step.Index])
            {
                followers[from].Add(step.Index);
            }
        }

        place = Order();
    }

    /// <summary>The steps in an order in which each comes after those it waits for; those in circles are missing.</summary>
    public ImmutableArray<int> InOrder { get; private set; }

    public IReadOnlyList<int> FollowersOf(int step) => followers[step];

    /// <summary>False for a step in a circle, or behind one.</summary>
    public bool HasOrder(int step) => place[step] >= 0;

    /// <summary>A step and every step that rests on it, in file order.</summary>
    public ImmutableArray<int> RestingOn(int step)
    {
        if (restingOn.TryGetValue(step, out var known))
        {
            return known;
        }

        var rests = new bool[steps.Count];
        var open = new Stack<int>([step]);
        var found = 0;
        while (open.TryPop(out var at))
        {
            if (rests[at])
            {
                continue;
            }

            rests[at] = true;
            found++;
            foreach (var next in followers[at])
            {
                open.Push(next);
            }
        }

        var inOrder = ImmutableArray.CreateBuilder<int>(found);
        for (var i = 0; i < rests.Length; i++)
        {
            if (rests[i])
            {
                inOrder.Add(i);
            }
        }

        return restingOn[step] = inOrder.MoveToImmutable();
    }

    /// <summary>The steps that lie before a step on some way.</summary>
    public HashSet<int> Upstream(int step)
    {
        var found = new HashSet<int>();
        var open = new Stack<int>([step]);
        while (open.TryPop(out var at))
        {
            foreach (var way in steps[at].After.Ways.Where(w => found.Add(w.Step)))
            {
                open.Push(way.Step);
            }
        }

        return found;
    }

    /// <summary>The named steps of a <c>first</c> join, and every step that leads only to them, in file order.</summary>
    public ImmutableArray<int> CancelledBy(Join.First join)
    {
        var found = new SortedSet<int>(join.Ways.Select(w => w.Step));
        var open = new Stack<int>(found);
        while (open.TryPop(out var at))
        {
            foreach (var before in waitsFor[at])
            {
                if (!found.Contains(before) && followers[before].TrueForAll(found.Contains))
                {
                    found.Add(before);
                    open.Push(before);
                }
            }
        }

        return [.. found];
    }

    /// <summary>One circle of steps that wait for each other, in the order in which they wait; none where there is none.</summary>
    public IEnumerable<ImmutableArray<int>> Circles()
    {
        var seen = new HashSet<int>();
        foreach (var start in steps.Select(s => s.Index).Where(i => !HasOrder(i)))
        {
            // Every step without a place waits for another one without a place, so walking back ends in a circle.
            var path = new List<int>();
            var at = start;
            while (!seen.Contains(at))
            {
                seen.Add(at);
                path.Add(at);
                at = steps[at].After.Ways.First(w => !HasOrder(w.Step)).Step;
            }

            if (path.IndexOf(at) is var first and >= 0)
            {
                yield return [.. path.Skip(first)];
            }
        }
    }

    /// <summary>The steps that ways lead from, each once.</summary>
    private static int[] StepsOf(ImmutableArray<Way> ways) => ways switch
    {
        [] => [],
        [var one] => [one.Step],
        _ => [.. ways.Select(w => w.Step).Distinct()],
    };

    private int[] Order()
    {
        var waits = Array.ConvertAll(waitsFor, w => w.Length);
        var order = ImmutableArray.CreateBuilder<int>(steps.Count);
        var open = new Queue<int>(steps.Where(s => waits[s.Index] == 0).Select(s => s.Index));
        var places = Enumerable.Repeat(-1, steps.Count).ToArray();
        while (open.TryDequeue(out var at))
        {
            places[at] = order.Count;
            order.Add(at);
            foreach (var next in followers[at])
            {
                if (--waits[next] == 0)
                {
                    open.Enqueue(next);
                }
            }
        }

        InOrder = order.ToImmutable();
        return places;
    }
}
