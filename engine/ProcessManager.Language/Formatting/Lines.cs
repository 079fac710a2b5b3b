using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Formatting;

/// <summary>What is known of each line, counted from 1.</summary>
internal sealed class Lines(SourceFile source)
{
    private readonly int[] indents = [.. Enumerable.Repeat(-1, source.LineCount + 1)];
    private readonly int?[] shifts = new int?[source.LineCount + 1];
    private readonly bool[] inText = new bool[source.LineCount + 1];
    private readonly bool[] endsInText = new bool[source.LineCount + 1];
    private readonly int[] ends = new int[source.LineCount + 1];

    /// <summary>True for a line that begins inside of a text of several lines.</summary>
    public bool IsInText(int line) => inText[line];

    /// <summary>True for a line whose last sign belongs to a text of several lines.</summary>
    public bool EndsInText(int line) => endsInText[line];

    /// <summary>The offset after the last sign of the line that is no comment; 0 where there is none.</summary>
    public int EndOf(int line) => ends[line];

    public void Indent(int line, int column) => indents[line] = column;

    public void Shift(int line, int by) => shifts[line] = by;

    public void Token(int start, int end) => ends[source.LineOf(start)] = Math.Max(ends[source.LineOf(start)], end);

    /// <summary>Notes the lines of a text.</summary>
    public void Text(YamlScalar scalar, int shift)
    {
        var (first, last) = (source.LineOf(scalar.Start), source.LineOf(scalar.End));
        var isBlock = scalar.Style is YamlScalarStyle.Literal or YamlScalarStyle.Folded;
        if (isBlock)
        {
            var end = scalar.Start;
            while (end < source.Text.Length && source.Text[end] is '|' or '>' or '+' or '-' or (>= '0' and <= '9'))
            {
                end++;
            }

            Token(scalar.Start, end);
            while (source.Text.AsSpan(scalar.Start, end - scalar.Start).Contains('+') && last < source.LineCount && IsBlank(last + 1))
            {
                last++;
            }
        }
        else
        {
            endsInText[first] = last > first;
            ends[last] = Math.Max(ends[last], scalar.End);
        }

        for (var line = first + 1; line <= last; line++)
        {
            inText[line] = true;
            endsInText[line] = isBlock || line < last;
            shifts[line] = shift;
        }
    }

    public bool IsBlank(int line) => source.Text.AsSpan(source.LineStart(line), source.LineEnd(line) - source.LineStart(line)).IsWhiteSpace();

    public int IndentOf(int line)
    {
        var at = source.LineStart(line);
        while (at < source.LineEnd(line) && source.Text[at] == ' ')
        {
            at++;
        }

        return at - source.LineStart(line);
    }

    /// <summary>Where the line shall begin.</summary>
    public int NewIndentOf(int line)
    {
        if (indents[line] >= 0)
        {
            return indents[line];
        }

        var now = IndentOf(line);
        return shifts[line] is { } by ? Math.Max(0, now + by) : IsComment(line) ? ForComment(line, now) : now;
    }

    private bool IsComment(int line) => !inText[line] && source.Text.AsSpan(source.LineStart(line)).TrimStart(' ') is ['#', ..];

    /// <summary>With the line it stands above, else with the block it stands at the end of.</summary>
    private int ForComment(int line, int now)
    {
        var next = line + 1;
        while (next <= source.LineCount && indents[next] < 0)
        {
            next++;
        }

        if (next <= source.LineCount && IndentOf(next) == now)
        {
            return indents[next];
        }

        var before = line - 1;
        while (before > 0 && (indents[before] < 0 || IndentOf(before) > now))
        {
            before--;
        }

        if (before > 0 && IndentOf(before) == now)
        {
            return indents[before];
        }

        // In the first column stands what was taken out for a while.
        var beside = next <= source.LineCount && IndentOf(next) > now ? next : before;
        return now == 0 || beside <= 0 ? now : Math.Max(0, now + indents[beside] - IndentOf(beside));
    }

    /// <summary>True where a sign stands under or over its like in the line beside: people align columns.</summary>
    public bool IsAligned(int offset)
    {
        var line = source.LineOf(offset);
        return IsAligned(offset, line, line - 1) || IsAligned(offset, line, line + 1);
    }

    private bool IsAligned(int offset, int line, int beside)
    {
        if (beside < 1 || beside > source.LineCount || inText[beside] || IndentOf(beside) != IndentOf(line))
        {
            return false;
        }

        var other = source.Text.AsSpan(source.LineStart(beside), source.LineEnd(beside) - source.LineStart(beside));
        var column = offset - source.LineStart(line);
        if (column < 1 || column >= other.Length || other[column] is ' ' || other[column - 1] is not ' ')
        {
            return false;
        }

        return source.Text[offset] is '}' or ']' or '#'
            ? other[column] == source.Text[offset]
            : other[..column].TrimEnd(' ') is [.., ':' or ',' or '{' or '['];
    }
}
