namespace ProcessManager.Language.Expressions;

/// <summary>Comparisons, ranges and lists, with the three values that they have in memory.</summary>
internal sealed partial class SqlTranslator
{
    private Sql? Compared(Node at, BinaryOperator comparison, Sql left, Sql right, bool onlyTrue = false)
    {
        if (comparison is BinaryOperator.Equal or BinaryOperator.NotEqual)
        {
            return Equal(at, left, right, onlyTrue && comparison == BinaryOperator.Equal) is not { } equal ? null
                : comparison == BinaryOperator.Equal ? equal : YesNo($"(not {equal})");
        }

        if (left.IsNull || right.IsNull) { return Sql.Null; }
        if (Kind(at, left, right) is null) { return null; }
        if (!Types.Ordered(left.Type)) { return Refuse(at, $"{Comparing.Capital(Types.Say(left.Type))} has no order in a search."); }
        var symbol = comparison switch
        {
            BinaryOperator.Less => "<",
            BinaryOperator.LessOrEqual => "<=",
            BinaryOperator.Greater => ">",
            _ => ">=",
        };
        return left.IsWhole && right.IsWhole ? YesNo($"({left} {symbol} {right})")
            : YesNo($"({sql.Ordered(symbol, Wide(left), Wide(right))})");
    }

    /// <summary>Never null: null equals null alone.</summary>
    private Sql? Equal(Node at, Sql left, Sql right, bool onlyTrue)
    {
        if (left.IsNull || right.IsNull)
        {
            return left.IsNull && right.IsNull ? YesNo(sql.Truth(true)) : YesNo($"({(left.IsNull ? right : left)} is null)");
        }

        if (Kind(at, left, right) is null) { return null; }
        if (left.IsWhole != right.IsWhole) { (left, right) = (Wide(left), Wide(right)); }
        return onlyTrue && (left.IsKnown || right.IsKnown) ? YesNo($"({left} = {right})") : YesNo($"({sql.Same(left.Text, right.Text)})");
    }

    /// <summary>The kind that both are of.</summary>
    private FeelType? Kind(Node at, Sql left, Sql right)
    {
        if (left.Type.GetType() != right.Type.GetType())
        {
            Refuse(at, $"{Comparing.Capital(Types.Say(left.Type))} can't be compared with {Types.Say(right.Type)}.");
            return null;
        }

        if (left.Type is FeelType.ListOf or FeelType.Context or FeelType.Range or FeelType.Any)
        {
            Refuse(at, $"{Comparing.Capital(Types.Say(left.Type))} can't be compared in a search.");
            return null;
        }

        return left.Type;
    }

    private Sql? Between(BetweenNode between) =>
        Value(between.Value) is { } value && Value(between.Low) is { } low && Value(between.High) is { } high &&
        Compared(between, BinaryOperator.GreaterOrEqual, value, low) is { } above && Compared(between, BinaryOperator.LessOrEqual, value, high) is { } below
            ? YesNo($"({above} and {below})") : null;

    private Sql? Tests(InNode node, Sql value, bool onlyTrue)
    {
        var parts = new List<string>();
        foreach (var test in node.Tests)
        {
            if (Test(test, value, onlyTrue) is not { } part) { return null; }
            parts.Add(part.Text);
        }

        return YesNo(Chain(parts, "or"));
    }

    private Sql? Test(TestPart test, Sql value, bool onlyTrue)
    {
        var operand = test.Operand;
        if (test.IsCondition) { return Refuse(operand, "A search knows no “?”."); }
        if (test.Comparison is { } comparison) { return Value(operand) is { } other ? Compared(operand, comparison, value, other, onlyTrue) : null; }
        if (IsConstant(operand))
        {
            var found = Evaluated(operand);
            return reporter.Errors > 0 ? null : Among(operand, value, found, operand.Type is FeelType.Range, onlyTrue);
        }

        return operand switch
        {
            RangeNode range => Within(range, value),
            ListNode list => AmongWritten(list, value, onlyTrue),
            _ => Value(operand) is not { } other ? null
                : other.Type is FeelType.ListOf ? AmongMembers(operand, value, other)
                : Equal(operand, value, other, onlyTrue),
        };
    }

    /// <summary>Whether a value is the constant, lies in it or is a member of it.</summary>
    private Sql? Among(Node at, Sql value, object? found, bool isRange, bool onlyTrue)
    {
        switch (found)
        {
            case null:
                return isRange ? Sql.Null : Equal(at, value, Sql.Null, onlyTrue);
            case FeelRange range:
                return Within(at, value, range);
            case IReadOnlyList<object?> list when list.Count > MaxMembers:
                return Refuse(at, $"A search looks in a list of at most {MaxMembers} members.");
            case IReadOnlyList<object?> list:
                var parts = new List<string>();
                foreach (var member in list)
                {
                    if ((member is FeelRange r ? Within(at, value, r) : Constant(at, member) is { } one ? Equal(at, value, one, onlyTrue) : null) is not { } part) { return null; }
                    parts.Add(member is FeelRange ? $"coalesce({part}, {sql.Truth(false)})" : part.Text);
                }

                return YesNo(parts.Count == 0 ? sql.Truth(false) : Chain(parts, "or"));
            default:
                return Constant(at, found) is { } constant ? Equal(at, value, constant, onlyTrue) : null;
        }
    }

    private Sql? AmongWritten(ListNode list, Sql value, bool onlyTrue)
    {
        var parts = new List<string>();
        foreach (var member in list.Items)
        {
            if (member.Type is FeelType.Range) { return Refuse(member, "Inside a list, the ends of a range are constants in a search."); }
            if (Value(member) is not { } other || Equal(member, value, other, onlyTrue) is not { } part) { return null; }
            parts.Add(part.Text);
        }

        return YesNo(Chain(parts, "or"));
    }

    /// <summary>A null list holds what is null, as in memory.</summary>
    private Sql? AmongMembers(Node at, Sql value, Sql list)
    {
        if (Listed(at, list, value) is null) { return null; }
        return YesNo($"(case when {list} is null then {(value.IsNull ? sql.Truth(true) : $"{value} is null")} else {Holds(list, value)} end)");
    }

    private Sql? Within(Node at, Sql value, FeelRange range)
    {
        if (value.IsNull || (range.Low is null && range.High is null)) { return Sql.Null; }
        var parts = new List<string>();
        foreach (var (end, comparison) in new[]
        {
            (range.Low, range.LowIncluded ? BinaryOperator.GreaterOrEqual : BinaryOperator.Greater),
            (range.High, range.HighIncluded ? BinaryOperator.LessOrEqual : BinaryOperator.Less),
        })
        {
            if (end is null) { continue; }
            if (Constant(at, end) is not { } bound || Compared(at, comparison, value, bound) is not { } part) { return null; }
            parts.Add(part.Text);
        }

        return YesNo(Chain(parts, "and"));
    }

    /// <summary>A range with an end that is null isn't a range: nothing is known of what lies in it.</summary>
    private Sql? Within(RangeNode range, Sql value)
    {
        var (conditions, ends) = (new List<string>(), new List<string>());
        foreach (var (end, comparison) in new[]
        {
            (range.Low, range.LowIncluded ? BinaryOperator.GreaterOrEqual : BinaryOperator.Greater),
            (range.High, range.HighIncluded ? BinaryOperator.LessOrEqual : BinaryOperator.Less),
        })
        {
            if (end is null) { continue; }
            if (Value(end) is not { } bound || Compared(end, comparison, value, bound) is not { } condition) { return null; }
            if (bound.IsNull || value.IsNull) { return Sql.Null; }
            conditions.Add(condition.Text);
            ends.Add($"{bound} is not null");
        }

        return YesNo($"(case when {Chain(ends, "and")} then {Chain(conditions, "and")} end)");
    }

    /// <summary>Refuses what can't be looked for in a list of a row.</summary>
    private Sql? Listed(Node at, Sql list, Sql value) =>
        list.Type is not FeelType.ListOf(FeelType.Text) ? Refuse(at, $"A search looks into lists of texts, and this is {Types.Say(list.Type)}.")
        : value.IsNull || value.Type is FeelType.Text ? list
        : Refuse(at, $"A list of texts doesn't hold {Types.Say(value.Type)}.");

    private string Holds(Sql list, Sql value)
    {
        var alias = sql.NextAlias();
        return $"exists (select 1 from {sql.Members(list.Text, alias)} where {(value.IsNull ? $"{alias}.v is null" : sql.Same($"{alias}.v", value.Text))})";
    }

    private Sql? Quantified(QuantifiedNode loop)
    {
        if (loop.Lists is not [{ To: null } looped]) { return Refuse(loop, "A search goes through one list at a time."); }
        if (IsConstant(looped.List)) { return OverConstants(loop, looped); }
        if (Value(looped.List) is not { } list) { return null; }
        if (list.Type is not FeelType.ListOf) { return Refuse(looped.List, $"A search goes through lists, and this is {Types.Say(list.Type)}."); }
        if (Listed(looped.List, list, Sql.Null) is null) { return null; }
        var (member, row) = (sql.NextAlias(), sql.NextAlias());
        if (Bound(looped.Slot, new Sql($"{member}.v", FeelType.TextType, IsSimple: true), loop.Body) is not { } body) { return null; }
        var (certain, otherwise) = loop.IsEvery ? (sql.Truth(false), sql.Truth(true)) : (sql.Truth(true), sql.Truth(false));
        return YesNo(
            $"(case when {list} is not null then (select case when count(case when {(loop.IsEvery ? "not " : "")}{row}.b then 1 end) > 0 then {certain} " +
            $"when count(*) > count({row}.b) then null else {otherwise} end from (select {body} as b from {sql.Members(list.Text, member)}) as {row}) end)");
    }

    private Sql? Bound(int slot, Sql value, Node body)
    {
        locals[slot] = value;

        // What was constant may speak of the name now.
        constants.Clear();
        var condition = Condition(body);
        locals.Remove(slot);
        constants.Clear();
        return condition is { IsNull: true } ? Of(FeelType.YesNoType, sql.Unknown) : condition;
    }

    private Sql? OverConstants(QuantifiedNode loop, Looped looped)
    {
        var found = Evaluated(looped.List);
        if (reporter.Errors > 0) { return null; }
        if (found is null) { return Sql.Null; }
        if (found is FeelRange) { return Refuse(looped.List, "A search goes through lists, not through ranges."); }
        var members = Kinds.AsList(found);
        if (members.Count > MaxMembers) { return Refuse(looped.List, $"A search goes through a list of at most {MaxMembers} members."); }
        var parts = new List<string>();
        foreach (var member in members)
        {
            if (Constant(looped.List, member) is not { } value || Bound(looped.Slot, value, loop.Body) is not { } part) { return null; }
            parts.Add(part.Text);
        }

        return YesNo(parts.Count == 0 ? sql.Truth(loop.IsEvery) : Chain(parts, loop.IsEvery ? "and" : "or"));
    }
}
