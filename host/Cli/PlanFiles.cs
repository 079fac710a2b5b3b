using System.Text;
using ProcessManager.Language;

namespace ProcessManager.Host.Cli;

/// <summary>Plan files on disk together with the definitions folder that they stand in.</summary>
/// <param name="Root">The whole path of the definitions folder, or of the folder of a plan that stands alone.</param>
/// <param name="All">Every file of the definitions folder; none where the plan stands alone.</param>
/// <param name="Wanted">The plans that were asked for.</param>
internal sealed record PlanFiles(string Root, IReadOnlyList<DefinitionFile> All, IReadOnlyList<DefinitionFile> Wanted)
{
    /// <summary>One byte more than the language allows is enough to refuse a file; the rest of it is not read.</summary>
    public const int MostBytes = (1 << 20) + 1;

    /// <summary>The definitions folder that is meant where none is named: the one here, or the one in which one stands.</summary>
    public static string Home => !Directory.Exists("definitions") && File.Exists("organisation.yaml") ? "." : "definitions";

    /// <summary>A file or folder; else the folder of the plan with this id.</summary>
    public static string Place(string given)
    {
        var below = Path.Combine(Home, "plans", given);
        return !Path.Exists(given) && Directory.Exists(below) ? below : given;
    }

    /// <summary>Null where there is nothing at the path, and no plan of this id.</summary>
    public static PlanFiles? Find(string path)
    {
        var full = Path.GetFullPath(Place(path));
        if (Directory.Exists(full) && File.Exists(Path.Combine(full, "plan.yaml"))) { full = Path.Combine(full, "plan.yaml"); }
        if (File.Exists(full))
        {
            var root = RootOf(Path.GetDirectoryName(full)!);
            if (root is null) { return new PlanFiles(Path.GetDirectoryName(full)!, [], [Read(full, Path.GetFileName(full))]); }
            var wanted = Read(full, Relative(root, full));
            return new PlanFiles(root, ReadAll(root), [wanted]);
        }

        if (!Directory.Exists(full)) { return null; }
        var folder = RootOf(full) ?? full;
        var all = ReadAll(folder);
        var below = Relative(folder, full);
        return new PlanFiles(folder, all, [.. all.Where(f => f.Path.EndsWith("/plan.yaml", StringComparison.Ordinal)
            && (below == "." || f.Path.StartsWith(below + "/", StringComparison.Ordinal)))]);
    }

    /// <summary>The plans at each path; null, with a sentence written to standard error, where one of them has none.</summary>
    public static List<PlanFiles>? FindAll(IEnumerable<string> paths)
    {
        List<PlanFiles> sets = [];
        foreach (var path in paths)
        {
            if (Find(path) is not { } files)
            {
                Console.Error.WriteLine($"{path}: there is no such plan, file or folder.");
                return null;
            }

            if (files.Wanted.Count == 0)
            {
                Console.Error.WriteLine($"{path}: there are no plans (plans/<id>/plan.yaml) in it.");
                return null;
            }

            sets.Add(files);
        }

        return sets;
    }

    /// <summary>The one plan at a path, compiled; null, with the reason written to standard error, where there is none or it has errors.</summary>
    /// <param name="exit">The exit code where there is none.</param>
    public static (Plan Plan, Definitions Definitions)? FindPlan(string path, out int exit)
    {
        exit = 2;
        var files = Find(path);
        if (files is not { Wanted: [var wanted] })
        {
            Console.Error.WriteLine(files is null ? $"{path}: there is no such plan, file or folder." : $"{path}: name one plan by its id, file or folder.");
            return null;
        }

        exit = 1;
        var definitions = Definitions.Read(files.All);
        var compilation = PlanCompiler.Compile(definitions, wanted);
        if (compilation.Plan is { } plan) { return (plan, definitions); }
        Console.Error.Write(DiagnosticPrinter.Print(compilation));
        return null;
    }

    /// <summary>A file's text without a byte order mark, as the compiler's places count it.</summary>
    public static string Text(DefinitionFile file) => Encoding.UTF8.GetString(file.Content.Span).TrimStart('\uFEFF');

    /// <summary>A path of the set as one finds it from the working directory.</summary>
    public string Shown(string path)
    {
        var whole = Whole(path);
        var relative = Relative(Directory.GetCurrentDirectory(), whole);
        return relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? whole.Replace('\\', '/') : relative;
    }

    /// <summary>The whole path on disk.</summary>
    public string Whole(string path) => Path.GetFullPath(Path.Combine(Root, path));

    /// <summary>The same set with a file's new content.</summary>
    public PlanFiles With(DefinitionFile file) => this with { All = Replaced(All, file), Wanted = Replaced(Wanted, file) };

    private static List<DefinitionFile> Replaced(IReadOnlyList<DefinitionFile> files, DefinitionFile file) =>
        [.. files.Select(f => f.Path == file.Path ? file : f)];

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
            .Where(f => Definitions.Reads(Relative(root, f)))
            .Order(StringComparer.Ordinal)
            .Select(f => Read(f, Relative(root, f)))];

    private static DefinitionFile Read(string file, string name)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var most = Definitions.MostToRead(name);
        var bytes = new byte[(int)Math.Min(stream.CanSeek ? stream.Length : most, most)];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return new DefinitionFile(name, bytes.AsMemory(0, read));
    }

    private static string Relative(string root, string path) => Path.GetRelativePath(root, path).Replace('\\', '/');
}
