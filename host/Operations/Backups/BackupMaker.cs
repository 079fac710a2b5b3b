using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;
using ProcessManager.Engine;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Operations.Backups;

/// <summary>What became of making a backup.</summary>
internal abstract record BackupResult
{
    private BackupResult()
    {
    }

    public sealed record Made(string Folder, BackupManifest Manifest) : BackupResult;

    /// <param name="Message">One sentence that says what to change; nothing was left behind.</param>
    public sealed record Refused(string Message) : BackupResult;
}

/// <summary>
/// Backups of this installation, made while it runs: one moment of the database, and the documents it names, the keys and the definitions. A backup
/// is a folder; it appears whole or not at all.
/// </summary>
internal sealed class BackupMaker(Installation installation, EngineOptions options, IConfiguration configuration, TimeProvider clock)
{
    private const string Unfinished = ".unfinished-";
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromDays(1);

    /// <summary>Where backups go that are given no place of their own.</summary>
    public string Folder => Path.GetFullPath(configuration["Backups:Folder"] ?? Path.Combine(installation.DataDirectory, "backups"));

    /// <summary>The backups of a folder, the newest first.</summary>
    public static List<(string Name, BackupManifest Manifest)> In(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateDirectories(folder).Select(f => (Name: Path.GetFileName(f), Manifest: BackupManifest.Read(f)))
            .Where(b => b.Manifest is not null && !b.Name.StartsWith(Unfinished, StringComparison.Ordinal))
            .Select(b => (b.Name, b.Manifest!)).OrderByDescending(b => b.Item2.MadeAt).ThenByDescending(b => b.Name, StringComparer.Ordinal),
    ];

    /// <summary>A backup in <paramref name="folder"/>, named by its time.</summary>
    public Task<BackupResult> MakeInAsync(string folder, CancellationToken cancellation) =>
        MakeAsync(Path.Combine(folder, $"pm-{clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}"), cancellation);

    /// <param name="target">The folder to make; it must not be there.</param>
    public async Task<BackupResult> MakeAsync(string target, CancellationToken cancellation)
    {
        if (installation.PostgresConnection is not null)
        {
            return new BackupResult.Refused($"The data is in PostgreSQL: back it up with pg_dump, and copy the folders “documents” and “keys” of {installation.DataDirectory} with it.");
        }

        target = Path.GetFullPath(target);
        if (Path.Exists(target)) { return new BackupResult.Refused($"{target} is there already: name a folder that isn't."); }
        var parent = Path.GetDirectoryName(target)!;
        var temporary = Path.Combine(parent, Unfinished + Path.GetRandomFileName());
        try
        {
            BackupCopy.CreateFolder(parent);
            SweepAbandoned(parent);
            BackupCopy.CreateFolder(temporary);
            var manifest = await Task.Run(() => FillAsync(temporary, cancellation), cancellation);
            manifest.Write(temporary);
            BackupCopy.FlushFolders(temporary);
            Directory.Move(temporary, target);
            DirectorySync.Flush(parent);
            return new BackupResult.Made(target, manifest);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException or DamagedException)
        {
            return new BackupResult.Refused($"No backup was made: {e.Message}");
        }
        finally
        {
            if (Directory.Exists(temporary)) { Directory.Delete(temporary, recursive: true); }
        }
    }

    private async Task<BackupManifest> FillAsync(string folder, CancellationToken cancellation)
    {
        var copy = Path.Combine(folder, BackupManifest.Database);
        var at = clock.GetUtcNow();
        BackupCopy.Database(installation.DatabaseFile, copy);
        if (!OperatingSystem.IsWindows()) { File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite); }
        var (documents, rows, migrations) = Describe(copy);
        var files = new List<BackupFile> { HashOf(copy) };
        var missing = await CopyDocumentsAsync(documents, folder, files, cancellation);
        await CopyFolderAsync(Path.Combine(installation.DataDirectory, "keys"), "keys", folder, files, cancellation);
        if (installation.DefinitionsDirectory is { } definitions) { await CopyFolderAsync(definitions, "definitions", folder, files, cancellation); }
        return new BackupManifest
        {
            Format = BackupManifest.CurrentFormat,
            MadeAt = at,
            Program = typeof(BackupMaker).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            Migrations = migrations,
            Rows = rows,
            Files = files,
            MissingDocuments = missing,
        };
    }

    private static (List<string> Documents, Dictionary<string, long> Rows, List<string> Migrations) Describe(string copy)
    {
        using var db = BackupCopy.Open(copy);
        if (BackupCopy.Damage(db) is { } damage)
        {
            throw new DamagedException($"the database is damaged ({damage}). Stop the host, keep a copy of the data folder as it is, and restore the newest good backup.");
        }

        return (BackupCopy.Texts(db, "select distinct hash from documents order by hash"), BackupCopy.CountRows(db), BackupCopy.Migrations(db));
    }

    private static BackupFile HashOf(string copy)
    {
        using var file = File.OpenRead(copy);
        return new BackupFile(BackupManifest.Database, file.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file)));
    }

    /// <summary>A document's bytes are on disk before a row names them, and stay: those of the copied moment are all there.</summary>
    /// <returns>Those that are not there all the same.</returns>
    private async Task<List<string>> CopyDocumentsAsync(List<string> hashes, string folder, List<BackupFile> files, CancellationToken cancellation)
    {
        var from = options.Documents.Folder ?? DocumentOptions.FolderBeside(installation.DatabaseFile);
        var missing = new List<string>();
        foreach (var hash in hashes)
        {
            var path = $"{hash[..2]}/{hash[2..]}";
            if (!File.Exists(Path.Combine(from, path))) { missing.Add(hash); }
            else { files.Add(await BackupCopy.FileAsync(Path.Combine(from, path), folder, $"documents/{path}", cancellation)); }
        }

        return missing;
    }

    private static async Task CopyFolderAsync(string source, string name, string folder, List<BackupFile> files, CancellationToken cancellation)
    {
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.System };
        foreach (var file in Directory.EnumerateFiles(source, "*", all).Order(StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(source, file).Replace('\\', '/');
            if (path.StartsWith(".git/", StringComparison.Ordinal)) { continue; }
            files.Add(await BackupCopy.FileAsync(file, folder, $"{name}/{path}", cancellation));
        }
    }

    /// <summary>What a killed backup left.</summary>
    private void SweepAbandoned(string parent)
    {
        foreach (var folder in new DirectoryInfo(parent).EnumerateDirectories(Unfinished + "*"))
        {
            if (clock.GetUtcNow().UtcDateTime - folder.LastWriteTimeUtc > AbandonedAfter) { folder.Delete(recursive: true); }
        }
    }

    private sealed class DamagedException(string message) : Exception(message);
}
