using System.Text;

namespace ProcessManager.Tests.Plans;

/// <summary>The same plan as somebody in a hurry would type it: other indentation, blanks, empty lines, comments and quotes.</summary>
internal static class RandomLayout
{
    public static string Of(string text, Random random)
    {
        var wider = random.Next(3) == 0 ? 2 : 1;
        var lineBreak = random.Next(4) == 0 ? "\r\n" : "\n";
        var written = new StringBuilder();
        var block = -1;
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            var indent = line.Length - line.TrimStart(' ').Length;
            if (block >= 0 && (line.Trim().Length == 0 || indent > block))
            {
                written.Append(' ', line.Trim().Length == 0 ? 0 : (indent * wider) - indent).Append(line).Append(lineBreak);
                continue;
            }

            block = line.TrimEnd().EndsWith('|') ? indent : -1;
            written.Append(' ', indent * wider).Append(block >= 0 ? line.TrimStart(' ') : Line(line.TrimStart(' '), random)).Append(lineBreak);
            if (block < 0)
            {
                Between(indent * wider, lineBreak, random, written);
            }
        }

        return written.ToString();
    }

    private static void Between(int indent, string lineBreak, Random random, StringBuilder written)
    {
        if (random.Next(7) == 0)
        {
            written.Append(' ', random.Next(3)).Append(lineBreak).Append(lineBreak);
        }

        if (random.Next(9) == 0)
        {
            written.Append(' ', random.Next(2) * indent).Append("# note ").Append(random.Next(1000)).Append(lineBreak);
        }
    }

    private static string Line(string line, Random random)
    {
        if (line.Length == 0 || line.Contains('#', StringComparison.Ordinal) || line.Contains('\'', StringComparison.Ordinal) || line.Contains('"', StringComparison.Ordinal))
        {
            return line;
        }

        if (random.Next(4) == 0)
        {
            line = line.Replace(", ", random.Next(2) == 0 ? "," : " ,   ", StringComparison.Ordinal);
        }

        if (random.Next(4) == 0)
        {
            line = line.Replace("{ ", "{", StringComparison.Ordinal).Replace(" }", "  }", StringComparison.Ordinal);
        }

        if (line.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0 && !line[..colon].Contains('{', StringComparison.Ordinal) && !line[..colon].Contains('[', StringComparison.Ordinal))
        {
            var (key, value) = (line[..colon], line[(colon + 2)..]);
            if (random.Next(5) == 0 && value.Length > 0 && !"[{|>".Contains(value[0], StringComparison.Ordinal))
            {
                value = $"'{value}'";
            }

            line = $"{key}:{new string(' ', 1 + (random.Next(3) == 0 ? random.Next(4) : 0))}{value}";
        }

        return line + (random.Next(6) == 0 ? new string(' ', random.Next(4)) : "") + (random.Next(8) == 0 ? "  # said " + random.Next(1000) : "");
    }
}
