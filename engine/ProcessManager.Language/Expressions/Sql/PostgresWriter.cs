using System.Globalization;
using System.Text;

namespace ProcessManager.Language.Expressions;

/// <summary>
/// PostgreSQL's numbers are longer than those of expressions: each result is brought to their 28 digits, and to null beyond them.
/// Dates go through its calendar only where they are calculated with; it is told never to see a day that doesn't exist.
/// </summary>
internal sealed class PostgresWriter(TimeZoneInfo zone) : SqlWriter(zone)
{
    private const string Largest = "79228162514264337593543950335";
    private const string LastTick = "3155378975999999999";
    private static readonly Lazy<(string Lower, string Upper)> ToUpper = new(() => Letters(Rune.ToUpperInvariant));
    private static readonly Lazy<(string Upper, string Lower)> ToLower = new(() => Letters(Rune.ToLowerInvariant));

    private string ZoneId => $"{Add(TimeZoneInfo.TryConvertWindowsIdToIanaId(Zone.Id, out var iana) ? iana : Zone.Id)}::text";

    public override string Unknown => "null::boolean";

    public override string Truth(bool value) => value ? "true" : "false";

    public override string Parameter(object value, FeelType type) => Add(value) + value switch
    {
        decimal => "::numeric",
        long => "::bigint",
        _ => "::text",
    };

    public override string Column(SqlColumn column) => column switch
    {
        SqlColumn.Text or SqlColumn.YesNo or SqlColumn.Day => column.Sql,
        SqlColumn.Whole => $"{column.Sql}::bigint",
        SqlColumn.Milliseconds =>
            string.Create(CultureInfo.InvariantCulture, $"({column.Sql}::bigint * {TimeSpan.TicksPerMillisecond} + {DateTimeOffset.UnixEpoch.Ticks})"),
        SqlColumn.Scaled scaled => $"trim_scale({scaled.Column}::numeric / power(10::numeric, {scaled.Decimals}))",
        SqlColumn.Json json => Member(json),
        _ => throw new InvalidOperationException($"No SQL for {column.GetType().Name}."),
    };

    private static string Member(SqlColumn.Json json)
    {
        var holder = json.Column + string.Concat(json.Path.SkipLast(1).Select(p => $" -> '{p}'"));
        var (value, text) = ($"{holder} -> '{json.Path[^1]}'", $"{holder} ->> '{json.Path[^1]}'");
        string Where(string type, string then) => $"(case when jsonb_typeof({value}) = '{type}' then {then} end)";
        return json.Type switch
        {
            FeelType.Number => Where("number", $"({text})::numeric"),
            FeelType.YesNo => Where("boolean", $"({text})::boolean"),
            FeelType.Date => Where("string", Day($"({text})", $"({text})", "")),
            FeelType.DateTime => Where("string", Day($"({text})", $"(extract(epoch from ({text})::timestamptz) * 10000000)::bigint + {DateTimeOffset.UnixEpoch.Ticks.ToString(CultureInfo.InvariantCulture)}",
                "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?Z")),
            FeelType.ListOf => Where("array", value),
            _ => Where("string", text),
        };
    }

    /// <summary>The result for a text that begins with a day that exists; a cast would end the query at one that doesn't.</summary>
    private static string Day(string text, string result, string more) =>
        $"case when {text} ~ '^[0-9][0-9][0-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]){more}$' and {text} !~ '^0000' then " +
        $"case when substr({text}, 9, 2) <= to_char((substr({text}, 1, 7) || '-01')::date + interval '1 month' - interval '1 day', 'DD') then {result} end end";

    public override string Widen(string whole) => $"{whole}::numeric";

    public override string Same(string left, string right) => $"{left} is not distinct from {right}";

    public override string Ordered(string symbol, Sql left, Sql right) => left.Type is FeelType.Text or FeelType.Date
        ? $"{left} collate \"C\" {symbol} {right} collate \"C\""
        : $"{left} {symbol} {right}";

    public override string Calculate(BinaryOperator operation, string left, string right) => operation switch
    {
        BinaryOperator.Add => Limited($"{left} + {right}"),
        BinaryOperator.Subtract => Limited($"{left} - {right}"),
        BinaryOperator.Multiply => Limited($"{left} * {right}"),

        // The zeros make it divide to sixty decimals.
        _ => Limited($"({left} + 0.{new string('0', 60)}) / nullif({right}, 0)"),
    };

    /// <summary>Rounded to the digits that a decimal of 96 bits has.</summary>
    private string Limited(string number)
    {
        var (n, d) = (NextAlias(), NextAlias());
        return $"(select case when {n}.v is null or {d}.v > 29 or abs({n}.v) > {Largest} then null " +
            $"when abs({n}.v) * power(10::numeric, 29 - {d}.v) > {Largest} then round({n}.v, 28 - {d}.v) else round({n}.v, least(28, 29 - {d}.v)) end " +
            $"from (select {number} as v) as {n} cross join lateral (select length(trunc(abs({n}.v))::text) as v) as {d})";
    }

    public override string Negate(string number) => $"(- {number})";

    public override string AddTicks(string left, string right)
    {
        var alias = NextAlias();
        return $"(select case when {alias}.v between -9223372036854775808 and 9223372036854775807 then {alias}.v::bigint end " +
            $"from (select {left}::numeric + {right}::numeric as v) as {alias})";
    }

    public override string ShiftMoment(string moment, string ticks)
    {
        var alias = NextAlias();
        return $"(select case when {alias}.v between 0 and {LastTick} then {alias}.v::bigint end from (select {moment}::numeric + {ticks}::numeric as v) as {alias})";
    }

    public override string ShiftDay(string day, string ticks)
    {
        var alias = NextAlias();
        return $"(select case when {alias}.v between 0 and {LastTick} then to_char(date '0001-01-01' + div({alias}.v, {TicksADay})::int, 'YYYY-MM-DD') end " +
            $"from (select ({day}::date - date '0001-01-01')::numeric * {TicksADay} + {ticks}::numeric as v) as {alias})";
    }

    public override string ShiftMonths(string day, int months)
    {
        var alias = NextAlias();
        return string.Create(CultureInfo.InvariantCulture,
            $"(select case when extract(year from {alias}.v) * 12 + extract(month from {alias}.v) - 1 + {months} between 12 and 119999 " +
            $"then to_char({alias}.v + interval '{months} months', 'YYYY-MM-DD') end from (select {day}::date as v) as {alias})");
    }

    public override string DaysBetween(string later, string earlier) => $"(({later}::date - {earlier}::date)::bigint * {TicksADay})";

    private string Local(string moment) =>
        $"(((date '0001-01-01' + ({moment} / {TicksADay})::int) + (({moment} % {TicksADay}) / 10) * interval '1 microsecond') at time zone 'UTC' at time zone {ZoneId})";

    public override string DayOf(string moment) => $"to_char({Local(moment)}, 'YYYY-MM-DD')";

    public override string ClockOf(string moment, string part) => $"extract({part} from {Local(moment)})::bigint";

    public override string OfDay(string day, string part) => part switch
    {
        "weekday" => $"extract(isodow from {day}::date)::bigint",
        "day of year" => $"extract(doy from {day}::date)::bigint",
        "week of year" => $"extract(week from {day}::date)::bigint",
        "day of week" => $"to_char({day}::date, 'FMDay')",
        "month of year" => $"to_char({day}::date, 'FMMonth')",
        _ => $"extract({part} from {day}::date)::bigint",
    };

    public override string Contains(string text, string match) => $"strpos({text}, {match}) > 0";

    public override string StartsWith(string text, string match) => $"starts_with({text}, {match})";

    public override string EndsWith(string text, string match) => $"right({text}, length({match})) = {match}";

    public override string Position(string text, string match) => $"strpos({text}, {match})";

    public override string Length(string text) => $"length({text})";

    public override string Capitals(string text, bool upper)
    {
        var (from, to) = upper ? ToUpper.Value : ToLower.Value;
        return $"translate({text}, {Add(from)}::text, {Add(to)}::text)";
    }

    /// <summary>
    /// Each letter that has another, and the other: PostgreSQL's own upper and lower hang on the database's locale and turn one letter
    /// into two where a language does.
    /// </summary>
    private static (string From, string To) Letters(Func<Rune, Rune> other)
    {
        var (from, to) = (new StringBuilder(), new StringBuilder());
        for (var i = 1; i < 0x1_E944; i++)
        {
            if (Rune.TryCreate(i, out var rune) && other(rune) is var changed && changed != rune)
            {
                from.Append(rune.ToString());
                to.Append(changed.ToString());
            }
        }

        return (from.ToString(), to.ToString());
    }

    public override string Round(string function, string number, int scale)
    {
        var (up, down) = (Power(scale), scale == 0 ? "1" : $"0.{new string('0', scale - 1)}1");
        return function switch
        {
            "floor" => $"(floor({number} * {up}) * {down})",
            "ceiling" => $"(ceil({number} * {up}) * {down})",
            "round down" => $"trunc({number}, {scale.ToString(CultureInfo.InvariantCulture)})",
            "round up" => $"(sign({number}) * ceil(abs({number}) * {up}) * {down})",
            "round half up" => $"round({number}, {scale.ToString(CultureInfo.InvariantCulture)})",
            "round half down" => $"(sign({number}) * ceil(abs({number}) * {up} - 0.5) * {down})",

            // Half goes to the even digit.
            _ => $"(case when abs({number} * {up} - trunc({number} * {up})) = 0.5 then round({number} * {up} / 2) * 2 * {down} else round({number}, {scale.ToString(CultureInfo.InvariantCulture)}) end)",
        };
    }

    private static string Power(int scale) => "1" + new string('0', scale);

    public override string Absolute(string number) => $"abs({number})";

    public override string Modulo(string dividend, string divisor) => Once(new Sql($"mod({dividend}, nullif({divisor}, 0))", FeelType.NumberType),
        rest => $"case when {rest} <> 0 and sign({rest}) <> sign({divisor}) then {rest} + {divisor} else {rest} end");

    public override string NumberText(string number) => $"trim_scale({number})::text";

    public override string Count(string list) => $"jsonb_array_length({list})::bigint";

    public override string Members(string list, string alias) => $"jsonb_array_elements_text({list}) as {alias}(v)";
}
