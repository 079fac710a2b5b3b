using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using ProcessManager.Engine;

namespace ProcessManager.Host.Operations.Backups;

/// <summary>Copies that are on disk when the call returns, and what a copied database says of itself.</summary>
internal static class BackupCopy
{
    /// <summary>A folder that only the account of the host may look into: a backup holds keys.</summary>
    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) { Directory.CreateDirectory(folder); }
        else { Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); }
    }

    /// <param name="path">Where it goes, relative to <paramref name="folder"/>, with slashes.</param>
    public static async Task<BackupFile> FileAsync(string source, string folder, string path, CancellationToken cancellation)
    {
        var target = Path.Combine(folder, path);
        CreateFolder(Path.GetDirectoryName(target)!);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            await using var from = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, useAsync: true);
            await using var to = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, useAsync: true);
            long size = 0;
            int read;
            while ((read = await from.ReadAsync(buffer, cancellation)) > 0)
            {
                hash.AppendData(buffer, 0, read);
                await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
                size += read;
            }

            to.Flush(flushToDisk: true);
            return new BackupFile(path, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Makes the names in a folder and below durable.</summary>
    public static void FlushFolders(string folder)
    {
        foreach (var below in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories)) { DirectorySync.Flush(below); }

        DirectorySync.Flush(folder);
    }

    /// <summary>One moment of a database that others may write to meanwhile, as one file without a log beside it.</summary>
    public static void Database(string source, string target)
    {
        using (var from = Open(source))
        using (var to = Open(target, SqliteOpenMode.ReadWriteCreate))
        {
            from.BackupDatabase(to);
            Run(to, "pragma journal_mode = delete");
        }

        using var file = new FileStream(target, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    /// <summary>What is wrong with a database file; null where it is sound.</summary>
    public static string? Damage(SqliteConnection db) => Text(db, "pragma integrity_check(1)") is { } said and not "ok" ? said : null;

    public static SqliteConnection Open(string file, SqliteOpenMode mode = SqliteOpenMode.ReadWrite)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        return connection;
    }

    public static Dictionary<string, long> CountRows(SqliteConnection db) => Texts(
            db, "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' and name <> '__EFMigrationsLock' order by name")
        .ToDictionary(t => t, t => long.Parse(Text(db, $"select count(*) from \"{t.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")!, CultureInfo.InvariantCulture));

    public static List<string> Migrations(SqliteConnection db) =>
        Texts(db, "select \"MigrationId\" from \"__EFMigrationsHistory\" order by \"MigrationId\"");

    public static List<string> Texts(SqliteConnection db, string sql)
    {
        using var command = Command(db, sql);
        using var rows = command.ExecuteReader();
        var texts = new List<string>();
        while (rows.Read()) { texts.Add(rows.GetString(0)); }

        return texts;
    }

    private static string? Text(SqliteConnection db, string sql)
    {
        using var command = Command(db, sql);
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Run(SqliteConnection db, string sql)
    {
        using var command = Command(db, sql);
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection db, string sql)
    {
        var command = db.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
