using System.Globalization;
using System.Text;

namespace ProcessManager.Language.Expressions;

/// <summary>Reads a text between double quotes with its escapes, and writes one.</summary>
internal sealed class TextLiteral(string text, int start, Reporter reporter)
{
    private readonly StringBuilder value = new();
    private bool failed;

    /// <summary>The offset behind the closing quote.</summary>
    public int End { get; private set; } = start + 1;

    /// <summary>The decoded text; null where it was not in order.</summary>
    public string? Read()
    {
        while (End < text.Length && text[End] != '"')
        {
            if (text[End] == '\\')
            {
                ReadEscape();
            }
            else
            {
                value.Append(text[End++]);
            }
        }

        if (End >= text.Length)
        {
            End = text.Length;
            reporter.Error(Errors.ExpressionText, start, Math.Min(1, text.Length - start), "This text isn't closed by a \".");
            return null;
        }

        End++;
        return failed ? null : value.ToString();
    }

    private void ReadEscape()
    {
        var c = End + 1 < text.Length ? text[End + 1] : '\0';
        var simple = c switch { 'n' => "\n", 't' => "\t", 'r' => "\r", '"' => "\"", '\'' => "'", '\\' => "\\", _ => null };
        if (simple is not null)
        {
            value.Append(simple);
            End += 2;
        }
        else if (c is 'u' or 'U' && TryReadCode(End + 2, c == 'u' ? 4 : 6) is { } decoded)
        {
            value.Append(decoded);
            End += c == 'u' ? 6 : 8;
        }
        else if (c is 'u' or 'U')
        {
            failed = true;
            reporter.Error(Errors.ExpressionText, End, 2, $"Behind \\{c} stands the code of a character with {(c == 'u' ? "four" : "six")} hexadecimal digits.");
            End += 2;
        }
        else
        {
            // Any other backslash means itself, so that regular expressions can be written as they are: "\d+".
            value.Append('\\');
            End++;
        }
    }

    private string? TryReadCode(int at, int digits)
    {
        if (at + digits > text.Length ||
            !int.TryParse(text.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) ||
            code > 0x10FFFF)
        {
            return null;
        }

        // A lone surrogate by \u is legal: two of them make one character.
        return code is >= 0xD800 and <= 0xDFFF ? ((char)code).ToString() : char.ConvertFromUtf32(code);
    }

    /// <summary>The text with quotes and escapes, as it is read back.</summary>
    public static string Write(string text)
    {
        var written = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => written.Append("\\\""),
                '\\' => written.Append("\\\\"),
                '\n' => written.Append("\\n"),
                '\t' => written.Append("\\t"),
                '\r' => written.Append("\\r"),
                _ when char.IsControl(c) || char.IsSurrogate(c) => written.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture)),
                _ => written.Append(c),
            };
        }

        return written.Append('"').ToString();
    }
}
