using System.Globalization;
using System.Text.RegularExpressions;

namespace ProcessManager.Host.Plans;

/// <summary>One thing that is wrong in a file of the definitions folder.</summary>
/// <param name="Source">The text of the line as it is in the folder now; null where it can't be read.</param>
public sealed partial record PlanProblem(string File, int Line, int Column, string Code, string Message, string? Source)
{
    private const int LongestFile = 1 << 20;

    /// <summary>Reads what publishing noted, one a line, and puts the source lines beside.</summary>
    /// <param name="folder">The definitions folder; null where there is none.</param>
    public static IReadOnlyList<PlanProblem> Read(string? problem, string? folder)
    {
        if (problem is null) return [];
        var files = new Dictionary<string, string[]>(StringComparer.Ordinal);
        return [.. problem.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Parse(line, folder, files))];
    }

    private static PlanProblem Parse(string line, string? folder, Dictionary<string, string[]> files)
    {
        if (Pattern().Match(line) is not { Success: true } found) return new PlanProblem("", 0, 0, "", line, null);
        var (file, number) = (found.Groups["file"].Value, int.Parse(found.Groups["line"].Value, CultureInfo.InvariantCulture));
        if (!files.TryGetValue(file, out var lines)) files[file] = lines = LinesOf(folder, file);
        return new PlanProblem(
            file, number, int.Parse(found.Groups["column"].Value, CultureInfo.InvariantCulture), found.Groups["code"].Value, found.Groups["message"].Value,
            number <= lines.Length ? lines[number - 1].TrimEnd() : null);
    }

    private static string[] LinesOf(string? folder, string file)
    {
        if (folder is null) return [];
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(root, file));
        // The name comes from our own diagnostics, yet nothing outside the folder is ever shown.
        if (!path.StartsWith(root, StringComparison.Ordinal) || new FileInfo(path) is not { Exists: true, Length: <= LongestFile }) return [];
        try
        {
            return System.IO.File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // being written or taken away just now: the message alone says enough
        }
    }

    [GeneratedRegex(@"^(?<file>.+?):(?<line>\d{1,7}):(?<column>\d{1,7}): \w+ (?<code>PM\d+): (?<message>.*)$")]
    private static partial Regex Pattern();
}
