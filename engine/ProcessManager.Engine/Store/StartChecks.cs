using Microsoft.Data.Sqlite;

namespace ProcessManager.Engine.Store;

/// <summary>What is checked before an engine runs; each refusal is one sentence that says what to change.</summary>
internal static class StartChecks
{
    private static readonly string[] NetworkFileSystems =
        ["nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afs", "9p", "ceph", "fuse.sshfs", "fuse.glusterfs", "davfs", "fuse.davfs2"];

    /// <summary>SQLite's locks and shared memory do not work across a network.</summary>
    public static void RefuseNetwork(string database)
    {
        var folder = Path.GetDirectoryName(database)!;
        DriveInfo drive;
        try { drive = new DriveInfo(folder); }
        catch (ArgumentException) { return; }

        if (IsNetwork(drive))
        {
            throw new EngineRefusedException(
                $"{folder} is on a network file system ({drive.DriveFormat}), where SQLite can lose data: put the database on a local disk, or use PostgreSQL.");
        }
    }

    public static void RequireWal(SqliteDialect dialect)
    {
        string mode;
        try { mode = dialect.EnterWal(); }
        catch (SqliteException e)
        {
            throw new EngineRefusedException(
                $"{dialect.File} cannot be opened for writing ({e.Message.TrimEnd('.')}): check the path, the rights and the disk.", e);
        }

        if (mode != "wal")
        {
            throw new EngineRefusedException(
                $"{dialect.File} cannot use a write-ahead log (its mode is “{mode}”): put it on a local disk that supports shared memory.");
        }
    }

    public static void RequireSchema(IReadSession session, Schema schema, IReadOnlyCollection<string>? knownMigrations)
    {
        var table = schema.Projects.Name.Trim('"');
        if (session.Prepared(SqliteDialect.HasTable, 1).Set(0, table).Number() == 0)
        {
            throw new EngineRefusedException("The database has no tables yet: run “pm migrate” first.");
        }

        const string migrations = "__EFMigrationsHistory";
        if (knownMigrations is null || session.Prepared(SqliteDialect.HasTable, 1).Set(0, migrations).Number() == 0) { return; }
        using var row = session.Prepared($"select \"MigrationId\" from \"{migrations}\" order by \"MigrationId\"", 0).Read();
        while (row.Read())
        {
            if (!knownMigrations.Contains(row.GetString(0)))
            {
                throw new EngineRefusedException(
                    $"The database was made by a newer Process Manager (it has the change {row.GetString(0)}): install that version, or restore a backup of before.");
            }
        }
    }

    public static void RequireClock(IReadSession session, Schema schema, DateTimeOffset now, TimeSpan tolerance)
    {
        if (session.Prepared(SqliteDialect.NewestHistory(schema.History), 0).MaybeNumber() is not { } newest) { return; }
        var last = DateTimeOffset.FromUnixTimeMilliseconds(newest);
        if (now + tolerance < last)
        {
            throw new EngineRefusedException(
                $"The clock says {now.UtcDateTime:yyyy-MM-dd HH:mm} UTC, but the newest entry is of {last.UtcDateTime:yyyy-MM-dd HH:mm} UTC: set the clock right.");
        }
    }

    internal static bool IsNetwork(DriveInfo drive)
    {
        try { return drive.DriveType == DriveType.Network || NetworkFileSystems.Contains(drive.DriveFormat); }
        catch (IOException) { return false; }
    }
}
