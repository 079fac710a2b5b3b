using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine.Store;

namespace ProcessManager.Bench.Setting;

/// <summary>The engine's tables alone.</summary>
internal sealed class BenchDb(DbContextOptions<BenchDb> options) : DbContext(options)
{
    public static DbContextOptions<BenchDb> OptionsOf(string file) =>
        new DbContextOptionsBuilder<BenchDb>().UseSqlite($"Data Source={file}").Options;

    protected override void OnModelCreating(ModelBuilder modelBuilder) => EngineModel.Configure(modelBuilder);
}
