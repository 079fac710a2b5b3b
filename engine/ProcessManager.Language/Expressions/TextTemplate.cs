using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ProcessManager.Language.Expressions;

/// <summary>
/// A text with <c>{{ expression }}</c> holes. Where two braces themselves are meant, the text has <c>\{{</c>.
/// </summary>
public sealed class TextTemplate
{
    /// <summary>The length of a template, in UTF-16 code units.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>How many holes a template may have.</summary>
    public const int MaxHoles = 1_000;

    /// <summary>Where filling ends: no letter or mail is longer.</summary>
    private const int MostWritten = 4 * MaxLength;

    /// <summary>Steps that all holes together may take when they are filled.</summary>
    private const int Budget = 10 * Run.Budget;

    /// <summary>Either a piece of plain text or a hole.</summary>
    private readonly record struct Piece(string Text, Expression? Hole);

    private readonly ImmutableArray<Piece> pieces;

    private TextTemplate(string source, ImmutableArray<Piece> pieces)
    {
        this.pieces = pieces;
        Source = source;
        Canonical = string.Concat(pieces.Select(p =>
            p.Hole is null ? p.Text.Replace("{{", "\\{{", StringComparison.Ordinal) : $"{{{{{p.Hole.Canonical}}}}}"));
        Uses = [.. pieces.SelectMany(p => p.Hole?.Uses ?? []).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>A text without holes; most are.</summary>
    private TextTemplate(string plain)
    {
        pieces = plain.Length == 0 ? [] : [new Piece(plain, null)];
        (Source, Canonical, Uses) = (plain, plain, []);
    }

    /// <summary>As it was written.</summary>
    public string Source { get; }

    /// <summary>The text with each hole's canonical expression.</summary>
    public string Canonical { get; }

    /// <summary>True for a text without holes.</summary>
    public bool IsConstant => pieces.All(p => p.Hole is null);

    /// <summary>The names and paths that its expressions read, ordered.</summary>
    public ImmutableArray<string> Uses { get; }

    /// <returns>Null where there are errors.</returns>
    public static TextTemplate? Compile(SourceText text, TypeScope scope, ICollection<Diagnostic> diagnostics)
    {
        if (text.Value.Length <= MaxLength && !text.Value.Contains("{{", StringComparison.Ordinal))
        {
            return new TextTemplate(text.Value);
        }

        var found = new List<Diagnostic>();
        var pieces = text.Value.Length > MaxLength
            ? TooLong(text, found)
            : Cut(text, scope, found);
        foreach (var diagnostic in found)
        {
            diagnostics.Add(diagnostic);
        }

        return found.Count == 0 ? new TextTemplate(text.Value, pieces) : null;
    }

    private static ImmutableArray<Piece> TooLong(SourceText text, List<Diagnostic> diagnostics)
    {
        diagnostics.Add(Errors.ExpressionTooLong.At(text.At(0, 0), $"A text has at most {MaxLength} characters; this one has {text.Value.Length}."));
        return [];
    }

    private static ImmutableArray<Piece> Cut(SourceText text, TypeScope scope, List<Diagnostic> diagnostics)
    {
        var pieces = ImmutableArray.CreateBuilder<Piece>();
        var plain = new StringBuilder();
        var value = text.Value;
        var (at, holes) = (0, 0);
        while (at < value.Length)
        {
            var open = value.IndexOf("{{", at, StringComparison.Ordinal);
            if (open < 0)
            {
                plain.Append(value, at, value.Length - at);
                break;
            }

            if (open > at && value[open - 1] == '\\')
            {
                plain.Append(value, at, open - 1 - at).Append("{{");
                at = open + 2;
                continue;
            }

            if (++holes > MaxHoles)
            {
                diagnostics.Add(Errors.ExpressionTooLong.At(text.At(open, 2), $"A text has at most {MaxHoles} holes."));
                break;
            }

            plain.Append(value, at, open - at);
            var close = CloseOf(value, open + 2);
            if (close < 0)
            {
                diagnostics.Add(Errors.HoleNotClosed.At(text.At(open, 2), "This {{ isn't closed by }}."));
                break;
            }

            if (plain.Length > 0)
            {
                pieces.Add(new Piece(plain.ToString(), null));
                plain.Clear();
            }

            if (ExpressionCompiler.Compile(text.Part(open + 2, close - open - 2), scope, null, diagnostics) is { } hole)
            {
                pieces.Add(new Piece("", hole));
            }

            at = close + 2;
        }

        if (plain.Length > 0)
        {
            pieces.Add(new Piece(plain.ToString(), null));
        }

        return pieces.ToImmutable();
    }

    /// <summary>Where the hole ends: at the first <c>}}</c> outside of texts and of the expression's own braces.</summary>
    private static int CloseOf(string text, int from)
    {
        var braces = 0;
        var end = Math.Min(text.Length, from + ExpressionCompiler.MaxLength);
        for (var i = from; i < end; i++)
        {
            switch (text[i])
            {
                case '"':
                    i = EndOfText(text, i, end);
                    break;
                case '{':
                    braces++;
                    break;
                case '}' when braces > 0:
                    braces--;
                    break;
                case '}' when i + 1 < text.Length && text[i + 1] == '}':
                    return i;
            }
        }

        // A brace or quote that isn't closed shall not swallow the rest of the text.
        return text.IndexOf("}}", from, StringComparison.Ordinal);
    }

    private static int EndOfText(string text, int quote, int end)
    {
        for (var i = quote + 1; i < end; i++)
        {
            if (text[i] == '"')
            {
                return i;
            }

            i += text[i] == '\\' ? 1 : 0;
        }

        return end;
    }

    /// <summary>Fills the holes. A null value leaves nothing; dates and numbers are written for people.</summary>
    /// <param name="culture">How numbers and dates are written; plain English where null.</param>
    /// <param name="encode">What makes the text of a hole safe where the text stands, such as in an address; null leaves it.</param>
    public string Render(EvaluationContext context, CultureInfo? culture = null, Func<string, string>? encode = null)
    {
        var text = new StringBuilder();
        var budget = Budget;
        foreach (var piece in pieces)
        {
            if (piece.Hole is null)
            {
                text.Append(piece.Text);
                continue;
            }

            var filled = ReadableText.Of(piece.Hole.Evaluate(context, ref budget).Value, culture);
            text.Append(encode is null ? filled : encode(filled));
            if (text.Length > MostWritten)
            {
                break;
            }
        }

        return text.ToString();
    }
}
