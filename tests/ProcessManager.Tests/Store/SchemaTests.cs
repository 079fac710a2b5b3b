using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine.Store.Rows;
using Xunit;

namespace ProcessManager.Tests.Store;

public sealed class SchemaTests
{
    [Fact]
    public void The_schema_can_be_written_for_PostgreSQL()
    {
        using var db = new StoreDb(new DbContextOptionsBuilder<StoreDb>().UseNpgsql("Host=nowhere").Options);
        var script = db.Database.GenerateCreateScript();
        Assert.Contains("CREATE UNIQUE INDEX ix_tasks_of_project ON tasks (project_id, step, visit, occurrence, member)", script, StringComparison.Ordinal);
        Assert.Contains("due bigint NOT NULL", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Moments_are_compared_as_numbers_in_SQL()
    {
        using var db = StoreDb.OfSqlite(":memory:");
        var sql = db.Set<WorkRow>().Where(w => w.Due < DateTimeOffset.UnixEpoch).OrderBy(w => w.Due).ToQueryString();
        Assert.Contains("\"w\".\"due\" < 0", sql, StringComparison.Ordinal);
    }
}
