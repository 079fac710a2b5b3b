using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Store;

public sealed class PublishTests
{
    [Fact]
    public async Task The_folder_is_published_at_start_and_again_without_a_new_version()
    {
        await using var store = await StoreFixture.OpenAsync();
        Assert.Equal(3, store.Rows<PlanVersionRow>().Count);
        Assert.Equal(["Call back", "Send a mail", "Tell people"], store.Engine.PlansInForce.Select(p => p.Name));
        var again = await store.Engine.PublishAsync("ann", null, default);
        Assert.All(again, r => Assert.False(r.IsNew));
        store.WritePlan("call", StorePlans.Call + "\n# a comment means nothing\n");
        Assert.All(await store.Engine.PublishAsync("ann", null, default), r => Assert.False(r.IsNew));
        Assert.Equal(3, store.Rows<PlanVersionRow>().Count);
        await store.RestartAsync();
        Assert.Equal(3, store.Rows<PlanVersionRow>().Count);
    }

    [Fact]
    public async Task A_changed_plan_becomes_the_next_version_and_running_projects_stay_on_theirs()
    {
        await using var store = await StoreFixture.OpenAsync();
        var old = (await store.StartAsync()).Project;
        store.WritePlan("call", StorePlans.Call.Replace("Print the sheet", "Print two sheets", StringComparison.Ordinal));
        var result = Assert.Single(await store.Engine.PublishAsync("meg", "Two are needed", default), r => r.IsNew);
        Assert.Equal(("call", 2), (result.Plan, result.Version!.Value));
        var version = store.Rows<PlanVersionRow>().Single(v => v.Number == 2);
        Assert.Equal(("meg", "Two are needed"), (version.PublishedBy, version.Note));
        var young = (await store.StartAsync()).Project;
        await store.RestartAsync();
        await store.DoAsync(old, StoreFixture.Complete(1, "interested"));
        await store.DoAsync(young, StoreFixture.Complete(1, "interested"));
        var titles = store.Rows<TaskRow>().Where(t => t.Step == "sheet").OrderBy(t => t.ProjectId).Select(t => t.Title);
        Assert.Equal(["Print the sheet", "Print two sheets"], titles);
        Assert.Equal((1, 2), ((await store.Engine.FindProjectAsync(old, default))!.PlanNumber, (await store.Engine.FindProjectAsync(young, default))!.PlanNumber));
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_plan_that_names_somebody_whom_nobody_knows_is_not_published()
    {
        await using var store = await StoreFixture.OpenAsync();
        store.WritePlan("call", StorePlans.Call.Replace("assign: owner", "assign: user:ane", StringComparison.Ordinal));

        var refused = (await store.Engine.PublishAsync("meg", null, default)).Single(r => r.Plan == "call");

        Assert.Equal((1, false), (refused.Version!.Value, refused.IsNew));
        var problem = refused.Diagnostics.First(d => d.Code == Errors.UnknownUser.Code);
        Assert.Equal("Nobody signs in as “ane”; did you mean “ann”?", problem.Message);
        Assert.Contains("ane", store.Rows<PlanRow>().Single(p => p.Id == "call").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_and_a_stage_that_live_projects_stand_on_and_that_are_gone_are_told()
    {
        await using var store = await StoreFixture.OpenAsync();
        var project = (await store.StartAsync()).Project;
        var (step, stage) = (store.Rows<TaskRow>().First(t => t.ProjectId == project).Step, store.Rows<ProjectRow>().Single(p => p.Id == project).Stage!);
        var renamed = StorePlans.Call
            .Replace($"  {stage}:", "  other-stage:", StringComparison.Ordinal)
            .Replace($"{step}:", "other-step:", StringComparison.Ordinal).Replace($"after: {step}", "after: other-step", StringComparison.Ordinal);
        store.WritePlan("call", renamed);

        var result = (await store.Engine.PublishAsync("meg", null, default)).Single(r => r.Plan == "call");

        Assert.True(result.IsNew, string.Join('\n', result.Diagnostics));
        Assert.Equal(
            [
                $"One open project stands at the step “{step}”, which is gone: they stay on their version. Say `was: {step}` on the step that it became, or `retired: {{ {step}: <step> }}`.",
                $"One open project stands in the stage “{stage}”, which is gone: they stay on their version. Say `was: {stage}` on the stage that it became.",
            ],
            result.Diagnostics.Where(d => d.Code == Errors.RemovedInUse.Code).Select(d => d.Message));
        store.WritePlan("call", renamed.Replace("other-step:", $"other-step:\n        was: {step}", StringComparison.Ordinal).Replace("other-stage:", $"other-stage:\n    was: {stage}", StringComparison.Ordinal));
        Assert.Empty((await store.Engine.PublishAsync("meg", null, default)).Single(r => r.Plan == "call").Diagnostics.Where(d => d.Code == Errors.RemovedInUse.Code));
    }

    [Fact]
    public async Task A_broken_file_is_reported_and_the_last_good_version_stays_in_force()
    {
        await using var store = await StoreFixture.OpenAsync();
        store.WritePlan("call", StorePlans.Call.Replace("assign: owner", "asign: owner", StringComparison.Ordinal));
        var result = (await store.Engine.PublishAsync(null, null, default)).Single(r => r.Plan == "call");
        Assert.Equal((1, false), (result.Version!.Value, result.IsNew));
        Assert.NotEmpty(result.Diagnostics);
        var row = store.Rows<PlanRow>().Single(p => p.Id == "call");
        Assert.Contains("plan.yaml", row.Problem, StringComparison.Ordinal);
        Assert.Equal("Call back", row.Name);
        await store.StartAsync();
        store.WritePlan("call", StorePlans.Call);
        await store.Engine.PublishAsync(null, null, default);
        Assert.Null(store.Rows<PlanRow>().Single(p => p.Id == "call").Problem);
        Assert.Equal(3, store.Rows<PlanVersionRow>().Count);
    }

    [Fact]
    public async Task A_plan_whose_own_tests_fail_is_published_only_when_an_administrator_says_so_which_is_recorded()
    {
        await using var store = await StoreFixture.OpenAsync();
        var tests = Path.Combine(store.Definitions, "plans", "call", "tests.yaml");
        await File.WriteAllTextAsync(tests, "tests:\n  it closes by itself:\n    do: [{ expect: { closed: won } }]\n");
        Assert.All(await store.Engine.PublishAsync("meg", null, default), r => Assert.False(r.IsNew));
        Assert.Null(store.Rows<PlanRow>().Single(p => p.Id == "call").Problem);

        store.WritePlan("call", StorePlans.Call.Replace("Print the sheet", "Print two sheets", StringComparison.Ordinal));
        var refused = (await store.Engine.PublishAsync("meg", null, default)).Single(r => r.Plan == "call");
        Assert.Equal((1, false), (refused.Version!.Value, refused.IsNew));
        Assert.Contains(refused.Diagnostics, d => d.Code == "PM1701" && d.Span.StartLine == 3);
        Assert.Contains("it closes by itself", store.Rows<PlanRow>().Single(p => p.Id == "call").Problem, StringComparison.Ordinal);

        var made = (await store.Engine.PublishDespiteTestsAsync("ada", "It is urgent", default)).Single(r => r.Plan == "call");
        Assert.Equal((2, true), (made.Version!.Value, made.IsNew));
        var version = store.Rows<PlanVersionRow>().Single(v => v.Number == 2);
        Assert.Equal(("ada", "It is urgent (Published although its tests fail: 1 problem.)"), (version.PublishedBy, version.Note));
    }

    [Fact]
    public async Task A_plan_whose_file_of_tests_has_mistakes_is_not_published_and_one_whose_tests_pass_is()
    {
        await using var store = await StoreFixture.OpenAsync();
        var tests = Path.Combine(store.Definitions, "plans", "call", "tests.yaml");
        store.WritePlan("call", StorePlans.Call.Replace("Print the sheet", "Print two sheets", StringComparison.Ordinal));
        await File.WriteAllTextAsync(tests, "tests:\n  it:\n    do: [{ expcet: { closed: won } }]\n");
        var refused = (await store.Engine.PublishAsync("meg", null, default)).Single(r => r.Plan == "call");
        Assert.Contains(refused.Diagnostics, d => d.Code == "PM1801");
        Assert.False(refused.IsNew);

        await File.WriteAllTextAsync(tests, "tests:\n  it:\n    do: [{ expect: { closed: no } }]\n");
        Assert.True((await store.Engine.PublishAsync("meg", null, default)).Single(r => r.Plan == "call").IsNew);
        Assert.Null(store.Rows<PlanRow>().Single(p => p.Id == "call").Problem);
    }

    [Fact]
    public async Task A_plan_that_never_compiled_is_listed_with_its_problem_and_cannot_be_started()
    {
        await using var store = await StoreFixture.OpenAsync();
        store.WritePlan("sketch", "plan: sketch\nname: Sketch\n");
        await store.Engine.PublishAsync(null, null, default);
        Assert.NotNull(store.Rows<PlanRow>().Single(p => p.Id == "sketch").Problem);
        var refused = Assert.IsType<CommandResult.Refused>(await store.Engine.StartAsync(new StartProject("sketch"), "x", "ann", default));
        Assert.Equal(Refusal.NotFound, refused.Reason);
    }

    [Fact]
    public async Task Without_publishing_plans_organisation_and_calendars_are_those_of_the_database()
    {
        await using var store = await StoreFixture.OpenAsync();
        await store.Engine.DisposeAsync();
        System.IO.Directory.Delete(store.Definitions, recursive: true);
        await store.StartEngineAsync(o => o.Publish = false);
        Assert.Equal("Test House", store.Engine.Organisation?.Name);
        Assert.Contains("office", store.Engine.Calendars.Keys);
        await store.StartAsync();
    }

    [Fact]
    public async Task A_file_that_changes_while_the_engine_runs_is_published_by_itself()
    {
        await using var store = await StoreFixture.OpenAsync();
        using var stop = new CancellationTokenSource();
        var running = store.Engine.RunAsync(stop.Token);
        store.WritePlan("call", StorePlans.Call.Replace("name: Call back", "name: Ring back", StringComparison.Ordinal));
        while (store.Engine.PlanInForce("call")!.Name != "Ring back")
        {
            store.Clock.Pass(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task A_publication_that_fails_half_way_leaves_the_old_version_in_force()
    {
        await using var store = await StoreFixture.OpenAsync();
        store.WritePlan("call", StorePlans.Call.Replace("Print the sheet", "Print two sheets", StringComparison.Ordinal));
        var before = store.Dump();
        for (var n = 1; ; n++)
        {
            var left = n;
            store.Engine.OnStatement = _ => { if (--left == 0) { throw new IOException("injected"); } };
            try
            {
                await store.Engine.PublishAsync(null, null, default);
                break;
            }
            catch (Exception e) when (e is IOException or Engine.Store.EngineUnavailableException)
            {
                store.Engine.OnStatement = null;
                Assert.Equal(before, store.Dump());
                Assert.Contains("Print the sheet", store.Engine.PlanInForce("call")!.FindStep("sheet")!.Name, StringComparison.Ordinal);
            }
        }

        Assert.Equal(4, store.Rows<PlanVersionRow>().Count);
    }
}
