using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ProcessManager.Host.Data.DesignTime;

/// <summary>The model as `dotnet ef` needs it; no database is opened.</summary>
public sealed class SqliteAtDesignTime : IDesignTimeDbContextFactory<SqliteDb>
{
    public SqliteDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteDb>().UseSqlite("Data Source=design-time.db").Options);
}

/// <summary>The model as `dotnet ef` needs it; no database is opened.</summary>
public sealed class PostgresAtDesignTime : IDesignTimeDbContextFactory<PostgresDb>
{
    public PostgresDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresDb>().UseNpgsql("Host=design-time").Options);
}

internal static class Program
{
    private static void Main() => Console.Error.WriteLine("This project only serves `dotnet ef`; see docs/engine/migrations.md.");
}
