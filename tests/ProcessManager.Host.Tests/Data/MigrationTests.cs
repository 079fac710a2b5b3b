using Microsoft.EntityFrameworkCore;
using ProcessManager.Host.Data;
using Xunit;

namespace ProcessManager.Host.Tests.Data;

public class MigrationTests
{
    [Fact]
    public void The_migrations_of_both_databases_are_up_to_date_with_the_model()
    {
        using var sqlite = new SqliteDb(Databases.Sqlite(":memory:"));
        using var postgres = new PostgresDb(Databases.Postgres("Host=localhost"));

        Assert.False(sqlite.Database.HasPendingModelChanges(), "Add a migration for SqliteDb: docs/engine/migrations.md");
        Assert.False(postgres.Database.HasPendingModelChanges(), "Add a migration for PostgresDb: docs/engine/migrations.md");
    }
}
