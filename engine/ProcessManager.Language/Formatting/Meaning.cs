using System.Globalization;
using System.Text;
using ProcessManager.Language.Reading;
using ProcessManager.Language.Shaping;

namespace ProcessManager.Language.Formatting;

/// <summary>What a file says, apart from how it is laid out: to prove that formatting left it as it was.</summary>
internal static class Meaning
{
    /// <param name="isPlan">True where the place of the key that must come first doesn't count.</param>
    public static string Of(YamlNode root, bool isPlan)
    {
        var firsts = isPlan ? KeyOrder.Firsts(root).ToDictionary(f => f.Map, f => f.Entry) : [];
        var written = new StringBuilder();
        Write(root, firsts, written);
        return written.ToString();
    }

    private static void Write(YamlNode node, Dictionary<YamlMapping, YamlEntry> firsts, StringBuilder written)
    {
        switch (node)
        {
            case YamlScalar scalar:
                written.Append(CultureInfo.InvariantCulture, $"{(scalar.IsNothing ? 'n' : 't')}{scalar.Value.Length}:{scalar.Value}");
                break;
            case YamlSequence list:
                written.Append(CultureInfo.InvariantCulture, $"[{list.Items.Length}");
                list.Items.ToList().ForEach(item => Write(item, firsts, written));
                break;
            case YamlMapping map:
                written.Append(CultureInfo.InvariantCulture, $"{{{map.Entries.Length}");
                foreach (var entry in firsts.TryGetValue(map, out var first) ? map.Entries.Remove(first).Insert(0, first) : map.Entries)
                {
                    Write(entry.Key, firsts, written);
                    Write(entry.Value, firsts, written);
                }

                break;
        }
    }
}

/// <summary>Puts the key first that says what a thing is: <c>plan</c> in a plan, the kind
/// in a step, where only a name may stand before it. The other keys stay in the author's order.</summary>
internal static class KeyOrder
{
    /// <summary>The maps that have such a key, with it.</summary>
    public static IEnumerable<(YamlMapping Map, YamlEntry Entry)> Firsts(YamlNode root)
    {
        if (root is not YamlMapping plan)
        {
            yield break;
        }

        if (plan.Find("plan") is { } name)
        {
            yield return (plan, name);
        }

        var stages = Values(plan["stages"]).OfType<YamlMapping>().Select(s => s["steps"]);
        foreach (var step in stages.Concat(Values(plan["on-close"])).SelectMany(Values).OfType<YamlMapping>())
        {
            // People like to begin with a name as well.
            if (ShapeChecker.KindOf(step) is { } kind && step.Find(kind.Key) is { } entry && (step.Entries[0].Name != "name" || step.Entries[1] != entry))
            {
                yield return (step, entry);
            }
        }
    }

    private static IEnumerable<YamlNode> Values(YamlNode? node) => node is YamlMapping map ? map.Entries.Select(e => e.Value) : [];

    public static string Apply(SourceFile source, YamlNode root, SortedSet<(int, FormatChangeKind)> changes)
    {
        var moves = new List<(int From, int To, string Text)>();
        foreach (var (map, entry) in Firsts(root).Where(f => f.Map.Entries[0] != f.Entry))
        {
            if ((map.IsFlow ? InFlow(source, map, entry) : InBlock(source, map, entry)) is { } move)
            {
                moves.Add(move);
                changes.Add((source.LineOf(entry.Key.Start), FormatChangeKind.Order));
            }
        }

        var text = source.Text;
        foreach (var (from, to, moved) in moves.OrderByDescending(m => m.From))
        {
            text = string.Concat(text.AsSpan(0, from), moved, text.AsSpan(to));
        }

        return text;
    }

    /// <summary><c>{ assign: owner, task: Call }</c> on one line.</summary>
    private static (int, int, string)? InFlow(SourceFile source, YamlMapping map, YamlEntry entry)
    {
        var (start, end) = (map.Entries[0].Key.Start, Math.Max(map.Entries[^1].Key.End, map.Entries[^1].Value.End));
        if (source.LineOf(start) != source.LineOf(end) || map.Entries.Any(e => e.Value is YamlScalar { IsNothing: true }))
        {
            return null;
        }

        var parts = map.Entries.Remove(entry).Insert(0, entry).Select(e => source.Text[e.Key.Start..Math.Max(e.Key.End, e.Value.End)]);
        return (start, end, string.Join(", ", parts));
    }

    /// <summary>Whole lines, with the comment lines directly above the key.</summary>
    private static (int, int, string)? InBlock(SourceFile source, YamlMapping map, YamlEntry entry)
    {
        var first = source.LineOf(map.Entries[0].Key.Start);
        var from = source.LineOf(entry.Key.Start);
        if (!StartsLine(source, map.Entries[0].Key.Start) || !StartsLine(source, entry.Key.Start))
        {
            return null;
        }

        while (from > first + 1 && source.Text.AsSpan(source.LineStart(from - 1)).TrimStart(' ') is ['#', ..] && !IsInText(source, map, from - 1))
        {
            from--;
        }

        var to = source.LineOf(Math.Max(entry.Key.End, entry.Value.End));
        var (begin, middle) = (source.LineStart(first), source.LineStart(from));
        var end = to < source.LineCount ? source.LineStart(to + 1) : source.Text.Length;
        var moved = source.Text[middle..end];
        return moved.EndsWith('\n') ? (begin, end, moved + source.Text[begin..middle]) : null;
    }

    private static bool StartsLine(SourceFile source, int offset) =>
        source.Text.AsSpan(source.LineStart(source.LineOf(offset)), offset - source.LineStart(source.LineOf(offset))).IsWhiteSpace();

    private static bool IsInText(SourceFile source, YamlMapping map, int line) => map.Entries.Any(e =>
        e.Value is YamlScalar text && source.LineOf(text.Start) < line && line <= source.LineOf(text.End));
}
