using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using Xunit;

namespace ProcessManager.Tests.Store;

public sealed class WorkerTests
{
    [Fact]
    public async Task A_reminder_is_raised_when_it_is_due_and_not_before()
    {
        await using var store = await StoreFixture.OpenAsync();
        await store.StartAsync();
        await store.PassAsync(TimeSpan.FromHours(21.9));
        Assert.Empty(store.Rows<AlertRow>());
        await store.PassAsync(TimeSpan.FromHours(0.1));
        var alert = Assert.Single(store.Rows<AlertRow>());
        Assert.Equal(("ann", AlertCause.Reminder), (alert.Recipient, alert.Cause));
        Assert.Equal(Assert.Single(store.Rows<TaskRow>()).Id, alert.TaskId);
        await store.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Single(store.Rows<AlertRow>());
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_host_that_was_down_reminds_once_for_all_it_missed_and_keeps_the_rhythm()
    {
        await using var store = await StoreFixture.OpenAsync();
        await store.StartAsync();
        store.Clock.Pass(TimeSpan.FromDays(2.5));
        await store.RestartAsync();
        await store.RunUntilIdleAsync();
        var late = store.Rows<AlertRow>().Count;
        Assert.InRange(late, 1, 2);
        await store.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(late + 1, store.Rows<AlertRow>().Count);
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task No_reminder_comes_for_a_task_that_was_done_before()
    {
        await using var store = await StoreFixture.OpenAsync();
        var project = (await store.StartAsync()).Project;
        await store.DoAsync(project, StoreFixture.Complete(1, "no"));
        Assert.Empty(store.Rows<WorkRow>());
        await store.PassAsync(TimeSpan.FromDays(9));
        Assert.Empty(store.Rows<AlertRow>());
    }

    [Fact]
    public async Task Time_does_not_count_on_hold_and_no_work_waits_meanwhile()
    {
        await using var store = await StoreFixture.OpenAsync();
        var project = (await store.StartAsync()).Project;
        var rows = store.Rows<WorkRow>().Count;
        await store.DoAsync(project, new Command.PutOnHold("They are on holiday") { Actor = "ann" });
        Assert.Empty(store.Rows<WorkRow>());
        Assert.Empty(await store.VerifyAsync());
        await store.PassAsync(TimeSpan.FromDays(30));
        Assert.Empty(store.Rows<AlertRow>());
        await store.DoAsync(project, new Command.Resume { Actor = "ann" });
        Assert.Equal(rows, store.Rows<WorkRow>().Count);
        await store.PassAsync(TimeSpan.FromHours(22));
        Assert.Single(store.Rows<AlertRow>());
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_moved_due_date_moves_the_row_of_its_reminder()
    {
        await using var store = await StoreFixture.OpenAsync();
        var project = (await store.StartAsync()).Project;
        await store.DoAsync(project, new Command.SetDue(1, StoreFixture.Monday.AddDays(5)) { Actor = "ann" });
        await store.PassAsync(TimeSpan.FromDays(2));
        Assert.Empty(store.Rows<AlertRow>());
        Assert.Empty(await store.VerifyAsync());
        await store.PassAsync(TimeSpan.FromDays(3));
        Assert.NotEmpty(store.Rows<AlertRow>());
    }

    [Fact]
    public async Task Timers_of_one_project_that_are_due_together_are_one_command()
    {
        await using var store = await StoreFixture.OpenAsync();
        var project = (await store.StartAsync()).Project;
        var version = Assert.Single(store.Rows<ProjectRow>()).Version;
        await store.PassAsync(TimeSpan.FromDays(2.5));
        Assert.Equal(version + 1, Assert.Single(store.Rows<ProjectRow>()).Version);
        Assert.Contains(store.History(project), h => h.Kind == "TimerFired");
    }

    [Fact]
    public async Task Claimed_work_is_nobody_elses_until_the_lease_runs_out()
    {
        await using var store = await StoreFixture.OpenAsync();
        await store.StartAsync();
        store.Clock.Pass(TimeSpan.FromDays(1));
        var first = await Claim(store, "one", 1001);
        Assert.NotEmpty(first);
        Assert.Empty(await Claim(store, "two", 1002));
        store.Clock.Pass(TimeSpan.FromSeconds(61));
        var second = await Claim(store, "two", 1003);
        Assert.Equal(first.Select(c => c.Id), second.Select(c => c.Id));

        // The first one wakes up: nothing that it does counts any more.
        var late = await store.Engine.WriteAsync((session, _) => ValueTask.FromResult(
            ((Engine.Store.WriteSession)session).Work.Finish(first[0]) || ((Engine.Store.WriteSession)session).Work.Postpone(first[0], null, "late")), default);
        Assert.False(late);
        Assert.True(await store.Engine.WriteAsync((session, _) => ValueTask.FromResult(((Engine.Store.WriteSession)session).Work.IsOurs(second[0])), default));
    }

    [Fact]
    public async Task A_restart_takes_up_what_a_killed_host_had_claimed()
    {
        await using var store = await StoreFixture.OpenAsync();
        await store.StartAsync();
        store.Clock.Pass(TimeSpan.FromDays(1));
        await Claim(store, "gone", 1001);
        await store.RestartAsync();
        await store.RunUntilIdleAsync();
        Assert.NotEmpty(store.Rows<AlertRow>());
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_failed_commit_fires_nothing_and_the_timer_fires_afterwards()
    {
        await using var store = await StoreFixture.OpenAsync();
        await store.StartAsync();
        store.Clock.Pass(TimeSpan.FromHours(22));
        var commits = 0;
        store.Engine.OnStatement = sql => { if (sql == "commit" && ++commits == 2) { throw new IOException("the power went"); } };
        await Assert.ThrowsAsync<Engine.Store.EngineUnavailableException>(store.RunUntilIdleAsync);
        store.Engine.OnStatement = null;
        Assert.Empty(store.Rows<AlertRow>());
        await store.PassAsync(TimeSpan.FromSeconds(61));
        Assert.Single(store.Rows<AlertRow>());
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_project_whose_timers_cannot_be_fired_does_not_stop_the_others()
    {
        await using var store = await StoreFixture.OpenAsync();
        var broken = (await store.StartAsync()).Project;
        var healthy = (await store.StartAsync()).Project;
        store.Execute($"update projects set state = x'7b7b' where id = {broken}");
        await store.PassAsync(TimeSpan.FromHours(22));
        Assert.Equal(healthy, Assert.Single(store.Rows<AlertRow>()).ProjectId);
        var row = store.Rows<WorkRow>().First(w => w.ProjectId == broken && w.Attempt > 0);
        Assert.Equal((WorkState.Waiting, 1), (row.State, row.Attempt));
        for (var i = 0; i < 8; i++) { await store.PassAsync(TimeSpan.FromHours(2)); }

        row = store.Rows<WorkRow>().First(w => w.Id == row.Id);
        Assert.Equal(WorkState.Failed, row.State);
        Assert.NotNull(row.LastError);
        Assert.False(await store.Engine.DropWorkAsync(row.Id, "ada", default));
        Assert.True(await store.Engine.RetryWorkAsync(row.Id, "ada", default));
        Assert.Equal(WorkState.Waiting, store.Rows<WorkRow>().First(w => w.Id == row.Id).State);
    }

    [Fact]
    public async Task The_running_worker_fires_what_becomes_due_without_being_asked()
    {
        await using var store = await StoreFixture.OpenAsync();
        using var stop = new CancellationTokenSource();
        using var listening = store.Engine.Live.Subscribe();
        var running = store.Engine.RunAsync(stop.Token);
        await store.StartAsync("alert");
        await listening.Events.ReadAsync();
        store.Clock.Pass(TimeSpan.FromHours(1));
        while (!(await listening.Events.ReadAsync()).Kinds.Contains("TimerFired")) { }

        await stop.CancelAsync();
        await running;
        Assert.All(store.Rows<WorkRow>(), w => Assert.Null(w.LeaseOwner));
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task Jumps_of_the_clock_fire_nothing_twice_and_skip_nothing()
    {
        await using var store = await StoreFixture.OpenAsync();
        await store.StartAsync("alert");
        await store.PassAsync(TimeSpan.FromMinutes(59));
        store.Clock.MoveTo(StoreFixture.Monday.AddDays(-1));
        await store.RunUntilIdleAsync();
        store.Clock.MoveTo(StoreFixture.Monday.AddHours(1));
        await store.RunUntilIdleAsync();
        store.Clock.MoveTo(StoreFixture.Monday.AddMinutes(30));
        await store.RunUntilIdleAsync();
        await store.PassAsync(TimeSpan.FromDays(1));
        Assert.Single(store.Rows<HistoryRow>(), h => h.Kind == "TimerFired");
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task Old_results_of_commands_are_forgotten()
    {
        await using var store = await StoreFixture.OpenAsync();
        await store.StartAsync();
        Assert.Equal(0, await store.Engine.Worker.PruneAsync(default));
        store.Clock.Pass(TimeSpan.FromDays(31));
        await store.StartAsync();
        Assert.Equal(1, await store.Engine.Worker.PruneAsync(default));
        Assert.Single(store.Rows<CommandRow>());
    }

    private static Task<List<Engine.Store.Claim>> Claim(StoreFixture store, string owner, long fence) => store.Engine.WriteAsync((session, _) =>
        ValueTask.FromResult(((Engine.Store.WriteSession)session).Work.TakeDue(
            WorkKind.Timer, owner, session.Now + TimeSpan.FromSeconds(60), fence, session.Now, 10)), default);
}
