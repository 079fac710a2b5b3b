using System.Collections.Immutable;

namespace ProcessManager.Language.Expressions;

/// <summary>
/// From <see cref="Syntax"/> to typed <see cref="Node"/>s. Reports every mistake it finds; in the place of
/// something mistaken it puts a value of any type, so that one mistake is told once.
/// </summary>
internal sealed partial class Typer(Names names, Reporter reporter)
{
    /// <summary>A new one each time, because nodes know their places.</summary>
    private static Node Mistake => new LiteralNode(null, FeelType.AnyType);

    public Node Type(Syntax syntax) => reporter.IsFull ? Mistake : OfKind(syntax).At(syntax);

    private Node OfKind(Syntax syntax) => syntax switch
    {
        Syntax.Literal literal => TypeLiteral(literal),
        Syntax.At at => TypeAt(at),
        Syntax.Name name => TypeName(name),
        Syntax.ListOf list => TypeList(list),
        Syntax.Context context => TypeContext(context),
        Syntax.Range range => TypeRange(range),
        Syntax.Negate negate => TypeNegate(negate),
        Syntax.Binary binary => binary.Operator <= BinaryOperator.Power ? TypeArithmetic(binary) : TypeComparison(binary),
        Syntax.Logic logic => new LogicNode(logic.IsAnd, [.. logic.Operands.Select(Condition)]),
        Syntax.Between between => TypeBetween(between),
        Syntax.In within => TypeIn(within),
        Syntax.Cell cell => TypeCell(cell),
        Syntax.If choice => TypeIf(choice),
        Syntax.Path path => TypePath(path),
        Syntax.Filter filter => TypeFilter(filter),
        Syntax.Call call => TypeCall(call),
        Syntax.For loop => TypeFor(loop),
        Syntax.Quantified quantified => TypeQuantified(quantified),
        Syntax.InstanceOf instance => new InstanceOfNode(Type(instance.Value), instance.Type),
        Syntax.Missing => Mistake,
        _ => throw new InvalidOperationException($"No typing for {syntax.GetType().Name}."),
    };

    private Node Error(ErrorDefinition definition, Syntax at, string message, QuickFix? fix = null)
    {
        reporter.Error(definition, at.Start, at.Length, message, fix);
        return Mistake;
    }

    private static LiteralNode TypeLiteral(Syntax.Literal literal) => new(literal.Value, literal.Value switch
    {
        null => FeelType.NullType,
        decimal => FeelType.NumberType,
        bool => FeelType.YesNoType,
        _ => FeelType.TextType,
    });

    private Node TypeAt(Syntax.At at)
    {
        if (DateText.Any(at.Text) is not { } value)
        {
            return Error(Errors.ExpressionDate, at,
                $"“{at.Text}” is no date, time or duration; they look like 2026-03-01, 09:30:00, 2026-03-01T09:30:00, P2D, PT4H and P1Y6M.");
        }

        return value is DateText.Written written
            ? written.Offset is null ? new MomentNode(written) : new LiteralNode(written.In(TimeZoneInfo.Utc), FeelType.DateTimeType)
            : new LiteralNode(value, TypeOf(value));
    }

    /// <summary>The type of a date or duration.</summary>
    private static FeelType TypeOf(object? value) => value switch
    {
        DateOnly => FeelType.DateType,
        TimeOnly => FeelType.TimeType,
        DateTimeOffset => FeelType.DateTimeType,
        TimeSpan => FeelType.DaysDurationType,
        MonthsDuration => FeelType.YearsDurationType,
        _ => FeelType.AnyType,
    };

    private ListNode TypeList(Syntax.ListOf list)
    {
        var items = list.Items.Select(Type).ToImmutableArray();
        return new ListNode(items, new FeelType.ListOf(Types.Join(items.Select(i => i.Type))));
    }

    private ContextNode TypeContext(Syntax.Context context)
    {
        var entries = ImmutableArray.CreateBuilder<(string, int, Node)>();
        var types = ImmutableDictionary.CreateBuilder<string, FeelType>();
        foreach (var entry in context.Entries)
        {
            if (types.ContainsKey(entry.Name))
            {
                reporter.Error(Errors.ExpressionSyntax, entry.Start, entry.Length, $"The entry “{entry.Name}” occurs twice.");
            }

            var value = Type(entry.Value);
            entries.Add((entry.Name, names.Push(entry.Name, value.Type), value));
            types[entry.Name] = value.Type;
        }

        names.Pop(entries.Count);
        return new ContextNode(entries.ToImmutable(), new FeelType.Context(types.ToImmutable(), Closed: true));
    }

    private RangeNode TypeRange(Syntax.Range range)
    {
        var low = range.Low is null ? null : Type(range.Low);
        var high = range.High is null ? null : Type(range.High);
        CheckOrdered(range.Low, low, range.High, high, range);
        var of = Types.Join(low?.Type ?? FeelType.NullType, high?.Type ?? FeelType.NullType);
        return new RangeNode(low, range.LowIncluded, high, range.HighIncluded, new FeelType.Range(of is FeelType.Null ? FeelType.AnyType : of));
    }

    private IfNode TypeIf(Syntax.If choice)
    {
        var condition = Condition(choice.Condition);
        var (then, otherwise) = (Type(choice.Then), Type(choice.Else));
        return new IfNode(condition, then, otherwise, Types.Join(then.Type, otherwise.Type));
    }

    /// <summary>What must be yes or no.</summary>
    private Node Condition(Syntax syntax)
    {
        var node = Type(syntax);
        if (node.Type is FeelType.YesNo || Types.IsOpen(node.Type))
        {
            return node;
        }

        return Error(Errors.ConditionType, syntax, $"A condition is yes or no, but this is {Types.Say(node.Type)}{ConditionHint(node.Type)}.");
    }

    private static string ConditionHint(FeelType type) => type switch
    {
        FeelType.Number => "; compare it: … > 0",
        FeelType.Text => "; compare it: … = \"…\"",
        FeelType.ListOf => "; did you mean count(…) > 0?",
        _ => "; did you mean is defined(…)?",
    };

    private Node TypeFilter(Syntax.Filter filter)
    {
        var target = Type(filter.Target);
        if (target.Type is not FeelType.ListOf && !Types.IsOpen(target.Type))
        {
            return Error(Errors.OperandTypes, filter.Target, $"A filter […] needs a list, but this is {Types.Say(target.Type)}.");
        }

        var item = Types.ItemOf(target.Type);
        var slot = names.Push("item", item, isItem: true);
        var condition = Type(filter.Condition);
        names.Pop();
        if (condition.Type is FeelType.Number)
        {
            return new FilterNode(target, condition, slot, item);
        }

        if (condition.Type is not FeelType.YesNo && !Types.IsOpen(condition.Type))
        {
            return Error(Errors.ConditionType, filter.Condition,
                $"A filter holds a condition or the number of a place, but this is {Types.Say(condition.Type)}.");
        }

        return new FilterNode(target, condition, slot, condition.Type is FeelType.YesNo ? new FeelType.ListOf(item) : FeelType.AnyType);
    }

    private ForNode TypeFor(Syntax.For loop)
    {
        var lists = TypeIterators(loop.Iterators);
        var partial = names.Push("partial", Types.AnyList);
        var body = Type(loop.Body);
        names.Pop(lists.Length + 1);
        return new ForNode(lists, partial, body, new FeelType.ListOf(body.Type));
    }

    private QuantifiedNode TypeQuantified(Syntax.Quantified quantified)
    {
        var lists = TypeIterators(quantified.Iterators);
        var body = Condition(quantified.Body);
        names.Pop(lists.Length);
        return new QuantifiedNode(quantified.Every, lists, body);
    }

    /// <summary>Leaves one local name for each list.</summary>
    private ImmutableArray<Looped> TypeIterators(ImmutableArray<Iterator> iterators)
    {
        var lists = ImmutableArray.CreateBuilder<Looped>();
        foreach (var iterator in iterators)
        {
            var list = Type(iterator.List);
            var to = iterator.To is null ? null : Type(iterator.To);
            var item = to is null ? MemberType(iterator.List, list.Type) : CountedType(iterator, list.Type, to.Type);
            lists.Add(new Looped(iterator.Name, names.Push(iterator.Name, item), list, to));
        }

        return lists.ToImmutable();
    }

    private FeelType MemberType(Syntax at, FeelType type)
    {
        switch (type)
        {
            case FeelType.ListOf or FeelType.Any or FeelType.Null: return Types.ItemOf(type);
            case FeelType.Range range: return range.Of;
            default:
                Error(Errors.OperandTypes, at, $"A loop needs a list, but this is {Types.Say(type)}.");
                return FeelType.AnyType;
        }
    }

    private FeelType CountedType(Iterator iterator, FeelType from, FeelType to)
    {
        var type = Types.Join(from, to);
        if (type is FeelType.Number or FeelType.Date || Types.IsOpen(type) && (Types.IsOpen(from) || Types.IsOpen(to)))
        {
            return type is FeelType.Null ? FeelType.AnyType : type;
        }

        Error(Errors.OperandTypes, iterator.List, $"A loop counts numbers or dates, but this goes from {Types.Say(from)} to {Types.Say(to)}.");
        return FeelType.AnyType;
    }
}
