namespace ProcessManager.Language.Expressions;

/// <summary>Finds the name that somebody probably meant.</summary>
internal static class Nearest
{
    /// <summary>Nobody means another name by a word longer than this; comparing such words would cost more than the whole reading.</summary>
    public const int LongestWord = 200;

    /// <summary>The closest of the candidates, if it is close enough to be a slip of the pen.</summary>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        if (word.Length > LongestWord)
        {
            return null;
        }

        var limit = word.Length <= 4 ? 1 : word.Length <= 7 ? 2 : 3;
        return candidates
            .Select(c => (Name: c, Distance: Distance(word, c)))
            .Where(c => c.Distance <= limit && c.Distance < c.Name.Length)
            .OrderBy(c => c.Distance).ThenBy(c => c.Name, StringComparer.Ordinal)
            .Select(c => c.Name)
            .FirstOrDefault();
    }

    /// <summary>The name of several words one of which was probably meant: string length for lenght.</summary>
    public static string? WithWord(string word, IEnumerable<string> candidates) =>
        candidates.FirstOrDefault(c => c.Split(' ') is { Length: > 1 } words && To(word, words.Where(w => w.Length > 3)) is not null);

    /// <summary>“; did you mean x?”, or what is allowed where that is a short list, or nothing.</summary>
    public static string Hint(string word, IReadOnlyCollection<string> candidates) =>
        To(word, candidates) is { } near ? $"; did you mean “{near}”?"
        : candidates.Count is > 0 and <= 8 ? $"; known are {string.Join(", ", candidates.Order(StringComparer.Ordinal))}."
        : ".";

    /// <summary>Edits (insert, delete, replace, swap of neighbours) between two words, without regard to case.</summary>
    private static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 3)
        {
            return int.MaxValue;
        }

        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                rows[i, j] = i == 0 ? j : j == 0 ? i : Step(rows, left, right, i, j);
            }
        }

        return rows[left.Length, right.Length];
    }

    private static int Step(int[,] rows, string left, string right, int i, int j)
    {
        var same = Equal(left[i - 1], right[j - 1]);
        var best = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (same ? 0 : 1));
        return i > 1 && j > 1 && Equal(left[i - 1], right[j - 2]) && Equal(left[i - 2], right[j - 1])
            ? Math.Min(best, rows[i - 2, j - 2] + 1)
            : best;
    }

    private static bool Equal(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
