namespace ProcessManager.Language.Reading;

/// <summary>Finds lines indented with tabs, other than inside texts of several lines, where a tab may be meant.</summary>
internal static class TabCheck
{
    private const int MostReported = 10;

    public static void Run(SourceFile source, IReadOnlyList<Stretch> texts, List<Diagnostic> found)
    {
        if (!source.Text.Contains('\t'))
        {
            return;
        }

        var syntaxError = found.FindIndex(d => d.Code == Errors.BadSyntax.Code);
        int next = 0, reported = 0;
        for (var line = 1; line <= source.LineCount && reported < MostReported; line++)
        {
            var start = source.LineStart(line);
            while (next < texts.Count && texts[next].End <= start)
            {
                next++;
            }

            if (IndentWithTab(source, line) is { } end && !(next < texts.Count && texts[next].Start < start))
            {
                found.Add(Report(source, start, end));
                reported++;
            }
        }

        if (reported > 0 && syntaxError >= 0)
        {
            // What the parser said of the tab, less helpfully.
            found.RemoveAt(syntaxError);
        }
    }

    private static int? IndentWithTab(SourceFile source, int line)
    {
        var start = source.LineStart(line);
        var end = source.LineEnd(line);
        var indent = source.Text.AsSpan(start, end - start).IndexOfAnyExcept(' ', '\t');
        return indent > 0 && source.Text[start + indent] != '#' && source.Text.AsSpan(start, indent).Contains('\t')
            ? start + indent
            : null;
    }

    private static Diagnostic Report(SourceFile source, int start, int end)
    {
        var span = source.Span(start, end);
        var spaces = source.Text[start..end].Replace("\t", "  ", StringComparison.Ordinal);
        return Errors.TabIndentation.At(span,
            "This line is indented with a tab. Indent with spaces, two for each level.",
            new QuickFix("Replace tabs by spaces", [new TextEdit(span, spaces)]));
    }
}
