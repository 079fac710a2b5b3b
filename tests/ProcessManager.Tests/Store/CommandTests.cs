using System.Collections.Immutable;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine;
using ProcessManager.Engine.Store;
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
        Assert.Equal(StoreFixture.Monday.AddDays(1), task.Due);
        Assert.All(store.Rows<WorkRow>(), w => Assert.Equal(WorkKind.Timer, w.Kind));
        Assert.NotEmpty(store.Rows<WorkRow>());
        Assert.Equal("ProjectStarted", store.History(started.Project)[0].Kind);
        Assert.Equal(["ann", "bob"], store.Rows<ParticipantRow>().Select(p => p.Person).Order());
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task Completing_a_task_opens_what_follows_and_says_why()
    {
        await using var store = await StoreFixture.OpenAsync();
        var project = (await store.StartAsync()).Project;
        var done = await store.DoAsync(project, StoreFixture.Complete(1, "interested"));
        Assert.Equal(2, done.NewTasks.Length);
        var tasks = store.Rows<TaskRow>();
        Assert.Equal((TaskPhase.Done, "interested", "ann"), (tasks[0].State, tasks[0].Outcome, tasks[0].SettledBy));
        Assert.Equal(["quote", "sheet"], tasks.Skip(1).Select(t => t.Step).Order());
        var settled = Assert.Single(store.History(project), h => h.Kind == "TaskSettled");
        Assert.Equal("Ann Field completed ‘Call Call back back’ with outcome interested", Sentence(store, settled));
        var opened = Assert.Single(store.History(project), h => h is { Kind: "TaskOpened", Step: "quote" });
        Assert.Contains("\"rule\"", opened.Why, StringComparison.Ordinal);
        Assert.Contains("plan.yaml", opened.Why, StringComparison.Ordinal);
        Assert.Contains("\"version\":1", opened.Why, StringComparison.Ordinal);
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_project_runs_to_its_end_and_leaves_nothing_waiting()
    {
        await using var store = await StoreFixture.OpenAsync();
        var project = (await store.StartAsync()).Project;
        await store.DoAsync(project, StoreFixture.Complete(1, "interested"));
        foreach (var task in store.Rows<TaskRow>().Where(t => t.State == TaskPhase.Open).ToList())
        {
            await store.DoAsync(project, StoreFixture.Complete(task.Number));
        }

        Assert.Equal(60, Assert.Single(store.Rows<ProjectRow>()).Probability);
        await store.DoAsync(project, StoreFixture.Complete(4));
        var row = Assert.Single(store.Rows<ProjectRow>());
        Assert.Equal((Language.CloseResult.Won, 100, 0), (row.Result, row.Probability, row.OpenTasks));
        Assert.Empty(store.Rows<WorkRow>());
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_repeated_command_id_is_answered_by_the_first_result_also_after_a_restart()
    {
        await using var store = await StoreFixture.OpenAsync();
        var first = (CommandResult.Accepted)await store.Engine.StartAsync(new StartProject("call"), "start-1", "ann", default);
        var again = (CommandResult.Accepted)await store.Engine.StartAsync(new StartProject("call"), "start-1", "ann", default);
        Assert.Equal((first.Project, first.Version, true), (again.Project, again.Version, again.Repeated));
        var command = StoreFixture.Complete(1, "interested");
        var done = (CommandResult.Accepted)await store.Engine.SendAsync(first.Project, command, "done-1", default);
        await store.RestartAsync();
        var later = (CommandResult.Accepted)await store.Engine.SendAsync(first.Project, command, "done-1", default);
        Assert.True(later.Repeated);
        Assert.Equal(done.NewTasks.ToArray(), later.NewTasks.ToArray());
        Assert.Equal(3, store.Rows<TaskRow>().Count);
        Assert.Single(store.Rows<ProjectRow>());
    }

    [Fact]
    public async Task A_command_id_used_for_something_else_is_refused()
    {
        await using var store = await StoreFixture.OpenAsync();
        var project = (await store.StartAsync()).Project;
        await store.Engine.SendAsync(project, StoreFixture.Complete(1, "interested"), "one", default);
        var other = await store.Engine.SendAsync(project, StoreFixture.Complete(1, "no"), "one", default);
        Assert.Equal(Refusal.Invalid, Assert.IsType<CommandResult.Refused>(other).Reason);
        var empty = await store.Engine.SendAsync(project, StoreFixture.Complete(2), "", default);
        Assert.Equal(Refusal.Invalid, Assert.IsType<CommandResult.Refused>(empty).Reason);
        var tooLong = await store.Engine.SendAsync(project, StoreFixture.Complete(2), new string('x', 101), default);
        Assert.Equal(Refusal.Invalid, Assert.IsType<CommandResult.Refused>(tooLong).Reason);
    }

    [Fact]
    public async Task A_refusal_changes_nothing_and_the_same_id_may_be_tried_again()
    {
        await using var store = await StoreFixture.OpenAsync();
        var project = (await store.StartAsync()).Project;
        var before = store.Dump();
        var refused = await store.Engine.SendAsync(project, StoreFixture.Complete(1, "nonsense"), "try", default);
        Assert.IsType<CommandResult.Refused>(refused);
        Assert.Equal(before, store.Dump());
        Assert.IsType<CommandResult.Accepted>(await store.Engine.SendAsync(project, StoreFixture.Complete(1, "interested"), "try", default));
    }

    [Fact]
    public async Task Unknown_projects_and_plans_are_refused_in_words()
    {
        await using var store = await StoreFixture.OpenAsync();
        Assert.Equal("There is no project 99.", Assert.IsType<CommandResult.Refused>(await store.SendAsync(99, new Command.Resume())).Message);
        var start = await store.Engine.StartAsync(new StartProject("nowhere"), "x", "ann", default);
        Assert.Equal(Refusal.NotFound, Assert.IsType<CommandResult.Refused>(start).Reason);
        var contact = await store.Engine.StartAsync(new StartProject("call") { Prospect = 77 }, "y", "ann", default);
        Assert.Equal(Refusal.NotFound, Assert.IsType<CommandResult.Refused>(contact).Reason);
    }

    [Fact]
    public async Task Of_two_who_complete_a_task_at_once_one_is_told_what_the_other_did()
    {
        await using var store = await StoreFixture.OpenAsync();
        for (var i = 0; i < 10; i++)
        {
            var project = (await store.StartAsync()).Project;
            var results = await Task.WhenAll(
                Task.Run(() => store.SendAsync(project, StoreFixture.Complete(1, "interested"))),
                Task.Run(() => store.SendAsync(project, StoreFixture.Complete(1, "interested"))));
            Assert.Single(results.OfType<CommandResult.Accepted>());
            var refused = Assert.Single(results.OfType<CommandResult.Refused>());
            Assert.Equal(Refusal.Conflict, refused.Reason);
            Assert.Contains("Ann Field", refused.Message, StringComparison.Ordinal);
        }

        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task Many_callers_at_once_share_commits_and_each_gets_its_own_answer()
    {
        await using var store = await StoreFixture.OpenAsync();
        var commits = 0;
        store.Engine.OnStatement = sql => { if (sql == "commit") { Interlocked.Increment(ref commits); } };
        var started = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => store.StartAsync())));
        Assert.Equal(200, started.Select(s => s.Project).Distinct().Count());
        Assert.True(commits < 200, $"{commits} commits for 200 commands");
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_failure_at_any_statement_leaves_nothing_of_the_command()
    {
        await using var store = await StoreFixture.OpenAsync();
        var project = (await store.StartAsync()).Project;
        var before = store.Dump();
        var failures = 0;
        for (var n = 1; ; n++)
        {
            var left = n;
            store.Engine.OnStatement = sql => { if (--left == 0) { throw new IOException($"injected at {sql}"); } };
            try
            {
                await store.Engine.SendAsync(project, StoreFixture.Complete(1, "interested"), "the one", default);
                break;
            }
            catch (Exception e) when (e is IOException or EngineUnavailableException)
            {
                failures++;
                store.Engine.OnStatement = null;
                Assert.Equal(before, store.Dump());
            }
        }

        Assert.True(failures > 12, $"only {failures} statements could fail");
        Assert.Equal(3, store.Rows<TaskRow>().Count);
        store.Engine.OnStatement = null;
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task One_that_fails_does_not_spoil_the_commit_of_the_others()
    {
        await using var store = await StoreFixture.OpenAsync();
        var bad = store.Engine.WriteAsync<int>((session, _) =>
        {
            using var insert = session.CreateCommand("insert into rotations (\"group\", next) values ('x', 1)");
            insert.ExecuteNonQuery();
            throw new InvalidOperationException("no");
        }, default);
        var good = store.StartAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        await good;
        Assert.Empty(store.Rows<RotationRow>());
        Assert.Single(store.Rows<ProjectRow>());
    }

    [Fact]
    public async Task A_contact_and_its_project_are_written_together_or_not_at_all()
    {
        await using var store = await StoreFixture.OpenAsync();
        var ada = new NewContact(ContactKind.Individual, "Ada Lovelace") { Emails = ["ada@example.com"], City = "London" };
        var start = new StartProject("call") { NewProspect = ContactBook.Adding(ada) };
        var project = (await store.StartAsync(start: start)).Project;
        var contact = Assert.Single(store.Rows<ContactRow>());
        var row = Assert.Single(store.Rows<ProjectRow>());
        Assert.Equal((contact.Id, "Ada Lovelace – Call back"), (row.ProspectId, row.Title));

        var before = store.Dump();
        var missing = start with
        {
            NewProspect = ContactBook.Adding(ada with { Emails = ["other@example.com"] }),
            Fields = ImmutableSortedDictionary<string, object?>.Empty.Add("no-such-field", "x"),
        };
        Assert.IsType<CommandResult.Refused>(await store.Engine.StartAsync(missing, "m", "ann", default));
        Assert.Equal(before, store.Dump());

        var taken = await store.Engine.StartAsync(start, "t", "ann", default);
        Assert.Contains("Ada Lovelace", Assert.IsType<CommandResult.Refused>(taken).Message, StringComparison.Ordinal);
        Assert.Equal(before, store.Dump());
        Assert.Equal(project, row.Id);
    }

    [Fact]
    public async Task A_start_with_a_new_contact_that_is_sent_again_gives_the_first_project()
    {
        await using var store = await StoreFixture.OpenAsync();
        var start = new StartProject("call") { NewProspect = ContactBook.Adding(new NewContact(ContactKind.Individual, "Ada") { Emails = ["ada@example.com"] }) };
        var first = (CommandResult.Accepted)await store.Engine.StartAsync(start, "same", "ann", default);
        var before = store.Dump();
        var again = Assert.IsType<CommandResult.Accepted>(await store.Engine.StartAsync(start, "same", "ann", default));
        Assert.Equal((first.Project, true), (again.Project, again.Repeated));
        var anonymous = new StartProject("call") { NewProspect = ContactBook.Adding(new NewContact(ContactKind.Family, "Hill")) };
        await store.Engine.StartAsync(anonymous, "other", "ann", default);
        await store.Engine.StartAsync(anonymous, "other", "ann", default);
        Assert.Equal(2, store.Rows<ContactRow>().Count);
        Assert.NotEqual(before, store.Dump());
    }

    [Fact]
    public async Task A_sensitive_field_is_not_in_the_history()
    {
        await using var store = await StoreFixture.OpenAsync();
        var project = (await store.StartAsync()).Project;
        await store.DoAsync(project, new Command.SetFields(ImmutableSortedDictionary<string, object?>.Empty.Add("secret", "canary-4711")) { Actor = "ann" });
        Assert.DoesNotContain(store.History(project), h => $"{h.Before}{h.After}{h.Data}{h.Why}".Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_tasks_follow_the_title_of_their_project()
    {
        await using var store = await StoreFixture.OpenAsync();
        var project = (await store.StartAsync()).Project;
        await store.DoAsync(project, new Command.SetFields(ImmutableSortedDictionary<string, object?>.Empty.Add("title", "Big order").Add("amount", 12.345m)) { Actor = "ann" });
        Assert.Equal("Big order", Assert.Single(store.Rows<TaskRow>()).ProjectTitle);
        var row = Assert.Single(store.Rows<ProjectRow>());
        Assert.Equal(("Big order", 1235L, "EUR"), (row.Title, row.AmountMinor, row.Currency));
        Assert.Equal("Big order", Assert.Single(store.Engine.InboxOf("ann", InboxPlace.Start, 50)).ProjectTitle);
    }

    [Fact]
    public async Task Subscribers_hear_of_a_commit_with_the_people_and_tasks_concerned()
    {
        await using var store = await StoreFixture.OpenAsync();
        using var listening = store.Engine.Live.Subscribe();
        var started = await store.StartAsync();
        Assert.True(listening.Events.TryRead(out var heard));
        Assert.Equal((started.Project, started.NewTasks.Single()), (heard.Project!.Value, heard.Tasks.Single()));
        Assert.Contains("ann", heard.People);
        Assert.Contains("TaskOpened", heard.Kinds);
        await store.SendAsync(started.Project, StoreFixture.Complete(9));
        Assert.False(listening.Events.TryRead(out _));
    }

    [Fact]
    public async Task Groups_share_work_by_turns_and_by_how_busy_people_are()
    {
        await using var store = await StoreFixture.OpenAsync();
        for (var i = 0; i < 4; i++) { await store.StartAsync("alert"); }

        var tasks = store.Rows<TaskRow>();
        Assert.Equal(2, tasks.Count(t => t.Step == "turns" && t.Assignee == "ann"));
        Assert.Equal(4, tasks.Count(t => t.Assignee == "bob"));
        Assert.Equal(4, Assert.Single(store.Rows<RotationRow>()).Next);
    }

    [Fact]
    public async Task People_are_read_again_once_somebody_says_that_they_changed()
    {
        await using var store = await StoreFixture.OpenAsync();
        await store.StartAsync("alert");
        var reads = store.People.Reads;
        await store.StartAsync("alert");
        Assert.Equal(reads, store.People.Reads);
        store.People.Directory = store.People.Directory with
        {
            Groups = store.People.Directory.Groups.SetItem("sales", ["bob"]),
        };
        store.Engine.DirectoryChanged();
        var project = (await store.StartAsync("alert")).Project;
        Assert.All(store.Rows<TaskRow>().Where(t => t.ProjectId == project), t => Assert.Equal("bob", t.Assignee));
    }

    private static string Sentence(StoreFixture store, HistoryRow row) =>
        HistorySentence.Of(row, store.Engine.PlanInForce("call"), store.People.Directory);
}
