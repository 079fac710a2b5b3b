using System.Collections.Immutable;
using static ProcessManager.Language.Expressions.ListFunctions;
using static ProcessManager.Language.Expressions.Signatures;

namespace ProcessManager.Language.Expressions;

/// <summary>Functions that make one value of many: of a list, or of their arguments.</summary>
internal static class TotalFunctions
{
    public static readonly ImmutableArray<Signature> All =
    [
        new("count", "How many members a list has.", "count([1, 2, 3]) = 3",
            [P("list", Items)], Number, (_, a) => (decimal)L(a[0]).Count),
        .. Both("min", "The lowest.", "min([3, 1, 2]) = 1", Any, (run, list) => Extreme(run, list, -1), Item, MembersOrdered),
        .. Both("max", "The highest.", "max(3, 1, 2) = 3", Any, (run, list) => Extreme(run, list, 1), Item, MembersOrdered),
        .. Both("sum", "All together; null for an empty list.", "sum([1, 2, 3]) = 6", Number,
            (run, list) => Numbers(run, "sum", list)?.Sum()),
        .. Both("mean", "The average; null for an empty list.", "mean(1, 2, 3) = 2", Number,
            (run, list) => Numbers(run, "mean", list)?.Average()),
        .. Both("product", "All multiplied.", "product(2, 3, 4) = 24", Number,
            (run, list) => Numbers(run, "product", list)?.Aggregate(1m, (x, y) => x * y)),
        .. Both("median", "The middle one, or the average of the middle two.", "median(8, 2, 5, 3, 4) = 4", Number,
            (run, list) => Numbers(run, "median", list) is { } numbers ? Median(numbers) : null),
        .. Both("stddev", "The (sample) standard deviation.", "decimal(stddev(2, 4, 7, 5), 6) = 2.081666", Number,
            (run, list) => Numbers(run, "stddev", list) is { Count: > 1 } numbers ? Deviation(run, numbers) : null),
        .. Both("mode", "The most frequent ones, in ascending order.", "mode(6, 3, 9, 6, 6) = [6]", Number,
            (run, list) => list.Count == 0 ? list : Numbers(run, "mode", list) is { } numbers ? Mode(numbers) : null, _ => ListOf(Number)),
        .. Both("all", "Yes where every member is yes.", "all([true, false]) = false", YesNo, (run, list) => Fold(list, false)),
        .. Both("any", "Yes where a member is yes.", "any([true, false])", YesNo, (run, list) => Fold(list, true)),
    ];

    /// <summary>The function of a list, and the same of any number of arguments.</summary>
    private static Signature[] Both(
        string name, string summary, string example, FeelType item, Func<Run, IReadOnlyList<object?>, object?> body,
        Func<ImmutableArray<FeelType>, FeelType>? resultOf = null, Func<ImmutableArray<FeelType>, string?>? check = null)
    {
        object? Run(Run run, object?[] a) => run.Spend(L(a[0]).Count) ? body(run, L(a[0])) : null;
        var list = new Signature(name, summary, example, [P("list", ListOf(item))], item, Run) { ResultOf = resultOf, Check = check };
        return [list, list with { Parameters = [P("n", item), Rest("more", item)], Body = (run, a) => Run(run, [new[] { a[0] }.Concat(L(a[1])).ToList()]) }];
    }

    private static FeelType Item(ImmutableArray<FeelType> types) =>
        types.Length == 1 ? Types.ItemOf(types[0]) : Types.Join(types);

    internal static string? MembersOrdered(ImmutableArray<FeelType> types)
    {
        var item = types.Length == 1 ? Types.ItemOf(types[0]) : Types.Join(types);
        return item is FeelType.Any && types.Length > 1 && !types.Any(Types.IsOpen)
            ? $"{Types.Say(types.First(t => !Types.Comparable(t, types[0])))} can't be compared with {Types.Say(types[0])}"
            : Types.Ordered(item) ? null : $"{Types.Say(types[0])} has no order";
    }

    private static object? Extreme(Run run, IReadOnlyList<object?> list, int sign)
    {
        if (list.Count == 0)
        {
            return null;
        }

        var best = list[0];
        foreach (var item in list)
        {
            if (Comparing.Order(run, item, best) is not { } order)
            {
                return null;
            }

            best = order * sign > 0 ? item : best;
        }

        return best;
    }

    /// <summary>The members as numbers; null where there are none or one isn't a number.</summary>
    private static List<decimal>? Numbers(Run run, string function, IReadOnlyList<object?> list)
    {
        var numbers = new List<decimal>(list.Count);
        foreach (var item in list)
        {
            if (item is not decimal number)
            {
                run.Fail($"{function} needs numbers, found {Kinds.Say(item)}.");
                return null;
            }

            numbers.Add(number);
        }

        return numbers.Count == 0 ? null : numbers;
    }

    private static decimal Median(List<decimal> numbers)
    {
        numbers.Sort();
        var middle = numbers.Count / 2;
        return numbers.Count % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
    }

    private static object? Deviation(Run run, List<decimal> numbers)
    {
        var mean = numbers.Average();
        return Powers.Root(run, numbers.Sum(n => (n - mean) * (n - mean)) / (numbers.Count - 1));
    }

    private static List<object?> Mode(List<decimal> numbers)
    {
        var groups = numbers.GroupBy(n => n).ToList();
        var most = groups.Max(g => g.Count());
        return groups.Where(g => g.Count() == most).Select(g => g.Key).Order().Select(n => (object?)n).ToList();
    }

    /// <summary>Three-valued: <paramref name="decisive"/> where a member is it, else null where one is unknown.</summary>
    private static object? Fold(IReadOnlyList<object?> list, bool decisive) =>
        list.Any(i => i is bool b && b == decisive) ? Truth.Of(decisive)
        : list.All(i => i is bool) ? Truth.Of(!decisive)
        : null;
}
