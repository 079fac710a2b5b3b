using System.Text;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Formatting;

/// <summary>Writes a file's lines anew: each with its own line break, so that CR LF stays CR LF.</summary>
internal sealed class LineWriter(SourceFile source, Lines lines, List<Gap> gaps)
{
    private readonly StringBuilder written = new(source.Text.Length);
    private readonly ILookup<int, Gap> gapsOf = gaps.ToLookup(g => source.LineOf(g.Start));

    public string Write(SortedSet<(int, FormatChangeKind)> changes)
    {
        var wasBlank = true;
        for (var line = 1; line <= source.LineCount; line++)
        {
            var isBlank = lines.IsBlank(line) && !lines.IsInText(line);
            if (isBlank && (wasBlank || IsLast(line)))
            {
                if (line < source.LineCount || source.LineEnd(line) > source.LineStart(line))
                {
                    changes.Add((line, FormatChangeKind.BlankLines));
                }

                continue;
            }

            One(line, isBlank, changes);
            wasBlank = isBlank;
        }

        if (written.Length > 0 && written[^1] is not ('\n' or '\r'))
        {
            written.Append(source.Text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n");
            changes.Add((source.LineCount, FormatChangeKind.LineEnd));
        }

        return written.ToString();
    }

    /// <summary>True where nothing but empty lines follows.</summary>
    private bool IsLast(int line) => source.Text.AsSpan(source.LineStart(line)).IsWhiteSpace();

    private void One(int line, bool isBlank, SortedSet<(int, FormatChangeKind)> changes)
    {
        var (start, end) = (source.LineStart(line), source.LineEnd(line));
        var lineBreak = source.Text[end..(line < source.LineCount ? source.LineStart(line + 1) : source.Text.Length)];
        if (isBlank)
        {
            Note(start < end, line, FormatChangeKind.LineEnd, changes);
            written.Append(lineBreak);
            return;
        }

        var (now, wanted) = (lines.IndentOf(line), lines.NewIndentOf(line));
        if (lines.IsInText(line) && now == end - start)
        {
            // An empty line of a text: blanks beyond the text's own indentation belong to it.
            wanted = now == 0 ? 0 : wanted;
        }

        Note(now != wanted && !lines.IsInText(line), line, FormatChangeKind.Indentation, changes);
        written.Append(' ', wanted);
        var (at, grown) = (start + now, 0);
        foreach (var gap in gapsOf[line].OrderBy(g => g.Start).ThenBy(g => g.End))
        {
            written.Append(source.Text, at, Math.Max(0, gap.Start - at)).Append(gap.Text);
            at = gap.End;
            grown += gap.Text.Length - (gap.End - gap.Start);
            changes.Add((line, gap.Kind));
        }

        Rest(line, at, end, grown, changes);
        written.Append(lineBreak);
    }

    private void Rest(int line, int at, int end, int grown, SortedSet<(int, FormatChangeKind)> changes)
    {
        if (lines.EndsInText(line))
        {
            written.Append(source.Text, at, end - at);
            return;
        }

        var trimmed = end;
        while (trimmed > at && source.Text[trimmed - 1] is ' ' or '\t')
        {
            trimmed--;
        }

        Note(trimmed < end, line, FormatChangeKind.LineEnd, changes);
        var comment = Math.Max(lines.EndOf(line), at);
        while (comment < trimmed && source.Text[comment] is ' ' or '\t')
        {
            comment++;
        }

        if (grown != 0 && comment < trimmed && source.Text[comment] == '#' && comment > at && lines.IsAligned(comment))
        {
            var gap = comment;
            while (gap > at && source.Text[gap - 1] is ' ' or '\t')
            {
                gap--;
            }

            written.Append(source.Text, at, gap - at).Append(' ', Math.Max(1, comment - gap - grown)).Append(source.Text, comment, trimmed - comment);
            return;
        }

        written.Append(source.Text, at, trimmed - at);
    }

    private static void Note(bool changed, int line, FormatChangeKind kind, SortedSet<(int, FormatChangeKind)> changes)
    {
        if (changed)
        {
            changes.Add((line, kind));
        }
    }
}
