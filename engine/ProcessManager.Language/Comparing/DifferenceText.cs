using System.Globalization;
using System.Text;

namespace ProcessManager.Language.Comparing;

/// <summary>A difference for people at a terminal.</summary>
internal static class DifferenceText
{
    private const int Longest = 160;

    public static string Write(PlanDifference difference)
    {
        var text = new StringBuilder();
        if (difference.Changes.IsEmpty)
        {
            return $"{difference.After.Name}: the two mean the same.\n";
        }

        text.Append(CultureInfo.InvariantCulture, $"{difference.After.Name}: {Words.Sum(difference)}\n");
        var stage = "";
        foreach (var part in difference.Changes.GroupBy(c => (c.Part, c.Stage, c.Id)))
        {
            if (part.Key.Part == PlanPart.Step && part.Key.Stage != stage)
            {
                text.Append(CultureInfo.InvariantCulture, $"  stage {part.Key.Stage}\n");
            }

            stage = part.Key.Part == PlanPart.Stage ? part.Key.Id : part.Key.Stage;
            var inner = part.Key.Part is PlanPart.Step or PlanPart.OnClose ? "    " : "  ";
            var first = part.First();
            text.Append(CultureInfo.InvariantCulture, $"{inner}{Sign(part)} {Words.Part(first)} {first.Id}{(first.Name == first.Id || first.Part == PlanPart.Start ? "" : $" “{first.Name}”")}\n");
            foreach (var change in part)
            {
                Line(change, inner + "    ", text);
            }
        }

        return text.ToString();
    }

    private static char Sign(IEnumerable<PlanChange> changes) => changes.First().Kind switch
    {
        ChangeKind.Added => '+',
        ChangeKind.Removed => '-',
        _ => '~',
    };

    private static void Line(PlanChange change, string indent, StringBuilder text)
    {
        switch (change.Kind)
        {
            case ChangeKind.Added or ChangeKind.Removed:
                text.Append(indent).Append(Words.Cut(change.After ?? change.Before ?? "", Longest)).Append('\n');
                break;
            case ChangeKind.Renamed:
                text.Append(indent).Append(CultureInfo.InvariantCulture, $"renamed from {change.Before}\n");
                break;
            case ChangeKind.Moved:
                text.Append(indent).Append(CultureInfo.InvariantCulture, $"moved {(change.Before is null ? "" : $"from {change.Before} ")}{(change.Before is null ? change.After : $"to {change.After}")}\n");
                break;
            default:
                text.Append(indent).Append(CultureInfo.InvariantCulture, $"{change.Label!.ToLowerInvariant()}: ");
                if (change.IsProse && change.Before is { } old && change.After is { } made)
                {
                    text.Append('\n');
                    foreach (var (sign, line) in LineDifference.Of(old, made))
                    {
                        text.Append(indent).Append("  ").Append(sign).Append(' ').Append(line).Append('\n');
                    }
                }
                else
                {
                    text.Append(CultureInfo.InvariantCulture, $"{Words.Cut(change.Before ?? "nothing", Longest)} → {Words.Cut(change.After ?? "nothing", Longest)}\n");
                }

                break;
        }
    }
}

/// <summary>Words that all forms of a difference share.</summary>
internal static class Words
{
    public static string Part(PlanChange change) => change.Part switch
    {
        PlanPart.OnClose => "step after " + change.Stage,
        PlanPart.Start => "start rule",
        PlanPart.Template => "email template",
        PlanPart.Letter => "letter template",
        _ => Binding.Kinds.Lower(change.Part),
    };

    public static string Cut(string text, int longest)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= longest ? line : line[..(char.IsHighSurrogate(line[longest - 2]) ? longest - 2 : longest - 1)] + "…";
    }

    /// <summary><c>1 stage added, 2 steps changed</c>.</summary>
    public static string Sum(PlanDifference difference)
    {
        var parts = difference.Changes
            .GroupBy(c => (c.Part, c.Stage, c.Id))
            .Select(g => (g.Key.Part, Kind: g.First().Kind is ChangeKind.Added or ChangeKind.Removed ? g.First().Kind : ChangeKind.Changed))
            .GroupBy(p => p)
            .OrderBy(g => g.Key.Part).ThenBy(g => g.Key.Kind)
            .Select(g => string.Create(CultureInfo.InvariantCulture, $"{Counted(g.Count(), g.Key.Part)} {Binding.Kinds.Lower(g.Key.Kind)}"));
        return string.Join(", ", parts);
    }

    private static string Counted(int count, PlanPart part)
    {
        var word = part switch
        {
            PlanPart.OnClose => "step after the close",
            PlanPart.Start => "start rule",
            PlanPart.Template => "email template",
            PlanPart.Letter => "letter template",
            _ => Binding.Kinds.Lower(part),
        };
        return count == 1 ? "1 " + word : string.Create(CultureInfo.InvariantCulture, $"{count} {(part == PlanPart.OnClose ? "steps after the close" : word + "s")}");
    }
}

/// <summary>The lines that came and went between two texts.</summary>
internal static class LineDifference
{
    /// <summary>Longer texts are shown whole, old before new: comparing them line by line costs the square of their length.</summary>
    private const int MostLines = 500;

    public static List<(char Sign, string Line)> Of(string before, string after)
    {
        var (a, b) = (Lines(before), Lines(after));
        if (a.Length > MostLines || b.Length > MostLines)
        {
            return [.. a.Select(l => ('-', l)), .. b.Select(l => ('+', l))];
        }

        var common = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--)
            {
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return Walk(a, b, common);
    }

    private static List<(char, string)> Walk(string[] a, string[] b, int[,] common)
    {
        List<(char, string)> lines = [];
        var (i, j) = (0, 0);
        while (i < a.Length || j < b.Length)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j])
            {
                lines.Add((' ', a[i]));
                i++;
                j++;
            }
            else if (j == b.Length || (i < a.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add(('-', a[i++]));
            }
            else
            {
                lines.Add(('+', b[j++]));
            }
        }

        return lines;
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
