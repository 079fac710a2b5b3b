namespace ProcessManager.Language.Expressions;

/// <summary>
/// Writes one expression as SQL. What has no names in it is worked out now. A method gives null where it has refused something: the
/// reason is told, and what is around it needs none.
/// </summary>
internal sealed partial class SqlTranslator
{
    /// <summary>The length of a filter's SQL: what is longer is no search any more.</summary>
    private const int MaxText = 64 * 1024;

    /// <summary>Levels of the tree. SQLite takes a thousand levels of SQL, and a level here can be several there.</summary>
    private const int MaxLevels = 60;

    /// <summary>Members of a list that is written out.</summary>
    private const int MaxMembers = 500;

    private readonly Expression expression;
    private readonly SqlColumns columns;
    private readonly SqlWriter sql;
    private readonly Reporter reporter;

    /// <summary>One for all constants: together they may take as many steps as one evaluation.</summary>
    private readonly Run run;
    private readonly Dictionary<int, Sql> locals = [];
    private readonly Dictionary<Node, bool> constants = [];
    private int level;
    private long written;

    public SqlTranslator(Expression expression, SqlColumns columns, SqlWriter sql, DateTimeOffset now, TimeZoneInfo zone, Reporter reporter)
    {
        (this.expression, this.columns, this.sql, this.reporter) = (expression, columns, sql, reporter);
        run = new Run(new EvaluationContext(new Nothing(), now, zone), expression.Locals);
    }

    private sealed class Nothing : IValues
    {
        public object? this[string name] => null;
    }

    public SqlFilter? Translate()
    {
        if (Condition(expression.Root, onlyTrue: true) is not { } condition || reporter.Errors > 0) { return null; }
        if (condition.Text.Length > MaxText)
        {
            TooLong(expression.Root);
            return null;
        }

        return new SqlFilter(condition.IsNull ? sql.Truth(false) : condition.Text, sql.Parameters);
    }

    private Sql? TooLong(Node at) => Refuse(at, "The search becomes too long for a database; leave something out.");

    private Sql? Refuse(Node at, string message)
    {
        if (reporter.Errors == 0) { reporter.Error(Errors.NotSearchable, at.Place.Start, at.Place.Length, message); }
        return null;
    }

    /// <summary>What gives yes or no.</summary>
    /// <param name="onlyTrue">True where no and null mean the same: there an index can help with =.</param>
    private Sql? Condition(Node node, bool onlyTrue = false) =>
        Value(node, onlyTrue) is not { } value ? null
        : value.IsNull || value.Type is FeelType.YesNo ? value
        : Refuse(node, $"This is {Types.Say(value.Type)} and not yes or no.");

    private Sql? Value(Node node, bool onlyTrue = false)
    {
        if (reporter.Errors > 0) { return null; }
        if (++level > MaxLevels)
        {
            return Refuse(node, "This is nested too deeply for a search; split it or leave something out.");
        }

        var value = IsConstant(node) ? Constant(node) : OfKind(node, onlyTrue);
        level--;
        written += value?.Text.Length ?? 0;
        return written > MaxText * (long)MaxLevels ? TooLong(node) : value;
    }

    private Sql? OfKind(Node node, bool onlyTrue) => node switch
    {
        NameNode name => Named(name, name.Name),
        LocalNode local => locals.TryGetValue(local.Slot, out var value) ? value : Refuse(local, $"“{local.Name}” can't be searched by."),
        PathNode path => PathOf(path) is { } name ? Named(path, name) : Part(path),
        NegateNode negate => Negation(negate),
        ArithmeticNode arithmetic => Arithmetic(arithmetic),
        CompareNode compare => Value(compare.Left) is { } l && Value(compare.Right) is { } r ? Compared(compare, compare.Operator, l, r, onlyTrue) : null,
        LogicNode logic => Logic(logic, onlyTrue),
        BetweenNode between => Between(between),
        InNode within => Value(within.Value) is { } value ? Tests(within, value, onlyTrue) : null,
        IfNode choice => Choice(choice),
        QuantifiedNode loop => Quantified(loop),
        CallNode call => Call(call),
        InstanceOfNode => Refuse(node, "A database doesn't say of what kind a value is; its kind is known from the field."),
        FilterNode => Refuse(node, "A database doesn't filter lists; ask with some … in … satisfies …."),
        ForNode => Refuse(node, "A database doesn't make lists; ask with some … in … satisfies …."),
        ListNode or ContextNode or RangeNode => Refuse(node, $"{Comparing.Capital(Types.Say(node.Type))} can stand only behind “in” in a search."),
        CellNode => Refuse(node, "A cell of a decision table is no search."),
        _ => throw new InvalidOperationException($"No SQL for {node.GetType().Name}."),
    };

    private Sql? Named(Node node, string name) =>
        columns.Find(name) is SqlColumn.Refused refused ? Refuse(node, refused.Reason)
        : columns.Find(name) is { } column ? new Sql(sql.Column(column), column.Type, column is SqlColumn.Whole, IsSimple: column is not SqlColumn.Json and not SqlColumn.Scaled)
        : node.Type is FeelType.Context ? Refuse(node, $"“{name}” has several parts; name one of them.")
        : Refuse(node, $"“{name}” can't be searched by.");

    /// <summary>The dotted name of a part of a context of the scope.</summary>
    private static string? PathOf(Node node) => node switch
    {
        NameNode name => name.Name,
        PathNode { Target.Type: FeelType.Context } path when PathOf(path.Target) is { } before => $"{before}.{path.Name}",
        _ => null,
    };

    private bool IsConstant(Node node)
    {
        if (!constants.TryGetValue(node, out var constant))
        {
            constant = node switch
            {
                NameNode or CellNode => false,
                LocalNode local => !locals.ContainsKey(local.Slot),
                _ => node.Children.All(IsConstant),
            };
            constants[node] = constant;
        }

        return constant;
    }

    private object? Evaluated(Node node)
    {
        var value = node.Evaluate(run);
        if (run.Exhausted) { Refuse(node, run.Problem!); }
        return value;
    }

    private Sql? Constant(Node node)
    {
        var value = Evaluated(node);
        return reporter.Errors > 0 ? null : Constant(node, value);
    }

    private Sql? Constant(Node node, object? value)
    {
        switch (value)
        {
            case null: return Sql.Null;
            case bool yes: return new Sql(sql.Truth(yes), FeelType.YesNoType, IsSimple: true, IsKnown: true);
            case string text when !CanBeKept(text): return Refuse(node, "This text has characters that no database keeps.");
            case string text: return Known(text, FeelType.TextType);
            case decimal number when IsLong(number): return Known((long)number, FeelType.NumberType) with { IsWhole = true };
            case decimal number: return Known(number, FeelType.NumberType);
            case DateOnly day: return Known(DateText.Write(day), FeelType.DateType);
            case DateTimeOffset moment: return Known(moment.UtcTicks, FeelType.DateTimeType);
            case TimeSpan duration: return Known(duration.Ticks, FeelType.DaysDurationType);
            default: return Refuse(node, $"{Comparing.Capital(Kinds.Say(value))} can't be searched by here.");
        }
    }

    /// <summary>False where there is a NUL, or half of a pair.</summary>
    private static bool CanBeKept(string text) => !text.Contains('\0', StringComparison.Ordinal) && text.EnumerateRunes().All(r => r != System.Text.Rune.ReplacementChar || text.Contains('\uFFFD', StringComparison.Ordinal));

    private static bool IsLong(decimal number) => number == decimal.Truncate(number) && Math.Abs(number) < 1_000_000_000_000_000_000m;

    private Sql Known(object value, FeelType type) => new(sql.Parameter(value, type), type, IsSimple: true, IsKnown: true);

    /// <summary>Numbers in the form that both whole ones and others have.</summary>
    private Sql Wide(Sql number) => !number.IsWhole ? number : new Sql(sql.Widen(number.Text), number.Type, IsSimple: number.IsSimple, IsKnown: number.IsKnown);

    private static Sql YesNo(string text) => new(text, FeelType.YesNoType);

    private static Sql Whole(string text) => new(text, FeelType.NumberType, IsWhole: true);

    private static Sql Of(FeelType type, string text) => new(text, type);

    private Sql? Negation(NegateNode node)
    {
        if (Value(node.Operand) is not { } value) { return null; }
        return value.Type switch
        {
            FeelType.Null => value,
            FeelType.Number => Of(value.Type, sql.Negate(Wide(value).Text)),
            FeelType.DaysDuration => Of(value.Type, $"(- {value})"),
            _ => Refuse(node, $"{Comparing.Capital(Types.Say(value.Type))} can't be turned round in a search."),
        };
    }

    /// <summary>A chain, written as a balanced tree: databases bound how deep a condition is.</summary>
    private Sql? Logic(LogicNode logic, bool onlyTrue)
    {
        var operands = new List<string>();
        foreach (var operand in logic.Operands)
        {
            if (Condition(operand, onlyTrue) is not { } condition) { return null; }
            operands.Add(condition.Text);
        }

        return YesNo(Chain(operands, logic.IsAnd ? "and" : "or"));
    }

    private static string Chain(IReadOnlyList<string> parts, string word)
    {
        if (parts.Count == 1) { return parts[0]; }
        var half = parts.Count / 2;
        return $"({Chain([.. parts.Take(half)], word)} {word} {Chain([.. parts.Skip(half)], word)})";
    }

    private Sql? Choice(IfNode choice)
    {
        if (Condition(choice.Condition, onlyTrue: true) is not { } condition || Value(choice.Then) is not { } then || Value(choice.Else) is not { } otherwise) { return null; }
        if (condition.IsNull) { return otherwise; }
        if (then.IsNull && otherwise.IsNull) { return then; }
        var type = then.IsNull ? otherwise.Type : then.Type;
        if (!then.IsNull && !otherwise.IsNull && then.Type.GetType() != otherwise.Type.GetType())
        {
            return Refuse(choice, $"What follows then and else is of two kinds here: {Types.Say(then.Type)} and {Types.Say(otherwise.Type)}.");
        }

        if (type is FeelType.Number && then.IsWhole != otherwise.IsWhole) { (then, otherwise) = (then.IsNull ? then : Wide(then), otherwise.IsNull ? otherwise : Wide(otherwise)); }
        return new Sql($"(case when {condition} then {then} else {otherwise} end)", type, IsWhole: then.IsWhole || otherwise.IsWhole);
    }
}
