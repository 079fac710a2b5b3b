using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using Xunit;

namespace ProcessManager.Tests.Store;

public sealed class CommandTests
{
    [Fact]
    public async Task Starting_a_project_writes_project_tasks_timers_and_history()
    {
        await using var store = await StoreFixture.OpenAsync();
        var started = await store.StartAsync();
        var project = Assert.Single(store.Rows<ProjectRow>());
        Assert.Equal((started.Project, "first", 10, "ann", 1L), (project.Id, project.Stage, project.Probability, project.Owner, project.Version));
        var task = Assert.Single(store.Rows<TaskRow>());
        Assert.Equal((started.NewTasks.Single(), "ann", "call", "task"), (task.Id, task.Assignee, task.Step, task.Kind));
        Assert.NotEmpty(store.Rows<WorkRow>());
        Assert.Equal("ProjectStarted", store.History(started.Project)[0].Kind);
        Assert.Empty(await store.VerifyAsync());
    }
}
