using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Engine.Publishing;

/// <summary>Reads the definitions folder, and notices when it changes.</summary>
internal sealed class DefinitionsFolder(string path) : IDisposable
{
    private const int MostFiles = 10_000;

    private FileSystemWatcher? watcher;

    public string Location => path;

    public bool Exists => System.IO.Directory.Exists(path);

    public ImmutableArray<DefinitionFile> Read() =>
        [.. Files().Select(file => (File: file, Path: Relative(file.FullName)))
            .Select(f => new DefinitionFile(f.Path, Content(f.File, Definitions.MostToRead(f.Path))))];

    /// <summary>Changes with every file that is added, removed or written.</summary>
    public string Stamp()
    {
        var hash = new HashCode();
        foreach (var file in Files())
        {
            hash.Add(file.FullName);
            hash.Add(file.Length);
            hash.Add(file.LastWriteTimeUtc);
        }

        return hash.ToHashCode().ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Calls back, on any thread and more than once, when something in the folder changes. Not to be relied on alone.</summary>
    public void Watch(Action changed)
    {
        if (!Exists) { return; }
        try
        {
            watcher = new FileSystemWatcher(path) { IncludeSubdirectories = true };
            watcher.Changed += (_, _) => changed();
            watcher.Created += (_, _) => changed();
            watcher.Deleted += (_, _) => changed();
            watcher.Renamed += (_, _) => changed();
            watcher.EnableRaisingEvents = true;
        }
        catch (IOException)
        {
            // Too many watches on this machine: the poll finds changes, a little later.
            watcher = null;
        }
    }

    public void Dispose() => watcher?.Dispose();

    private IEnumerable<FileInfo> Files() => !Exists
        ? []
        : new DirectoryInfo(path).EnumerateFiles("*", new EnumerationOptions
        {
            RecurseSubdirectories = true, MaxRecursionDepth = 4, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
        }).Where(f => Definitions.Reads(Relative(f.FullName))).Take(MostFiles).OrderBy(f => f.FullName, StringComparer.Ordinal);

    private string Relative(string file) => Path.GetRelativePath(path, file).Replace('\\', '/');

    private static byte[] Content(FileInfo file, int most)
    {
        using var stream = file.OpenRead();
        var buffer = new byte[(int)Math.Min(stream.Length, most)];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return length == buffer.Length ? buffer : buffer[..length];
    }
}
