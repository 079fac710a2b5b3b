using System.Collections.Immutable;

namespace ProcessManager.Language.Reading;

/// <summary>What a YAML file holds, each node with its place. There are no anchors, tags or types: scalars are text.</summary>
public abstract class YamlNode
{
    private protected YamlNode(SourceFile file, int start, int end)
    {
        File = file;
        Start = start;
        End = end;
    }

    public SourceFile File { get; }

    /// <summary>The offset of the node's first character in the file's text.</summary>
    public int Start { get; }

    /// <summary>The offset after the node's last character; line breaks after a block are not part of it.</summary>
    public int End { get; }

    public SourceSpan Span => File.Span(Start, End);

    /// <summary>True where reading reported an error for this node, so that nothing more should be said of it.</summary>
    public bool IsBroken { get; internal init; }

    /// <summary>What the node is, in an analyst's words: for messages.</summary>
    public abstract string Describe();
}

/// <summary>One <c>key: value</c> of a mapping.</summary>
public sealed record YamlEntry(YamlScalar Key, YamlNode Value)
{
    public string Name { get; } = Key.Value;

    /// <summary>From the key's first to the value's last character.</summary>
    public SourceSpan Span => Key.File.Span(Key.Start, Math.Max(Key.End, Value.End));
}

/// <summary>Keys with values, in the order written; each key once.</summary>
public sealed class YamlMapping : YamlNode
{
    internal YamlMapping(SourceFile file, int start, int end, ImmutableArray<YamlEntry> entries, bool isFlow)
        : base(file, start, end)
    {
        Entries = entries;
        IsFlow = isFlow;
    }

    public ImmutableArray<YamlEntry> Entries { get; }

    /// <summary>True for <c>{ a: 1 }</c>.</summary>
    public bool IsFlow { get; }

    public YamlEntry? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Name == key)
            {
                return entry;
            }
        }

        return null;
    }

    public YamlNode? this[string key] => Find(key)?.Value;

    public override string Describe() => "keys with values";
}

/// <summary>A list, in the order written.</summary>
public sealed class YamlSequence : YamlNode
{
    internal YamlSequence(SourceFile file, int start, int end, ImmutableArray<YamlNode> items, bool isFlow)
        : base(file, start, end)
    {
        Items = items;
        IsFlow = isFlow;
    }

    public ImmutableArray<YamlNode> Items { get; }

    /// <summary>True for <c>[a, b]</c>.</summary>
    public bool IsFlow { get; }

    public override string Describe() => "a list";
}

public enum YamlScalarStyle { Plain, SingleQuoted, DoubleQuoted, Literal, Folded }

/// <summary>A text. An empty plain one stands where a key has no value.</summary>
public sealed class YamlScalar : YamlNode
{
    private ScalarMap? map;

    internal YamlScalar(SourceFile file, int start, int end, string value, YamlScalarStyle style)
        : base(file, start, end)
    {
        Value = value;
        Style = style;
    }

    /// <summary>The text as the author means it: unquoted, unescaped, folded.</summary>
    public string Value { get; }

    public YamlScalarStyle Style { get; }

    /// <summary>True where nothing was written: <c>key:</c>.</summary>
    public bool IsNothing => Start == End;

    /// <summary>The value with the way back from its positions to the file.</summary>
    public SourceText Text => new(Value, Locate);

    private SourceSpan Locate(int start, int length)
    {
        map ??= ScalarMap.Of(this);
        return File.Span(map.Start(start), length == 0 ? map.Start(start) : map.End(start + length - 1));
    }

    public override string Describe() => IsNothing ? "nothing" : "text";

    public override string ToString() => Value;
}
