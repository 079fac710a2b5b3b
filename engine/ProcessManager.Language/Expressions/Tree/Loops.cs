using System.Collections.Immutable;

namespace ProcessManager.Language.Expressions;

/// <summary>The members that match a condition, or the one at a place (from 1; from the end where negative).</summary>
internal sealed class FilterNode(Node target, Node condition, int slot, FeelType type) : Node(type)
{
    public Node Target { get; } = target;

    public Node Condition { get; } = condition;

    public override IEnumerable<Node> Children => [Target, Condition];

    protected override object? Compute(Run run)
    {
        if (Target.Evaluate(run) is not { } target)
        {
            return null;
        }

        var list = Kinds.AsList(target);
        if (Condition.Type is FeelType.Number)
        {
            return Condition.Evaluate(run) is decimal place ? At(list, place) : null;
        }

        var kept = new List<object?>();
        for (var i = 0; i < list.Count && !run.Exhausted; i++)
        {
            run.Locals[slot] = list[i];
            switch (Condition.Evaluate(run))
            {
                case decimal place when i == 0: return At(list, place);
                case true: kept.Add(list[i]); break;
            }
        }

        return kept;
    }

    private static object? At(IReadOnlyList<object?> list, decimal place)
    {
        var index = place > 0 ? place - 1 : list.Count + place;
        return place != 0 && index >= 0 && index < list.Count && index == decimal.Truncate(index) ? list[(int)index] : null;
    }
}

/// <summary>One list of a loop. With an upper end it counts, up or down, by ones or by days.</summary>
internal sealed record Looped(string Name, int Slot, Node List, Node? To)
{
    /// <summary>The members, one after the other in <see cref="Slot"/>; null where there is no list.</summary>
    public IEnumerable<object?>? Members(Run run)
    {
        var list = List.Evaluate(run);
        if (To is null)
        {
            return list is null ? null
                : list is FeelRange { LowIncluded: true, HighIncluded: true } range ? (Comparing.Order(run, range.Low, range.High) > 0 ? null : Count(run, range.Low, range.High))
                : Kinds.AsList(list);
        }

        return Count(run, list, To.Evaluate(run));
    }

    private static IEnumerable<object?>? Count(Run run, object? from, object? to) => (from, to) switch
    {
        (decimal first, decimal last) => Numbers(first, last),
        (DateOnly first, DateOnly last) => Days(first, last),
        (null, _) or (_, null) => null,
        _ => (IEnumerable<object?>?)run.Fail($"A loop can't count from {Kinds.Say(from)} to {Kinds.Say(to)}."),
    };

    /// <summary>Endless as far as this method goes: the budget of the evaluation ends it.</summary>
    private static IEnumerable<object?> Numbers(decimal first, decimal last)
    {
        var step = first <= last ? 1 : -1;
        for (var n = first; step > 0 ? n <= last : n >= last; n += step)
        {
            yield return n;
            if (Math.Abs(n) > 1e27m)
            {
                yield break;
            }
        }
    }

    private static IEnumerable<object?> Days(DateOnly first, DateOnly last)
    {
        var step = first <= last ? 1 : -1;
        for (var day = first.DayNumber; step > 0 ? day <= last.DayNumber : day >= last.DayNumber; day += step)
        {
            yield return DateOnly.FromDayNumber(day);
        }
    }
}

/// <summary>Several lists inside each other, the last one fastest.</summary>
internal abstract class LoopNode(ImmutableArray<Looped> lists, Node body, FeelType type) : Node(type)
{
    public ImmutableArray<Looped> Lists { get; } = lists;

    public Node Body { get; } = body;

    public override IEnumerable<Node> Children => Lists.SelectMany(l => new[] { l.List, l.To }.OfType<Node>()).Append(Body);

    /// <summary>Calls <paramref name="visit"/> for each combination until it says stop. False where a list is null.</summary>
    protected bool Walk(Run run, Func<bool> visit)
    {
        var stopped = false;
        return Walk(run, 0, visit, ref stopped);
    }

    private bool Walk(Run run, int level, Func<bool> visit, ref bool stopped)
    {
        if (level == Lists.Length)
        {
            stopped = !visit();
            return true;
        }

        if (Lists[level].Members(run) is not { } members)
        {
            return false;
        }

        foreach (var member in members)
        {
            if (stopped || !run.Spend())
            {
                break;
            }

            run.Locals[Lists[level].Slot] = member;
            if (!Walk(run, level + 1, visit, ref stopped))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>The results so far are <c>partial</c> for the next ones.</summary>
internal sealed class ForNode(ImmutableArray<Looped> lists, int partial, Node body, FeelType type) : LoopNode(lists, body, type)
{
    /// <summary>The first members of a list that only grows: what it was at one moment, without a copy.</summary>
    private sealed class Beginning(List<object?> list, int count) : IReadOnlyList<object?>
    {
        public int Count => count;

        public object? this[int index] => index < count ? list[index] : throw new ArgumentOutOfRangeException(nameof(index));

        public IEnumerator<object?> GetEnumerator() => list.Take(count).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    protected override object? Compute(Run run)
    {
        var results = new List<object?>();
        return Walk(run, () =>
        {
            run.Locals[partial] = new Beginning(results, results.Count);
            results.Add(Body.Evaluate(run));
            return results.Count <= Run.MaxItems;
        }) ? run.List(results) : null;
    }
}

/// <summary><c>some</c> is a chain of or over the members, <c>every</c> one of and.</summary>
internal sealed class QuantifiedNode(bool isEvery, ImmutableArray<Looped> lists, Node body)
    : LoopNode(lists, body, FeelType.YesNoType)
{
    public bool IsEvery { get; } = isEvery;

    protected override object? Compute(Run run)
    {
        bool? result = IsEvery;
        var known = Walk(run, () =>
        {
            var holds = Body.Holds(run);
            result = holds == !IsEvery ? !IsEvery : holds is null ? null : result;
            return holds != !IsEvery;
        });
        return known ? Truth.Of(result) : null;
    }
}
