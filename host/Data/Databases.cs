using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ProcessManager.Host.Data;

/// <summary>How each of the two databases is opened.</summary>
internal static class Databases
{
    public static DbContextOptions<SqliteDb> Sqlite(string file)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 30 };
        // WAL, synchronous=FULL and busy_timeout are set by the engine's store on each connection it opens; its interceptor belongs here.
        return new DbContextOptionsBuilder<SqliteDb>().UseSqlite(connection.ToString()).Options;
    }

    public static DbContextOptions<PostgresDb> Postgres(string connection) =>
        new DbContextOptionsBuilder<PostgresDb>().UseNpgsql(connection).Options;
}
