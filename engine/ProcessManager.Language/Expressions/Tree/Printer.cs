using System.Collections.Immutable;
using System.Text;

namespace ProcessManager.Language.Expressions;

/// <summary>
/// Writes a typed tree in one fixed way, with the parentheses that it needs and no others. What it writes
/// compiles to the same tree.
/// </summary>
internal static class Printer
{
    /// <summary>How tightly a construct binds; a looser one inside a tighter one needs parentheses.</summary>
    private enum Level { Expression, Or, And, Comparison, Sum, Product, Power, Sign, Primary }

    public static string Print(Node node)
    {
        var to = new StringBuilder();
        Write(to, node, Level.Expression);
        return to.ToString();
    }

    /// <summary>The name of a context's entry, between quotes where it is no name of the language.</summary>
    public static string Key(string key) =>
        key.Length > 0 && Lexer.IsNameStart(key[0]) && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') && key[^1] != '-' && !key.Contains("--", StringComparison.Ordinal)
            ? key : TextLiteral.Write(key);

    private static Level LevelOf(Node node) => node switch
    {
        IfNode or LoopNode or CellNode => Level.Expression,
        LogicNode logic => logic.IsAnd ? Level.And : Level.Or,
        CompareNode or BetweenNode or InNode or InstanceOfNode => Level.Comparison,
        ArithmeticNode arithmetic => LevelOf(arithmetic.Operator),
        NegateNode or LiteralNode { Value: decimal and < 0 } => Level.Sign,
        _ => Level.Primary,
    };

    private static Level LevelOf(BinaryOperator operation) => operation switch
    {
        BinaryOperator.Add or BinaryOperator.Subtract => Level.Sum,
        BinaryOperator.Multiply or BinaryOperator.Divide => Level.Product,
        _ => Level.Power,
    };

    private static StringBuilder Write(StringBuilder to, Node node, Level least)
    {
        var parentheses = LevelOf(node) < least;
        to.Append(parentheses ? "(" : "");
        WriteBare(to, node);
        return to.Append(parentheses ? ")" : "");
    }

    private static StringBuilder WriteBare(StringBuilder to, Node node) => node switch
    {
        LiteralNode literal => to.Append(Constant(literal.Value)),
        MomentNode moment => to.Append("@\"").Append(moment.Text).Append('"'),
        NameNode name => to.Append(name.Name),
        LocalNode local => to.Append(local.Name),
        ListNode list => WriteAll(to.Append('['), list.Items, Level.Expression).Append(']'),
        ContextNode context => WriteContext(to, context),
        RangeNode range => WriteRange(to, range),
        PathNode path => path.IsImplicit ? to.Append(path.Name) : Write(to, path.Target, Level.Primary).Append('.').Append(path.Name),
        FilterNode filter => Write(Write(to, filter.Target, Level.Primary).Append('['), filter.Condition, Level.Expression).Append(']'),
        NegateNode negate => Write(to.Append('-'), negate.Operand, Level.Primary),
        ArithmeticNode a => Write(Write(to, a.Left, LevelOf(a.Operator)).Append(Symbol(a.Operator)), a.Right, LevelOf(a.Operator) + 1),
        CompareNode c => Write(Write(to, c.Left, Level.Comparison).Append(Symbol(c.Operator)), c.Right, Level.Sum),
        LogicNode logic => WriteLogic(to, logic),
        BetweenNode b => Write(Write(Write(to, b.Value, Level.Comparison).Append(" between "), b.Low, Level.Sum).Append(" and "), b.High, Level.Sum),
        InNode within => WriteTests(Write(to, within.Value, Level.Comparison).Append(" in ("), within.Tests).Append(')'),
        CellNode cell => WriteCell(to, cell),
        InstanceOfNode instance => Write(to, instance.Value, Level.Comparison).Append(" instance of ").Append(TypeName(instance.Asked)),
        IfNode i => Write(Write(Write(to.Append("if "), i.Condition, Level.Expression).Append(" then "), i.Then, Level.Expression).Append(" else "), i.Else, Level.Expression),
        ForNode loop => WriteLoop(to.Append("for "), loop, " return "),
        QuantifiedNode loop => WriteLoop(to.Append(loop.IsEvery ? "every " : "some "), loop, " satisfies "),
        CallNode call => WriteCall(to, call),
        _ => throw new InvalidOperationException($"No print for {node.GetType().Name}."),
    };

    private static string Constant(object? value) => value switch
    {
        null => "null",
        bool yes => yes ? "true" : "false",
        decimal number => ValueText.Number(number),
        string text => TextLiteral.Write(text),
        DateOnly date => $"@\"{DateText.Write(date)}\"",
        TimeOnly time => $"@\"{DateText.Write(time)}\"",
        DateTimeOffset moment => $"@\"{DateText.Write(moment)}\"",
        TimeSpan duration => $"@\"{DurationText.Write(duration)}\"",
        MonthsDuration duration => $"@\"{DurationText.Write(duration)}\"",
        _ => throw new InvalidOperationException($"No literal for {value.GetType().Name}."),
    };

    private static string Symbol(BinaryOperator operation) => operation switch
    {
        BinaryOperator.Add => " + ",
        BinaryOperator.Subtract => " - ",
        BinaryOperator.Multiply => " * ",
        BinaryOperator.Divide => " / ",
        BinaryOperator.Power => " ** ",
        BinaryOperator.Equal => " = ",
        BinaryOperator.NotEqual => " != ",
        BinaryOperator.Less => " < ",
        BinaryOperator.LessOrEqual => " <= ",
        BinaryOperator.Greater => " > ",
        _ => " >= ",
    };

    private static StringBuilder WriteAll(StringBuilder to, IEnumerable<Node> nodes, Level least) =>
        Separated(to, nodes, ", ", n => Write(to, n, least));

    private static StringBuilder Separated<T>(StringBuilder to, IEnumerable<T> parts, string separator, Action<T> write)
    {
        var first = true;
        foreach (var part in parts)
        {
            to.Append(first ? "" : separator);
            first = false;
            write(part);
        }

        return to;
    }

    private static StringBuilder WriteContext(StringBuilder to, ContextNode context) =>
        Separated(to.Append('{'), context.Entries, ", ", e => Write(to.Append(Key(e.Name)).Append(": "), e.Value, Level.Expression)).Append('}');

    private static StringBuilder WriteRange(StringBuilder to, RangeNode range)
    {
        if (range.Low is null || range.High is null)
        {
            var symbol = range.Low is null ? (range.HighIncluded ? "<=" : "<") : range.LowIncluded ? ">=" : ">";
            return Write(to.Append('(').Append(symbol).Append(' '), (range.Low ?? range.High)!, Level.Sum).Append(')');
        }

        Write(to.Append(range.LowIncluded ? '[' : '('), range.Low, Level.Sum).Append("..");

        // In the upper end a bracket would close the range.
        var simple = range.High is LiteralNode or MomentNode or NameNode or LocalNode or CallNode;
        to = simple ? WriteBare(to, range.High) : WriteBare(to.Append('('), range.High).Append(')');
        return to.Append(range.HighIncluded ? ']' : ')');
    }

    private static StringBuilder WriteLogic(StringBuilder to, LogicNode logic) =>
        Separated(to, logic.Operands, logic.IsAnd ? " and " : " or ", o => Write(to, o, logic.IsAnd ? Level.Comparison : Level.And));

    private static StringBuilder WriteTests(StringBuilder to, ImmutableArray<TestPart> tests) => Separated(to, tests, ", ", test =>
    {
        if (test.Comparison is { } comparison)
        {
            Write(to.Append(Symbol(comparison).AsSpan(1)), test.Operand, Level.Sum);
        }
        else
        {
            Write(to, test.Operand, Level.Expression);
        }
    });

    private static StringBuilder WriteCell(StringBuilder to, CellNode cell)
    {
        // A cell that is all not(…) is read as the opposite of its tests.
        var isNot = cell is { Negated: false, Tests: [{ Comparison: null, Operand: CallNode { Function: "not" } }] };
        return cell.Tests.IsEmpty ? to.Append('-')
            : cell.Negated ? WriteTests(to.Append("not("), cell.Tests).Append(')')
            : isNot ? WriteTests(to.Append('('), cell.Tests).Append(')')
            : WriteTests(to, cell.Tests);
    }

    private static StringBuilder WriteLoop(StringBuilder to, LoopNode loop, string word)
    {
        Separated(to, loop.Lists, ", ", list =>
        {
            Write(to.Append(list.Name).Append(" in "), list.List, Level.Expression);
            if (list.To is not null)
            {
                Write(to.Append(".."), list.To, Level.Expression);
            }
        });
        return Write(to.Append(word), loop.Body, Level.Expression);
    }

    /// <summary>By place where no parameter is left out before a given one, else by name.</summary>
    private static StringBuilder WriteCall(StringBuilder to, CallNode call)
    {
        var (signature, places) = call.Candidates[0];
        var given = Enumerable.Range(0, places.Length).Where(i => places[i] >= 0).ToList();
        var byPlace = given.Count == 0 || given[^1] == given.Count - 1;
        Separated(to.Append(call.Function).Append('('), given, ", ", i =>
        {
            to.Append(byPlace ? "" : $"{signature.Parameters[i].Name}: ");
            if (signature.Parameters[i].IsVariadic)
            {
                WriteAll(to, call.Arguments.Skip(places[i]), Level.Expression);
            }
            else
            {
                Write(to, call.Arguments[places[i]], Level.Expression);
            }
        });
        return to.Append(')');
    }

    private static string TypeName(FeelType type) => type switch
    {
        FeelType.Number => "number",
        FeelType.Text => "string",
        FeelType.YesNo => "boolean",
        FeelType.Date => "date",
        FeelType.Time => "time",
        FeelType.DateTime => "date and time",
        FeelType.DaysDuration => "days and time duration",
        FeelType.YearsDuration => "years and months duration",
        FeelType.Null => "Null",
        FeelType.ListOf(FeelType.Any) => "list",
        FeelType.ListOf(var item) => $"list<{TypeName(item)}>",
        FeelType.Range(FeelType.Any) => "range",
        FeelType.Range(var of) => $"range<{TypeName(of)}>",
        FeelType.Context { Entries.IsEmpty: true } => "context",
        FeelType.Context context => $"context<{string.Join(", ", context.Entries.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}: {TypeName(e.Value)}"))}>",
        _ => "Any",
    };
}
