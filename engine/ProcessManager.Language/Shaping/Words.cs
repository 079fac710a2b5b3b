using System.Buffers;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Shaping;

/// <summary>Words in messages: lists, articles, and the known word that an unknown one was meant to be.</summary>
public static class Words
{
    private static readonly SearchValues<char> InIds = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary><c>a, b or c</c>.</summary>
    public static string List(IEnumerable<string> words)
    {
        var all = words.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.Take(all.Count - 1))} or {all[^1]}";
    }

    /// <summary>The word with <c>a</c> or <c>an</c>.</summary>
    public static string A(string word) => word.Length > 0 && "aeio".Contains(word[0]) ? "an " + word : "a " + word;

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    public static string Small(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];

    /// <summary>The candidate that the word is most likely a slip of; null where none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        if (word.Length > 64)
        {
            return null;
        }

        var allowed = Math.Max(1, Math.Min(3, word.Length / 3));
        return candidates
            .Select(c => (Word: c, Distance: Distance(word.ToLowerInvariant(), c.ToLowerInvariant(), allowed)))
            .Where(c => c.Distance <= allowed)
            .OrderBy(c => c.Distance).ThenBy(c => c.Word, StringComparer.Ordinal)
            .Select(c => c.Word)
            .FirstOrDefault();
    }

    /// <summary>The end of a message about an unknown word, and the mend where one is near.</summary>
    public static (string Advice, QuickFix? Fix) Suggest(string word, IReadOnlyCollection<string> known, SourceSpan span)
    {
        if (Nearest(word, known) is { } near)
        {
            return ($" Did you mean “{near}”?", new QuickFix($"Change to “{near}”", [new TextEdit(span, near)]));
        }

        return known.Count switch
        {
            0 => ("", null),
            <= 12 => ($" Expected {List(known)}.", null),
            _ => ($" Known are {string.Join(", ", known.Take(12))}, ….", null),
        };
    }

    /// <summary>A text as an id: <c>Call back!</c> becomes <c>call-back</c>.</summary>
    public static string? AsId(string text)
    {
        var letters = text.Trim().ToLowerInvariant().Select(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' ? c : '-');
        var id = string.Join('-', string.Concat(letters).Split('-', StringSplitOptions.RemoveEmptyEntries));
        return IsId(id) ? id : null;
    }

    public static bool IsId(string text) =>
        text.Length is > 0 and <= IdShape.MaxLength && text[0] is >= 'a' and <= 'z' && !text.AsSpan().ContainsAnyExcept(InIds);

    /// <summary>The form of a node, as shapes tell it.</summary>
    internal static Forms FormOf(YamlNode node) => node switch
    {
        YamlScalar { IsNothing: true } => Forms.Nothing,
        YamlScalar => Forms.Text,
        YamlSequence => Forms.List,
        _ => Forms.Map,
    };

    /// <summary>Insertions, deletions, changes and swaps from one word to the other (optimal string alignment); more than the limit is any larger number.</summary>
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit)
        {
            return limit + 1;
        }

        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            table[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            table[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(change, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[a.Length, b.Length];
    }
}
