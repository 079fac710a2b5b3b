using System.Collections.Immutable;

namespace ProcessManager.Language.Expressions;

/// <summary>Works out a call. The arguments have the types of the parameters; what is left out is null.</summary>
internal delegate object? FunctionBody(Run run, object?[] arguments);

/// <summary>One way to call a built-in function.</summary>
/// <param name="Name">Words with single spaces.</param>
/// <param name="Summary">What it gives, for the reference.</param>
/// <param name="Example">An expression that is true, for the reference and its test.</param>
internal sealed record Signature(
    string Name, string Summary, string Example, ImmutableArray<Parameter> Parameters, FeelType Result, FunctionBody Body)
{
    /// <summary>The result's type where it hangs on the arguments' types, which stand in the order of the parameters.</summary>
    public Func<ImmutableArray<FeelType>, FeelType>? ResultOf { get; init; }

    /// <summary>What is wrong with these types together, each right by itself; null where nothing is.</summary>
    public Func<ImmutableArray<FeelType>, string?>? Check { get; init; }

    /// <summary>
    /// True for functions that read a text: called with constants, they are worked out when the expression is
    /// compiled, to know the result's type and to refuse what can't be read.
    /// </summary>
    public bool ReadsText { get; init; }

    /// <summary>Looks at the arguments that are constants (null stands for the others) and fails where one can't be read.</summary>
    public Action<Run, object?[]>? CheckConstants { get; init; }

    public bool IsVariadic => Parameters.Length > 0 && Parameters[^1].IsVariadic;

    public int Required => Parameters.Count(p => !p.IsOptional && !p.IsVariadic);

    public override string ToString() => $"{Name}({string.Join(", ", Parameters)})";
}

/// <param name="IsOptional">May be left out, and is null then.</param>
/// <param name="IsVariadic">Takes all arguments from here on, as a list.</param>
/// <param name="MayBeNull">Where false, a null makes the whole call null.</param>
internal sealed record Parameter(string Name, FeelType Type, bool IsOptional, bool IsVariadic, bool MayBeNull)
{
    /// <summary>
    /// True where the value can stand here: as it is, as a list of one where a list is asked, or taken out of a
    /// list of one.
    /// </summary>
    public bool Accepts(object? value, out object? taken)
    {
        taken = value;
        if (value is null || Kinds.IsA(value, Type))
        {
            return true;
        }

        if (Type is FeelType.ListOf)
        {
            taken = new[] { value };
            return true;
        }

        if (value is IReadOnlyList<object?> { Count: 1 } list)
        {
            taken = list[0];
            return taken is null || Kinds.IsA(taken, Type);
        }

        return false;
    }

    /// <summary>True where an argument of the type may stand here; one value where a list is asked is a list of one.</summary>
    public bool Takes(FeelType given) =>
        Types.Fits(given, Type) || (Type is FeelType.ListOf list && given is not FeelType.ListOf && Types.Fits(given, list.Item));

    public override string ToString()
    {
        var type = Type is FeelType.Any ? Name : $"{Name}: {Types.Short(Type)}";
        return IsVariadic ? $"{type}, …" : IsOptional ? $"[{type}]" : type;
    }
}

/// <summary>Short words to write the catalogue with.</summary>
internal static class Signatures
{
    public static readonly FeelType Number = FeelType.NumberType;
    public static readonly FeelType Text = FeelType.TextType;
    public static readonly FeelType YesNo = FeelType.YesNoType;
    public static readonly FeelType Date = FeelType.DateType;
    public static readonly FeelType Clock = FeelType.TimeType;
    public static readonly FeelType Moment = FeelType.DateTimeType;
    public static readonly FeelType Days = FeelType.DaysDurationType;
    public static readonly FeelType Months = FeelType.YearsDurationType;
    public static readonly FeelType Any = FeelType.AnyType;
    public static readonly FeelType Items = Types.AnyList;

    public static Parameter P(string name, FeelType type) => new(name, type, false, false, false);

    public static Parameter Nullable(string name, FeelType type) => new(name, type, false, false, true);

    public static Parameter Optional(string name, FeelType type) => new(name, type, true, false, true);

    /// <summary>May be left out, but not be null.</summary>
    public static Parameter OptionalValue(string name, FeelType type) => new(name, type, true, false, false);

    public static Parameter Rest(string name, FeelType type) => new(name, type, false, true, true);

    public static FeelType ListOf(FeelType item) => new FeelType.ListOf(item);
}
