using ProcessManager.Language;

namespace ProcessManager.Host.Cli;

/// <summary>Plan files on disk together with the definitions folder that they stand in.</summary>
/// <param name="All">Every file of the definitions folder; none where the plan stands alone.</param>
/// <param name="Wanted">The plans that were asked for.</param>
internal sealed record PlanFiles(IReadOnlyList<DefinitionFile> All, IReadOnlyList<DefinitionFile> Wanted)
{
    /// <summary>One byte more than the language allows is enough to refuse a file; the rest of it is not read.</summary>
    public const int MostBytes = (1 << 20) + 1;

    /// <summary>Null where there is nothing at the path.</summary>
    public static PlanFiles? Find(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full) && File.Exists(Path.Combine(full, "plan.yaml"))) { full = Path.Combine(full, "plan.yaml"); }
        if (File.Exists(full))
        {
            var root = RootOf(Path.GetDirectoryName(full)!);
            if (root is null) { return new PlanFiles([], [Read(full, Path.GetFileName(full))]); }
            var wanted = Read(full, Relative(root, full));
            return new PlanFiles(ReadAll(root), [wanted]);
        }

        if (!Directory.Exists(full)) { return null; }
        var folder = RootOf(full) ?? full;
        var all = ReadAll(folder);
        var below = Relative(folder, full);
        return new PlanFiles(all, [.. all.Where(f => f.Path.EndsWith("/plan.yaml", StringComparison.Ordinal)
            && (below == "." || f.Path.StartsWith(below + "/", StringComparison.Ordinal)))]);
    }

    /// <summary>The nearest folder above that holds organisation.yaml.</summary>
    private static string? RootOf(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "organisation.yaml"))) { return at.FullName; }
        }

        return null;
    }

    private static List<DefinitionFile> ReadAll(string root) =>
        [.. Directory.EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 4 })
            .Where(f => f.EndsWith(".yaml", StringComparison.Ordinal) || f.EndsWith(".email.md", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(f => Read(f, Relative(root, f)))];

    private static DefinitionFile Read(string file, string name)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[(int)Math.Min(stream.CanSeek ? stream.Length : MostBytes, MostBytes)];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return new DefinitionFile(name, bytes.AsMemory(0, read));
    }

    private static string Relative(string root, string path) => Path.GetRelativePath(root, path).Replace('\\', '/');
}
