using System.Text;

namespace ProcessManager.Language.Drawing;

/// <summary>
/// About how wide a text is in a common sans-serif face. A drawing is made without a browser to ask; a little more
/// than enough room is better than too little.
/// </summary>
internal static class TextWidth
{
    public static double Of(string text, double size) => text.EnumerateRunes().Sum(Em) * size;

    /// <summary>The text, cut with an ellipsis where it is wider than there is room.</summary>
    public static string Cut(string text, double size, double room)
    {
        if (Of(text, size) <= room)
        {
            return text;
        }

        var cut = new StringBuilder();
        var width = size * 0.9;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Em(rune) * size;
            if (width > room)
            {
                break;
            }

            cut.Append(rune.ToString());
        }

        return cut.ToString().TrimEnd() + "…";
    }

    /// <summary>At most two lines, broken at blanks, the second one cut.</summary>
    public static List<string> Wrap(string text, double size, double room)
    {
        if (Of(text, size) <= room)
        {
            return [text];
        }

        var first = "";
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var taken = 0;
        while (taken < words.Length && Of($"{first} {words[taken]}", size) <= room)
        {
            first = taken == 0 ? words[0] : $"{first} {words[taken]}";
            taken++;
        }

        return taken == 0 ? [Cut(text, size, room)] : [first, Cut(string.Join(' ', words[taken..]), size, room)];
    }

    private static double Em(Rune rune) => rune.Value switch
    {
        ' ' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or 'i' or 'j' or 'l' or 'I' => 0.29,
        'f' or 't' or 'r' or '(' or ')' or '-' or '[' or ']' or '"' => 0.38,
        'm' or 'w' or 'M' or 'W' or '@' or '%' or '…' or '—' => 0.88,
        >= 'A' and <= 'Z' => 0.68,
        < 0x2000 => 0.55,
        _ => 1.0,
    };
}
