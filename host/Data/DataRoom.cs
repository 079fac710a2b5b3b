using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Data;

internal static class DataRoom
{
    public static void AddData(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IDbContextFactory<ProcessManagerDb>>(provider =>
        {
            var installation = provider.GetRequiredService<Installation>();
            return installation.PostgresConnection is { } connection
                ? new Pool<PostgresDb>(Databases.Postgres(connection))
                : new Pool<SqliteDb>(Databases.Sqlite(installation.DatabaseFile));
        });
        builder.Services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<ProcessManagerDb>>().CreateDbContext());
        builder.Services.AddHostedService<SchemaUpdate>();
    }

    private sealed class Pool<TDb>(DbContextOptions<TDb> options) : IDbContextFactory<ProcessManagerDb>
        where TDb : ProcessManagerDb
    {
        private readonly PooledDbContextFactory<TDb> pool = new(options);

        public ProcessManagerDb CreateDbContext() => pool.CreateDbContext();
    }
}
