namespace ProcessManager.Language.Reading;

/// <summary>Values that should have been quoted: how far they go, and the mend that quotes them.</summary>
internal static class Quoting
{
    /// <summary>
    /// The value that begins at an offset, as its author meant it: to the end of the line without a comment, or
    /// in a flow map or list to the sign that ends it there. <c>{{…}}</c> is taken as a whole.
    /// </summary>
    public static Stretch ValueAt(SourceFile source, int start, bool inFlow)
    {
        var text = source.Text;
        var lineEnd = source.LineEnd(source.LineOf(start));
        var at = start;
        while (at < lineEnd)
        {
            if (text.AsSpan(at).StartsWith("{{"))
            {
                var close = text.AsSpan(at, lineEnd - at).IndexOf("}}");
                at = close < 0 ? lineEnd : at + close + 2;
            }
            else if ((inFlow && text[at] is ',' or '}' or ']')
                || (text[at] == '#' && at > start && text[at - 1] is ' ' or '\t'))
            {
                break;
            }
            else
            {
                at++;
            }
        }

        while (at > start + 1 && text[at - 1] is ' ' or '\t')
        {
            at--;
        }

        return new Stretch(start, Math.Max(at, Math.Min(start + 1, text.Length)));
    }

    public static QuickFix Fix(SourceFile source, Stretch value)
    {
        var text = source.Text[value.Start..value.End];
        var quoted = text.AsSpan().IndexOfAny('"', '\\') < 0
            ? $"\"{text}\""
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
        return new QuickFix("Quote the text", [new TextEdit(source.Span(value.Start, value.End), quoted)]);
    }

    public static (Stretch Stretch, Diagnostic Why) Braces(SourceFile source, int start, bool inFlow)
    {
        var value = ValueAt(source, start, inFlow);
        var why = source.Text.AsSpan(start).StartsWith("{{")
            ? "A text that begins with {{ must be quoted: YAML takes the { for a map."
            : "A text with {{…}} inside { } or [ ] must be quoted: YAML takes the { for a map.";
        return (value, Errors.BracesNeedQuotes.At(source.Span(value.Start, value.End), why, Fix(source, value)));
    }

    public static (Stretch Stretch, Diagnostic Why) Text(SourceFile source, int start, bool inFlow, string why)
    {
        var value = ValueAt(source, start, inFlow);
        return (value, Errors.TextNeedsQuotes.At(source.Span(value.Start, value.End), why, Fix(source, value)));
    }
}
