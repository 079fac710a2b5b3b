namespace ProcessManager.Language.Expressions;

/// <summary>
/// The names an expression may use and their types: fields, built-ins, steps, <c>prospect</c>, <c>item</c>.
/// </summary>
public sealed class TypeScope(IReadOnlyDictionary<string, FeelType> names)
{
    public static TypeScope Empty { get; } = new(new Dictionary<string, FeelType>());

    public IReadOnlyDictionary<string, FeelType> Names { get; } = names;

    public TypeScope With(string name, FeelType type) =>
        new(new Dictionary<string, FeelType>(Names) { [name] = type });
}

/// <summary>
/// The values of names at one moment. A value is null, <see cref="bool"/>, <see cref="decimal"/>,
/// <see cref="string"/>, <see cref="DateOnly"/>, <see cref="TimeOnly"/>, <see cref="DateTimeOffset"/>,
/// <see cref="TimeSpan"/> (days and time duration), <see cref="MonthsDuration"/>, a <see cref="FeelRange"/>,
/// an <c>IReadOnlyList&lt;object?&gt;</c> or an <c>IReadOnlyDictionary&lt;string, object?&gt;</c>.
/// </summary>
public interface IValues
{
    /// <summary>The value of a name; null where it has none. Called only for names of the scope.</summary>
    object? this[string name] { get; }
}

/// <summary>What an evaluation may know beside the names: the time that <c>now()</c> and <c>today()</c> give.</summary>
public sealed record EvaluationContext(IValues Values, DateTimeOffset Now, TimeZoneInfo Zone);

/// <summary>A years and months duration of FEEL.</summary>
public readonly record struct MonthsDuration(int Months);

/// <summary>A range of FEEL, each end open or closed; a null end is unbounded.</summary>
public sealed record FeelRange(object? Low, bool LowIncluded, object? High, bool HighIncluded);

/// <summary>What an evaluation gave.</summary>
/// <param name="Value">Null where the result is null, for whatever reason.</param>
/// <param name="Problem">Why it is null where that is not simply a null input: a budget, a division by zero.</param>
public readonly record struct Evaluation(object? Value, string? Problem);
