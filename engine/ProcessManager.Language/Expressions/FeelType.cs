using System.Collections.Immutable;

namespace ProcessManager.Language.Expressions;

/// <summary>The types of the expression language (after OMG DMN 1.5, FEEL).</summary>
public abstract record FeelType
{
    private FeelType() { }

    public sealed record Any : FeelType;
    public sealed record Null : FeelType;
    public sealed record Number : FeelType;
    public sealed record Text : FeelType;
    public sealed record YesNo : FeelType;
    public sealed record Date : FeelType;
    public sealed record Time : FeelType;
    public sealed record DateTime : FeelType;
    public sealed record DaysDuration : FeelType;
    public sealed record YearsDuration : FeelType;
    public sealed record Range(FeelType Of) : FeelType;
    public sealed record ListOf(FeelType Item) : FeelType;

    /// <summary>A context with known entries: <c>prospect</c>, a step. A closed one refuses unknown entries.</summary>
    public sealed record Context(ImmutableDictionary<string, FeelType> Entries, bool Closed) : FeelType;

    public static readonly FeelType AnyType = new Any();
    public static readonly FeelType NullType = new Null();
    public static readonly FeelType NumberType = new Number();
    public static readonly FeelType TextType = new Text();
    public static readonly FeelType YesNoType = new YesNo();
    public static readonly FeelType DateType = new Date();
    public static readonly FeelType TimeType = new Time();
    public static readonly FeelType DateTimeType = new DateTime();
    public static readonly FeelType DaysDurationType = new DaysDuration();
    public static readonly FeelType YearsDurationType = new YearsDuration();
}
