using System.Collections.Immutable;
using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Store;

/// <summary>Members, messages, notices and added tasks on their way into the rows: what is stored is what the flow says, at every stop.</summary>
public sealed class FlowRowsTests
{
    private const string Plan = """
        plan: crowd
        name: Crowd
        type: sales
        fields:
          choice: { kind: text }
        roles:
          crew: { label: Crew }
        stages:
          only:
            name: Only
            probability: 0
            steps:
              each:
                task: "For {{item}}"
                each: role:crew
                due: 1 day
                remind: [at due]
                expire: { after: 9 days, outcome: no }
                notify: { opened: owner, claimed: owner, overdue: owner, done: owner }
                outcomes: [yes, no]
              reply: { receive: replied, form: [choice], after: each, expire: { after: 1 day, outcome: timed-out } }
              end: { task: End, assign: owner, after: reply, outcomes: { fine: , again: { redo: each } } }
        """;

    [Fact]
    public async Task A_life_with_members_messages_notices_and_added_tasks_is_stored_as_it_is()
    {
        await using var store = await StoreFixture.OpenAsync();
        store.WritePlan("crowd", Plan);
        await store.RestartAsync();
        var roles = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("crew", ["ann", "bob"]);
        var project = (await store.StartAsync("crowd", start: new StartProject("crowd") { Roles = roles })).Project;
        Func<Task>[] life =
        [
            () => store.DoAsync(project, new Command.AddTask("More to do", "Please", null, "sales", null, Priority.High) { Actor = "ann" }),
            () => store.DoAsync(project, new Command.SetRole("crew", ["bob"]) { Actor = "ann" }),
            () => store.DoAsync(project, new Command.SetRole("crew", ["bob", "ann", "meg"]) { Actor = "ann" }),
            () => store.DoAsync(project, new Command.Receive("replied", "m1", ImmutableSortedDictionary<string, object?>.Empty.Add("choice", "red"))),
            () => store.DoAsync(project, new Command.PutOnHold("Holidays") { Actor = "ann" }),
            () => store.DoAsync(project, new Command.Resume { Actor = "ann" }),
            () => store.PassAsync(TimeSpan.FromDays(2)),
            () => store.DoAsync(project, new Command.SetOwner("bob") { Actor = "ann" }),
            () => CompleteAllAsync(store, project, "each", "yes"),
            () => CompleteAllAsync(store, project, "end", "again"),
            () => store.PassAsync(TimeSpan.FromDays(20)),
            () => store.DoAsync(project, new Command.Close(CloseResult.Cancelled, null, null) { Actor = "ann" }),
            () => { store.Clock.Pass(TimeSpan.FromHours(1)); return store.DoAsync(project, new Command.ReopenProject(null, "they called") { Actor = "ann" }); },
            () => store.RestartAsync(),
            () => store.PassAsync(TimeSpan.FromDays(2)),
            () => CompleteAllAsync(store, project, "", null),
            () => CompleteAllAsync(store, project, "end", "fine"),
        ];
        Assert.Empty(await store.VerifyAsync());
        for (var step = 0; step < life.Length; step++)
        {
            await life[step]();
            var findings = await store.VerifyAsync();
            Assert.True(findings.IsEmpty, $"after step {step}: {string.Join("; ", findings)}");
        }

        Assert.Equal(CloseResult.Won, (await store.Engine.FindProjectAsync(project, StoreFixture.None))!.State.Closed);
        Assert.Equal(2, store.Rows<TaskRow>().Count(t => t.Step == "each" && t.Occurrence == 1 && t.Member.StartsWith("ann", StringComparison.Ordinal)));
        Assert.Equal(["More to do", "More to do"], store.Rows<TaskRow>().Where(t => t.Step.Length == 0).Select(t => t.Title));
        Assert.Contains(store.Rows<AlertRow>(), a => a.Cause == AlertCause.Notice && a.Text.StartsWith("For Meg Lake: was due", StringComparison.Ordinal));
    }

    private static async Task CompleteAllAsync(StoreFixture store, long project, string step, string? outcome)
    {
        foreach (var task in store.Rows<TaskRow>().Where(t => t.ProjectId == project && t.Step == step && t.State == TaskPhase.Open))
        {
            await store.DoAsync(project, StoreFixture.Complete(task.Number, outcome, task.Assignee ?? "ann"));
        }
    }
}
