using System.Globalization;

namespace ProcessManager.Language.Expressions;

/// <summary>
/// SQLite knows neither decimals nor calendars, and capitals of ASCII alone: those are <see cref="SqlFunctions"/>, the same code that
/// evaluates in memory.
/// </summary>
internal sealed class SqliteWriter(TimeZoneInfo zone) : SqlWriter(zone)
{
    private string ZoneId => Add(Zone.Id);

    public override string Unknown => "null";

    public override string Truth(bool value) => value ? "1" : "0";

    public override string Parameter(object value, FeelType type) =>
        Add(value is decimal number ? ValueText.Number(number == 0 ? 0 : number) : value);

    public override string Column(SqlColumn column) => column switch
    {
        SqlColumn.Text or SqlColumn.Whole or SqlColumn.YesNo or SqlColumn.Day => column.Sql,
        SqlColumn.Milliseconds => Ticks(column.Sql),
        SqlColumn.Scaled scaled => $"pm_scaled({scaled.Column}, {scaled.Decimals})",
        SqlColumn.Json json => Member(json),
        _ => throw new InvalidOperationException($"No SQL for {column.GetType().Name}."),
    };

    private static string Ticks(string milliseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"({milliseconds} * {TimeSpan.TicksPerMillisecond} + {DateTimeOffset.UnixEpoch.Ticks})");

    private static string Member(SqlColumn.Json json)
    {
        var path = $"'$.{string.Join('.', json.Path.Select(p => $"\"{p}\""))}'";
        var value = $"{json.Column} ->> {path}";
        string Where(string type) => $"(case when json_type({json.Column}, {path}) {type} then {value} end)";
        return json.Type switch
        {
            FeelType.Number => $"pm_number({json.Column} -> {path})",
            FeelType.YesNo => Where("in ('true', 'false')"),
            FeelType.Date => $"pm_day({Where("= 'text'")})",
            FeelType.DateTime => $"pm_moment({Where("= 'text'")})",
            FeelType.ListOf => Where("= 'array'"),
            _ => Where("= 'text'"),
        };
    }

    public override string Widen(string whole) => $"cast({whole} as text)";

    public override string Same(string left, string right) => $"{left} is {right}";

    public override string Ordered(string symbol, Sql left, Sql right) => left.Type switch
    {
        FeelType.Number => $"pm_compare({left}, {right}) {symbol} 0",
        FeelType.Text or FeelType.Date => $"{left} {symbol} {right} collate binary",
        _ => $"{left} {symbol} {right}",
    };

    public override string Calculate(BinaryOperator operation, string left, string right) => operation switch
    {
        BinaryOperator.Add => $"pm_add({left}, {right})",
        BinaryOperator.Subtract => $"pm_subtract({left}, {right})",
        BinaryOperator.Multiply => $"pm_multiply({left}, {right})",
        _ => $"pm_divide({left}, {right})",
    };

    public override string Negate(string number) => $"pm_subtract('0', {number})";

    public override string AddTicks(string left, string right) => $"pm_add_ticks({left}, {right})";

    public override string ShiftMoment(string moment, string ticks) => $"pm_shift_moment({moment}, {ticks})";

    public override string ShiftDay(string day, string ticks) => $"pm_shift_day({day}, {ticks})";

    public override string ShiftMonths(string day, int months) => $"pm_shift_months({day}, {months.ToString(CultureInfo.InvariantCulture)})";

    public override string DaysBetween(string later, string earlier) => $"pm_between({later}, {earlier})";

    public override string DayOf(string moment) => $"pm_day_of({moment}, {ZoneId})";

    public override string ClockOf(string moment, string part) => $"pm_clock_of({moment}, '{part}', {ZoneId})";

    public override string OfDay(string day, string part) => $"pm_of_day({day}, '{part}')";

    public override string Contains(string text, string match) => $"instr({text}, {match}) > 0";

    public override string StartsWith(string text, string match) => $"substr({text}, 1, length({match})) = {match}";

    public override string EndsWith(string text, string match) => $"(length({match}) = 0 and {text} is not null or substr({text}, -length({match})) = {match})";

    public override string Position(string text, string match) => $"instr({text}, {match})";

    public override string Length(string text) => $"length({text})";

    public override string Capitals(string text, bool upper) => $"{(upper ? "pm_upper" : "pm_lower")}({text})";

    public override string Round(string function, string number, int scale) =>
        $"pm_round('{function}', {number}, {scale.ToString(CultureInfo.InvariantCulture)})";

    public override string Absolute(string number) => $"pm_absolute({number})";

    public override string Modulo(string dividend, string divisor) => $"pm_modulo({dividend}, {divisor})";

    public override string NumberText(string number) => number;

    public override string Count(string list) => $"json_array_length({list})";

    public override string Members(string list, string alias) => $"(select value as v from json_each({list})) as {alias}";
}
