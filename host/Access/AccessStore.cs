using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Engine.Store;
using ProcessManager.Host.Data;

namespace ProcessManager.Host.Access;

/// <summary>The one place through which people, rights and sessions are written.</summary>
internal sealed class AccessStore(IServiceScopeFactory scopes, IDbContextFactory<ProcessManagerDb> databases, WriteGate gate)
{
    /// <summary>All of <paramref name="work"/> in one transaction, or nothing. Takes its turn at the process's write gate, and has the engine read people again afterwards.</summary>
    public async Task<T> Write<T>(Func<ProcessManagerDb, UserManager<Person>, Task<T>> work, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProcessManagerDb>();
        using var turn = await gate.EnterAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var result = await work(db, scope.ServiceProvider.GetRequiredService<UserManager<Person>>());
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return result;
    }

    public Task Write(Func<ProcessManagerDb, Task> work, CancellationToken cancellation) =>
        Write(async (db, _) =>
        {
            await work(db);
            return true;
        }, cancellation);

    public async Task<T> Read<T>(Func<ProcessManagerDb, Task<T>> work, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await work(db);
    }
}
