using System.Collections.Immutable;

namespace ProcessManager.Language.Expressions;

/// <summary>Arithmetic, parts of dates, and functions.</summary>
internal sealed partial class SqlTranslator
{
    private const int MaxMonths = 120_000;
    private const string MomentPlain = "A database shifts moments only by days and hours; take the day first: date(…).";

    private Sql? Arithmetic(ArithmeticNode node)
    {
        if (MonthsOf(node) is var months && months is not null) { return Shifted(node, months); }
        if (Value(node.Left) is not { } left || Value(node.Right) is not { } right) { return null; }
        if (left.IsNull || right.IsNull) { return Sql.Null; }
        return (node.Operator, left.Type, right.Type) switch
        {
            (BinaryOperator.Power, _, _) => Refuse(node, "A database doesn't raise to powers exactly; multiply instead."),
            (_, FeelType.Number, FeelType.Number) => Of(left.Type, sql.Calculate(node.Operator, Wide(left).Text, Wide(right).Text)),
            (BinaryOperator.Add, FeelType.Text, FeelType.Text) => Of(left.Type, $"({left} || {right})"),
            (BinaryOperator.Add, FeelType.DaysDuration, FeelType.DaysDuration) => Of(left.Type, sql.AddTicks(left.Text, right.Text)),
            (BinaryOperator.Subtract, FeelType.DaysDuration, FeelType.DaysDuration) => Of(left.Type, sql.AddTicks(left.Text, $"(- {right})")),
            (BinaryOperator.Add, FeelType.DateTime, FeelType.DaysDuration) => Of(left.Type, sql.ShiftMoment(left.Text, right.Text)),
            (BinaryOperator.Add, FeelType.DaysDuration, FeelType.DateTime) => Of(right.Type, sql.ShiftMoment(right.Text, left.Text)),
            (BinaryOperator.Subtract, FeelType.DateTime, FeelType.DaysDuration) => Of(left.Type, sql.ShiftMoment(left.Text, $"(- {right})")),
            (BinaryOperator.Add, FeelType.Date, FeelType.DaysDuration) => Of(left.Type, sql.ShiftDay(left.Text, right.Text)),
            (BinaryOperator.Add, FeelType.DaysDuration, FeelType.Date) => Of(right.Type, sql.ShiftDay(right.Text, left.Text)),
            (BinaryOperator.Subtract, FeelType.Date, FeelType.DaysDuration) => Of(left.Type, sql.ShiftDay(left.Text, $"(- {right})")),
            (BinaryOperator.Subtract, FeelType.Date, FeelType.Date) => Of(FeelType.DaysDurationType, sql.DaysBetween(left.Text, right.Text)),
            (BinaryOperator.Subtract, FeelType.DateTime, FeelType.DateTime) => Of(FeelType.DaysDurationType, $"({left} - {right})"),
            (BinaryOperator.Subtract, _, _) => Refuse(node, "Days and moments aren't mixed in a search; take the day of the moment: date(…)."),
            _ => Refuse(node, $"A search doesn't calculate with {Types.Say(right.Type)} here."),
        };
    }

    /// <summary>The constant of the operands that is a duration in months.</summary>
    private MonthsDuration? MonthsOf(ArithmeticNode node) =>
        ConstantMonths(node.Right) ?? (node.Operator == BinaryOperator.Add ? ConstantMonths(node.Left) : null);

    private MonthsDuration? ConstantMonths(Node node) =>
        node.Type is FeelType.YearsDuration && IsConstant(node) && Evaluated(node) is MonthsDuration months ? months : null;

    private Sql? Shifted(ArithmeticNode node, MonthsDuration? months)
    {
        var dated = node.Left.Type is FeelType.YearsDuration ? node.Right : node.Left;
        if (Value(dated) is not { } value) { return null; }
        var by = node.Operator == BinaryOperator.Subtract ? -(long)months!.Value.Months : months!.Value.Months;
        return value.Type switch
        {
            FeelType.Null => value,
            FeelType.Date when Math.Abs(by) > MaxMonths => Sql.Null,
            FeelType.Date => Of(value.Type, sql.ShiftMonths(value.Text, (int)by)),
            FeelType.DateTime => Refuse(node, MomentPlain),
            _ => Refuse(node, "A search doesn't calculate with durations in months here."),
        };
    }

    private Sql? Part(PathNode path)
    {
        if (Value(path.Target) is not { } value) { return null; }
        if (value.IsNull) { return value; }
        return (value.Type, path.Name) switch
        {
            (FeelType.Date, _) => Whole(sql.OfDay(value.Text, path.Name)),
            (FeelType.DateTime, "year" or "month" or "day" or "weekday") when IsInZone(path.Target) => Whole(sql.OfDay(sql.DayOf(value.Text), path.Name)),
            (FeelType.DateTime, "hour" or "minute") when IsInZone(path.Target) => Whole(sql.ClockOf(value.Text, path.Name)),
            (FeelType.DateTime, _) => Refuse(path, $"A search doesn't know the {path.Name} of a moment."),
            (FeelType.DaysDuration, "days") => Whole($"({value} / {SqlWriter.TicksADay})"),
            (FeelType.DaysDuration, "hours") => Whole($"({value} / {TimeSpan.TicksPerHour} % 24)"),
            (FeelType.DaysDuration, "minutes") => Whole($"({value} / {TimeSpan.TicksPerMinute} % 60)"),
            _ => Refuse(path, $"A search doesn't know the {path.Name} of {Types.Say(value.Type)}."),
        };
    }

    /// <summary>False where a moment that was written with an offset of its own could come out: its day would be another.</summary>
    private bool IsInZone(Node node) => node switch
    {
        _ when IsConstant(node) => false,
        NameNode or PathNode => true,
        ArithmeticNode { Operator: BinaryOperator.Add or BinaryOperator.Subtract } sum => IsInZone(sum.Left.Type is FeelType.DateTime ? sum.Left : sum.Right),
        CallNode { Function: "date and time", Arguments.Length: 1 } call => IsInZone(call.Arguments[0]),
        _ => false,
    };

    private Sql? Call(CallNode call)
    {
        if (call.Candidates.Length != 1) { return Refuse(call, $"Of what kind the values of {call.Function} are shows only in memory."); }
        var places = call.Candidates[0].Places;
        var arguments = ImmutableArray.CreateBuilder<Sql>();
        foreach (var place in places)
        {
            if (place < 0) { continue; }
            if (Value(call.Arguments[place]) is not { } argument) { return null; }
            arguments.Add(argument);
        }

        return call.Function switch
        {
            "is defined" => YesNo(arguments[0].IsNull ? sql.Truth(false) : $"({arguments[0]} is not null)"),
            "list contains" => ListContains(call, arguments),
            _ when arguments.Any(a => a.IsNull) => Sql.Null,
            "not" => YesNo($"(not {arguments[0]})"),
            "contains" or "starts with" or "ends with" or "substring before" or "substring after" => Search(call.Function, arguments[0], arguments[1]),
            "substring" => Substring(call, arguments),
            "string length" => Whole(sql.Length(arguments[0].Text)),
            "upper case" or "lower case" => Of(FeelType.TextType, sql.Capitals(arguments[0].Text, call.Function == "upper case")),
            "string" => Written(call, arguments[0]),
            "number" or "date and time" or "duration" when arguments.Count == 1 && arguments[0].Type.GetType() == call.Type.GetType() => arguments[0],
            "abs" when arguments[0].Type is FeelType.Number => Of(FeelType.NumberType, sql.Absolute(Wide(arguments[0]).Text)),
            "floor" or "ceiling" or "decimal" or "round up" or "round down" or "round half up" or "round half down" => Rounded(call, arguments),
            "modulo" => Of(FeelType.NumberType, sql.Once(Wide(arguments[0]), Wide(arguments[1]), sql.Modulo)),
            "count" when Listed(call.Arguments[0], arguments[0], Sql.Null) is { } list => Whole(sql.Count(list.Text)),
            "count" => null,
            "date" when arguments is [{ Type: FeelType.Date }] => arguments[0],
            "date" when arguments is [{ Type: FeelType.DateTime }] => DayOf(call, arguments[0]),
            "day of week" or "day of year" or "month of year" or "week of year" => Calendar(call, arguments[0]),
            "matches" or "replace" or "split" => Refuse(call, $"Databases read regular expressions in other ways; use contains, starts with or ends with in place of {call.Function}."),
            _ => Refuse(call, $"A database can't answer {call.Function}(…) in the same way."),
        };
    }

    private Sql? ListContains(CallNode call, ImmutableArray<Sql>.Builder arguments)
    {
        var (list, value) = (arguments[0], arguments[1]);
        if (list.IsNull) { return list; }
        return Listed(call.Arguments[0], list, value) is null ? null : YesNo($"(case when {list} is not null then {Holds(list, value)} end)");
    }

    private Sql Search(string function, Sql text, Sql match) => function switch
    {
        "contains" => YesNo($"({sql.Contains(text.Text, match.Text)})"),
        "starts with" => YesNo(sql.Once(match, m => $"({sql.StartsWith(text.Text, m)})")),
        "ends with" => YesNo(sql.Once(text, match, (t, m) => $"({sql.EndsWith(t, m)})")),
        "substring before" => Of(FeelType.TextType, sql.Once(text, match, (t, m) => $"(case when {sql.Position(t, m)} > 0 then substr({t}, 1, {sql.Position(t, m)} - 1) else {SqlWriter.EmptyUnlessNull(t, m)} end)")),
        _ => Of(FeelType.TextType, sql.Once(text, match, (t, m) => $"(case when {sql.Position(t, m)} > 0 then substr({t}, {sql.Position(t, m)} + {sql.Length(m)}) else {SqlWriter.EmptyUnlessNull(t, m)} end)")),
    };

    private Sql? Substring(CallNode call, ImmutableArray<Sql>.Builder arguments)
    {
        var places = call.Candidates[0].Places;
        var start = IsConstant(call.Arguments[places[1]]) ? Evaluated(call.Arguments[places[1]]) as decimal? : null;
        var length = places[2] < 0 ? int.MaxValue : IsConstant(call.Arguments[places[2]]) ? Evaluated(call.Arguments[places[2]]) as decimal? : null;
        if (start is null || length is null) { return Refuse(call, "In a search, the places of substring are written as numbers."); }
        if (start == 0 || start != decimal.Truncate(start.Value) || length < 0) { return Sql.Null; }
        var (from, count) = ((int)Math.Clamp(start.Value, -(1 << 24), 1 << 24), (int)Math.Min(decimal.Truncate(length.Value), 1 << 24));
        return Of(FeelType.TextType, from > 0 ? $"substr({arguments[0]}, {from}, {count})"
            : sql.Once(arguments[0], t => $"(case when {sql.Length(t)} >= {-from} then substr({t}, {sql.Length(t)} - {-from - 1}, {count}) end)"));
    }

    private Sql? Written(CallNode call, Sql value) => value.Type switch
    {
        FeelType.Text => value,
        FeelType.Date => Of(FeelType.TextType, value.Text),
        FeelType.Number => Of(FeelType.TextType, sql.NumberText(Wide(value).Text)),
        FeelType.YesNo => Of(FeelType.TextType, sql.Once(value, v => $"(case when {v} then 'true' when not {v} then 'false' end)")),
        _ => Refuse(call, $"A search doesn't write {Types.Say(value.Type)} as a text."),
    };

    private Sql? Rounded(CallNode call, ImmutableArray<Sql>.Builder arguments)
    {
        var place = call.Candidates[0].Places[1];
        var scale = place < 0 ? 0 : IsConstant(call.Arguments[place]) ? Evaluated(call.Arguments[place]) as decimal? : null;
        return scale is not (>= 0 and <= 28) || scale != decimal.Truncate(scale.Value)
            ? Refuse(call, "In a search, how many decimals remain is written as a whole number from 0 to 28.")
            : Of(FeelType.NumberType, sql.Once(Wide(arguments[0]), n => sql.Round(call.Function, n, (int)scale)));
    }

    private Sql? DayOf(CallNode call, Sql moment) => IsInZone(call.Arguments[0])
        ? Of(FeelType.DateType, sql.DayOf(moment.Text))
        : Refuse(call, "A search takes the day of a field's moment only, shifted or not.");

    private Sql? Calendar(CallNode call, Sql value)
    {
        if ((value.Type is FeelType.DateTime ? DayOf(call, value) : value) is not { } day) { return null; }
        var text = sql.OfDay(day.Text, call.Function);
        return call.Type is FeelType.Number ? Whole(text) : Of(FeelType.TextType, text);
    }
}
