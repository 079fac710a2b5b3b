using System.Collections.Immutable;
using static ProcessManager.Language.Expressions.Signatures;

namespace ProcessManager.Language.Expressions;

/// <summary>How points and ranges lie to each other (Allen's relations, as DMN 1.5 words them).</summary>
internal static class RangeFunctions
{
    public static readonly ImmutableArray<Signature> All =
    [
        Relation("before", "Yes where the first ends before the second begins.", "before([1..5], [6..10])",
            (run, a, b) => Less(run, a.High, b.Low) || (Same(run, a.High, b.Low) && !(a.HighIncluded && b.LowIncluded))),
        Relation("after", "Yes where the first begins after the second ends.", "after(5, [1..4])",
            (run, a, b) => Less(run, b.High, a.Low) || (Same(run, b.High, a.Low) && !(b.HighIncluded && a.LowIncluded))),
        Relation("meets", "Yes where the second begins exactly where the first ends.", "meets([1..5], [5..10])", Meets),
        Relation("met by", "Yes where the first begins exactly where the second ends.", "met by([5..10], [1..5])", (run, a, b) => Meets(run, b, a)),
        Relation("overlaps", "Yes where they have a part in common.", "overlaps([1..5], [3..8])", Overlaps),
        Relation("overlaps before", "Yes where the first begins first and ends inside the second.", "overlaps before([1..5], [3..8])", OverlapsBefore),
        Relation("overlaps after", "Yes where the second begins first and ends inside the first.", "overlaps after([3..8], [1..5])",
            (run, a, b) => OverlapsBefore(run, b, a)),
        Relation("finishes", "Yes where the first lies in the second and ends with it.", "finishes(10, [1..10])", Finishes),
        Relation("finished by", "Yes where the second lies in the first and ends with it.", "finished by([5..10], 10)", (run, a, b) => Finishes(run, b, a)),
        Relation("includes", "Yes where the second lies in the first.", "includes([1..10], [4..6])", (run, a, b) => Includes(run, a, b)),
        Relation("during", "Yes where the first lies in the second.", "during(5, [1..10])", (run, a, b) => Includes(run, b, a)),
        Relation("starts", "Yes where the first lies in the second and begins with it.", "starts([1..5], [1..10])", Starts),
        Relation("started by", "Yes where the second lies in the first and begins with it.", "started by([1..10], 1)", (run, a, b) => Starts(run, b, a)),
        Relation("coincides", "Yes where both are the same.", "coincides([1..5], [1..5])",
            (run, a, b) => Includes(run, a, b) && Includes(run, b, a)),
    ];

    private static Signature Relation(string name, string summary, string example, Func<Run, FeelRange, FeelRange, bool> holds) =>
        new(name, summary, example, [P("first", Any), P("second", Any)], YesNo, (run, a) =>
        {
            var (first, second) = (AsRange(a[0]!), AsRange(a[1]!));
            return Comparing.Order(run, End(first), End(second)) is null ? null : Truth.Of(holds(run, first, second));
        })
        { Check = Comparable };

    private static string? Comparable(ImmutableArray<FeelType> types)
    {
        var (first, second) = (PointOf(types[0]), PointOf(types[1]));
        return !Types.Ordered(first) ? $"{Types.Say(types[0])} has no order"
            : Types.Comparable(first, second) ? null
            : $"{Types.Say(types[0])} can't be compared with {Types.Say(types[1])}";
    }

    private static FeelType PointOf(FeelType type) => type is FeelType.Range range ? range.Of : type;

    /// <summary>A point is a range that begins and ends there.</summary>
    private static FeelRange AsRange(object value) => value as FeelRange ?? new FeelRange(value, true, value, true);

    private static object? End(FeelRange range) => range.Low ?? range.High;

    private static bool Less(Run run, object? left, object? right) => Comparing.Order(run, left, right) < 0;

    private static bool Same(Run run, object? left, object? right) => Comparing.Order(run, left, right) == 0;

    private static bool Meets(Run run, FeelRange a, FeelRange b) => a.HighIncluded && b.LowIncluded && Same(run, a.High, b.Low);

    private static bool Overlaps(Run run, FeelRange a, FeelRange b) => Reaches(run, a, b) && Reaches(run, b, a);

    /// <summary>True where <paramref name="a"/> ends at or after the beginning of <paramref name="b"/>.</summary>
    private static bool Reaches(Run run, FeelRange a, FeelRange b) => a.High is null || b.Low is null ||
        Less(run, b.Low, a.High) || (a.HighIncluded && b.LowIncluded && Same(run, a.High, b.Low));

    private static bool OverlapsBefore(Run run, FeelRange a, FeelRange b) =>
        BeginsBefore(run, a, b) && Overlaps(run, a, b) && (EndsBefore(run, a, b) || SameEnd(run, a, b));

    private static bool BeginsBefore(Run run, FeelRange a, FeelRange b) => a.Low is null ? b.Low is not null
        : Less(run, a.Low, b.Low) || (a.LowIncluded && !b.LowIncluded && Same(run, a.Low, b.Low));

    private static bool EndsBefore(Run run, FeelRange a, FeelRange b) => b.High is null ? a.High is not null
        : Less(run, a.High, b.High) || (!a.HighIncluded && b.HighIncluded && Same(run, a.High, b.High));

    private static bool SameBegin(Run run, FeelRange a, FeelRange b) =>
        a.Low is null ? b.Low is null : a.LowIncluded == b.LowIncluded && Same(run, a.Low, b.Low);

    private static bool SameEnd(Run run, FeelRange a, FeelRange b) =>
        a.High is null ? b.High is null : a.HighIncluded == b.HighIncluded && Same(run, a.High, b.High);

    private static bool Includes(Run run, FeelRange a, FeelRange b) =>
        (BeginsBefore(run, a, b) || SameBegin(run, a, b)) && (EndsBefore(run, b, a) || SameEnd(run, a, b));

    private static bool Starts(Run run, FeelRange a, FeelRange b) => SameBegin(run, a, b) && Includes(run, b, a);

    private static bool Finishes(Run run, FeelRange a, FeelRange b) => SameEnd(run, a, b) && Includes(run, b, a);
}
