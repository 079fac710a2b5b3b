using Microsoft.EntityFrameworkCore;
using ProcessManager.Crm;
using ProcessManager.Engine.Store;

namespace ProcessManager.Tests.Store;

/// <summary>The engine's and the contacts' tables alone, without a host.</summary>
internal sealed class StoreDb(DbContextOptions<StoreDb> options) : DbContext(options)
{
    public static StoreDb OfSqlite(string file) => new(new DbContextOptionsBuilder<StoreDb>().UseSqlite($"Data Source={file}").Options);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        EngineModel.Configure(modelBuilder);
        CrmModel.Configure(modelBuilder);
    }
}
