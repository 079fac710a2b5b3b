using System.Collections.Immutable;

namespace ProcessManager.Language.Expressions;

/// <summary>if, for, some, every, tests and the names of types.</summary>
internal sealed partial class Parser
{
    private Syntax.If ParseIf()
    {
        var start = tokens[index++].Start;
        var condition = ParseExpression();
        Expect("then", "after the condition of if");
        var then = ParseExpression();
        Expect("else", "after the value of then");
        var otherwise = ParseExpression();
        return Checked(new Syntax.If(start, LastEnd, condition, then, otherwise));
    }

    private Syntax.For ParseFor()
    {
        var start = tokens[index++].Start;
        var iterators = ParseIterators();
        Expect("return", "after the lists of for");
        var body = ParseExpression();
        return Checked(new Syntax.For(start, LastEnd, iterators, body));
    }

    private Syntax.Quantified ParseQuantified()
    {
        var word = tokens[index++];
        var iterators = ParseIterators();
        Expect("satisfies", $"after the lists of {word.Text}");
        var body = ParseExpression();
        return Checked(new Syntax.Quantified(word.Start, LastEnd, word.Text == "every", iterators, body));
    }

    private ImmutableArray<Iterator> ParseIterators()
    {
        var iterators = ImmutableArray.CreateBuilder<Iterator>();
        do
        {
            var token = Current;
            if (token.Kind != TokenKind.Name || Keywords.Has(token.Text))
            {
                Fail($"A name for the member is missing{Found()}.");
            }

            index = Math.Min(index + 1, tokens.Count - 1);
            Expect("in", $"after “{token.Text}”");
            var list = ParseExpression();
            var to = TakeSymbol("..") ? ParseExpression() : null;
            iterators.Add(new Iterator(token.Text, token.Start, list, to));
        }
        while (TakeSymbol(","));

        return iterators.ToImmutable();
    }

    /// <summary>What follows <c>in</c>: one test, or several in parentheses.</summary>
    private ImmutableArray<Test> ParseInTests()
    {
        if (!Current.IsSymbol("("))
        {
            return [ParseInTest()];
        }

        var start = tokens[index++].Start;
        var first = ParseTest();
        if (first.Operator is null && Current.IsSymbol(".."))
        {
            return [new Test(null, ParseRangeEnd(start, first.Operand, lowIncluded: false))];
        }

        var tests = ParseMoreTests(first);
        ExpectSymbol(")", "to close the tests of in");
        return tests;
    }

    private Test ParseInTest()
    {
        var comparison = ComparisonOf(Current);
        index += comparison is null ? 0 : 1;
        return new Test(comparison, ParseArithmetic(0));
    }

    private Test ParseTest()
    {
        var comparison = ComparisonOf(Current);
        index += comparison is null ? 0 : 1;
        return new Test(comparison, comparison is null ? ParseExpression() : ParseArithmetic(0));
    }

    private ImmutableArray<Test> ParseMoreTests(Test first)
    {
        var tests = ImmutableArray.CreateBuilder<Test>();
        tests.Add(first);
        while (TakeSymbol(","))
        {
            tests.Add(ParseTest());
        }

        return tests.ToImmutable();
    }

    /// <summary>The whole text as a decision table's cell; null where it is not in order.</summary>
    public Syntax? ParseCell()
    {
        var cell = Current.IsSymbol("-") && Peek(1).Kind == TokenKind.End
            ? ParseDash()
            : IsNegatedCell() ? ParseNegatedCell() : new Syntax.Cell(0, text.Length, false, ParseMoreTests(ParseTest()));
        if (!failed && Current.Kind != TokenKind.End)
        {
            FailAtRest();
        }

        return failed ? null : cell;
    }

    private Syntax.Cell ParseDash()
    {
        index++;
        return new Syntax.Cell(0, text.Length, false, []);
    }

    /// <summary>True where <c>not(…)</c> is the whole cell, and not the beginning of a longer condition.</summary>
    private bool IsNegatedCell()
    {
        if (!Current.IsWord("not") || !Peek(1).IsSymbol("("))
        {
            return false;
        }

        var depth = 0;
        for (var i = index + 1; i < tokens.Count; i++)
        {
            depth += tokens[i].IsSymbol("(") ? 1 : tokens[i].IsSymbol(")") ? -1 : 0;
            if (depth == 0)
            {
                return tokens[i + 1].Kind == TokenKind.End;
            }
        }

        return true;
    }

    private Syntax.Cell ParseNegatedCell()
    {
        index += 2;
        var tests = ParseMoreTests(ParseTest());
        ExpectSymbol(")", "to close not");
        return new Syntax.Cell(0, text.Length, true, tests);
    }

    private FeelType ParseType()
    {
        Deepen();
        var type = ParseTypeName();
        nesting--;
        return type;
    }

    private FeelType ParseTypeName()
    {
        foreach (var (words, type) in TypeNames)
        {
            if (TakeWords(words))
            {
                return type;
            }
        }

        if (Take("list"))
        {
            return TakeSymbol("<") ? Closed(new FeelType.ListOf(ParseType())) : new FeelType.ListOf(FeelType.AnyType);
        }

        if (Take("range"))
        {
            return TakeSymbol("<") ? Closed(new FeelType.Range(ParseType())) : new FeelType.Range(FeelType.AnyType);
        }

        if (Take("context"))
        {
            return TakeSymbol("<") ? Closed(ParseContextType()) : Types.AnyContext;
        }

        Fail($"A type is missing{Found()}; known are {string.Join(", ", TypeNames.Select(t => string.Join(' ', t.Words)))}, list, range and context.");
        return FeelType.AnyType;
    }

    private FeelType Closed(FeelType type)
    {
        ExpectSymbol(">", "to close the type");
        return type;
    }

    private FeelType.Context ParseContextType()
    {
        var entries = ImmutableDictionary.CreateBuilder<string, FeelType>();
        do
        {
            var token = Current;
            if (token.Kind != TokenKind.Name)
            {
                Fail($"The name of an entry is missing{Found()}.");
            }

            index = Math.Min(index + 1, tokens.Count - 1);
            ExpectSymbol(":", "after the name of an entry");
            entries[token.Text] = ParseType();
        }
        while (TakeSymbol(","));

        return new FeelType.Context(entries.ToImmutable(), Closed: false);
    }

    private static readonly (string[] Words, FeelType Type)[] TypeNames =
    [
        (["number"], FeelType.NumberType),
        (["string"], FeelType.TextType),
        (["boolean"], FeelType.YesNoType),
        (["date", "and", "time"], FeelType.DateTimeType),
        (["date"], FeelType.DateType),
        (["time"], FeelType.TimeType),
        (["days", "and", "time", "duration"], FeelType.DaysDurationType),
        (["years", "and", "months", "duration"], FeelType.YearsDurationType),
        (["Any"], FeelType.AnyType),
        (["Null"], FeelType.NullType),
    ];
}
