using System.Collections.Immutable;
using ProcessManager.Language.Expressions;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Expressions;

/// <summary>A plan's names as expressions see them, and values for them.</summary>
internal static class Sample
{
    public static readonly TimeZoneInfo Vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");

    public static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private static readonly FeelType.Context Person = Record(("name", FeelType.TextType), ("age", FeelType.NumberType), ("vip", FeelType.YesNoType));

    public static readonly TypeScope Scope = new(new Dictionary<string, FeelType>
    {
        ["amount"] = FeelType.NumberType,
        ["discount"] = FeelType.NumberType,
        ["nothing"] = FeelType.NumberType,
        ["product"] = FeelType.TextType,
        ["source-code"] = FeelType.TextType,
        ["urgent"] = FeelType.YesNoType,
        ["unknown-yet"] = FeelType.YesNoType,
        ["call-on"] = FeelType.DateType,
        ["opens"] = FeelType.TimeType,
        ["started"] = FeelType.DateTimeType,
        ["effort"] = FeelType.DaysDurationType,
        ["term"] = FeelType.YearsDurationType,
        ["limits"] = new FeelType.Range(FeelType.NumberType),
        ["tags"] = new FeelType.ListOf(FeelType.TextType),
        ["scores"] = new FeelType.ListOf(FeelType.NumberType),
        ["people"] = new FeelType.ListOf(Person),
        ["anything"] = FeelType.AnyType,
        ["prospect"] = Record(("name", FeelType.TextType), ("city", FeelType.TextType), ("country", FeelType.TextType),
            ("since", FeelType.DateTimeType), ("owner", Person)),
        ["call"] = Record(("outcome", FeelType.TextType), ("count", FeelType.NumberType), ("at", FeelType.DateTimeType)),
        ["response"] = new FeelType.Context(ImmutableDictionary<string, FeelType>.Empty, Closed: false),
    });

    public static readonly IReadOnlyDictionary<string, object?> Values = new Dictionary<string, object?>
    {
        ["amount"] = 12000m,
        ["discount"] = 5m,
        ["product"] = "Gold",
        ["source-code"] = "A-17",
        ["urgent"] = true,
        ["call-on"] = new DateOnly(2026, 3, 10),
        ["opens"] = new TimeOnly(9, 30),
        ["started"] = new DateTimeOffset(2026, 3, 1, 23, 30, 0, TimeSpan.Zero),
        ["effort"] = new TimeSpan(1, 2, 0, 0),
        ["term"] = new MonthsDuration(18),
        ["limits"] = new FeelRange(1m, true, 10m, false),
        ["tags"] = new List<string> { "new", "web" },
        ["scores"] = new List<object?> { 3m, 1m, 2m },
        ["people"] = new List<object?>
        {
            new Dictionary<string, object?> { ["name"] = "Ann", ["age"] = 31m, ["vip"] = true },
            new Dictionary<string, object?> { ["name"] = "Bob", ["age"] = 25m, ["vip"] = false },
            new Dictionary<string, object?> { ["name"] = "Cid", ["age"] = null, ["vip"] = null },
        },
        ["anything"] = "something",
        ["prospect"] = new Dictionary<string, object?>
        {
            ["name"] = "Ada Ltd",
            ["city"] = "Graz",
            ["country"] = "AT",
            ["since"] = new DateTimeOffset(2020, 7, 1, 10, 0, 0, TimeSpan.Zero),
            ["owner"] = new Dictionary<string, object?> { ["name"] = "Sam", ["age"] = 40m, ["vip"] = false },
        },
        ["call"] = new Dictionary<string, object?> { ["outcome"] = "interested", ["count"] = 2m, ["at"] = Now },
        ["response"] = new Dictionary<string, object?> { ["status"] = 200m, ["body"] = new Dictionary<string, object?> { ["ok"] = true } },
    };

    public static EvaluationContext Context(IReadOnlyDictionary<string, object?>? values = null) =>
        new(new Dictionaried(values ?? Values), Now, Vienna);

    public static Expression? TryCompile(string text, out List<Diagnostic> diagnostics, TypeScope? scope = null, FeelType? expected = null)
    {
        diagnostics = [];
        return ExpressionCompiler.Compile(SourceText.Of(text), scope ?? Scope, expected, diagnostics);
    }

    public static Expression Compile(string text, TypeScope? scope = null)
    {
        var expression = TryCompile(text, out var diagnostics, scope);
        Assert.True(expression is not null, $"{text}\n{string.Join('\n', diagnostics)}");
        return expression;
    }

    public static object? Value(string text) => Compile(text).Evaluate(Context()).Value;

    private static FeelType.Context Record(params (string Name, FeelType Type)[] entries) =>
        new(entries.ToImmutableDictionary(e => e.Name, e => e.Type), Closed: true);

    private sealed class Dictionaried(IReadOnlyDictionary<string, object?> values) : IValues
    {
        public object? this[string name] => values.GetValueOrDefault(name);
    }
}
