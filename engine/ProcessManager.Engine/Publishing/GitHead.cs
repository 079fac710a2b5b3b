namespace ProcessManager.Engine.Publishing;

/// <summary>Reads which commit a checkout stands on, from git's own files: no process is started for it.</summary>
internal static class GitHead
{
    private const int MostLength = 1 << 20;

    /// <summary>The commit of the checkout that a folder is part of; null where it is none, or where git's files say something else.</summary>
    public static string? CommitOf(string folder)
    {
        try
        {
            for (var at = new DirectoryInfo(Path.GetFullPath(folder)); at is not null; at = at.Parent)
            {
                var git = Path.Combine(at.FullName, ".git");
                if (System.IO.Directory.Exists(git)) { return Resolve(git, git); }
                if (File.Exists(git)) { return OfWorktree(git, at.FullName); }
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // A checkout that may not be read is none that is known.
        }

        return null;
    }

    /// <summary>A further work tree keeps its HEAD apart, and its branches with the first one.</summary>
    private static string? OfWorktree(string file, string folder)
    {
        const string key = "gitdir:";
        if (Text(file) is not { } text || !text.StartsWith(key, StringComparison.Ordinal)) { return null; }
        var own = Path.GetFullPath(text[key.Length..].Trim(), folder);
        return Resolve(own, Text(Path.Combine(own, "commondir")) is { } common ? Path.GetFullPath(common, own) : own);
    }

    private static string? Resolve(string own, string common)
    {
        const string reference = "ref:";
        if (Text(Path.Combine(own, "HEAD")) is not { } head) { return null; }
        if (!head.StartsWith(reference, StringComparison.Ordinal)) { return Commit(head); }
        var name = head[reference.Length..].Trim();
        if (!name.StartsWith("refs/", StringComparison.Ordinal) || name.Contains("..", StringComparison.Ordinal)) { return null; }
        return Commit(Text(Path.Combine(common, name))) ?? Packed(Path.Combine(common, "packed-refs"), name);
    }

    private static string? Packed(string file, string name) => !File.Exists(file) ? null
        : File.ReadLines(file).Where(l => l.EndsWith(" " + name, StringComparison.Ordinal)).Select(l => Commit(l.Split(' ')[0])).FirstOrDefault();

    private static string? Commit(string? text) => text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigitLower) ? text : null;

    private static string? Text(string file)
    {
        if (!File.Exists(file) || new FileInfo(file).Length > MostLength) { return null; }
        return File.ReadAllText(file).Trim();
    }
}
