using YamlDotNet.Core;

namespace ProcessManager.Language.Reading;

/// <summary>Says in an analyst's words why a text isn't YAML, and where; the parser's own words are for its authors.</summary>
internal sealed class SyntaxTroubles(SourceFile source, string text, NodeBuilder builder)
{
    /// <summary>What is wrong, and the value to set aside where only its quotes are missing.</summary>
    public (Diagnostic Why, Stretch? Aside) Explain(YamlException wrong)
    {
        var at = Math.Clamp((int)wrong.Start.Index + source.Begin, source.Begin, text.Length);
        var end = Math.Clamp((int)wrong.End.Index + source.Begin, at, text.Length);
        var said = wrong.Message;
        bool Says(string words) => said.Contains(words, StringComparison.OrdinalIgnoreCase);

        if (KeyTooLong(at) is { } key)
        {
            return (key, null);
        }

        if (Says("cannot start any token") || Says("anchor or alias") || Says("scanning a directive"))
        {
            return Unquoted(at, $"A text can't begin with {Sign(at)}. Put it in quotes.");
        }

        if (Says("invalid mapping") || Says("mapping values are not allowed"))
        {
            return ColonInText(at);
        }

        if (Says("escape"))
        {
            return UnknownEscape(end);
        }

        if (Says("quoted scalar"))
        {
            return (Errors.UnclosedQuote.At(source.Span(at, at + 1),
                "The text that begins with this quote is not closed, or its next lines are not indented."), null);
        }

        if (Says("flow mapping") || Says("flow sequence"))
        {
            return Braces(end) ?? (Unclosed() ?? At(at, end, $"Expected a value here, found {Sign(at)}."), null);
        }

        if (Says("block scalar"))
        {
            return (At(at, end, "After | or > the text begins on the next line, indented deeper than the key."), null);
        }

        return Braces(at) ?? (Plainly(at, end, Says), null);
    }

    /// <summary>For the parser's own failures, which have no place: most often a bracket was left open.</summary>
    public (Diagnostic Why, Stretch? Aside) ExplainUnknown() =>
        (Unclosed() ?? At(builder.LastEnd, builder.LastEnd + 1, "From here on the file can't be read as YAML."), null);

    private Diagnostic Plainly(int at, int end, Func<string, bool> says)
    {
        var line = source.LineOf(at);
        if (says("did not find expected key") && AfterClosed(at) is { } closed)
        {
            return At(at, end, $"Nothing may follow the closing {closed}. Put the whole text in quotes.");
        }

        if (says("expected key") || says("simple key"))
        {
            var hasColon = text.AsSpan(at, source.LineEnd(line) - at).IndexOf(':') >= 0;
            return At(at, end, hasColon
                ? $"Expected a key that is indented like the keys above{Column()}; this line begins in column {at - source.LineStart(line) + 1}."
                : "Expected `key: value`; this line has no colon.");
        }

        if (says("'-' indicator"))
        {
            return At(at, end, $"Expected `- ` for the next item of the list above{Column()}, or a line indented less.");
        }

        if (says("block sequence entries"))
        {
            return At(at, at + 1, "A list can't begin on the line of its key. Put `- ` on a line of its own.");
        }

        if (says("<document"))
        {
            return At(at, end, "This doesn't belong to what stands above it. Compare the indentation, and look for a missing colon.");
        }

        return says("node content")
            ? At(at, at + 1, $"Expected a value here, found {Sign(at)}.")
            : At(at, end, "From here on the file can't be read as YAML.");
    }

    private Diagnostic At(int start, int end, string message) =>
        Errors.BadSyntax.At(source.Span(start, Math.Min(end, source.LineEnd(source.LineOf(start)))), message);

    private string Sign(int at) => at < text.Length && text[at] is not ('\n' or '\r')
        ? $"`{text[at]}`"
        : at < text.Length ? "the end of the line" : "the end of the file";

    private string Column() => builder.Open.Count > 0
        ? $" (column {builder.Open.First().Start - source.LineStart(source.LineOf(builder.Open.First().Start)) + 1})"
        : "";

    private (Diagnostic, Stretch?) Unquoted(int at, string why)
    {
        var (stretch, diagnostic) = Quoting.Text(source, at, builder.InFlow, why);
        return (diagnostic, stretch);
    }

    private char? AfterClosed(int at)
    {
        var before = text.AsSpan(source.Begin, at - source.Begin).TrimEnd(' ');
        return before.Length > 0 && before[^1] is '"' or '\'' or ']' or '}' ? before[^1] : null;
    }

    /// <summary>A second <c>: </c> on a line belongs to the text; a first one shows a key indented too deep.</summary>
    private (Diagnostic, Stretch?) ColonInText(int at)
    {
        var start = source.LineStart(source.LineOf(at));
        var first = text.AsSpan(start, at - start).IndexOf(": ");
        if (first >= 0)
        {
            var value = start + first + 2;
            while (value < at && text[value] == ' ')
            {
                value++;
            }

            return Unquoted(value, "A text that holds `: ` must be quoted: YAML takes it for a key.");
        }

        var indent = start + text.AsSpan(start, at - start).IndexOfAnyExcept(' ') is var key && key >= start ? key : at;
        return (At(indent, Math.Max(at, indent + 1),
            "This key is indented deeper than the line above, which has a value already. Indent it like the key above, or remove that value."), null);
    }

    private (Diagnostic, Stretch?) UnknownEscape(int back)
    {
        var span = source.Span(back, Math.Min(back + 2, text.Length));
        return (Errors.UnknownEscape.At(span,
            @"In a text in double quotes a backslash begins an escape such as \n, and this one is unknown. Write \\ for a backslash.",
            new QuickFix("Write two backslashes", [new TextEdit(source.Span(back, back + 1), @"\\")])), null);
    }

    /// <summary>A plain text in a flow map or list that was cut off by <c>{{</c>.</summary>
    private (Diagnostic, Stretch?)? Braces(int at)
    {
        if (!builder.InFlow || !text.AsSpan(at).StartsWith("{{"))
        {
            return null;
        }

        var line = source.LineStart(source.LineOf(at));
        var start = at;
        while (start > line && text[start - 1] is not (',' or '[' or '{') && !text.AsSpan(start - 2 < 0 ? 0 : start - 2).StartsWith(": "))
        {
            start--;
        }

        while (start < at && text[start] == ' ')
        {
            start++;
        }

        var (stretch, diagnostic) = Quoting.Braces(source, start, true);
        return (diagnostic, stretch);
    }

    private Diagnostic? Unclosed()
    {
        if (!builder.InFlow)
        {
            return null;
        }

        var start = builder.Open.First().Start;
        var close = start < text.Length && text[start] == '{' ? '}' : ']';
        return Errors.UnclosedBracket.At(source.Span(start, start + 1),
            $"This {text[start]} is not closed, or a comma is missing after it. Expected , or {close} at line {source.LineOf(builder.LastEnd)}.");
    }

    /// <summary>The parser looks for the colon of a key for 1,024 characters only, and then complains of something else.</summary>
    private Diagnostic? KeyTooLong(int at)
    {
        var start = text.AsSpan(builder.LastScalar.End).TrimStart(' ').StartsWith(":") ? builder.LastScalar.Start : at;
        var rest = text.AsSpan(start, source.LineEnd(source.LineOf(start)) - start);
        var length = rest.IndexOf(": ") is var colon and >= 0 ? colon : rest.EndsWith(":") ? rest.Length - 1 : -1;
        return length > 1000
            ? Errors.KeyTooLong.At(source.Span(start, start + length),
                $"A key has at most {YamlReader.MaxKeyLength} characters; this one has {length}.")
            : null;
    }
}
