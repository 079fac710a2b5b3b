using ProcessManager.Language.Expressions;

namespace ProcessManager.Tests.Expressions;

/// <summary>Expressions, values and damage, from a seed.</summary>
internal sealed class RandomExpression(int seed)
{
    private static readonly string[] Atoms =
    [
        "1", "0", "-3", "2.5", "1e20", "79228162514264337593543950335", "\"a\"", "\"\"", "\"2026-03-01\"", "true", "false", "null",
        "amount", "discount", "nothing", "product", "source-code", "urgent", "unknown-yet", "call-on", "opens", "started",
        "effort", "term", "limits", "tags", "scores", "people", "anything", "prospect", "prospect.city", "prospect.since", "call.outcome",
        "response.body", "@\"2026-03-01\"", "@\"9999-12-31\"", "@\"10:00:00\"", "@\"2026-03-01T10:00:00\"", "@\"0001-01-01T00:00:00\"",
        "@\"P1D\"", "@\"-P10675199D\"", "@\"P1Y\"", "@\"P178956970Y\"", "[]", "{}", "now()", "today()", "x", "item",
    ];

    private static readonly string[] Operators =
        ["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in", "+", "=", "<", "and"];

    private static readonly string[] Parts =
        ["year", "month", "day", "hour", "name", "city", "age", "days", "start", "weekday", "years", "time offset", "since", "owner"];

    private static readonly string[] Debris =
        ["(", ")", "[", "]", "{", "}", ",", ".", "..", ":", "?", "\"", "@\"", "\\", "-", "--", "*", "**", "=", "<", ">", "!", "'", "/*", "//",
         " and ", " or ", " not ", " if ", " then ", " else ", " for ", " in ", " return ", " between ", " instance of ", "null", "item", "\0", "\uD83D", "\u0301", "é", "1e999", "0x1", "\n", "﻿"];

    private static readonly string[] Types = ["number", "string", "date and time", "list<number>", "context", "range", "Any"];

    private readonly Random random = new(seed);

    public int Next(int below) => random.Next(below);

    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    public string Expression(int depth) => depth == 0 ? Pick(Atoms) : random.Next(20) switch
    {
        0 => Pick(Atoms),
        < 7 => $"{Expression(depth - 1)} {Pick(Operators)} {Expression(depth - 1)}",
        7 => $"({Expression(depth - 1)})",
        8 => $"if {Expression(depth - 1)} then {Expression(depth - 1)} else {Expression(depth - 1)}",
        9 => $"for x in {Expression(depth - 1)} return {Expression(depth - 1)}",
        10 => $"{Pick(["some", "every"])} x in {Expression(depth - 1)} satisfies {Expression(depth - 1)}",
        11 => $"({Expression(depth - 1)})[{Expression(depth - 1)}]",
        12 => $"({Expression(depth - 1)}).{Pick(Parts)}",
        13 => $"[{Expression(depth - 1)}{Pick([",", ".."])} {Expression(depth - 1)}]",
        14 => $"{{a: {Expression(depth - 1)}, x: {Expression(depth - 1)}}}",
        15 => $"{Expression(depth - 1)} between {Expression(depth - 1)} and {Expression(depth - 1)}",
        16 => $"{Expression(depth - 1)} in (< {Expression(depth - 1)}, {Expression(depth - 1)})",
        17 => $"{Expression(depth - 1)} instance of {Pick(Types)}",
        _ => Call(depth - 1),
    };

    private string Call(int depth)
    {
        var functions = FunctionCatalogue.Topics[random.Next(FunctionCatalogue.Topics.Length)].Functions;
        var function = functions[random.Next(functions.Length)];
        return $"{function.Name}({string.Join(", ", function.Parameters.Select(p => Argument(p, depth)))})";
    }

    /// <summary>Often of the type that is asked, so that calls go through.</summary>
    private string Argument(Parameter parameter, int depth) => random.Next(3) == 0 ? Expression(depth) : parameter.Type switch
    {
        FeelType.Number => Pick(["amount", "discount", "nothing", "1", "-2", "0", "2.5", "1e27"]),
        FeelType.Text => Pick(["product", "\"a.c\"", "\"\"", "\"(\"", "prospect.city", "\"2026-02-30\"", "\"P1Y\"", "\"1.5\"", "string(anything)"]),
        FeelType.YesNo => Pick(["urgent", "unknown-yet", "true"]),
        FeelType.Date => Pick(["call-on", "@\"0001-01-01\"", "@\"9999-12-31\""]),
        FeelType.Time => "opens",
        FeelType.DateTime => Pick(["started", "now()", "@\"9999-12-31T23:59:59\"", "@\"0001-01-01T00:00:00\""]),
        FeelType.DaysDuration => "effort",
        FeelType.YearsDuration => "term",
        FeelType.ListOf => Pick(["tags", "scores", "people", "[]", "[null, 1]", "people.age", "[[1], scores]"]),
        FeelType.Context => Pick(["prospect", "{a: 1}", "response.body"]),
        _ => Pick(["amount", "product", "scores", "limits", "anything", "null"]),
    };

    /// <summary>The text with one to four random changes.</summary>
    public string Damage(string text)
    {
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var at = random.Next(text.Length + 1);
            var length = Math.Min(random.Next(4), text.Length - at);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Pick(Debris)),
                2 => text.Insert(random.Next(text.Length + 1), text.Substring(at, length)),
                _ => text.Remove(at, length).Insert(at, Pick(Debris)),
            };
        }

        return text;
    }

    public string Garbage() => string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ =>
        random.Next(3) == 0 ? ((char)random.Next(1, 0x2100)).ToString() : random.Next(2) == 0 ? Pick(Debris) : Pick(Atoms)));

    /// <summary>Values for the sample's names: of the declared type, null, or now and then of another.</summary>
    public IReadOnlyDictionary<string, object?> Values() => Sample.Scope.Names.ToDictionary(n => n.Key, n => random.Next(12) switch
    {
        0 or 1 => null,
        2 => Value(Pick([.. Sample.Scope.Names.Values]), 2),
        _ => Value(n.Value, 3),
    });

    private object? Value(FeelType type, int depth) => type switch
    {
        FeelType.Number => Pick([0m, 1m, -1m, 0.5m, 12000m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m]),
        FeelType.Text => Pick(["", "a", "Gold", "🐎x", "\uD83D", "2026-03-01", "(", new string('z', 3000)]),
        FeelType.YesNo => random.Next(2) == 0,
        FeelType.Date => Pick([DateOnly.MinValue, DateOnly.MaxValue, new DateOnly(2026, 3, 1), new DateOnly(2028, 2, 29)]),
        FeelType.Time => Pick([TimeOnly.MinValue, TimeOnly.MaxValue, new TimeOnly(9, 30)]),
        FeelType.DateTime => Pick([DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Sample.Now, new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero)]),
        FeelType.DaysDuration => Pick([TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.Zero, TimeSpan.FromHours(30)]),
        FeelType.YearsDuration => new MonthsDuration(Pick([0, 1, -13, int.MinValue, int.MaxValue])),
        FeelType.Range range => new FeelRange(depth == 0 ? null : Value(range.Of, depth - 1), true, random.Next(4) == 0 ? null : Value(range.Of, 0), false),
        FeelType.ListOf list => Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(5) == 0 ? null : Value(list.Item, depth - 1)).ToList(),
        FeelType.Context context => context.Entries.Where(_ => random.Next(6) != 0).ToDictionary(e => e.Key, e => depth <= 0 ? null : Value(e.Value, depth - 1)),
        _ => depth <= 0 ? null : Value(Pick([.. Sample.Scope.Names.Values]), depth - 1),
    };
}
