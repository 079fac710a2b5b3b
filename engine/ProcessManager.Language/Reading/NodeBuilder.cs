using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ProcessManager.Language.Reading;

/// <summary>
/// From the parser's events to nodes. Counts depth and parts as they come: the parser looks ahead a bounded
/// way only, so that stopping here stops it before a deep file can hurt.
/// </summary>
/// <param name="text">The source's text, letters standing where values were set aside.</param>
internal sealed class NodeBuilder(SourceFile source, string text, ImmutableArray<Stretch> aside, List<Diagnostic> found)
{
    private readonly Parser parser = new(new Scanner(new StringReader(source.Begin == 0 ? text : text[source.Begin..])));
    private readonly Stack<(int Start, bool IsFlow)> open = new();
    private readonly List<Stretch> manyLines = [];
    private int parts;

    /// <summary>Where the last event ended.</summary>
    public int LastEnd { get; private set; }

    /// <summary>The last scalar read.</summary>
    public Stretch LastScalar { get; private set; }

    /// <summary>The maps and lists around the place reached, innermost first.</summary>
    public IReadOnlyCollection<(int Start, bool IsFlow)> Open => open;

    public bool InFlow => open.TryPeek(out var innermost) && innermost.IsFlow;

    /// <summary>Texts of several lines, in the order of the file.</summary>
    public IReadOnlyList<Stretch> ManyLines => manyLines;

    /// <summary>A value found to lack its quotes; reading stopped at it.</summary>
    public (Stretch Stretch, Diagnostic Why)? Unquoted { get; private set; }

    /// <summary>The file's one document; null where it is empty or reading was stopped.</summary>
    public YamlNode? Build()
    {
        if (Next() is not StreamStart || Next() is not DocumentStart start)
        {
            return Empty();
        }

        CheckDirective(start);
        if (Next() is not { } first || Node(first, 1) is not { } root)
        {
            return null;
        }

        if (root is YamlScalar { IsNothing: true })
        {
            return Empty();
        }

        while (Next() is { } more)
        {
            if (more is DocumentStart second)
            {
                Report(Errors.SecondDocument, At(second.Start), At(second.End),
                    "A second document begins here. A file holds one.");
                break;
            }
        }

        return root;
    }

    private YamlNode? Empty()
    {
        found.Add(Errors.EmptyFile.At(SourceSpan.StartOf(source.Name), "The file is empty."));
        return null;
    }

    private void CheckDirective(DocumentStart start)
    {
        var at = At(start.Start);
        if (at < text.Length && text[at] == '%')
        {
            Report(Errors.DirectiveNotAllowed, at, source.LineEnd(source.LineOf(at)),
                "Directives are not part of the language. Remove the line.");
        }
    }

    /// <summary>The next event, or null where there is none or the limit is reached.</summary>
    private ParsingEvent? Next()
    {
        if (!parser.MoveNext() || parser.Current is not { } current)
        {
            return null;
        }

        if (++parts > YamlReader.MaxParts)
        {
            Report(Errors.TooManyParts, At(current.Start), At(current.End),
                "Here the file passes 200,000 keys, values and lists, and was not read further.");
            return null;
        }

        LastEnd = At(current.End);
        return current;
    }

    private int At(in Mark mark) => Math.Min((int)mark.Index + source.Begin, text.Length);

    private void Report(ErrorDefinition error, int start, int end, string message, QuickFix? fix = null) =>
        found.Add(error.At(source.Span(start, end), message, fix));

    private YamlNode? Node(ParsingEvent current, int depth)
    {
        if (current is MappingStart or SequenceStart && depth > YamlReader.MaxDepth)
        {
            Report(Errors.TooDeep, At(current.Start), At(current.Start) + 1,
                "Here the file is nested deeper than 32 levels, and was not read further.");
            return null;
        }

        return current switch
        {
            Scalar scalar => Text(scalar),
            AnchorAlias alias => Alias(alias),
            SequenceStart sequence => List(sequence, depth),
            MappingStart mapping => Map(mapping, depth),
            _ => null,
        };
    }

    private YamlScalar Text(Scalar scalar)
    {
        var start = At(scalar.Start);
        var (begin, broken) = Properties(scalar, start);
        var end = Math.Max(begin, At(scalar.End));
        var style = scalar.Style switch
        {
            ScalarStyle.SingleQuoted => YamlScalarStyle.SingleQuoted,
            ScalarStyle.DoubleQuoted => YamlScalarStyle.DoubleQuoted,
            ScalarStyle.Literal => YamlScalarStyle.Literal,
            ScalarStyle.Folded => YamlScalarStyle.Folded,
            _ => YamlScalarStyle.Plain,
        };
        LastScalar = new Stretch(begin, end);
        if (end - begin > 1 && text.AsSpan(begin, end - begin).IndexOfAny('\n', '\r') >= 0)
        {
            manyLines.Add(LastScalar);
            while (style is YamlScalarStyle.Literal or YamlScalarStyle.Folded && text[end - 1] is '\n' or '\r' or ' ')
            {
                end--;
            }
        }

        foreach (var stretch in aside)
        {
            broken |= stretch.Holds(begin);
        }

        return new YamlScalar(source, begin, end, scalar.Value, style) { IsBroken = broken };
    }

    private YamlScalar Alias(AnchorAlias alias)
    {
        int start = At(alias.Start), end = At(alias.End);
        Report(Errors.AnchorOrAlias, start, end,
            $"Aliases such as {text[start..end]} are not part of the language. Write the value out, or quote the text.",
            InFlow ? null : Quoting.Fix(source, Quoting.ValueAt(source, start, false)));
        return new YamlScalar(source, start, end, "", YamlScalarStyle.Plain) { IsBroken = true };
    }

    /// <summary>Reports anchor and tag, and gives the place after them.</summary>
    private (int Begin, bool Broken) Properties(NodeEvent node, int start)
    {
        if (node.Anchor.IsEmpty && node.Tag.IsEmpty)
        {
            return (start, false);
        }

        var broken = false;
        while (start < text.Length && text[start] is '&' or '!')
        {
            var end = start + 1;
            while (end < text.Length && text[end] is not (' ' or '\t' or '\n' or '\r' or ',' or ']' or '}'))
            {
                end++;
            }

            var (error, what) = text[start] == '&' ? (Errors.AnchorOrAlias, "Anchors") : (Errors.TagNotAllowed, "Tags");
            Report(error, start, end,
                $"{what} such as {Shown(start, end)} are not part of the language. Remove it, or quote the text.",
                InFlow ? null : Quoting.Fix(source, Quoting.ValueAt(source, start, false)));
            broken = true;
            for (start = end; start < text.Length && text[start] is ' ' or '\t';)
            {
                start++;
            }
        }

        return (start, broken);
    }

    private string Shown(int start, int end) => end - start > 20 ? text[start..(start + 20)] + "…" : text[start..end];

    private YamlSequence? List(SequenceStart sequence, int depth)
    {
        var (start, _) = Properties(sequence, At(sequence.Start));
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        var isFlow = sequence.Style == SequenceStyle.Flow;
        open.Push((start, isFlow));
        while (Next() is { } current)
        {
            if (current is SequenceEnd)
            {
                open.Pop();
                var end = isFlow ? At(current.Start) + 1 : items.Count > 0 ? items[^1].End : start;
                return new YamlSequence(source, start, end, items.ToImmutable(), isFlow);
            }

            if (Node(current, depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return null;
    }

    private YamlMapping? Map(MappingStart mapping, int depth)
    {
        var (start, _) = Properties(mapping, At(mapping.Start));
        var isFlow = mapping.Style == MappingStyle.Flow;
        if (isFlow && start + 1 < text.Length && text[start] == '{' && text[start + 1] == '{')
        {
            Unquoted = Quoting.Braces(source, start, InFlow);
            return null;
        }

        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        var keys = new MapKeys(source, found);
        open.Push((start, isFlow));
        var end = start;
        while (Next() is { } current)
        {
            if (current is MappingEnd)
            {
                open.Pop();
                end = isFlow && text[start] == '{' ? At(current.Start) + 1 : end;
                return new YamlMapping(source, start, end, entries.ToImmutable(), isFlow);
            }

            if (Node(current, depth + 1) is not { } key || Next() is not { } next || Node(next, depth + 1) is not { } value)
            {
                return null;
            }

            end = Math.Max(key.End, value.End);
            if (keys.Accept(key) is { } name)
            {
                entries.Add(new YamlEntry(name, value));
            }
        }

        return null;
    }
}
