using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace ProcessManager.Language.Reading;

/// <summary>Lets only text in: of bearable size, valid UTF-8, without signs that nobody can see.</summary>
internal static class TextGate
{
    private const int MostReported = 10;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static readonly SearchValues<char> Suspicious = SearchValues.Create(
    [
        .. Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(c => c is < ' ' or >= '\x7F' && c is not ('\t' or '\n' or '\r')),
        '\u2028', '\u2029', '\uFEFF', '\uFFFE', '\uFFFF',
        .. Directions,
    ]);

    private static ReadOnlySpan<char> Directions =>
        "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

    /// <summary>The bytes as text, or null where they aren't UTF-8.</summary>
    public static string? Decode(string file, ReadOnlySpan<byte> bytes, ICollection<Diagnostic> diagnostics)
    {
        if (bytes.Length > YamlReader.MaxBytes)
        {
            ReportSize(file, diagnostics);
            return null;
        }

        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, 0, 0xFE, 0xFF, ..])
        {
            diagnostics.Add(Errors.NotUtf8.At(SourceSpan.StartOf(file),
                "The file is saved as UTF-16 or UTF-32. Save it as UTF-8."));
            return null;
        }

        if (bytes is [0xEF, 0xBB, 0xBF, ..])
        {
            bytes = bytes[3..];
        }

        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException wrong)
        {
            var index = Math.Clamp(wrong.Index, 0, bytes.Length);
            var before = new SourceFile(file, Encoding.UTF8.GetString(bytes[..index]));
            var found = wrong.BytesUnknown is [var first, ..] ? $"the byte 0x{first:X2}" : "a broken character";
            diagnostics.Add(Errors.NotUtf8.At(before.Span(before.Text.Length, before.Text.Length),
                $"Here stands {found}, which is not UTF-8. Save the file as UTF-8."));
            return null;
        }
    }

    /// <summary>True where the text may be read; otherwise what is in the way has been reported.</summary>
    public static bool Admits(string file, string text, ICollection<Diagnostic> diagnostics)
    {
        if (text.Length > YamlReader.MaxBytes || Encoding.UTF8.GetByteCount(text) > YamlReader.MaxBytes)
        {
            ReportSize(file, diagnostics);
            return false;
        }

        if (FirstSuspicious(text, text.StartsWith('\uFEFF') ? 1 : 0) < 0)
        {
            return true;
        }

        return ReportSuspicious(new SourceFile(file, text), diagnostics);
    }

    private static void ReportSize(string file, ICollection<Diagnostic> diagnostics) =>
        diagnostics.Add(Errors.TooLarge.At(SourceSpan.StartOf(file),
            "The file is larger than 1 MiB (1,048,576 bytes) and was not read."));

    private static bool ReportSuspicious(SourceFile source, ICollection<Diagnostic> diagnostics)
    {
        var admits = true;
        var reported = 0;
        for (var at = FirstSuspicious(source.Text, source.Begin);
            at >= 0 && reported < MostReported;
            at = FirstSuspicious(source.Text, at + 1), reported++)
        {
            var span = source.Span(at, at + 1);
            var fix = new QuickFix("Remove the character", [new TextEdit(span, "")]);
            var c = source.Text[at];
            if (Directions.Contains(c))
            {
                diagnostics.Add(Errors.HiddenDirection.At(span,
                    $"Here stands a hidden sign (U+{(int)c:X4}) that changes the direction of writing.", fix));
            }
            else
            {
                admits = false;
                diagnostics.Add(Errors.ControlCharacter.At(span,
                    $"Here stands {Name(c)}, which has no place in a text. Remove it.", fix));
            }
        }

        return admits;
    }

    private static string Name(char c) => c switch
    {
        '\0' => "a NUL character (U+0000)",
        '\uFEFF' => "a byte order mark (U+FEFF) inside the file",
        '\u2028' or '\u2029' or '\x85' => $"an invisible line separator (U+{(int)c:X4})",
        _ when char.IsSurrogate(c) => $"half of a character (U+{(int)c:X4})",
        _ => $"a control character (U+{(int)c:X4})",
    };

    private static int FirstSuspicious(string text, int from)
    {
        if (from >= text.Length)
        {
            return -1;
        }

        var control = text.AsSpan(from).IndexOfAny(Suspicious);
        var surrogate = LoneSurrogate(text, from);
        control = control < 0 ? -1 : control + from;
        return control < 0 || (surrogate >= 0 && surrogate < control) ? surrogate : control;
    }

    private static int LoneSurrogate(string text, int from)
    {
        while (true)
        {
            var found = text.AsSpan(from).IndexOfAnyInRange('\uD800', '\uDFFF');
            if (found < 0)
            {
                return -1;
            }

            from += found;
            if (from + 1 >= text.Length || !char.IsSurrogatePair(text[from], text[from + 1]))
            {
                return from;
            }

            from += 2;
        }
    }
}
