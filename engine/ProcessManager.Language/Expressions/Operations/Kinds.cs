namespace ProcessManager.Language.Expressions;

/// <summary>What a value is, at run time.</summary>
internal static class Kinds
{
    public static string Say(object? value) => value switch
    {
        null => "null",
        decimal => "a number",
        string => "a text",
        bool => "yes or no",
        DateOnly => "a date",
        TimeOnly => "a time",
        DateTimeOffset => "a date and time",
        TimeSpan => "a duration",
        MonthsDuration => "a duration in months",
        FeelRange => "a range",
        IReadOnlyDictionary<string, object?> => "a context",
        IReadOnlyList<object?> => "a list",
        _ => "a value of an unknown kind",
    };

    /// <summary>True where the value is of the type, seen from outside: members of lists are not looked at.</summary>
    public static bool IsA(object value, FeelType type) => type switch
    {
        FeelType.Any => true,
        FeelType.Number => value is decimal,
        FeelType.Text => value is string,
        FeelType.YesNo => value is bool,
        FeelType.Date => value is DateOnly,
        FeelType.Time => value is TimeOnly,
        FeelType.DateTime => value is DateTimeOffset,
        FeelType.DaysDuration => value is TimeSpan,
        FeelType.YearsDuration => value is MonthsDuration,
        FeelType.Range => value is FeelRange,
        FeelType.ListOf => value is IReadOnlyList<object?>,
        FeelType.Context => value is IReadOnlyDictionary<string, object?>,
        _ => false,
    };

    /// <summary><c>instance of</c>: members and entries count too. Null is an instance of Null alone.</summary>
    public static bool IsInstance(Run run, object? value, FeelType type, int depth = 0)
    {
        if (value is null)
        {
            return type is FeelType.Null;
        }

        if (depth > Run.MaxDepth || !run.Spend() || !IsA(value, type))
        {
            return false;
        }

        return (type, value) switch
        {
            (FeelType.ListOf(not FeelType.Any and var item), IReadOnlyList<object?> list) =>
                list.All(i => i is null || IsInstance(run, i, item, depth + 1)),
            (FeelType.Range(not FeelType.Any and var of), FeelRange range) =>
                (range.Low is null || IsA(range.Low, of)) && (range.High is null || IsA(range.High, of)),
            (FeelType.Context wanted, IReadOnlyDictionary<string, object?> context) => wanted.Entries.All(e =>
                context.TryGetValue(e.Key, out var entry) && (entry is null || IsInstance(run, entry, e.Value, depth + 1))),
            _ => true,
        };
    }

    /// <summary>The members of a list; another value counts as a list of one.</summary>
    public static IReadOnlyList<object?> AsList(object? value) => value as IReadOnlyList<object?> ?? [value];
}
