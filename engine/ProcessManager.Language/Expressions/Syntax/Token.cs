namespace ProcessManager.Language.Expressions;

internal enum TokenKind { Name, Number, Text, At, Symbol, End }

/// <summary>A word of the language. Names and keywords are both <see cref="TokenKind.Name"/>.</summary>
/// <param name="Text">The name, the symbol, or the decoded content of a text or <c>@"…"</c>.</param>
/// <param name="Number">The value of a number.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int Length, string Text, decimal Number = 0)
{
    public int End => Start + Length;

    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    public bool IsWord(string word) => Kind == TokenKind.Name && Text == word;
}

/// <summary>Words that can't be names.</summary>
internal static class Keywords
{
    public static readonly IReadOnlySet<string> All = new HashSet<string>(StringComparer.Ordinal)
    {
        "and", "or", "not", "true", "false", "null", "if", "then", "else",
        "for", "in", "return", "some", "every", "satisfies", "between",
    };

    public static bool Has(string word) => All.Contains(word);
}
