using System.Globalization;
using ProcessManager.Language.Expressions;

namespace ProcessManager.Tests.Expressions.Sql;

/// <summary>Conditions over <see cref="Rows.Columns"/> and rows for them, from a seed; every kind of value where it may stand.</summary>
internal sealed class RandomSearch(int seed)
{
    private static readonly string[] Texts = ["", "a", "Gold", "gold", "GOLD", "Äpfel", "äpfel", "ß", "İstanbul", "ıi", "ΟΔΟΣ", "οδος", "🐎x", "\uE000", "ﬀ", "%", "_a", "a'b", "Gr\\az"];
    private static readonly decimal[] Numbers = [0, 1, -1, 0.5m, 0.10m, 12.25m, -7.005m, 12000, 99_999_999_999.99m, 0.333333333333333333333333333m, 123456789012345678901234567m];

    private readonly Random random = new(seed);

    private string Pick(params ReadOnlySpan<string> from) => from[random.Next(from.Length)];

    private static string Quoted(string text) => TextLiteral.Write(text);

    public IReadOnlyDictionary<string, object?> Row() => new Dictionary<string, object?>
    {
        ["title"] = Maybe(Texts[random.Next(Texts.Length)]),
        ["product"] = Maybe(Pick("Gold", "Silver", "a", "")),
        ["probability"] = Maybe((decimal)random.Next(0, 101)),
        ["amount"] = Maybe(decimal.Round(random.Next(-100_000, 1_000_000) / 100m, 2)),
        ["urgent"] = Maybe(random.Next(2) == 0),
        ["expected-close"] = Maybe(RandomDay()),
        ["started"] = Maybe(RandomMoment()),
        ["rate"] = Maybe(Numbers[random.Next(Numbers.Length)]),
        ["note"] = Maybe(Texts[random.Next(Texts.Length)]),
        ["ready"] = Maybe(random.Next(2) == 0),
        ["call-on"] = Maybe(RandomDay()),
        ["met"] = Maybe(RandomMoment()),
        ["tags"] = Maybe(Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(6) == 0 ? null : (object?)Texts[random.Next(Texts.Length)]).ToList()),
        ["prospect"] = new Dictionary<string, object?> { ["city"] = Maybe(Pick("Graz", "Wien", "graz")) },
    };

    private object? Maybe(object value) => random.Next(4) == 0 ? null : value;

    private DateOnly RandomDay() => random.Next(12) switch
    {
        0 => DateOnly.MinValue,
        1 => DateOnly.MaxValue,
        2 => new DateOnly(2028, 2, 29),
        3 => new DateOnly(2026, 3, 2),
        _ => new DateOnly(2020, 1, 1).AddDays(random.Next(3_000)),
    };

    private DateTimeOffset RandomMoment() => random.Next(8) switch
    {
        0 => new DateTimeOffset(2026, 3, 29, 0, 59, 59, 999, TimeSpan.Zero),
        1 => new DateTimeOffset(2026, 10, 25, 1, 0, 0, TimeSpan.Zero),
        2 => new DateTimeOffset(2026, 3, 1, 23, 0, 0, TimeSpan.Zero),
        _ => new DateTimeOffset(1975, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(random.NextInt64(0, 2_000_000_000_000)),
    };

    public string Condition(int depth) => depth == 0
        ? Pick("urgent", "ready", "true", "false", "null", "is defined(amount)", "title = null", "urgent = ready", "\"a\" in tags")
        : random.Next(22) switch
        {
            0 => Condition(0),
            1 or 2 => $"({Condition(depth - 1)} and {Condition(depth - 1)})",
            3 or 4 => $"({Condition(depth - 1)} or {Condition(depth - 1)})",
            5 => $"not({Condition(depth - 1)})",
            6 or 7 => $"({Number(depth - 1)} {Comparison()} {Number(depth - 1)})",
            8 or 9 => $"({Text(depth - 1)} {Comparison()} {Text(depth - 1)})",
            10 => $"({Day(depth - 1)} {Comparison()} {Day(depth - 1)})",
            11 => $"({Moment(depth - 1)} {Comparison()} {Moment(depth - 1)})",
            12 => $"({Duration(depth - 1)} {Comparison()} {Duration(depth - 1)})",
            13 => $"({Number(depth - 1)} between {Number(depth - 1)} and {Number(depth - 1)})",
            14 => $"({Number(depth - 1)} in ({NumberTest(depth - 1)}, {NumberTest(depth - 1)}))",
            15 => $"({Text(depth - 1)} in ({Pick("tags", "[\"a\", \"Gold\", null]", "\"a\"", Text(0), "null", "[title, \"a\"]")}))",
            16 => $"{Pick("contains", "starts with", "ends with")}({Text(depth - 1)}, {Text(0)})",
            17 => $"list contains(tags, {Text(0)})",
            18 => $"({Pick("some", "every")} t in {Pick("tags", "[\"a\", title, null]", "[\"Gold\", \"Silver\"]")} satisfies {Over("t")})",
            19 => $"(if {Condition(depth - 1)} then {Condition(depth - 1)} else {Condition(depth - 1)})",
            20 => $"({Condition(depth - 1)} {Pick("=", "!=")} {Condition(depth - 1)})",
            _ => $"is defined({Pick(Text(depth - 1), Number(depth - 1), Day(depth - 1), "tags", "prospect.city")})",
        };

    private string Over(string name) => Pick($"{name} = title", $"starts with({name}, \"G\")", $"{name} < product", $"string length({name}) > probability", $"{name} = null", $"{name} != \"a\" and urgent");

    private string Comparison() => Pick("=", "!=", "<", "<=", ">", ">=");

    private string NumberTest(int depth) => Pick(
        Number(depth), $"< {Number(0)}", $">= {Number(0)}", "[1..50]", "(0..12.25]", $"[{Number(0)}..{Number(0)}]", "[1, 2, [5..60], null]", $"[{Number(0)}, 1]", "null", "(>= 5)");

    private string Number(int depth) => depth == 0
        ? Pick("amount", "probability", "rate", "0", "1", "2.5", "-3", "100", "amount", "0.1", "null", Numbers[random.Next(Numbers.Length)].ToString(CultureInfo.InvariantCulture))
        : random.Next(17) switch
        {
            0 or 1 => Number(0),
            2 or 3 => $"({Number(depth - 1)} + {Number(depth - 1)})",
            4 => $"({Number(depth - 1)} - {Number(depth - 1)})",
            5 => $"({Number(depth - 1)} * {Number(depth - 1)})",
            6 => $"({Number(depth - 1)} / {Number(depth - 1)})",
            7 => $"-({Number(depth - 1)})",
            8 => $"abs({Number(depth - 1)})",
            9 => $"{Pick("floor", "ceiling")}({Number(depth - 1)})",
            10 => $"{Pick("decimal", "round up", "round down", "round half up", "round half down")}({Number(depth - 1)}, {Pick("0", "1", "2", "3")})",
            11 => $"modulo({Number(depth - 1)}, {Number(depth - 1)})",
            12 => $"string length({Text(depth - 1)})",
            13 => "count(tags)",
            14 => $"({Day(depth - 1)}).{Pick("year", "month", "day", "weekday")}",
            15 => Pick($"({Duration(depth - 1)}).{Pick("days", "hours", "minutes")}", $"started.{Pick("year", "month", "day", "weekday", "hour", "minute")}", $"day of year({Day(depth - 1)})", $"week of year({Day(depth - 1)})"),
            _ => $"(if {Condition(depth - 1)} then {Number(depth - 1)} else {Number(depth - 1)})",
        };

    private string Text(int depth) => depth == 0
        ? Pick("title", "product", "note", "prospect.city", "title", "null", Quoted(Texts[random.Next(Texts.Length)]))
        : random.Next(11) switch
        {
            0 or 1 => Text(0),
            2 => $"({Text(depth - 1)} + {Text(depth - 1)})",
            3 => $"upper case({Text(depth - 1)})",
            4 => $"lower case({Text(depth - 1)})",
            5 => $"substring({Text(depth - 1)}, {Pick("1", "2", "-1", "-2", "40", "-40")})",
            6 => $"substring({Text(depth - 1)}, {Pick("1", "2", "-2")}, {Pick("0", "1", "2.9", "50")})",
            7 => $"{Pick("substring before", "substring after")}({Text(depth - 1)}, {Text(0)})",
            8 => $"string({Pick(Number(depth - 1), Day(depth - 1), Text(depth - 1), Condition(0))})",
            9 => $"{Pick("day of week", "month of year")}({Day(depth - 1)})",
            _ => $"(if {Condition(depth - 1)} then {Text(depth - 1)} else {Text(depth - 1)})",
        };

    private string Day(int depth) => depth == 0
        ? Pick("expected-close", "call-on", "today()", "date(started)", "@\"2026-03-02\"", "@\"0001-01-01\"", "null")
        : random.Next(7) switch
        {
            0 or 1 => Day(0),
            2 => $"({Day(depth - 1)} + {Duration(0)})",
            3 => $"({Day(depth - 1)} - {Duration(0)})",
            4 => $"({Day(depth - 1)} {Pick("+", "-")} {Pick("@\"P1M\"", "@\"P13M\"", "@\"P1Y\"", "@\"-P1M\"", "@\"P9000Y\"")})",
            5 => $"date({Pick("started", "met", $"started + {Duration(0)}")})",
            _ => $"(if {Condition(depth - 1)} then {Day(depth - 1)} else {Day(depth - 1)})",
        };

    private string Moment(int depth) => depth == 0
        ? Pick("started", "met", "now()", "@\"2026-03-02T09:00:00\"", "@\"2026-03-02T09:00:00+05:00\"", "@\"1999-12-31T23:59:59.999Z\"")
        : random.Next(4) switch
        {
            0 => Moment(0),
            1 => $"({Moment(depth - 1)} {Pick("+", "-")} {Duration(depth - 1)})",
            2 => $"date and time({Moment(depth - 1)})",
            _ => $"(if {Condition(depth - 1)} then {Moment(depth - 1)} else {Moment(depth - 1)})",
        };

    private string Duration(int depth) => depth == 0
        ? Pick("@\"P1D\"", "@\"PT36H\"", "@\"-P2DT1H\"", "@\"PT1M30S\"", "@\"P3000D\"", "duration(\"PT0S\")")
        : random.Next(5) switch
        {
            0 => Duration(0),
            1 => $"({Day(depth - 1)} - {Day(depth - 1)})",
            2 => $"({Moment(depth - 1)} - {Moment(depth - 1)})",
            3 => $"({Duration(depth - 1)} {Pick("+", "-")} {Duration(depth - 1)})",
            _ => $"-({Duration(depth - 1)})",
        };
}
