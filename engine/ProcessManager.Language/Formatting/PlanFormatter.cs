using System.Collections.Immutable;
using ProcessManager.Language.Formatting;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language;

/// <summary>What formatting changed in a line.</summary>
public enum FormatChangeKind { Indentation, Spacing, LineEnd, BlankLines, Quotes, Order }

/// <param name="Line">The line in the text as it was, counted from 1.</param>
public sealed record FormatChange(int Line, FormatChangeKind Kind);

/// <summary>What formatting a file gave.</summary>
/// <param name="Text">The new text; the old one where there is nothing to do or the file can't be read.</param>
/// <param name="Problems">Why the file can't be read; empty otherwise.</param>
public sealed record Formatted(string Text, ImmutableArray<FormatChange> Changes, ImmutableArray<Diagnostic> Problems);

/// <summary>
/// Lays a YAML file of the language out in one way. Changes white space, quotes that are not needed, and the place of the key that
/// says what a step is; never a comment, a word, the content of a text of several lines, or the order of anything that has an order.
/// Formatting what is formatted changes nothing, and the new text always means what the old one meant.
/// </summary>
public static class PlanFormatter
{
    /// <summary>A layout can depend on the one before it where columns were aligned; it settles at once or never.</summary>
    private const int MostRounds = 6;

    /// <param name="path">The path in the definitions folder; that of a plan has its keys put in order.</param>
    /// <param name="text">The file's text without a byte order mark.</param>
    public static Formatted Format(string path, string text)
    {
        var problems = new List<Diagnostic>();
        if (Read(path, text, problems) is not { } root)
        {
            return new Formatted(text, [], [.. problems.Where(p => p.Severity == Severity.Error)]);
        }

        var isPlan = path.EndsWith("plan.yaml", StringComparison.Ordinal);
        var before = Meaning.Of(root, isPlan);
        var changes = new SortedSet<(int Line, FormatChangeKind Kind)>();
        var now = text;
        for (var round = 0; round < MostRounds; round++)
        {
            var next = Once(path, now, isPlan, before, round == 0 ? changes : []);
            if (next == now)
            {
                break;
            }

            now = next;
        }

        return now == text ? new Formatted(text, [], []) : new Formatted(now, [.. changes.Select(c => new FormatChange(c.Line, c.Kind))], []);
    }

    private static string Once(string path, string text, bool isPlan, string meaning, SortedSet<(int, FormatChangeKind)> changes)
    {
        var laid = new Layout(Source(path, text), Read(path, text, [])!).Write(changes);
        if (!Means(path, laid, isPlan, meaning))
        {
            // Only where a file is laid out so unusually that new columns would change what it says.
            changes.Clear();
            laid = text;
        }

        if (!isPlan)
        {
            return laid;
        }

        var ordered = KeyOrder.Apply(Source(path, laid), Read(path, laid, [])!, changes);
        return Means(path, ordered, isPlan, meaning) ? ordered : laid;
    }

    private static bool Means(string path, string text, bool isPlan, string meaning) =>
        Read(path, text, []) is { } root && Meaning.Of(root, isPlan) == meaning;

    private static SourceFile Source(string path, string text) => new(path, text);

    private static YamlNode? Read(string path, string text, List<Diagnostic> problems)
    {
        var root = YamlReader.Read(path, text, problems);
        return problems.Exists(p => p.Severity == Severity.Error) ? null : root;
    }
}
