namespace ProcessManager.Language;

/// <summary>
/// A piece of text inside a file that has a language of its own (an expression, a duration, a text with
/// <c>{{…}}</c>), and the way back from a position in it to the place in the file.
/// </summary>
public sealed class SourceText
{
    private readonly Func<int, int, SourceSpan> locate;

    /// <param name="locate">From an offset and a length in <paramref name="value"/> to the span in the file.</param>
    public SourceText(string value, Func<int, int, SourceSpan> locate)
    {
        Value = value;
        this.locate = locate;
    }

    /// <summary>The text as the author means it: unquoted, unescaped, folded.</summary>
    public string Value { get; }

    /// <summary>The whole text's place in the file.</summary>
    public SourceSpan Span => locate(0, Value.Length);

    /// <summary>The place of <paramref name="length"/> characters of <see cref="Value"/> from <paramref name="start"/>.</summary>
    public SourceSpan At(int start, int length) => locate(start, length);

    /// <summary>A part of this text, with places that still lead to the file.</summary>
    public SourceText Part(int start, int length) =>
        new(Value.Substring(start, length), (s, l) => locate(start + s, l));

    /// <summary>A text that stands in no file, such as a condition typed into a search box.</summary>
    public static SourceText Of(string value, string file = "") => new(value, (start, length) =>
    {
        var (line, column) = Position(value, start);
        var (endLine, endColumn) = Position(value, start + length);
        return new SourceSpan(file, line, column, endLine, endColumn, start, start + length);
    });

    private static (int Line, int Column) Position(string text, int offset)
    {
        int line = 1, column = 1;
        for (var i = 0; i < Math.Min(offset, text.Length); i++)
        {
            if (text[i] == '\n') { line++; column = 1; }
            else { column++; }
        }

        return (line, column);
    }
}
