using System.Collections.Immutable;

namespace ProcessManager.Language.Expressions;

/// <summary>
/// From tokens to <see cref="Syntax"/>, by precedence climbing. Stops at the first mistake: what follows one
/// is seldom a second one. Nesting and the height of the tree are bounded, so no text overflows the stack.
/// </summary>
internal sealed partial class Parser(IReadOnlyList<Token> tokens, string text, Reporter reporter)
{
    /// <summary>Levels of parentheses, branches, lists and arguments inside each other.</summary>
    public const int MaxNesting = 100;

    /// <summary>Levels of the tree; a chain of n operators of one kind has n levels, and and or have one.</summary>
    private const int MaxHeight = 400;

    private int index;
    private int nesting;
    private bool failed;

    /// <summary>True inside the upper end of a range, where <c>[</c> closes it and is no filter.</summary>
    private bool bracketCloses;

    private Token Current => tokens[index];

    private Token Peek(int ahead) => tokens[Math.Min(index + ahead, tokens.Count - 1)];

    private int LastEnd => index == 0 ? 0 : tokens[index - 1].End;

    /// <summary>The whole text as one expression; null where it is not in order.</summary>
    public Syntax? ParseAll()
    {
        var parsed = ParseExpression();
        if (!failed && Current.Kind != TokenKind.End)
        {
            FailAtRest();
        }

        return failed ? null : parsed;
    }

    private Syntax ParseExpression()
    {
        Deepen();
        var outer = bracketCloses;
        bracketCloses = false;
        var parsed = Current.Kind == TokenKind.Name
            ? Current.Text switch
            {
                "if" => ParseIf(),
                "for" => ParseFor(),
                "some" or "every" => ParseQuantified(),
                _ => ParseOr(),
            }
            : ParseOr();
        bracketCloses = outer;
        nesting--;
        return parsed;
    }

    private void Deepen()
    {
        if (++nesting > MaxNesting)
        {
            Fail(Errors.ExpressionTooDeep, $"More than {MaxNesting} levels are nested here.");
        }
    }

    private Syntax ParseOr() => ParseChain(isAnd: false, "or", ParseAnd);

    private Syntax ParseAnd() => ParseChain(isAnd: true, "and", ParseComparison);

    private Syntax ParseChain(bool isAnd, string word, Func<Syntax> parseOperand)
    {
        var first = parseOperand();
        if (!Current.IsWord(word))
        {
            return first;
        }

        var operands = ImmutableArray.CreateBuilder<Syntax>();
        Flatten(first);
        while (Take(word))
        {
            Flatten(parseOperand());
        }

        return Checked(new Syntax.Logic(isAnd, operands.ToImmutable()));

        // a and (b and c) is a and b and c.
        void Flatten(Syntax operand)
        {
            if (operand is Syntax.Logic inner && inner.IsAnd == isAnd)
            {
                operands.AddRange(inner.Operands);
            }
            else
            {
                operands.Add(operand);
            }
        }
    }

    private Syntax ParseComparison()
    {
        var left = ParseArithmetic(0);
        while (!failed)
        {
            if (ComparisonOf(Current) is { } comparison)
            {
                var start = Current.Start;
                index++;
                left = Checked(new Syntax.Binary(comparison, start, left, ParseArithmetic(0)));
            }
            else if (Take("between"))
            {
                var low = ParseArithmetic(0);
                Expect("and", "after the lower end of between");
                left = Checked(new Syntax.Between(left, low, ParseArithmetic(0)));
            }
            else if (Take("in"))
            {
                var tests = ParseInTests();
                left = Checked(new Syntax.In(LastEnd, left, tests));
            }
            else if (Current.IsWord("instance") && Peek(1).IsWord("of"))
            {
                index += 2;
                var type = ParseType();
                left = Checked(new Syntax.InstanceOf(LastEnd, left, type));
            }
            else
            {
                break;
            }
        }

        return left;
    }

    private static BinaryOperator? ComparisonOf(Token token) => token.Kind != TokenKind.Symbol ? null : token.Text switch
    {
        "=" => BinaryOperator.Equal,
        "!=" => BinaryOperator.NotEqual,
        "<" => BinaryOperator.Less,
        "<=" => BinaryOperator.LessOrEqual,
        ">" => BinaryOperator.Greater,
        ">=" => BinaryOperator.GreaterOrEqual,
        _ => null,
    };

    /// <summary>Operators of one precedence associate to the left; the sign binds closer than the power.</summary>
    private Syntax ParseArithmetic(int precedence)
    {
        var left = ParseSigned();
        while (!failed && ArithmeticOf(Current) is (var operation, var level) && level >= precedence)
        {
            var start = Current.Start;
            index++;
            left = Checked(new Syntax.Binary(operation, start, left, ParseArithmetic(level + 1)));
        }

        return left;
    }

    private static (BinaryOperator Operator, int Level)? ArithmeticOf(Token token) =>
        token.Kind != TokenKind.Symbol ? null : token.Text switch
        {
            "+" => (BinaryOperator.Add, 1),
            "-" => (BinaryOperator.Subtract, 1),
            "*" => (BinaryOperator.Multiply, 2),
            "/" => (BinaryOperator.Divide, 2),
            "**" => (BinaryOperator.Power, 3),
            _ => null,
        };

    private Syntax ParseSigned()
    {
        var signs = 0;
        var start = Current.Start;
        while (TakeSymbol("-"))
        {
            signs++;
        }

        var operand = ParsePostfix();
        return signs == 0 ? operand
            : signs % 2 == 1 ? Checked(new Syntax.Negate(start, operand.End, operand))
            : Checked(new Syntax.Negate(start, operand.End, new Syntax.Negate(start, operand.End, operand)));
    }

    private Syntax ParsePostfix()
    {
        var target = ParsePrimary();
        while (!failed)
        {
            if (TakeSymbol("."))
            {
                var (name, start) = ParsePathName();
                target = Checked(new Syntax.Path(LastEnd, target, name, start));
            }
            else if (Current.IsSymbol("[") && !bracketCloses)
            {
                index++;
                var condition = ParseExpression();
                ExpectSymbol("]", "to close the filter");
                target = Checked(new Syntax.Filter(LastEnd, target, condition));
            }
            else
            {
                break;
            }
        }

        return target;
    }

    private (string Name, int Start) ParsePathName()
    {
        var start = Current.Start;
        foreach (var spaced in SpacedProperties)
        {
            if (TakeWords(spaced))
            {
                return (string.Join(' ', spaced), start);
            }
        }

        if (Current.Kind != TokenKind.Name)
        {
            Fail($"A name is missing after the dot{Found()}.");
            return ("", start);
        }

        return (tokens[index++].Text, start);
    }

    private static readonly string[][] SpacedProperties = [["start", "included"], ["end", "included"], ["time", "offset"]];

    private bool TakeWords(string[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!Peek(i).IsWord(words[i]))
            {
                return false;
            }
        }

        index += words.Length;
        return true;
    }

    private T Checked<T>(T syntax) where T : Syntax
    {
        if (syntax.Height > MaxHeight)
        {
            Fail(Errors.ExpressionTooDeep, $"More than {MaxHeight} operators follow each other here.");
        }

        return syntax;
    }
}
