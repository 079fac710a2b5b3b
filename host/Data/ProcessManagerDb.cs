using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Crm;
using ProcessManager.Engine.Store;
using ProcessManager.Host.Access;

namespace ProcessManager.Host.Data;

/// <summary>
/// The one database: people and rights, the engine's tables and the CRM's, so that any work across them is one transaction.
/// Each room describes its own tables; this class only puts them together.
/// </summary>
public abstract class ProcessManagerDb(DbContextOptions options)
    : IdentityDbContext<Person, Role, long, IdentityUserClaim<long>, PersonRole, IdentityUserLogin<long>, IdentityRoleClaim<long>, IdentityUserToken<long>>(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        AccessModel.Configure(builder);
        EngineModel.Configure(builder);
        CrmModel.Configure(builder);
    }
}

/// <summary>The database as one SQLite file in the data folder.</summary>
public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : ProcessManagerDb(options);

/// <summary>The database on a PostgreSQL server.</summary>
public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : ProcessManagerDb(options);
