using System.Text;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Time.ICalendar;

/// <summary>One property of an iCalendar file, such as <c>DTSTART;VALUE=DATE:20261225</c>.</summary>
/// <param name="Name">In capitals.</param>
/// <param name="Span">The whole property, over all its lines.</param>
internal sealed record ContentLine(string Name, IReadOnlyDictionary<string, string> Parameters, string Value, SourceSpan Span);

/// <summary>Takes an iCalendar file apart into its properties (RFC 5545, section 3.1).</summary>
internal static class ContentLines
{
    /// <summary>Every property; a line that is none is reported and left out.</summary>
    public static IEnumerable<ContentLine> Of(SourceFile file, ICollection<Diagnostic> diagnostics)
    {
        foreach (var (text, span) in Unfolded(file))
        {
            if (text.AsSpan().Trim().IsEmpty) { continue; }
            if (Read(text, span) is { } line) { yield return line; }
            else { diagnostics.Add(Errors.BadHolidayEvent.At(span, $"Expected a property such as `DTSTART;VALUE=DATE:20261225`, found “{Quoted.Short(text)}”.")); }
        }
    }

    /// <summary>A line that begins with a blank goes on with the one before it; the blank is no part of either.</summary>
    private static IEnumerable<(string Text, SourceSpan Span)> Unfolded(SourceFile file)
    {
        var text = new StringBuilder();
        var start = file.Begin;
        for (var line = 1; line <= file.LineCount; line++)
        {
            var (from, to) = (file.LineStart(line), file.LineEnd(line));
            var folded = to > from && file.Text[from] is ' ' or '\t';
            if (!folded && line > 1)
            {
                yield return (text.ToString(), file.Span(start, file.LineEnd(line - 1)));
                text.Clear();
                start = from;
            }

            text.Append(file.Text, folded ? from + 1 : from, to - (folded ? from + 1 : from));
        }

        yield return (text.ToString(), file.Span(start, file.Text.Length));
    }

    private static ContentLine? Read(string text, SourceSpan span)
    {
        var parts = Parts(text, out var colon);
        if (colon < 0 || parts[0].Length == 0 || !parts[0].All(c => char.IsAsciiLetterOrDigit(c) || c == '-')) { return null; }
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in parts.Skip(1))
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1) { return null; }
            parameters[parameter[..equals]] = parameter[(equals + 1)..].Trim('"');
        }

        return new ContentLine(parts[0].ToUpperInvariant(), parameters, text[(colon + 1)..], span);
    }

    /// <summary>The name and the parameters before the first colon that stands outside quotes.</summary>
    private static List<string> Parts(string text, out int colon)
    {
        var parts = new List<string>();
        var (start, quoted) = (0, false);
        for (colon = 0; colon < text.Length; colon++)
        {
            if (text[colon] == '"') { quoted = !quoted; }
            if (quoted || text[colon] is not (':' or ';')) { continue; }
            parts.Add(text[start..colon]);
            if (text[colon] == ':') { return parts; }
            start = colon + 1;
        }

        colon = -1;
        parts.Add(text[start..]);
        return parts;
    }
}
