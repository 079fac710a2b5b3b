using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Flow.Versions;
using Xunit;

namespace ProcessManager.Tests.Store;

public sealed class MoveTests
{
    private const string One = """
        plan: move
        name: Move
        type: sales
        roles:
          boss: { label: Boss }
        stages:
          first:
            name: First
            probability: 10
            steps:
              call:
                task: Call {{title}} back
                due: 2 days
                remind: [at due, 3 hours after opened]
              print: { task: Print the sheet }
        """;

    /// <summary>Call is renamed with its stage, print is gone, log is new.</summary>
    private const string Two = """
        plan: move
        name: Move
        type: sales
        roles:
          chief: { label: Chief, was: boss }
        stages:
          start:
            was: first
            name: First
            probability: 25
            steps:
              ring:
                was: call
                task: Call {{title}} back
                due: 2 days
                remind: [at due]
              log: { task: Log it }
        """;

    [Fact]
    public async Task A_moved_project_runs_on_the_new_version_with_its_work_under_the_new_names()
    {
        await using var store = await OpenAsync();
        var project = (await store.StartAsync("move")).Project;
        await store.DoAsync(project, new Command.SetRole("boss", ["meg"]) { Actor = "ann" });
        var version = await PublishAsync(store, Two);
        var preview = await PreviewAsync(store, version, project);
        var done = Assert.IsType<MoveResult.Done>(await MoveAsync(store, version, project));
        Assert.Equal(((MovePreview.Possible)preview.Move).Differences.AsEnumerable(), done.Differences.AsEnumerable());

        var view = (await store.Engine.FindProjectAsync(project, default))!;
        Assert.Equal((2, "start", 25), (view.PlanNumber, view.Row.Stage, view.Row.Probability));
        Assert.Equal(ProjectStateJson.Write(((MovePreview.Possible)preview.Move).State), view.Row.State);
        Assert.Equal(
            [("ring", TaskPhase.Open), ("print", TaskPhase.Cancelled), ("log", TaskPhase.Open)],
            store.Rows<TaskRow>().OrderBy(t => t.Number).Select(t => (t.Step, t.State)));
        var moved = store.History(project).Single(h => h.Kind == "PlanMoved");
        Assert.Equal(("1", "2", "meg"), (moved.Before, moved.After, moved.Actor));
        Assert.Equal("Meg Lake moved the project from version 1 of its plan to version 2: because", HistorySentence.Of(moved, view.Plan, store.People.Directory));
        Assert.Empty(await store.VerifyAsync());

        await store.DoAsync(project, StoreFixture.Complete(1));
        await store.PassAsync(TimeSpan.FromDays(3));
        await store.DoAsync(project, StoreFixture.Complete(3));
        Assert.NotNull(store.Rows<ProjectRow>().Single(p => p.Id == project).Result);
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task Undo_puts_back_exactly_what_was_as_long_as_nothing_has_happened_since()
    {
        await using var store = await OpenAsync();
        var project = (await store.StartAsync("move")).Project;
        await store.DoAsync(project, new Command.SetRole("boss", ["meg"]) { Actor = "ann" });
        var version = await PublishAsync(store, Two);
        var (state, tasks, timers, people) = (Row(store, project).State, Texts(store.Rows<TaskRow>()), Texts(store.Rows<WorkRow>().Where(w => w.Kind == WorkKind.Timer)), Texts(store.Rows<ParticipantRow>()));
        Assert.IsType<MoveResult.Done>(await MoveAsync(store, version, project));
        Assert.NotEqual(state, Row(store, project).State);

        Assert.IsType<MoveResult.Done>(await UndoAsync(store, project));
        Assert.Equal(state, Row(store, project).State);
        Assert.Equal(tasks, Texts(store.Rows<TaskRow>()));
        Assert.Equal(timers, Texts(store.Rows<WorkRow>().Where(w => w.Kind == WorkKind.Timer)));
        Assert.Equal(people, Texts(store.Rows<ParticipantRow>()));
        Assert.Equal(1, (await store.Engine.FindProjectAsync(project, default))!.PlanNumber);
        Assert.Empty(await store.VerifyAsync());
        Assert.Contains("was not moved", Assert.IsType<MoveResult.Refused>(await UndoAsync(store, project)).Message, StringComparison.Ordinal);

        // And it can be moved again, whose undo is refused once something has happened.
        Assert.IsType<MoveResult.Done>(await MoveAsync(store, version, project));
        await store.DoAsync(project, StoreFixture.Complete(1));
        Assert.Contains("Something has happened", Assert.IsType<MoveResult.Refused>(await UndoAsync(store, project)).Message, StringComparison.Ordinal);
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_step_that_was_taken_away_and_comes_back_goes_on_counting_and_what_was_done_is_not_done_again()
    {
        await using var store = await OpenAsync();
        long[] projects = [(await store.StartAsync("move")).Project, (await store.StartAsync("move")).Project];
        await store.DoAsync(projects[1], StoreFixture.Complete(2));
        var (two, one) = (await PublishAsync(store, Two), store.Engine.Versions.Find("move", 1)!.Value);
        foreach (var version in (long[])[two, one, two, one])
        {
            foreach (var project in projects) { Assert.IsType<MoveResult.Done>(await MoveAsync(store, version, project)); }
        }

        Assert.Equal([1, 2, 3], store.Rows<TaskRow>().Where(t => t.ProjectId == projects[0] && t.Step == "print").OrderBy(t => t.Number).Select(t => t.Occurrence));
        Assert.Equal(TaskPhase.Done, Assert.Single(store.Rows<TaskRow>(), t => t.ProjectId == projects[1] && t.Step == "print").State);
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_move_that_sent_a_mail_cannot_be_undone()
    {
        await using var store = await OpenAsync();
        var project = (await store.StartAsync("move")).Project;
        var version = await PublishAsync(store, One + "\n      hello: { email: welcome, to: ada@example.org }");
        Assert.IsType<MoveResult.Done>(await MoveAsync(store, version, project));
        Assert.Contains("it sent a mail", Assert.IsType<MoveResult.Refused>(await UndoAsync(store, project)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_maps_cleanly_is_moved_where_that_is_asked_and_a_batch_is_undone_as_one()
    {
        await using var store = await OpenAsync();
        long[] projects = [(await store.StartAsync("move")).Project, (await store.StartAsync("move")).Project, (await store.StartAsync("move")).Project];
        await store.DoAsync(projects[1], StoreFixture.Complete(2));
        var version = await PublishAsync(store, Two);
        Assert.Equal(projects, store.Engine.Versions.ProjectsElsewhere("move", 2));

        List<MoveResult> results = [];
        await foreach (var result in store.Engine.Versions.MoveAsync(version, projects, Order(clean: true), default)) { results.Add(result); }
        Assert.Equal([false, true, false], results.Select(r => r is MoveResult.Done));
        Assert.Contains("“Print the sheet” is cancelled", ((MoveResult.Refused)results[0]).Message, StringComparison.Ordinal);
        Assert.Equal([projects[1]], store.Engine.Versions.ProjectsOf("batch"));
        Assert.Equal([projects[0], projects[2]], store.Engine.Versions.ProjectsElsewhere("move", 2));
        await foreach (var result in store.Engine.Versions.UndoAsync(store.Engine.Versions.ProjectsOf("batch"), "meg", default)) { Assert.IsType<MoveResult.Done>(result); }
        Assert.Empty(store.Engine.Versions.ProjectsOf("batch"));
        Assert.Equal(3, store.Engine.Versions.ProjectsElsewhere("move", 2).Count);
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_version_knows_its_author_its_note_and_the_commit_of_its_folder()
    {
        await using var store = await OpenAsync();
        const string commit = "0123456789abcdef0123456789abcdef01234567";
        var git = System.IO.Directory.CreateDirectory(Path.Combine(store.Folder, ".git", "refs", "heads"));
        await File.WriteAllTextAsync(Path.Combine(store.Folder, ".git", "HEAD"), "ref: refs/heads/main\n");
        await File.WriteAllTextAsync(Path.Combine(git.FullName, "main"), commit + "\n");
        await PublishAsync(store, Two);
        var version = store.Rows<PlanVersionRow>().Single(v => v is { Plan: "move", Number: 2 });
        Assert.Equal(("meg", "two", commit), (version.PublishedBy, version.Note, version.Commit));
    }

    [Fact]
    public async Task Publishing_with_a_move_is_refused_where_it_does_not_say_where_work_goes_and_moves_what_loses_nothing_otherwise()
    {
        await using var store = await OpenAsync();
        var project = (await store.StartAsync("move")).Project;
        store.WritePlan("move", Two);
        var refused = (await store.Engine.Versions.PublishAndMoveAsync(Order(), despiteTests: false, default)).Single(r => r.Published.Plan == "move");
        Assert.False(refused.Published.IsNew);
        Assert.Contains(refused.Published.Diagnostics, d => d.Message.Contains("stands at the step “print”, which is gone", StringComparison.Ordinal));
        Assert.Equal(1, (await store.Engine.FindProjectAsync(project, default))!.PlanNumber);

        store.WritePlan("move", Two.Replace("log: { task: Log it }", "log: { task: Log it }\nretired: { print: log }", StringComparison.Ordinal));
        var published = (await store.Engine.Versions.PublishAndMoveAsync(Order(), despiteTests: false, default)).Single(r => r.Published.Plan == "move");
        Assert.IsType<MoveResult.Done>(Assert.Single(published.Moves));
        Assert.Equal(["ring", "log"], store.Rows<TaskRow>().OrderBy(t => t.Number).Select(t => t.Step));
        Assert.Empty(await store.VerifyAsync());
    }

    private static async Task<StoreFixture> OpenAsync()
    {
        var store = await StoreFixture.OpenAsync();
        store.WritePlan("move", One);
        Assert.Contains(await store.Engine.PublishAsync(null, null, default), r => r is { Plan: "move", IsNew: true });
        return store;
    }

    private static async Task<long> PublishAsync(StoreFixture store, string plan)
    {
        store.WritePlan("move", plan);
        var result = (await store.Engine.PublishAsync("meg", "two", default)).Single(r => r.Plan == "move");
        Assert.True(result.IsNew, string.Join('\n', result.Diagnostics));
        return store.Engine.Versions.Find("move", result.Version!.Value)!.Value;
    }

    private static MoveOrder Order(bool clean = false) => new("meg", "because", "batch", clean);

    private static async Task<MoveResult> MoveAsync(StoreFixture store, long version, long project)
    {
        await foreach (var result in store.Engine.Versions.MoveAsync(version, [project], Order(), default)) { return result; }
        throw new InvalidOperationException();
    }

    private static async Task<MoveResult> UndoAsync(StoreFixture store, long project)
    {
        await foreach (var result in store.Engine.Versions.UndoAsync([project], "meg", default)) { return result; }
        throw new InvalidOperationException();
    }

    private static async Task<ProjectMovePreview> PreviewAsync(StoreFixture store, long version, long project)
    {
        await foreach (var preview in store.Engine.Versions.PreviewAsync(version, [project], default)) { return preview; }
        throw new InvalidOperationException();
    }

    private static ProjectRow Row(StoreFixture store, long project) => store.Rows<ProjectRow>().Single(p => p.Id == project);

    /// <summary>Rows as text, without the id that a row gets when it is written anew.</summary>
    private static List<string> Texts<T>(IEnumerable<T> rows) =>
        [.. rows.Select(r => string.Join(" ", typeof(T).GetProperties().Where(p => typeof(T) != typeof(WorkRow) || p.Name != "Id").Select(p => $"{p.Name}={p.GetValue(r)}"))).Order(StringComparer.Ordinal)];
}
