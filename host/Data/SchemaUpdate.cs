using Microsoft.EntityFrameworkCore;

namespace ProcessManager.Host.Data;

/// <summary>Brings the database's tables up to this binary's model before anything else of the host starts.</summary>
internal sealed class SchemaUpdate(IDbContextFactory<ProcessManagerDb> databases) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (db.Database.GetMigrations().Any()) await db.Database.MigrateAsync(cancellationToken);
        // A build whose model has no migrations yet has no data to keep either.
        else await db.Database.EnsureCreatedAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
