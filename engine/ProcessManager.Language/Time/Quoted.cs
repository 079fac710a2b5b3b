namespace ProcessManager.Language.Time;

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
