using System.Collections.Immutable;
using static ProcessManager.Language.Expressions.Signatures;

namespace ProcessManager.Language.Expressions;

/// <summary>Places count from 1; from the end where negative.</summary>
internal static class ListFunctions
{
    public static readonly ImmutableArray<Signature> All =
    [
        new("list contains", "Yes where the list has the member.", "list contains([1, 2, 3], 2)",
            [P("list", Items), Nullable("element", Any)], YesNo, (run, a) => Truth.Of(Has(run, L(a[0]), a[1]))) { Check = MemberFits },
        new("append", "The list with more members at its end.", "append([1], 2, 3) = [1, 2, 3]",
            [P("list", Items), Rest("item", Any)], Items, (run, a) => run.List([.. L(a[0]), .. L(a[1])])) { ResultOf = Joined },
        new("concatenate", "Several lists one after the other.", "concatenate([1, 2], [3]) = [1, 2, 3]",
            [Rest("list", Items)], Items, Concatenate) { ResultOf = JoinedLists },
        new("union", "Several lists in one, each member once.", "union([1, 2], [2, 3]) = [1, 2, 3]",
            [Rest("list", Items)], Items, (run, a) => Concatenate(run, a) is { } all ? Distinct(run, L(all)) : null) { ResultOf = JoinedLists },
        new("distinct values", "Each member once.", "distinct values([1, 2, 1]) = [1, 2]",
            [P("list", Items)], Items, (run, a) => Distinct(run, L(a[0]))) { ResultOf = Same },
        new("duplicate values", "The members that occur more than once.", "duplicate values([1, 2, 1, 3, 3]) = [1, 3]",
            [P("list", Items)], Items, (run, a) => Duplicates(run, L(a[0]))) { ResultOf = Same },
        new("reverse", "The last member first.", "reverse([1, 2, 3]) = [3, 2, 1]",
            [P("list", Items)], Items, (run, a) => run.List(L(a[0]).Reverse().ToList())) { ResultOf = Same },
        new("sort", "From the lowest to the highest.", """sort(["b", "a"]) = ["a", "b"]""",
            [P("list", Items)], Items, (run, a) => Sort(run, L(a[0]))) { ResultOf = Same, Check = TotalFunctions.MembersOrdered },
        new("index of", "The places where the list has the member.", "index of([1, 2, 3, 2], 2) = [2, 4]",
            [P("list", Items), Nullable("match", Any)], ListOf(Number),
            (run, a) => run.List(Places(run, L(a[0]), a[1]))) { Check = MemberFits },
        new("flatten", "The members of lists inside lists, in one list.", "flatten([[1, 2], [[3]], 4]) = [1, 2, 3, 4]",
            [P("list", Items)], Items, Flatten),
        new("sublist", "A part of a list, from a place on, of a length or to the end.", "sublist([4, 5, 6], 1, 2) = [4, 5]",
            [P("list", Items), P("start position", Number), Optional("length", Number)], Items, Sublist) { ResultOf = Same },
        new("remove", "The list without the member at the place.", "remove([1, 2, 3], 2) = [1, 3]",
            [P("list", Items), P("position", Number)], Items,
            (run, a) => At(run, L(a[0]), a[1]) is { } i ? run.List([.. L(a[0]).Take(i), .. L(a[0]).Skip(i + 1)]) : null) { ResultOf = Same },
        new("insert before", "The list with a new member before the place.", "insert before([1, 3], 1, 2) = [2, 1, 3]",
            [P("list", Items), P("position", Number), Nullable("newItem", Any)], Items,
            (run, a) => At(run, L(a[0]), a[1]) is { } i ? run.List([.. L(a[0]).Take(i), a[2], .. L(a[0]).Skip(i)]) : null)
            { ResultOf = t => ListOf(Types.Join(Types.ItemOf(t[0]), t[2])) },
        new("list replace", "The list with another member at the place.", "list replace([2, 4], 2, 6) = [2, 6]",
            [P("list", Items), P("position", Number), Nullable("newItem", Any)], Items,
            (run, a) => At(run, L(a[0]), a[1]) is { } i ? run.List([.. L(a[0]).Take(i), a[2], .. L(a[0]).Skip(i + 1)]) : null)
            { ResultOf = t => ListOf(Types.Join(Types.ItemOf(t[0]), t[2])) },
    ];

    public static IReadOnlyList<object?> L(object? value) => (IReadOnlyList<object?>)value!;

    private static FeelType Same(ImmutableArray<FeelType> types) => ListOf(Types.ItemOf(types[0]));

    private static FeelType Joined(ImmutableArray<FeelType> types) =>
        ListOf(types[0] is FeelType.ListOf { Item: FeelType.Null } && types.Length == 1 ? Any
            : Types.Join(types.Skip(1).Prepend(types[0] is FeelType.ListOf list ? list.Item : types[0])));

    private static FeelType JoinedLists(ImmutableArray<FeelType> types) =>
        types.IsEmpty ? Items : ListOf(Types.Join(types.Select(t => t is FeelType.ListOf list ? list.Item : t)));

    private static string? MemberFits(ImmutableArray<FeelType> types) => Types.Comparable(Types.ItemOf(types[0]), types[1])
        ? null
        : $"{Types.Say(types[0])} has no member that is {Types.Say(types[1])}";

    private static bool Has(Run run, IReadOnlyList<object?> list, object? element)
    {
        foreach (var item in list)
        {
            if (!run.Spend() || Comparing.Same(run, item, element))
            {
                return !run.Exhausted;
            }
        }

        return false;
    }

    private static object? Concatenate(Run run, object?[] a)
    {
        var all = new List<object?>();
        foreach (var list in L(a[0]))
        {
            if (list is null)
            {
                return null;
            }

            all.AddRange(L(list));
            if (all.Count > Run.MaxItems)
            {
                break;
            }
        }

        return run.List(all);
    }

    private static List<object?> Distinct(Run run, IReadOnlyList<object?> list)
    {
        var kept = new List<object?>();
        foreach (var item in list)
        {
            if (!Has(run, kept, item) && !run.Exhausted)
            {
                kept.Add(item);
            }
        }

        return kept;
    }

    private static List<object?> Duplicates(Run run, IReadOnlyList<object?> list)
    {
        var (seen, twice) = (new List<object?>(), new List<object?>());
        foreach (var item in list)
        {
            var known = Has(run, seen, item);
            if (known && !Has(run, twice, item))
            {
                twice.Add(item);
            }
            else if (!known)
            {
                seen.Add(item);
            }
        }

        return twice;
    }

    private static List<object?>? Sort(Run run, IReadOnlyList<object?> list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (Comparing.Order(run, list[i], list[0]) is null)
            {
                return null;
            }
        }

        // n log n comparisons, some twenty times the list at its longest.
        return run.Spend(list.Count * 17) ? list.OrderBy(i => i, Comparer<object?>.Create((l, r) => Comparing.Order(run, l, r) ?? 0)).ToList() : null;
    }

    private static List<object?> Places(Run run, IReadOnlyList<object?> list, object? match)
    {
        var places = new List<object?>();
        for (var i = 0; i < list.Count && run.Spend(); i++)
        {
            if (Comparing.Same(run, list[i], match))
            {
                places.Add((decimal)(i + 1));
            }
        }

        return places;
    }

    private static object? Flatten(Run run, object?[] a)
    {
        var flat = new List<object?>();
        return AddFlat(run, flat, L(a[0]), 0) ? run.List(flat) : null;
    }

    private static bool AddFlat(Run run, List<object?> flat, IReadOnlyList<object?> list, int depth)
    {
        if (depth > Run.MaxDepth)
        {
            run.Fail($"Lists are nested more than {Run.MaxDepth} levels deep.");
            return false;
        }

        foreach (var item in list)
        {
            if (!run.Spend())
            {
                return false;
            }

            if (item is not IReadOnlyList<object?> inner)
            {
                flat.Add(item);
            }
            else if (!AddFlat(run, flat, inner, depth + 1))
            {
                return false;
            }
        }

        return true;
    }

    private static object? Sublist(Run run, object?[] a)
    {
        var list = L(a[0]);
        if (At(run, list, a[1]) is not { } from)
        {
            return null;
        }

        var length = (decimal?)a[2] ?? list.Count - from;
        return length < 0 || length != decimal.Truncate(length) || from + length > list.Count
            ? run.Fail("A part of a list goes beyond the list.")
            : run.List(list.Skip(from).Take((int)length).ToList());
    }

    /// <summary>The index that a place means; null, with the reason, where the list has no such place.</summary>
    private static int? At(Run run, IReadOnlyList<object?> list, object? place)
    {
        var position = (decimal)place!;
        var index = position > 0 ? position - 1 : list.Count + position;
        if (position == 0 || position != decimal.Truncate(position) || index < 0 || index >= list.Count)
        {
            run.Fail($"A list of {list.Count} has no place {ValueText.Number(position)}.");
            return null;
        }

        return (int)index;
    }
}
