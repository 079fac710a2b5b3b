using Microsoft.EntityFrameworkCore;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Data;

/// <summary>
/// Brings the database's tables up to this binary's model before anything else of the host starts. Of several hosts that start at
/// once one does it and the others wait; a database that a newer binary has changed is left alone.
/// </summary>
internal sealed class SchemaUpdate(IDbContextFactory<ProcessManagerDb> databases, Installation installation, TimeProvider clock) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (db is SqliteDb) await UpdateFile(db, cancellationToken);
        else await Update(db, cancellationToken);
    }

    /// <summary>On PostgreSQL the migrations' own lock goes with its connection; on SQLite it would outlive a killed process, so ours stands in.</summary>
    private async Task UpdateFile(ProcessManagerDb db, CancellationToken cancellation)
    {
        await using var ours = await Lock(installation.DatabaseFile + ".schema-lock", cancellation);
        // Nobody can hold it while we hold ours: what is there was left by a process that died.
        await db.Database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock";""", cancellation);
        await Update(db, cancellation);
    }

    private static async Task Update(ProcessManagerDb db, CancellationToken cancellation)
    {
        var known = db.Database.GetMigrations().ToList();
        if ((await db.Database.GetAppliedMigrationsAsync(cancellation)).Except(known).FirstOrDefault() is { } newer)
        {
            throw new StartRefusedException($"The database was changed by a newer version of Process Manager ({newer}). Start that version, or restore a backup made with this one.");
        }
        await db.Database.MigrateAsync(cancellation);
    }

    private async Task<FileStream> Lock(string file, CancellationToken cancellation)
    {
        for (; ; )
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (File.Exists(file))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancellation);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
