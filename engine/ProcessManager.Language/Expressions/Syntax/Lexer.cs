using System.Globalization;

namespace ProcessManager.Language.Expressions;

/// <summary>Cuts a text into tokens. A hyphen between letters belongs to the name: <c>call-on</c> is one.</summary>
internal sealed class Lexer(string text, Reporter reporter)
{
    private static readonly string[] Symbols =
        ["**", "..", "!=", "<=", ">=", "+", "-", "*", "/", "=", "<", ">", "(", ")", "[", "]", "{", "}", ",", ".", ":", "?"];

    /// <summary>What people write who know another language, and what it is called here.</summary>
    private static readonly (string Found, string Write)[] Foreign =
        [("==", "="), ("<>", "!="), ("&&", "and"), ("||", "or"), ("!", "not(…)"), ("≤", "<="), ("≥", ">="), ("≠", "!="), ("×", "*"), ("÷", "/")];

    private readonly List<Token> tokens = [];
    private int at;

    /// <summary>The tokens, closed by one of kind <see cref="TokenKind.End"/>.</summary>
    public IReadOnlyList<Token> Read()
    {
        while (SkipBlanks())
        {
            ReadOne(text[at]);
        }

        tokens.Add(new Token(TokenKind.End, text.Length, 0, ""));
        return tokens;
    }

    public static bool IsNameStart(char c) => char.IsLetter(c) || c == '_';

    private static bool IsNamePart(char c) =>
        char.IsLetterOrDigit(c) || c == '_' || char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;

    private void ReadOne(char c)
    {
        if (IsNameStart(c))
        {
            ReadName();
        }
        else if (char.IsAsciiDigit(c) || (c == '.' && IsDigitAt(at + 1) && !IsDotAt(at - 1)))
        {
            ReadNumber();
        }
        else if (c == '"')
        {
            ReadText(TokenKind.Text, at);
        }
        else if (c == '@' && at + 1 < text.Length && text[at + 1] == '"')
        {
            at++;
            ReadText(TokenKind.At, at - 1);
        }
        else
        {
            ReadSymbol();
        }
    }

    private bool IsDigitAt(int i) => i >= 0 && i < text.Length && char.IsAsciiDigit(text[i]);

    private bool IsDotAt(int i) => i >= 0 && i < text.Length && text[i] == '.';

    /// <summary>Skips white space and comments; false at the end.</summary>
    private bool SkipBlanks()
    {
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]) || text[at] == '\uFEFF')
            {
                at++;
            }
            else if (StartsWith("//"))
            {
                var end = text.IndexOf('\n', at);
                at = end < 0 ? text.Length : end;
            }
            else if (StartsWith("/*"))
            {
                SkipComment();
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private void SkipComment()
    {
        var end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            reporter.Error(Errors.ExpressionSyntax, at, 2, "This comment isn't closed by */.");
            at = text.Length;
        }
        else
        {
            at = end + 2;
        }
    }

    private bool StartsWith(string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;

    private void ReadName()
    {
        var start = at++;
        while (at < text.Length && (IsNamePart(text[at]) || IsInnerHyphen(at)))
        {
            at++;
        }

        tokens.Add(new Token(TokenKind.Name, start, at - start, text[start..at]));
    }

    private bool IsInnerHyphen(int i) => text[i] == '-' && i + 1 < text.Length && IsNamePart(text[i + 1]);

    private void ReadNumber()
    {
        var start = at;
        SkipDigits();
        if (IsDotAt(at) && IsDigitAt(at + 1))
        {
            at++;
            SkipDigits();
        }

        SkipExponent();
        if (at < text.Length && IsNamePart(text[at]))
        {
            ReportGluedNumber(start);
            return;
        }

        var digits = text.AsSpan(start, at - start);
        if (decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            tokens.Add(new Token(TokenKind.Number, start, at - start, digits.ToString(), number));
        }
        else
        {
            reporter.Error(Errors.ExpressionNumber, start, at - start, "This number is too large; numbers have up to 28 digits.");
        }
    }

    private void SkipDigits()
    {
        while (IsDigitAt(at))
        {
            at++;
        }
    }

    private void SkipExponent()
    {
        if (at >= text.Length || text[at] is not ('e' or 'E'))
        {
            return;
        }

        var sign = at + 1 < text.Length && text[at + 1] is '+' or '-' ? 1 : 0;
        if (IsDigitAt(at + 1 + sign))
        {
            at += 1 + sign;
            SkipDigits();
        }
    }

    private void ReportGluedNumber(int start)
    {
        while (at < text.Length && (IsNamePart(text[at]) || IsInnerHyphen(at)))
        {
            at++;
        }

        reporter.Error(Errors.ExpressionNumber, start, at - start,
            $"“{text[start..at]}” is neither a number nor a name; a name begins with a letter, a number holds digits only.");
    }

    private void ReadSymbol()
    {
        foreach (var (found, write) in Foreign)
        {
            if (StartsWith(found) && !(found == "!" && StartsWith("!=")))
            {
                reporter.Error(Errors.ExpressionSyntax, at, found.Length, $"“{found}” isn't used here; write {write}.",
                    write.EndsWith(')') ? null : reporter.Replace($"Write {write}", at, found.Length, write));
                at += found.Length;
                return;
            }
        }

        var symbol = Array.Find(Symbols, StartsWith);
        if (symbol is not null)
        {
            tokens.Add(new Token(TokenKind.Symbol, at, symbol.Length, symbol));
            at += symbol.Length;
            return;
        }

        ReportUnknown();
    }

    private void ReportUnknown()
    {
        var length = char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1;
        var hint = text[at] switch
        {
            '\'' or '“' or '”' or '„' or '‘' or '’' or '«' or '»' => "; texts stand between double quotes: \"Gold\"",
            '%' => "; write a part of a hundred as a number: 0.2",
            '&' => "; write and for a condition, + to join texts",
            '|' => "; write or",
            '@' => "; a date is written @\"2026-03-01\"",
            '€' or '$' or '£' => "; write amounts of money as plain numbers",
            '−' or '–' => "; minus is the hyphen -",
            _ => "",
        };
        reporter.Error(Errors.ExpressionSyntax, at, length, $"The character “{text.Substring(at, length)}” isn't used here{hint}.");
        at += length;
    }

    private void ReadText(TokenKind kind, int start)
    {
        var reading = new TextLiteral(text, at, reporter);
        if (reading.Read() is { } value)
        {
            tokens.Add(new Token(kind, start, reading.End - start, value));
        }

        at = reading.End;
    }
}
