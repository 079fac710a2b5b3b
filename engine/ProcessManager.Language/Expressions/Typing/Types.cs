using System.Collections.Immutable;

namespace ProcessManager.Language.Expressions;

/// <summary>What types have to do with each other. Any and null go with everything; that is seen at run time.</summary>
internal static class Types
{
    public static readonly FeelType.Context AnyContext = new(ImmutableDictionary<string, FeelType>.Empty, Closed: false);
    public static readonly FeelType AnyList = new FeelType.ListOf(FeelType.AnyType);
    public static readonly FeelType AnyRange = new FeelType.Range(FeelType.AnyType);

    public static bool IsOpen(FeelType type) => type is FeelType.Any or FeelType.Null;

    /// <summary>True where a value of <paramref name="given"/> can stand where <paramref name="wanted"/> is asked.</summary>
    public static bool Fits(FeelType given, FeelType wanted) => (given, wanted) switch
    {
        _ when IsOpen(given) || wanted is FeelType.Any => true,
        (FeelType.ListOf g, FeelType.ListOf w) => Fits(g.Item, w.Item),
        (FeelType.Range g, FeelType.Range w) => Fits(g.Of, w.Of),
        (FeelType.Context g, FeelType.Context w) => w.Entries.All(e =>
            g.Entries.TryGetValue(e.Key, out var entry) ? Fits(entry, e.Value) : !g.Closed),
        _ => given.GetType() == wanted.GetType(),
    };

    /// <summary>True where = may compare the two.</summary>
    public static bool Comparable(FeelType left, FeelType right) => (left, right) switch
    {
        _ when IsOpen(left) || IsOpen(right) => true,
        (FeelType.ListOf l, FeelType.ListOf r) => Comparable(l.Item, r.Item),
        (FeelType.Range l, FeelType.Range r) => Comparable(l.Of, r.Of),
        _ => left.GetType() == right.GetType(),
    };

    /// <summary>True where values of the type have an order.</summary>
    public static bool Ordered(FeelType type) => type is FeelType.Number or FeelType.Text or FeelType.Date or FeelType.Time
        or FeelType.DateTime or FeelType.DaysDuration or FeelType.YearsDuration || IsOpen(type);

    public static bool Same(FeelType left, FeelType right) => (left, right) switch
    {
        (FeelType.ListOf l, FeelType.ListOf r) => Same(l.Item, r.Item),
        (FeelType.Range l, FeelType.Range r) => Same(l.Of, r.Of),
        (FeelType.Context l, FeelType.Context r) => l.Closed == r.Closed && l.Entries.Count == r.Entries.Count &&
            l.Entries.All(e => r.Entries.TryGetValue(e.Key, out var other) && Same(e.Value, other)),
        _ => left.GetType() == right.GetType(),
    };

    /// <summary>The type of what is one or the other.</summary>
    public static FeelType Join(FeelType left, FeelType right) => (left, right) switch
    {
        _ when Same(left, right) => left,
        (FeelType.Null, _) => right,
        (_, FeelType.Null) => left,
        (FeelType.ListOf l, FeelType.ListOf r) => new FeelType.ListOf(Join(l.Item, r.Item)),
        (FeelType.Range l, FeelType.Range r) => new FeelType.Range(Join(l.Of, r.Of)),
        (FeelType.Context l, FeelType.Context r) => Merge(l, r),
        _ => FeelType.AnyType,
    };

    /// <summary>An entry that only one of the two has is null in the other.</summary>
    private static FeelType.Context Merge(FeelType.Context left, FeelType.Context right)
    {
        var entries = left.Entries.ToBuilder();
        foreach (var (name, type) in right.Entries)
        {
            entries[name] = entries.TryGetValue(name, out var other) ? Join(other, type) : type;
        }

        return new FeelType.Context(entries.ToImmutable(), left.Closed && right.Closed);
    }

    public static FeelType Join(IEnumerable<FeelType> types) => types.Aggregate(FeelType.NullType, Join);

    /// <summary>The type of a list's members; what is no list counts as one of one.</summary>
    public static FeelType ItemOf(FeelType type) => type switch
    {
        FeelType.ListOf list => list.Item is FeelType.Null ? FeelType.AnyType : list.Item,
        FeelType.Null => FeelType.AnyType,
        _ => type,
    };

    /// <summary>The type in words, with its article.</summary>
    public static string Say(FeelType type) => type switch
    {
        FeelType.ListOf(var item) => item is FeelType.Any or FeelType.Null ? "a list" : $"a list of {SayMany(item)}",
        FeelType.Range(var of) => of is FeelType.Any or FeelType.Null ? "a range" : $"a range of {SayMany(of)}",
        FeelType.Any => "any value",
        FeelType.Null => "null",
        FeelType.Number => "a number",
        FeelType.Text => "a text",
        FeelType.YesNo => "yes or no",
        FeelType.Date => "a date",
        FeelType.Time => "a time",
        FeelType.DateTime => "a date and time",
        FeelType.DaysDuration => "a duration",
        FeelType.YearsDuration => "a duration in months",
        FeelType.Context => "a context",
        _ => "a value",
    };

    /// <summary>The type in a word or two, as it stands in a function's signature.</summary>
    public static string Short(FeelType type) => type switch
    {
        FeelType.ListOf(var item) => item is FeelType.Any ? "list" : $"list of {SayMany(item)}",
        FeelType.YesNo => "yes or no",
        FeelType.Any => "any value",
        _ => Say(type)[2..],
    };

    private static string SayMany(FeelType type) => type switch
    {
        FeelType.Number => "numbers",
        FeelType.Text => "texts",
        FeelType.YesNo => "yes or no",
        FeelType.Date => "dates",
        FeelType.Time => "times",
        FeelType.DateTime => "dates and times",
        FeelType.DaysDuration or FeelType.YearsDuration => "durations",
        FeelType.Context => "contexts",
        FeelType.ListOf => "lists",
        FeelType.Range => "ranges",
        _ => "values",
    };
}
