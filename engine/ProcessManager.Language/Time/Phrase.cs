namespace ProcessManager.Language.Time;

/// <summary>One word of a text and where it begins.</summary>
internal readonly record struct Word(string Text, int Start)
{
    public int End => Start + Text.Length;

    public bool Is(string word) => string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The words of a time text, which are kept apart by blanks and nothing else, with their places.</summary>
internal sealed class Phrase
{
    // More words than any time text has; what follows is told from one only by the text being wrong anyway.
    private const int Most = 64;

    private readonly List<Word> words;

    private Phrase(SourceText text, List<Word> words) => (Text, this.words) = (text, words);

    public SourceText Text { get; }

    public int Count => words.Count;

    public Word this[int index] => words[index];

    public static Phrase Of(SourceText text)
    {
        var (value, words) = (text.Value, new List<Word>());
        for (var i = 0; i < value.Length && words.Count < Most;)
        {
            var start = i;
            while (i < value.Length && !char.IsWhiteSpace(value[i])) { i++; }
            if (i > start) { words.Add(new Word(value[start..i], start)); }
            while (i < value.Length && char.IsWhiteSpace(value[i])) { i++; }
        }

        return new Phrase(text, words);
    }

    /// <summary>The first place of one of some words, or -1.</summary>
    public int Find(params ReadOnlySpan<string> sought)
    {
        for (var i = 0; i < Count; i++)
        {
            foreach (var word in sought)
            {
                if (words[i].Is(word)) { return i; }
            }
        }

        return -1;
    }

    /// <summary>Some of the words as one text without surplus blanks.</summary>
    public string Join(int first, int count) => string.Join(' ', words.Skip(first).Take(count).Select(w => w.Text));

    /// <summary>Some of the words as a text that knows its place; at least one word.</summary>
    public SourceText Part(int first, int count)
    {
        var start = words[first].Start;
        return Text.Part(start, words[first + count - 1].End - start);
    }

    public SourceSpan Span(int first, int count) => Part(first, count).Span;

    public SourceSpan Span(int index) => Span(index, 1);
}
