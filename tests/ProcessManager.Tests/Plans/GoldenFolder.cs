using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Plans;

/// <summary>
/// A folder of tests/Plans: a plan with what compiling it gives. Its organisation and templates are its own or those of
/// the folder shared. <c>UPDATE_GOLDEN=1</c> accepts what is there now.
/// </summary>
internal sealed class GoldenFolder(string name)
{
    private static readonly string Root = Path.Combine(Repository.Root, "tests", "Plans");

    private readonly string folder = Path.Combine(Root, name);

    public static IEnumerable<string> Names => Directory.GetDirectories(Root).Select(Path.GetFileName).OfType<string>()
        .Where(n => n != "shared").Order(StringComparer.Ordinal);

    public static bool Accepts => Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    public static Definitions Shared => Definitions.Read(FilesOf("shared"));

    public DefinitionFile Plan => FileAt("plan.yaml", Path.Combine(folder, "plan.yaml"));

    /// <summary>The shared files, and those of the folder in their place.</summary>
    public Definitions Definitions => Language.Definitions.Read([.. FilesOf("shared"), .. FilesOf(name).Where(f => f.Path != "plan.yaml")]);

    /// <summary>What compiling gave, after what is wrong in the folder's organisation and calendars.</summary>
    public IReadOnlyList<Diagnostic> Told(Compilation compilation) => [.. Definitions.Diagnostics, .. compilation.Diagnostics];

    public string? TextOf(string path) =>
        path == "plan.yaml" ? Text(Plan) : Definitions.Files.TryGetValue(path, out var file) ? Text(file) : null;

    private static string Text(DefinitionFile file) => System.Text.Encoding.UTF8.GetString(file.Content.Span);

    public bool Has(string file) => File.Exists(Path.Combine(folder, file));

    /// <summary>Compares with what was accepted; null stands for a file that must not be there.</summary>
    public void Check(string file, string? actual)
    {
        var path = Path.Combine(folder, file);
        if (Accepts)
        {
            Accept(path, actual);
        }

        var expected = File.Exists(path) ? File.ReadAllText(path) : null;
        Assert.True(expected == actual,
            $"{name}/{file} differs from what was accepted (UPDATE_GOLDEN=1 accepts it).\n--- accepted\n{expected}\n--- now\n{actual}");
    }

    private static void Accept(string path, string? actual)
    {
        if (actual is null)
        {
            File.Delete(path);
        }
        else
        {
            File.WriteAllText(path, actual);
        }
    }

    private static IEnumerable<DefinitionFile> FilesOf(string folder) => FilesIn(Path.Combine(Root, folder));

    public static IEnumerable<DefinitionFile> FilesIn(string root) => Directory.GetFiles(root, "*", SearchOption.AllDirectories)
            .Where(f => Definitions.Reads(Path.GetRelativePath(root, f).Replace('\\', '/')))
            .Order(StringComparer.Ordinal)
            .Select(f => FileAt(Path.GetRelativePath(root, f).Replace('\\', '/'), f));

    private static DefinitionFile FileAt(string path, string file) => new(path, File.ReadAllBytes(file));
}

/// <summary>Where the sources stand.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The definitions that are shipped.</summary>
    public static Definitions Definitions => Definitions.Read(GoldenFolder.FilesIn(Path.Combine(Root, "definitions")));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ProcessManager.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside of the sources.");
        }

        return folder.FullName;
    }
}
