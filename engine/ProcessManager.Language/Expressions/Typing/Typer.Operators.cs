using System.Collections.Immutable;

namespace ProcessManager.Language.Expressions;

/// <summary>Arithmetic, comparisons and tests.</summary>
internal sealed partial class Typer
{
    private Node TypeNegate(Syntax.Negate negate)
    {
        var operand = Type(negate.Operand);
        return operand switch
        {
            LiteralNode { Value: decimal number } => new LiteralNode(number == 0 ? 0m : -number, operand.Type),
            { Type: FeelType.Number or FeelType.DaysDuration or FeelType.YearsDuration or FeelType.Any or FeelType.Null } =>
                new NegateNode(operand, operand.Type),
            _ => Error(Errors.OperandTypes, negate, $"{Comparing.Capital(Types.Say(operand.Type))} has no negative."),
        };
    }

    private Node TypeArithmetic(Syntax.Binary binary)
    {
        var (left, right) = (Type(binary.Left), Type(binary.Right));
        if (Calculating.TypeOf(binary.Operator, left.Type, right.Type) is { } type)
        {
            return new ArithmeticNode(binary.Operator, left, right, type);
        }

        var (l, r) = (Types.Say(left.Type), Types.Say(right.Type));
        var sentence = binary.Operator switch
        {
            BinaryOperator.Add => $"{Comparing.Capital(r)} can't be added to {l}",
            BinaryOperator.Subtract => $"{Comparing.Capital(r)} can't be subtracted from {l}",
            BinaryOperator.Multiply => $"{Comparing.Capital(l)} can't be multiplied with {r}",
            BinaryOperator.Divide => $"{Comparing.Capital(l)} can't be divided by {r}",
            _ => $"{Comparing.Capital(l)} can't be raised to the power of {r}",
        };
        return Error(Errors.OperandTypes, binary, sentence + ArithmeticHint(binary.Operator, left.Type, right.Type));
    }

    private static string ArithmeticHint(BinaryOperator operation, FeelType left, FeelType right) => (operation, left, right) switch
    {
        (BinaryOperator.Add, FeelType.Text, not FeelType.ListOf) or (BinaryOperator.Add, not FeelType.ListOf, FeelType.Text) =>
            "; to join texts, write string(…) around the other.",
        (BinaryOperator.Add or BinaryOperator.Subtract, FeelType.Date or FeelType.DateTime, FeelType.Number) =>
            "; days are a duration: @\"P5D\".",
        _ => ".",
    };

    private Node TypeComparison(Syntax.Binary binary)
    {
        var (left, right) = (Type(binary.Left), Type(binary.Right));
        var ordering = binary.Operator is not (BinaryOperator.Equal or BinaryOperator.NotEqual);
        return CheckComparable(binary.Left, left, binary.Right, right, binary, ordering)
            ? new CompareNode(binary.Operator, left, right)
            : Mistake;
    }

    private bool CheckComparable(Syntax leftSyntax, Node left, Syntax rightSyntax, Node right, Syntax at, bool ordering)
    {
        if (!Types.Comparable(left.Type, right.Type))
        {
            var (hint, fix) = ComparisonHint(leftSyntax, left, rightSyntax, right);
            Error(Errors.ComparedTypes, at, $"{Comparing.Capital(Types.Say(left.Type))} can't be compared with {Types.Say(right.Type)}{hint}", fix);
            return false;
        }

        var unordered = !Types.Ordered(left.Type) ? left : !Types.Ordered(right.Type) ? right : null;
        if (ordering && unordered is not null)
        {
            Error(Errors.ComparedTypes, at, $"{Comparing.Capital(Types.Say(unordered.Type))} has no order; only = and != compare it.");
            return false;
        }

        return true;
    }

    private void CheckOrdered(Syntax? leftSyntax, Node? left, Syntax? rightSyntax, Node? right, Syntax at)
    {
        if ((left ?? right) is { } one)
        {
            CheckComparable((leftSyntax ?? rightSyntax)!, one, (rightSyntax ?? leftSyntax)!, right ?? one, at, ordering: true);
        }
    }

    private (string Hint, QuickFix? Fix) ComparisonHint(Syntax leftSyntax, Node left, Syntax rightSyntax, Node right)
    {
        if (left is LiteralNode { Value: string } && right is not LiteralNode { Value: string })
        {
            return ComparisonHint(rightSyntax, right, leftSyntax, left);
        }

        if ((left.Type, right.Type) is (FeelType.Date, FeelType.DateTime) or (FeelType.DateTime, FeelType.Date))
        {
            return ("; take its day: date(…).", null);
        }

        if (right is not LiteralNode { Value: string text } || Meant(left.Type, text) is not { } meant)
        {
            return (left.Type is FeelType.ListOf && right.Type is not FeelType.ListOf ? "; did you mean list contains(…, …)?" : ".", null);
        }

        return ($"; write {meant}.", reporter.Replace($"Write {meant}", rightSyntax.Start, rightSyntax.Length, meant));
    }

    /// <summary>The value of a type that somebody wrote as a text.</summary>
    private static string? Meant(FeelType type, string text) => type switch
    {
        FeelType.Number => decimal.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? ValueText.Number(number) : null,
        FeelType.YesNo => Word(text) is "true" or "false" ? Word(text) : null,
        FeelType.Date or FeelType.Time or FeelType.DateTime or FeelType.DaysDuration or FeelType.YearsDuration =>
            DateText.Any(text) is { } value && (value is DateText.Written ? FeelType.DateTimeType : TypeOf(value)).GetType() == type.GetType()
                ? $"@\"{text}\"" : null,
        _ => null,
    };

    private BetweenNode TypeBetween(Syntax.Between between)
    {
        var value = Type(between.Value);
        var (low, high) = (Type(between.Low), Type(between.High));
        _ = CheckComparable(between.Value, value, between.Low, low, between, ordering: true) &&
            CheckComparable(between.Value, value, between.High, high, between, ordering: true);
        return new BetweenNode(value, low, high);
    }

    private InNode TypeIn(Syntax.In within)
    {
        var value = Type(within.Value);
        return new InNode(value, [.. within.Tests.Select(t => TypeTest(within.Value, value, t))]);
    }

    private CellNode TypeCell(Syntax.Cell cell)
    {
        var input = (NameNode)names.Find("?")!;
        return new CellNode(input, cell.Negated, [.. cell.Tests.Select(t => TypeTest(t.Operand, input, t))]);
    }

    private TestPart TypeTest(Syntax valueSyntax, Node value, Test test)
    {
        var questions = names.Questions;
        var operand = Type(test.Operand);
        if (test.Operator is null && names.Questions > questions)
        {
            CheckCondition(test.Operand, operand);
            return new TestPart(null, operand, isCondition: true);
        }

        if (test.Operator is { } comparison)
        {
            CheckComparable(valueSyntax, value, test.Operand, operand, test.Operand, comparison is not (BinaryOperator.Equal or BinaryOperator.NotEqual));
        }
        else if (!MayBeAmong(value.Type, operand.Type))
        {
            CheckComparable(valueSyntax, value, test.Operand, Sample(operand), test.Operand, ordering: false);
        }

        return new TestPart(test.Operator, operand, isCondition: false);
    }

    private void CheckCondition(Syntax syntax, Node node)
    {
        if (node.Type is not FeelType.YesNo && !Types.IsOpen(node.Type))
        {
            Error(Errors.ConditionType, syntax, $"A test that speaks of ? is yes or no, but this is {Types.Say(node.Type)}.");
        }
    }

    /// <summary>What a list or range is compared by: a member of it.</summary>
    private static Node Sample(Node operand) => operand.Type switch
    {
        FeelType.Range range => new LiteralNode(null, range.Of),
        FeelType.ListOf list => new LiteralNode(null, list.Item is FeelType.Range range ? range.Of : list.Item),
        _ => operand,
    };

    private static bool MayBeAmong(FeelType value, FeelType among) => among switch
    {
        FeelType.Range range => Types.Comparable(value, range.Of) || Types.Comparable(value, range),
        FeelType.ListOf list => MayBeAmong(value, list.Item) || Types.Comparable(value, list),
        _ => Types.Comparable(value, among),
    };
}
