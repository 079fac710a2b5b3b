using System.Text.RegularExpressions;

namespace ProcessManager.Language.Binding;

/// <summary>Ids and lists of names as people read them.</summary>
internal static partial class Words
{
    private const int MaxListed = 12;

    /// <summary><c>not-interested</c> as <c>Not interested</c>.</summary>
    public static string Humanise(string id)
    {
        var words = id.Replace('-', ' ');
        return words.Length == 0 ? id : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary><c>a, b or c</c>.</summary>
    public static string Or(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count switch
        {
            0 => "nothing",
            1 => all[0],
            > MaxListed => $"{string.Join(", ", all.Take(MaxListed))} or one of {all.Count - MaxListed} more",
            _ => $"{string.Join(", ", all.Take(all.Count - 1))} or {all[^1]}",
        };
    }

    /// <summary><c>a, b and c</c>.</summary>
    public static string And(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.Take(all.Count - 1))} and {all[^1]}";
    }

    /// <summary>A text with an ellipsis in the place of each <c>{{…}}</c>.</summary>
    public static string WithoutHoles(string text)
    {
        var whole = text.Contains("{{", StringComparison.Ordinal) ? Holes().Replace(text, "…") : text;
        return Blanks().Replace(whole, " ").Trim();
    }

    /// <summary>A text without <c>{{item}}</c> and the signs that part it from the rest.</summary>
    public static string WithoutItem(string text) => Item().Replace(text, " ").Trim(' ', ',', ':');

    public static bool IsId(string text) => Id().IsMatch(text);

    [GeneratedRegex("^[a-z][a-z0-9-]*$")]
    private static partial Regex Id();

    [GeneratedRegex(@"\{\{.*?\}\}", RegexOptions.Singleline)]
    private static partial Regex Holes();

    [GeneratedRegex(@"\{\{\s*item\s*\}\}[,:]?")]
    private static partial Regex Item();

    // A single space would only be replaced by itself.
    [GeneratedRegex(@"\s{2,}|[^\S ]")]
    private static partial Regex Blanks();
}
