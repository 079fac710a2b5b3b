using ProcessManager.Engine;
using ProcessManager.Engine.Store;
using Xunit;

namespace ProcessManager.Tests.Store;

public sealed class StartTests
{
    [Fact]
    public async Task A_second_engine_on_the_same_file_is_refused_in_one_sentence()
    {
        await using var store = await StoreFixture.OpenAsync();
        await using var second = store.NewEngine(store.Options, WriteGate.ForSqlite());
        var refusal = await Assert.ThrowsAsync<EngineRefusedException>(() => second.OpenAsync(default));
        Assert.StartsWith("Another Process Manager runs on", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_whose_clock_is_far_behind_is_refused()
    {
        await using var store = await StoreFixture.OpenAsync();
        await store.StartAsync();
        await store.Engine.DisposeAsync();
        store.Clock.Pass(TimeSpan.FromMinutes(-9));
        await store.StartEngineAsync();
        await store.Engine.DisposeAsync();
        store.Clock.Pass(TimeSpan.FromMinutes(-2));
        var refusal = await Assert.ThrowsAsync<EngineRefusedException>(() => store.StartEngineAsync());
        Assert.Contains("set the clock right", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await using var store = await StoreFixture.OpenAsync();
        await store.Engine.DisposeAsync();
        store.Execute("create table __EFMigrationsHistory (MigrationId text, ProductVersion text); insert into __EFMigrationsHistory values ('2099_Later', '1')");
        var refusal = await Assert.ThrowsAsync<EngineRefusedException>(() => store.StartEngineAsync(o => o.KnownMigrations = ["2026_First"]));
        Assert.Contains("2099_Later", refusal.Message, StringComparison.Ordinal);
        await store.StartEngineAsync(o => o.KnownMigrations = ["2026_First", "2099_Later"]);
    }

    [Fact]
    public async Task A_database_without_tables_and_a_path_that_leads_nowhere_are_refused()
    {
        await using var store = await StoreFixture.OpenAsync();
        var empty = Path.Combine(store.Folder, "empty.db");
        await File.WriteAllBytesAsync(empty, []);
        await using var first = store.NewEngine(new EngineOptions { Database = empty }, WriteGate.ForSqlite());
        Assert.Contains("pm migrate", (await Assert.ThrowsAsync<EngineRefusedException>(() => first.OpenAsync(default))).Message, StringComparison.Ordinal);
        await using var second = store.NewEngine(new EngineOptions { Database = Path.Combine(store.Folder, "nowhere", "pm.db") }, WriteGate.ForSqlite());
        Assert.Contains("does not exist", (await Assert.ThrowsAsync<EngineRefusedException>(() => second.OpenAsync(default))).Message, StringComparison.Ordinal);
        var text = Path.Combine(store.Folder, "text.db");
        await File.WriteAllTextAsync(text, new string('x', 5000));
        await using var third = store.NewEngine(new EngineOptions { Database = text }, WriteGate.ForSqlite());
        await Assert.ThrowsAsync<EngineRefusedException>(() => third.OpenAsync(default));
    }

    [Fact]
    public async Task Who_is_locked_out_for_a_while_waits_and_is_told_in_words_when_it_takes_too_long()
    {
        await using var store = await StoreFixture.OpenAsync();
        using var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={store.File};Pooling=False");
        other.Open();
        using var begin = other.CreateCommand();
        begin.CommandText = "begin immediate";
        begin.ExecuteNonQuery();
        var waiting = store.StartAsync();
        var timeGoesOn = Task.Run(async () =>
        {
            while (!waiting.IsCompleted)
            {
                store.Clock.Pass(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }
        });
        var e = await Assert.ThrowsAsync<EngineUnavailableException>(() => waiting);
        Assert.Contains("locked by another program", e.Message, StringComparison.Ordinal);
        await timeGoesOn;
        begin.CommandText = "rollback";
        begin.ExecuteNonQuery();
        await store.StartAsync();
    }
}

public sealed class WriteGateTests
{
    [Fact]
    public async Task Whoever_asks_first_enters_first()
    {
        var gate = WriteGate.ForSqlite();
        var order = new List<int>();
        var first = await gate.EnterAsync(default);
        var waiting = Enumerable.Range(1, 5).Select(async i =>
        {
            using (await gate.EnterAsync(default)) { order.Add(i); }
        }).ToList();
        Assert.Empty(order);
        first.Dispose();
        await Task.WhenAll(waiting);
        Assert.Equal([1, 2, 3, 4, 5], order);
    }

    [Fact]
    public async Task Who_gives_up_waiting_blocks_nobody()
    {
        var gate = WriteGate.ForSqlite();
        var first = await gate.EnterAsync(default);
        using var cancel = new CancellationTokenSource();
        var second = gate.EnterAsync(cancel.Token).AsTask();
        var third = gate.EnterAsync(default).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        first.Dispose();
        first.Dispose();
        (await third).Dispose();
        (await gate.EnterAsync(default)).Dispose();
    }

    [Fact]
    public async Task A_page_that_saves_beside_a_busy_engine_waits_for_one_commit_at_most()
    {
        await using var store = await StoreFixture.OpenAsync();
        var commits = 0;
        store.Engine.OnStatement = sql => { if (sql == "commit") { Interlocked.Increment(ref commits); } };
        using var stop = new CancellationTokenSource();
        var busy = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) { await store.StartAsync(); }
        })).ToList();
        for (var i = 0; i < 20; i++)
        {
            var before = Volatile.Read(ref commits);
            using (await store.Gate.EnterAsync(default)) { Assert.InRange(Volatile.Read(ref commits) - before, 0, 2); }
        }

        await stop.CancelAsync();
        await Task.WhenAll(busy);
    }
}
