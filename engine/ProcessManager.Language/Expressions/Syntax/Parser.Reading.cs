namespace ProcessManager.Language.Expressions;

/// <summary>Taking tokens, and saying what is wrong with the one that stands there.</summary>
internal sealed partial class Parser
{
    private bool Take(string word)
    {
        if (!Current.IsWord(word))
        {
            return false;
        }

        index++;
        return true;
    }

    private bool TakeSymbol(string symbol)
    {
        if (!Current.IsSymbol(symbol))
        {
            return false;
        }

        index++;
        return true;
    }

    private void Expect(string word, string where)
    {
        if (!Take(word))
        {
            Fail($"“{word}” is missing {where}{Found()}.");
        }
    }

    private void ExpectSymbol(string symbol, string where)
    {
        if (!TakeSymbol(symbol))
        {
            Fail($"“{symbol}” is missing {where}{Found()}.{SeparatorHint()}");
        }
    }

    private string Found() => Current.Kind == TokenKind.End ? "; the expression ends here" : $", found “{Written(Current)}”";

    private string Written(Token token) => text.Substring(token.Start, token.Length);

    private void Fail(string message) => Fail(Errors.ExpressionSyntax, message);

    /// <summary>The first failure is reported, and the rest of the text is skipped so that every loop ends.</summary>
    private void Fail(ErrorDefinition definition, string message, QuickFix? fix = null)
    {
        if (!failed)
        {
            failed = true;
            var start = Current.Start;
            reporter.Error(definition, start, Current.Length, message, fix);
        }

        index = tokens.Count - 1;
    }

    /// <summary>Something stands behind a complete expression.</summary>
    private void FailAtRest()
    {
        if (SeparatorHint() is { Length: > 0 } hint)
        {
            Fail($"“,” isn't expected here.{hint}");
        }
        else if (Current.Kind == TokenKind.Name && !Keywords.Has(Current.Text) && FailAtFunction())
        {
            return;
        }
        else if (Current.IsSymbol(")") || Current.IsSymbol("]") || Current.IsSymbol("}"))
        {
            Fail($"This “{Current.Text}” closes nothing.");
        }
        else
        {
            Fail($"An operator such as = or and is missing before “{Written(Current)}”.");
        }
    }

    /// <summary>The words around here stand before a parenthesis, and a function is nearly called so.</summary>
    private bool FailAtFunction()
    {
        var first = index - 1;
        var open = index;
        while (tokens[open].Kind == TokenKind.Name && open - first < 5)
        {
            open++;
        }

        if (first < 0 || !tokens[open].IsSymbol("(") || tokens[first].Kind != TokenKind.Name ||
            Nearest.To(JoinWords(first, open), FunctionCatalogue.Names) is not { } near)
        {
            return false;
        }

        var (start, end) = (tokens[first].Start, tokens[open - 1].End);
        reporter.Error(Errors.UnknownFunction, start, end - start,
            $"There is no function “{text[start..end]}”; did you mean “{near}”?", reporter.Replace($"Write {near}", start, end - start, near));
        failed = true;
        return true;
    }

    private string JoinWords(int from, int to) => string.Join(' ', Enumerable.Range(from, to - from).Select(i => tokens[i].Text));

    /// <summary>For <c>10,000</c>, which is two numbers.</summary>
    private string SeparatorHint()
    {
        var split = Current.IsSymbol(",") && index > 0 && tokens[index - 1].Kind == TokenKind.Number &&
            Peek(1).Kind == TokenKind.Number && Current.Start == tokens[index - 1].End && Peek(1).Start == Current.End;
        return split ? $" Numbers are written without separators: {tokens[index - 1].Text}{Peek(1).Text}." : "";
    }
}
