namespace ProcessManager.Language.Time;

/// <summary>The known word that a mistyped one is nearest to.</summary>
internal static class Nearest
{
    private const int LongestWord = 64;

    /// <summary>Null where nothing is near: more than a third of the letters differ.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        if (word.Length is 0 or > LongestWord) { return null; }
        var allowed = Math.Max(1, word.Length / 3);
        return known
            .Select(k => (Word: k, Distance: Distance(word.ToLowerInvariant(), k.ToLowerInvariant())))
            .Where(k => k.Distance <= allowed)
            .OrderBy(k => k.Distance).ThenBy(k => k.Word, StringComparer.Ordinal)
            .FirstOrDefault().Word;
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (corner, row[j]) = (row[j], Math.Min(corner + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(row[j], row[j - 1]) + 1));
            }
        }

        return row[^1];
    }
}

/// <summary>What a person wrote, short enough for a sentence.</summary>
internal static class Quoted
{
    private const int Longest = 40;

    public static string Short(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, Longest, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Longest ? line : line[..(Longest - 1)] + "…";
    }
}
