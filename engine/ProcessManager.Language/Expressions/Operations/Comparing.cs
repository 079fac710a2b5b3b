namespace ProcessManager.Language.Expressions;

/// <summary>
/// Equality and order. Null equals null alone; values of different kinds compare to null.
/// Two moments are equal when they are the same instant, whatever their zones.
/// </summary>
internal static class Comparing
{
    public static bool? Equal(Run run, object? left, object? right, int depth = 0)
    {
        if (left is null || right is null)
        {
            return left is null && right is null;
        }

        return (left, right) switch
        {
            (decimal l, decimal r) => l == r,
            (string l, string r) => l.Length != r.Length ? false : run.SpendLong(l.Length) ? string.Equals(l, r, StringComparison.Ordinal) : null,
            (bool l, bool r) => l == r,
            (DateOnly l, DateOnly r) => l == r,
            (DateTimeOffset l, DateTimeOffset r) => l == r,
            (TimeOnly l, TimeOnly r) => l == r,
            (TimeSpan l, TimeSpan r) => l == r,
            (MonthsDuration l, MonthsDuration r) => l == r,
            (FeelRange l, FeelRange r) => l.LowIncluded == r.LowIncluded && l.HighIncluded == r.HighIncluded &&
                Equal(run, l.Low, r.Low, depth + 1) == true && Equal(run, l.High, r.High, depth + 1) == true,
            (IReadOnlyDictionary<string, object?> l, IReadOnlyDictionary<string, object?> r) => EqualContexts(run, l, r, depth),
            (IReadOnlyList<object?> l, IReadOnlyList<object?> r) => EqualLists(run, l, r, depth),
            _ => Mixed(run, left, right),
        };
    }

    /// <summary>True where the two are equal for certain.</summary>
    public static bool Same(Run run, object? left, object? right) => Equal(run, left, right) == true;

    private static bool? EqualLists(Run run, IReadOnlyList<object?> left, IReadOnlyList<object?> right, int depth)
    {
        if (!MayGoOn(run, left.Count, depth))
        {
            return null;
        }

        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (Equal(run, left[i], right[i], depth + 1) != true)
            {
                return false;
            }
        }

        return true;
    }

    private static bool? EqualContexts(
        Run run, IReadOnlyDictionary<string, object?> left, IReadOnlyDictionary<string, object?> right, int depth)
    {
        if (!MayGoOn(run, left.Count, depth))
        {
            return null;
        }

        return left.Count == right.Count && left.All(e =>
            right.TryGetValue(e.Key, out var other) && Equal(run, e.Value, other, depth + 1) == true);
    }

    private static bool MayGoOn(Run run, int steps, int depth)
    {
        if (depth > Run.MaxDepth)
        {
            run.Fail($"Lists are nested more than {Run.MaxDepth} levels deep.");
            return false;
        }

        return run.Spend(1 + steps);
    }

    private static bool? Mixed(Run run, object left, object right)
    {
        run.Fail($"{Capital(Kinds.Say(left))} can't be compared with {Kinds.Say(right)}.");
        return null;
    }

    /// <summary>Below, at or above 0; null where there is no order between the two.</summary>
    public static int? Order(Run run, object? left, object? right)
    {
        if (left is null || right is null)
        {
            return null;
        }

        switch (left, right)
        {
            case (decimal l, decimal r): return l.CompareTo(r);
            case (string l, string r): return run.SpendLong(Math.Min(l.Length, r.Length)) ? ByCharacters(l, r) : null;
            case (DateOnly l, DateOnly r): return l.CompareTo(r);
            case (DateTimeOffset l, DateTimeOffset r): return l.CompareTo(r);
            case (TimeOnly l, TimeOnly r): return l.CompareTo(r);
            case (TimeSpan l, TimeSpan r): return l.CompareTo(r);
            case (MonthsDuration l, MonthsDuration r): return l.Months.CompareTo(r.Months);
            default:
                run.Fail(left.GetType() == right.GetType()
                    ? $"{Capital(Kinds.Say(left))} has no order."
                    : $"{Capital(Kinds.Say(left))} can't be compared with {Kinds.Say(right)}.");
                return null;
        }
    }

    /// <summary>
    /// By code points, as databases do. UTF-16 units of pairs lie below some that are characters by themselves: they are put behind them.
    /// </summary>
    private static int ByCharacters(string left, string right)
    {
        var at = left.AsSpan().CommonPrefixLength(right);
        if (at == left.Length || at == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        var (l, r) = (left[at], right[at]);
        return l < '\uD800' || r < '\uD800' ? l.CompareTo(r) : Behind(l).CompareTo(Behind(r));
    }

    private static int Behind(char unit) => char.IsSurrogate(unit) ? unit + 0x2000 : unit - 0x800;

    public static bool? Holds(Run run, BinaryOperator comparison, object? left, object? right)
    {
        if (comparison == BinaryOperator.Equal)
        {
            return Equal(run, left, right);
        }

        if (comparison == BinaryOperator.NotEqual)
        {
            return !Equal(run, left, right);
        }

        return Order(run, left, right) is not { } order ? null : comparison switch
        {
            BinaryOperator.Less => order < 0,
            BinaryOperator.LessOrEqual => order <= 0,
            BinaryOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }

    /// <summary>True where the range holds the value.</summary>
    public static bool? Within(Run run, object? value, FeelRange range)
    {
        if (value is null || (range.Low is null && range.High is null))
        {
            return null;
        }

        var low = range.Low is null ? true
            : Holds(run, range.LowIncluded ? BinaryOperator.GreaterOrEqual : BinaryOperator.Greater, value, range.Low);
        var high = range.High is null ? true
            : Holds(run, range.HighIncluded ? BinaryOperator.LessOrEqual : BinaryOperator.Less, value, range.High);
        return low == false || high == false ? false : low is null || high is null ? null : true;
    }

    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
