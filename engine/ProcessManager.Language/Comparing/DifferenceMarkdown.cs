using System.Globalization;
using System.Text;

namespace ProcessManager.Language.Comparing;

/// <summary>A difference for a pull request: a sentence, a table, and texts line by line.</summary>
internal static class DifferenceMarkdown
{
    private const int Longest = 300;

    public static string Write(PlanDifference difference)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"### {Cell(difference.After.Name)} (`{difference.After.Id}`)\n\n");
        if (difference.Changes.IsEmpty)
        {
            return page.Append("The plan means the same as before.\n").ToString();
        }

        page.Append(Words.Sum(difference)).Append(".\n\n| where | what | before | after |\n| --- | --- | --- | --- |\n");
        foreach (var change in difference.Changes)
        {
            var where = $"{Words.Part(change)} `{change.Id}`{(change.Part == PlanPart.Step ? $" in `{change.Stage}`" : "")}";
            var (what, before, after) = change.Kind switch
            {
                ChangeKind.Added => ("**added**", "", Value(change.After)),
                ChangeKind.Removed => ("**removed**", Value(change.Before), ""),
                ChangeKind.Renamed => ("renamed", Value(change.Before), Value(change.After)),
                ChangeKind.Moved => ("moved", Value(change.Before), Value(change.After)),
                _ when change.IsProse && change.Before is not null && change.After is not null => (Cell(change.Label!.ToLowerInvariant()), "see below", "see below"),
                _ => (Cell(change.Label!.ToLowerInvariant()), Value(change.Before), Value(change.After)),
            };
            page.Append(CultureInfo.InvariantCulture, $"| {where} | {what} | {before} | {after} |\n");
        }

        foreach (var change in difference.Changes.Where(c => c.IsProse && c.Kind == ChangeKind.Changed && c.Before is not null && c.After is not null))
        {
            Text(change, page);
        }

        return page.ToString();
    }

    private static void Text(PlanChange change, StringBuilder page)
    {
        var lines = LineDifference.Of(change.Before!, change.After!);
        var longest = lines.SelectMany(l => l.Line.Split(' ')).Where(w => w.StartsWith("```", StringComparison.Ordinal)).Select(w => w.TakeWhile(c => c == '`').Count()).DefaultIfEmpty(2).Max();
        var fence = new string('`', longest + 1);
        page.Append(CultureInfo.InvariantCulture, $"\n<details><summary>{Words.Part(change)} {change.Id}: {change.Label!.ToLowerInvariant()}</summary>\n\n{fence}diff\n");
        foreach (var (sign, line) in lines)
        {
            page.Append(sign).Append(line).Append('\n');
        }

        page.Append(fence).Append("\n\n</details>\n");
    }

    private static string Value(string? text) => text is null ? "–" : Cell(Words.Cut(text, Longest));

    /// <summary>A text inside a table: shown as it is, whatever Markdown or HTML it holds.</summary>
    internal static string Cell(string text)
    {
        var cell = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings(" "))
        {
            _ = c switch
            {
                '|' or '*' or '_' or '`' or '[' or ']' or '\\' or '#' or '~' => cell.Append('\\').Append(c),
                '<' => cell.Append("&lt;"),
                '>' => cell.Append("&gt;"),
                '&' => cell.Append("&amp;"),
                _ => cell.Append(c),
            };
        }

        return cell.ToString();
    }
}
