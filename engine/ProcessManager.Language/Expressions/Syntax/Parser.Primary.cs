using System.Collections.Immutable;

namespace ProcessManager.Language.Expressions;

/// <summary>Literals, names, calls, parentheses, lists, ranges, contexts.</summary>
internal sealed partial class Parser
{
    /// <summary>The most words that a function's or a parameter's name has.</summary>
    private const int MaxNameWords = 5;

    private Syntax ParsePrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                index++;
                return new Syntax.Literal(token.Start, token.End, token.Number);
            case TokenKind.Text:
                index++;
                return new Syntax.Literal(token.Start, token.End, token.Text);
            case TokenKind.At:
                index++;
                return new Syntax.At(token.Start, token.End, token.Text);
            case TokenKind.Name:
                return ParseWord(token);
            case TokenKind.Symbol:
                return ParseBracketed(token);
            default:
                return Missing();
        }
    }

    private Syntax ParseWord(Token token)
    {
        if (token.Text is "true" or "false" or "null")
        {
            index++;
            return new Syntax.Literal(token.Start, token.End, token.Text == "null" ? null : token.Text == "true");
        }

        if (WordsBeforeParenthesis() is var words and > 0)
        {
            var name = JoinWords(index, index + words);
            if (words == 1 ? !Keywords.Has(name) || name == "not" : FunctionCatalogue.Has(name))
            {
                return ParseCall(name, words);
            }
        }

        if (token.Text is "if" or "for" or "some" or "every")
        {
            Fail($"“{token.Text}” stands inside another expression; put parentheses around it.");
            return new Syntax.Missing(token.Start);
        }

        if (token.Text == "not")
        {
            Fail("“not” needs parentheses: not(…).");
            return new Syntax.Missing(token.Start);
        }

        if (Keywords.Has(token.Text))
        {
            return Missing();
        }

        index++;
        return new Syntax.Name(token.Start, token.End, token.Text);
    }

    /// <summary>How many words stand from here to a <c>(</c>; 0 where none or too many.</summary>
    private int WordsBeforeParenthesis()
    {
        var words = 1;
        while (words <= MaxNameWords && Peek(words).Kind == TokenKind.Name)
        {
            words++;
        }

        return words <= MaxNameWords && Peek(words).IsSymbol("(") ? words : 0;
    }

    private Syntax.Missing Missing()
    {
        Fail(index == 0 && Current.Kind == TokenKind.End
            ? "A value is missing here; the expression is empty."
            : $"A value is missing here{Found()}.");
        return new Syntax.Missing(Current.Start);
    }

    private Syntax ParseBracketed(Token token)
    {
        switch (token.Text)
        {
            case "(":
                return ParseParentheses();
            case "[":
                return ParseListOrRange();
            case "]":
                index++;
                return ParseRangeEnd(token.Start, ParseRangeLow(), lowIncluded: false);
            case "{":
                return ParseContext();
            case "?":
                index++;
                return new Syntax.Name(token.Start, token.End, "?");
            default:
                return Missing();
        }
    }

    private Syntax ParseParentheses()
    {
        var start = tokens[index++].Start;
        if (ComparisonOf(Current) is { } comparison)
        {
            index++;
            var end = ParseExpression();
            ExpectSymbol(")", "to close the parenthesis");
            return Unbounded(comparison, start, end);
        }

        var inner = ParseExpression();
        if (Current.IsSymbol(".."))
        {
            return ParseRangeEnd(start, inner, lowIncluded: false);
        }

        ExpectSymbol(")", "to close the parenthesis");
        return inner with { Start = start, End = LastEnd };
    }

    /// <summary><c>(&lt; 5)</c> as a value: a range with one end.</summary>
    private Syntax Unbounded(BinaryOperator comparison, int start, Syntax end)
    {
        switch (comparison)
        {
            case BinaryOperator.Less or BinaryOperator.LessOrEqual:
                return Checked(new Syntax.Range(start, LastEnd, null, false, end, comparison == BinaryOperator.LessOrEqual));
            case BinaryOperator.Greater or BinaryOperator.GreaterOrEqual:
                return Checked(new Syntax.Range(start, LastEnd, end, comparison == BinaryOperator.GreaterOrEqual, null, false));
            case BinaryOperator.Equal:
                return Checked(new Syntax.Range(start, LastEnd, end, true, end, true));
            default:
                Fail("A range can't be made of “!=”.");
                return end;
        }
    }

    private Syntax ParseListOrRange()
    {
        var start = tokens[index++].Start;
        if (TakeSymbol("]"))
        {
            return new Syntax.ListOf(start, LastEnd, []);
        }

        var first = ParseExpression();
        if (Current.IsSymbol(".."))
        {
            return ParseRangeEnd(start, first, lowIncluded: true);
        }

        var items = ImmutableArray.CreateBuilder<Syntax>();
        items.Add(first);
        while (TakeSymbol(","))
        {
            items.Add(ParseExpression());
        }

        ExpectSymbol("]", "to close the list");
        return Checked(new Syntax.ListOf(start, LastEnd, items.ToImmutable()));
    }

    private Syntax ParseRangeLow()
    {
        var low = ParseExpression();
        if (!Current.IsSymbol(".."))
        {
            Fail($"“..” is missing in the range{Found()}.");
        }

        return low;
    }

    private Syntax.Range ParseRangeEnd(int start, Syntax low, bool lowIncluded)
    {
        index = Math.Min(index + 1, tokens.Count - 1);
        Deepen();
        var outer = bracketCloses;
        bracketCloses = true;
        var high = ParseArithmetic(0);
        bracketCloses = outer;
        nesting--;
        var included = TakeSymbol("]");
        if (!included && !TakeSymbol(")") && !TakeSymbol("["))
        {
            Fail($"“]” or “)” is missing to close the range{Found()}.");
        }

        return Checked(new Syntax.Range(start, LastEnd, low, lowIncluded, high, included));
    }

    private Syntax.Context ParseContext()
    {
        var start = tokens[index++].Start;
        var entries = ImmutableArray.CreateBuilder<Entry>();
        if (!Current.IsSymbol("}"))
        {
            do
            {
                entries.Add(ParseEntry());
            }
            while (TakeSymbol(","));
        }

        ExpectSymbol("}", "to close the context");
        return Checked(new Syntax.Context(start, LastEnd, entries.ToImmutable()));
    }

    private Entry ParseEntry()
    {
        var token = Current;
        if (token.Kind is not (TokenKind.Name or TokenKind.Text))
        {
            Fail($"The name of an entry is missing{Found()}.");
        }

        index = Math.Min(index + 1, tokens.Count - 1);
        ExpectSymbol(":", "after the name of an entry");
        return new Entry(token.Text, token.Start, token.Length, ParseExpression());
    }

    private Syntax.Call ParseCall(string name, int words)
    {
        var start = Current.Start;
        index += words;
        var nameEnd = LastEnd;
        index++;
        var arguments = ImmutableArray.CreateBuilder<Argument>();
        if (!Current.IsSymbol(")"))
        {
            do
            {
                arguments.Add(ParseArgument());
            }
            while (TakeSymbol(","));
        }

        ExpectSymbol(")", $"to close the arguments of {name}");
        return Checked(new Syntax.Call(start, LastEnd, name, nameEnd, arguments.ToImmutable()));
    }

    private Argument ParseArgument()
    {
        var words = 0;
        while (words < MaxNameWords && Peek(words).Kind == TokenKind.Name)
        {
            words++;
        }

        var start = Current.Start;
        if (words == 0 || !Peek(words).IsSymbol(":"))
        {
            return new Argument(null, start, 0, ParseExpression());
        }

        var name = JoinWords(index, index + words);
        index += words;
        var length = LastEnd - start;
        index++;
        return new Argument(name, start, length, ParseExpression());
    }
}
