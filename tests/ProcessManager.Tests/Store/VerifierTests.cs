using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using Xunit;

namespace ProcessManager.Tests.Store;

public sealed class VerifierTests
{
    /// <summary>Each damage, and the invariant that must name it.</summary>
    public static TheoryData<string, string> Damages => new()
    {
        { "update history set after = 'x' where project_id = 1 and seq = 2", "I5 history" },
        { "update history set actor = 'bob' where project_id = 1 and seq = 1", "I5 history" },
        { "update history set why = null where why is not null", "I5 history" },
        { "delete from history where project_id = 1 and seq = 2", "I5 history" },
        { "delete from history where project_id = 1 and seq = (select max(seq) from history where project_id = 1)", "I5 history" },
        { "update history set seq = -seq where project_id = 1 and seq in (2, 3); update history set seq = case seq when -2 then 3 else 2 end where seq < 0", "I5 history" },
        { "update projects set history_seq = history_seq + 1 where id = 1", "I5 history" },
        { "update projects set probability = 99 where id = 1", "I3 columns" },
        { "update projects set stage = 'second' where id = 1", "I3 columns" },
        { "update projects set owner = 'bob' where id = 1", "I3 columns" },
        { "update projects set title = 'Another' where id = 1", "I3 columns" },
        { "update projects set open_tasks = 0 where id = 1", "I3 columns" },
        { "delete from participants where project_id = 1 and person = 'bob'", "I3 columns" },
        { "update projects set state = x'7b' where id = 1", "I3 state" },
        { "update tasks set assignee = 'bob' where project_id = 1 and state = 0 and assignee = 'ann'", "I3 tasks" },
        { "update tasks set state = 0 where project_id = 1 and state = 1", "I3 tasks" },
        { "update tasks set state = 1 where project_id = 1 and state = 0", "I3 tasks" },
        { "update tasks set inbox_order = 7 where project_id = 1 and state = 0", "I3 tasks" },
        { "delete from tasks where project_id = 1 and number = 2", "I3 tasks" },
        { "delete from work where kind = 0 and project_id = 4", "I4 timers" },
        { "update work set due = due + 60000 where kind = 0", "I4 timers" },
        { "insert into work (kind, key, project_id, due, state, attempt, fence) values (0, 'timer/1/extra', 1, 0, 0, 0, 0)", "I4 timers" },
        { "update work set lease_owner = 'gone', lease_until = 5 where kind = 0", "I7 progress" },
        { "update work set lease_owner = 'nobody' where kind = 0", "I7 progress" },
        { "delete from work where kind = 1", "I2 effects" },
        { "delete from mails", "I2 effects" },
        { "update mails set state = 1", "I2 effects" },
        { "update mails set key = 'other'", "I2 effects" },
        { "delete from alerts", "I2 effects" },
        { "update plan_versions set hash = 'x' where id = 1", "I3 plans" },
        { "update plan_versions set sources = '{}' where id = 1", "I3 plans" },
        { "delete from projects where id = 1", "I6 references" },
    };

    [Theory, MemberData(nameof(Damages))]
    public async Task Each_damage_is_found_and_named(string damage, string check)
    {
        await using var store = await StoreFixture.OpenAsync();
        await RunAWhileAsync(store);
        Assert.Empty(await store.VerifyAsync());
        store.Execute(damage);
        var findings = await store.VerifyAsync();
        Assert.Contains(findings, f => f.Check == check);
        Assert.All(findings, f => Assert.NotEmpty(f.Where));
    }

    [Fact]
    public async Task A_project_that_was_closed_and_opened_again_is_well()
    {
        await using var store = await StoreFixture.OpenAsync();
        var project = (await store.StartAsync()).Project;
        await store.DoAsync(project, new Command.Close(ProcessManager.Language.CloseResult.Cancelled, null, "a mistake") { Actor = "ann" });
        await store.DoAsync(project, new Command.ReopenProject(null, "closed by mistake") { Actor = "ann" });

        Assert.Null(store.Rows<ProjectRow>().Single(p => p.Id == project).Result);
        Assert.Contains(store.Rows<TaskRow>(), t => t.ProjectId == project && t.State == TaskPhase.Open);
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_damaged_page_is_found_without_a_host()
    {
        await using var store = await StoreFixture.OpenAsync();
        await RunAWhileAsync(store);
        await store.Engine.DisposeAsync();
        store.Execute("pragma wal_checkpoint(truncate)");
        await using (var file = File.OpenWrite(store.File))
        {
            file.Position = file.Length / 2 / 4096 * 4096;
            await file.WriteAsync(Enumerable.Repeat((byte)0x5A, 4096).ToArray());
        }

        Assert.NotEmpty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_missing_or_foreign_file_is_said_to_be_one()
    {
        await using var store = await StoreFixture.OpenAsync();
        var nowhere = await Verifier.VerifyAsync(Path.Combine(store.Folder, "nowhere.db"), StoreFixture.Model, store.Clock, default);
        Assert.Contains("no such file", Assert.Single(nowhere).What, StringComparison.Ordinal);
        var empty = Path.Combine(store.Folder, "empty.db");
        await File.WriteAllBytesAsync(empty, []);
        Assert.NotEmpty(await Verifier.VerifyAsync(empty, StoreFixture.Model, store.Clock, default));
    }

    [Fact]
    public async Task It_runs_beside_a_busy_engine()
    {
        await using var store = await StoreFixture.OpenAsync();
        using var stop = new CancellationTokenSource();
        var busy = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) { await RunAWhileAsync(store); }
        });
        for (var i = 0; i < 5; i++) { Assert.Empty(await store.VerifyAsync()); }

        await stop.CancelAsync();
        await busy;
        Assert.Empty(await store.VerifyAsync());
    }

    private static async Task RunAWhileAsync(StoreFixture store)
    {
        var project = (await store.StartAsync()).Project;
        await store.DoAsync(project, StoreFixture.Complete(1, "interested"));
        var claimed = store.Rows<TaskRow>().First(t => t.ProjectId == project && t.Group == "sales");
        await store.DoAsync(project, new Command.Claim(claimed.Number) { Actor = "bob" });
        await store.DoAsync(project, new Command.SetDue(claimed.Number, store.Clock.GetUtcNow().AddDays(3)) { Actor = "bob" });
        await store.StartAsync("mail");
        await store.StartAsync("alert");
        await store.StartAsync();
    }
}
