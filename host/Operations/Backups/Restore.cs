using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Host.Data;

namespace ProcessManager.Host.Operations.Backups;

/// <summary>What became of restoring a backup.</summary>
internal abstract record RestoreResult
{
    private RestoreResult()
    {
    }

    /// <param name="Aside">Where the data is that was there before; null where there was none.</param>
    public sealed record Restored(BackupManifest Manifest, string? Aside) : RestoreResult;

    /// <param name="Message">One sentence that says what to change; the data folder is as it was.</param>
    public sealed record Refused(string Message) : RestoreResult;
}

/// <summary>
/// Makes a data folder from a backup. Everything is copied beside, compared with the manifest, brought to this program's schema and told to send
/// nothing yet, before any of it takes its place.
/// </summary>
internal static class Restore
{
    public static async Task<RestoreResult> RunAsync(string backup, string data, bool replace, TimeProvider clock, CancellationToken cancellation)
    {
        (backup, data) = (Path.GetFullPath(backup), Path.TrimEndingDirectorySeparator(Path.GetFullPath(data)));
        if (BackupManifest.Read(backup) is not { } manifest)
        {
            return new RestoreResult.Refused($"{backup} is no backup: it has no {BackupManifest.FileName} that can be read.");
        }

        if (Refuse(manifest) is { } refusal) { return new RestoreResult.Refused(refusal); }
        var occupied = Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any();
        if (occupied && !replace) { return new RestoreResult.Refused($"{data} isn't empty: name another folder with --data, or add --replace to move what is there aside."); }
        var staging = $"{data}.restoring-{Path.GetRandomFileName()}";
        try
        {
            using var held = occupied ? EngineLock.Take(Path.Combine(data, BackupManifest.Database)) : null;
            BackupCopy.CreateFolder(staging);
            if (await CopyAsync(manifest, backup, staging, cancellation) is { } damage) { return new RestoreResult.Refused($"{backup} is damaged: {damage}"); }
            await PrepareAsync(manifest, Path.Combine(staging, BackupManifest.Database), clock, cancellation);
            BackupCopy.FlushFolders(staging);
            return new RestoreResult.Restored(manifest, Swap(staging, data, occupied, clock));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException or EngineRefusedException)
        {
            return new RestoreResult.Refused(e is EngineRefusedException ? e.Message : $"Nothing was restored: {e.Message}");
        }
        finally
        {
            if (Directory.Exists(staging)) { Directory.Delete(staging, recursive: true); }
        }
    }

    private static string? Refuse(BackupManifest manifest)
    {
        if (manifest.Format > BackupManifest.CurrentFormat) { return "The backup was made by a newer Process Manager, in a format that this one doesn't know: restore it with that version."; }
        if (manifest.Files.Any(f => !IsInside(f.Path))) { return "The manifest names files outside of the backup: it wasn't made by Process Manager."; }
        if (manifest.Files.All(f => f.Path != BackupManifest.Database)) { return "The manifest names no database: it wasn't made by Process Manager."; }
        using var db = new SqliteDb(Databases.Sqlite(BackupManifest.Database));
        return manifest.Migrations.Except(db.Database.GetMigrations()).FirstOrDefault() is { } newer
            ? $"The backup was made by a newer Process Manager (it has the change {newer}): restore it with that version."
            : null;
    }

    private static bool IsInside(string path) =>
        path.Length > 0 && !Path.IsPathRooted(path) && !path.Contains('\\', StringComparison.Ordinal) && path.Split('/').All(part => part is not ("" or "." or ".."));

    /// <returns>What is wrong; null where all is as the manifest says.</returns>
    private static async Task<string?> CopyAsync(BackupManifest manifest, string backup, string staging, CancellationToken cancellation)
    {
        foreach (var file in manifest.Files)
        {
            var source = Path.Combine(backup, file.Path);
            if (!File.Exists(source)) { return $"{file.Path} is missing."; }
            var copied = await BackupCopy.FileAsync(source, staging, file.Path, cancellation);
            if (copied != file) { return $"{file.Path} is not what was backed up (its hash differs)."; }
        }

        using var db = BackupCopy.Open(Path.Combine(staging, BackupManifest.Database));
        if (BackupCopy.Damage(db) is { } damage) { return $"the database says: {damage}"; }
        var rows = BackupCopy.CountRows(db);
        var wrong = manifest.Rows.FirstOrDefault(r => rows.GetValueOrDefault(r.Key, -1) != r.Value);
        return wrong.Key is not null ? $"the table {wrong.Key} has not the {wrong.Value} rows that it had." : null;
    }

    private static async Task PrepareAsync(BackupManifest manifest, string database, TimeProvider clock, CancellationToken cancellation)
    {
        await using var db = new SqliteDb(new DbContextOptionsBuilder<SqliteDb>().UseSqlite(
            new SqliteConnectionStringBuilder { DataSource = database, ForeignKeys = true, Pooling = false }.ToString()).Options);
        await db.Database.MigrateAsync(cancellation);
        var of = manifest.MadeAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        OutgoingSwitch.Resume(database, db.Model, "restore", clock); // the original's own pause has another reason
        OutgoingSwitch.Pause(database, db.Model, $"This is a copy of {of} UTC, restored from a backup: mails and requests that the original has sent since may wait here to be sent again.", clock);
    }

    /// <returns>Where the data is that was there before.</returns>
    private static string? Swap(string staging, string data, bool occupied, TimeProvider clock)
    {
        if (!occupied)
        {
            if (Directory.Exists(data)) { Directory.Delete(data); }
            Directory.Move(staging, data);
            DirectorySync.Flush(Path.GetDirectoryName(data)!);
            return null;
        }

        var aside = $"{data}.before-{clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";
        Directory.Move(data, aside);
        try { Directory.Move(staging, data); }
        catch
        {
            Directory.Move(aside, data);
            throw;
        }

        // Backups outlive what they are restored over.
        var backups = Path.Combine(aside, "backups");
        if (Directory.Exists(backups)) { Directory.Move(backups, Path.Combine(data, "backups")); }
        DirectorySync.Flush(Path.GetDirectoryName(data)!);
        return aside;
    }
}
