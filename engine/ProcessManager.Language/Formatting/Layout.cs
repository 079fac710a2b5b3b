using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Formatting;

/// <summary>
/// Where each line of a file begins and how its parts stand apart: two spaces a level, one space after colons and commas unless
/// columns are aligned with a line beside, no white space at the end, at most one empty line, quotes only where they are needed.
/// </summary>
internal sealed class Layout
{
    private const int Step = 2;

    private readonly SourceFile source;
    private readonly string text;
    private readonly Lines lines;
    private readonly List<Gap> gaps = [];

    public Layout(SourceFile source, YamlNode root)
    {
        this.source = source;
        text = source.Text;
        lines = new Lines(source);
        Place(root, 0, 0);
    }

    public string Write(SortedSet<(int, FormatChangeKind)> changes) => new LineWriter(source, lines, gaps).Write(changes);

    private int ColumnOf(int offset) => offset - source.LineStart(source.LineOf(offset));

    private bool OnOneLine(int from, int to) => source.LineOf(from) == source.LineOf(to);

    /// <param name="column">Where the node's first sign shall stand.</param>
    /// <param name="shift">How far lines move that have no place of their own.</param>
    private void Place(YamlNode node, int column, int shift)
    {
        switch (node)
        {
            case YamlMapping { IsFlow: false } map:
                Map(map, column);
                break;
            case YamlSequence { IsFlow: false } list:
                List(list, column);
                break;
            default:
                Inline(node, shift, inFlow: false);
                break;
        }
    }

    private void Map(YamlMapping map, int column)
    {
        foreach (var (key, value) in map.Entries)
        {
            Begin(key.Start, column);
            var shift = column - ColumnOf(key.Start);
            Text(key, shift, inFlow: false, isKey: true);
            if (ColonAfter(key.End) is not { } colon)
            {
                Place(value, column + Step, shift);
                continue;
            }

            Between(key.End, colon, "");
            lines.Token(colon, colon + 1);
            Behind(colon + 1, value, column, shift);
        }
    }

    private void List(YamlSequence list, int column)
    {
        var from = list.Start;
        foreach (var item in list.Items)
        {
            if (DashFrom(from, item.Start) is not { } dash)
            {
                return;
            }

            Begin(dash, column);
            lines.Token(dash, dash + 1);
            Behind(dash + 1, item, column, column - ColumnOf(dash), isItem: true);
            from = Math.Max(item.End, dash + 1);
        }
    }

    /// <summary>What stands behind a colon or a dash.</summary>
    private void Behind(int sign, YamlNode value, int column, int shift, bool isItem = false)
    {
        if (value is YamlScalar { IsNothing: true })
        {
            return;
        }

        if (OnOneLine(sign - 1, value.Start))
        {
            Between(sign, value.Start, " ", mayAlign: !isItem);
            Place(value, column + Step, isItem ? column + Step - ColumnOf(value.Start) : shift);
            return;
        }

        Begin(value.Start, column + Step);
        Place(value, column + Step, column + Step - ColumnOf(value.Start));
    }

    private void Begin(int offset, int column)
    {
        var line = source.LineOf(offset);
        if (text.AsSpan(source.LineStart(line), offset - source.LineStart(line)).IsWhiteSpace())
        {
            lines.Indent(line, column);
        }
    }

    private void Inline(YamlNode node, int shift, bool inFlow)
    {
        switch (node)
        {
            case YamlScalar scalar:
                Text(scalar, shift, inFlow);
                break;
            case YamlMapping map when text[map.Start] != '{':
                Pairs(map, shift);
                break;
            case YamlMapping map:
                Enclosed(map.Start, map.End, map.Entries.Length, " ", shift, () => Pairs(map, shift));
                break;
            case YamlSequence list:
                Enclosed(list.Start, list.End, list.Items.Length, "", shift, () => Items(list, shift));
                break;
        }
    }

    private void Enclosed(int start, int end, int count, string padding, int shift, Func<(int From, int To)> inside)
    {
        for (var line = source.LineOf(start) + 1; line <= source.LineOf(end - 1); line++)
        {
            lines.Shift(line, shift);
        }

        lines.Token(start, start + 1);
        lines.Token(end - 1, end);
        if (count == 0)
        {
            Between(start + 1, end - 1, "");
            return;
        }

        var (from, to) = inside();
        Between(start + 1, from, padding);
        if (CommaAfter(to) is { } comma)
        {
            Between(to, comma, BeforeComma(to));
            lines.Token(comma, comma + 1);
            to = comma + 1;
        }

        Between(to, end - 1, padding, mayAlign: true);
    }

    private (int, int) Pairs(YamlMapping map, int shift)
    {
        int from = -1, to = -1;
        foreach (var (key, value) in map.Entries)
        {
            Apart(to, key.Start);
            from = from < 0 ? key.Start : from;
            Text(key, shift, inFlow: true, isKey: true);
            to = key.End;
            if (ColonAfter(key.End) is { } colon)
            {
                Between(key.End, colon, "");
                lines.Token(colon, colon + 1);
                to = colon + 1;
            }

            if (value is not YamlScalar { IsNothing: true })
            {
                Between(to, value.Start, " ", mayAlign: true);
                Inline(value, shift, inFlow: true);
                to = value.End;
            }
        }

        return (from, to);
    }

    private (int, int) Items(YamlSequence list, int shift)
    {
        var to = -1;
        foreach (var item in list.Items)
        {
            Apart(to, item.Start);
            Inline(item, shift, inFlow: true);
            to = item.End;
        }

        return (list.Items[0].Start, to);
    }

    /// <summary>The comma between two entries.</summary>
    private void Apart(int from, int to)
    {
        if (from >= 0 && CommaAfter(from) is { } comma && comma < to)
        {
            Between(from, comma, BeforeComma(from));
            lines.Token(comma, comma + 1);
            Between(comma + 1, to, " ", mayAlign: true);
        }
    }

    /// <summary>A comma stays away from a colon without a value: <c>{ yes: , no: }</c>.</summary>
    private string BeforeComma(int from) => text[from - 1] == ':' ? " " : "";

    private void Text(YamlScalar scalar, int shift, bool inFlow, bool isKey = false)
    {
        lines.Text(scalar, shift);
        if (OnOneLine(scalar.Start, scalar.End) && Quotes.Plainer(scalar, inFlow, isKey) is { } plainer)
        {
            gaps.Add(new Gap(scalar.Start, scalar.End, plainer, FormatChangeKind.Quotes));
        }
    }

    private void Between(int from, int to, string wanted, bool mayAlign = false)
    {
        var found = text.AsSpan(from, Math.Max(0, to - from));
        if (to < from || found.IndexOfAnyExcept(' ', '\t') >= 0 || found.SequenceEqual(wanted)
            || (mayAlign && found.Length > wanted.Length && found.IndexOf('\t') < 0 && lines.IsAligned(to)))
        {
            return;
        }

        gaps.Add(new Gap(from, to, wanted, FormatChangeKind.Spacing));
    }

    private int? ColonAfter(int from) => SignAfter(from, ':');

    private int? CommaAfter(int from) => SignAfter(from, ',');

    private int? SignAfter(int from, char sign)
    {
        while (from < text.Length && text[from] is ' ' or '\t')
        {
            from++;
        }

        return from < text.Length && text[from] == sign ? from : null;
    }

    /// <summary>The dash of a list's next item: behind white space and comments.</summary>
    private int? DashFrom(int from, int before)
    {
        for (var at = from; at <= before && at < text.Length; at++)
        {
            if (text[at] == '#')
            {
                at = source.LineEnd(source.LineOf(at));
            }
            else if (text[at] == '-')
            {
                return at;
            }
        }

        return null;
    }
}

/// <summary>A stretch of one line that gets another text.</summary>
internal readonly record struct Gap(int Start, int End, string Text, FormatChangeKind Kind);
