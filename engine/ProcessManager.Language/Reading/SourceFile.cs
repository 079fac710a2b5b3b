using System.Runtime.InteropServices;

namespace ProcessManager.Language.Reading;

/// <summary>
/// A file's text with its line starts: from offsets to lines and columns. A line ends with LF, CR LF or CR.
/// A byte order mark at the start belongs to no column.
/// </summary>
public sealed class SourceFile
{
    private readonly List<int> lineStarts = [];

    public SourceFile(string name, string text)
    {
        Name = name;
        Text = text;
        Begin = text.StartsWith('\uFEFF') ? 1 : 0;
        lineStarts.Add(Begin);
        for (var i = Begin; text.AsSpan(i).IndexOfAny('\n', '\r') is var found and >= 0;)
        {
            i += found + 1;
            if (text[i - 1] == '\n' || i == text.Length || text[i] != '\n')
            {
                lineStarts.Add(i);
            }
        }
    }

    public string Name { get; }

    public string Text { get; }

    /// <summary>The offset of the first character after a byte order mark.</summary>
    public int Begin { get; }

    public int LineCount => lineStarts.Count;

    /// <summary>The offset at which a line, counted from 1, begins.</summary>
    public int LineStart(int line) => lineStarts[line - 1];

    /// <summary>The offset of the line's end, before its line break.</summary>
    public int LineEnd(int line)
    {
        var end = line < lineStarts.Count ? lineStarts[line] : Text.Length;
        while (end > lineStarts[line - 1] && Text[end - 1] is '\n' or '\r')
        {
            end--;
        }

        return end;
    }

    /// <summary>The line of an offset, counted from 1.</summary>
    public int LineOf(int offset)
    {
        var found = CollectionsMarshal.AsSpan(lineStarts).BinarySearch(offset);
        return Math.Max(1, found >= 0 ? found + 1 : ~found);
    }

    /// <summary>The place of a stretch of text; offsets outside the file are brought inside.</summary>
    public SourceSpan Span(int start, int end)
    {
        start = Math.Clamp(start, Begin, Text.Length);
        end = Math.Clamp(end, start, Text.Length);
        var line = LineOf(start);
        var endLine = line == LineCount || end < LineStart(line + 1) ? line : LineOf(end);
        return new SourceSpan(
            Name, line, start - LineStart(line) + 1, endLine, end - LineStart(endLine) + 1, start, end);
    }
}
