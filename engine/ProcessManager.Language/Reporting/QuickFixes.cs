using System.Collections.Immutable;

namespace ProcessManager.Language;

/// <summary>Makes the quick fixes of diagnostics in a text.</summary>
public static class QuickFixes
{
    /// <summary>
    /// Makes every fix that concerns only this file. Of two that touch the same text the one whose place comes first is made:
    /// compile again for the rest. What the edits don't touch stays as it is, comments and layout too.
    /// </summary>
    /// <param name="text">The file's text without a byte order mark, as it was compiled.</param>
    /// <returns>The new text, and the diagnostics whose fixes were made.</returns>
    public static (string Text, ImmutableArray<Diagnostic> Made) Make(string file, string text, IEnumerable<Diagnostic> diagnostics)
    {
        var edits = new SortedSet<TextEdit>(Comparer<TextEdit>.Create((a, b) =>
            a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start)
            : a.Span.End != b.Span.End ? a.Span.End.CompareTo(b.Span.End)
            : string.CompareOrdinal(a.NewText, b.NewText)));
        var made = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var diagnostic in diagnostics.Where(d => d.Fix is { Edits.Length: > 0 }).OrderBy(d => d.Fix!.Edits.Min(e => e.Span.Start)))
        {
            var wanted = diagnostic.Fix!.Edits;
            if (wanted.All(e => e.Span.File == file && e.Span.Start >= 0 && e.Span.End <= text.Length && !edits.Any(other => Touches(e, other))))
            {
                edits.UnionWith(wanted);
                made.Add(diagnostic);
            }
        }

        var changed = text;
        foreach (var edit in edits.Reverse())
        {
            changed = string.Concat(changed.AsSpan(0, edit.Span.Start), edit.NewText, changed.AsSpan(edit.Span.End));
        }

        return (changed, made.ToImmutable());
    }

    /// <summary>Two edits of one place can't both be meant, unless they are the same.</summary>
    private static bool Touches(TextEdit a, TextEdit b) =>
        (a.Span.Start < b.Span.End && b.Span.Start < a.Span.End) || a.Span.Start == b.Span.Start;
}
