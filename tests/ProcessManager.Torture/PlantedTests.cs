using System.Text;
using Microsoft.Data.Sqlite;
using ProcessManager.Torture.Hosting;
using ProcessManager.Torture.Load;
using Xunit;
using Xunit.Abstractions;

namespace ProcessManager.Torture;

/// <summary>A short run that ended well, to plant mistakes into copies of.</summary>
public sealed class SoundRun : IAsyncLifetime
{
    internal CrashRun Run { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        Run = await CrashRun.RunAsync(1, 4711, TimeSpan.FromSeconds(7), _ => { }, patience.Token);
    }

    public Task DisposeAsync()
    {
        Run?.Dispose();
        return Task.CompletedTask;
    }
}

/// <summary>The checker finds what it is there to find: each kind of loss, double and haste, planted into a sound file.</summary>
public sealed class PlantedTests(SoundRun sound, ITestOutputHelper output) : IClassFixture<SoundRun>
{
    private const string SomeReminder = "(select id from alerts where cause = 1 order by id limit 1)";
    private const string SomeCommand = "(select id from commands where version > 1 order by at limit 1)";
    private const string LastProject = "(select max(project_id) from commands)";

    [Fact]
    public async Task A_sound_run_has_no_findings()
    {
        var findings = await sound.Run.CheckAsync(CancellationToken.None);

        foreach (var finding in findings) { output.WriteLine(finding); }
        Assert.Empty(findings);
        Assert.Empty(sound.Run.Complaints);
    }

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "a command is forgotten", $"delete from commands where id = {SomeCommand}", "was acknowledged, but it is not there" },
        { "a command has another result", $"update commands set version = version + 1 where id = {SomeCommand}", "but stored as" },
        { "a command nobody sent", "insert into commands select 'key-ghost', project_id, version, fingerprint, new_tasks, at from commands limit 1", "nobody sent" },
        { "what a command did is undone", "delete from history where (project_id, seq) = (select project_id, seq from history where kind = 'TaskSettled' and cause = 'Complete' order by at limit 1)", "does not hold what it did" },
        { "a project is lost", $"pragma foreign_keys = off; delete from projects where id = {LastProject}; delete from tasks where project_id = {LastProject}; delete from history where project_id = {LastProject}; delete from alerts where project_id = {LastProject}; delete from commands where project_id = {LastProject}", "was acknowledged, but it is not there" },
        { "the last commit is lost", $"delete from history where (project_id, version) = (select project_id, version from commands order by at desc limit 1)", "does not hold what it did" },
        { "a change by nobody", "update history set version = version + 1000 where kind = 'FieldChanged' and cause = 'SetFields'", "is of no command" },
        { "a remark is written twice", "insert into history select project_id, 100000 + seq, version, at, kind, cause, actor, on_behalf_of, step, task, before, after, data, why, hash from history where data like '%remark%' limit 1", "was written 2 times" },
        { "a project is started twice", "update projects set title = (select title from projects order by id limit 1) where id = (select id from projects order by id limit 1 offset 1)", "was started 2 times" },
        { "somebody else settled it", "update tasks set settled_by = 'mallory' where id = (select id from tasks where state = 1 order by id limit 1)", "does not hold what it did" },
        { "a settled task is open again", "update tasks set state = 0, settled_at = null where id = (select id from tasks where state = 1 order by id limit 1)", "its row is open, but the state does not have it open" },
        { "a successor is missing", "delete from tasks where id = (select id from tasks where step = 'left' order by id limit 1)", "left has tasks" },
        { "a successor came twice", "insert into tasks select id + 1000000, project_id, number + 1000, step, visit, occurrence + 1, member, kind, title, project_title, instructions, assignee, \"group\", due, due_by_hand, inbox_order, priority, state, outcome, opened_at, settled_at, settled_by from tasks where step = 'right' limit 1", "right has tasks" },
        { "a successor is missing from the history too", "delete from tasks where id = (select id from tasks where step = 'left' order by id limit 1); delete from history where (project_id, seq) = (select project_id, seq from history where step = 'left' and kind = 'TaskOpened' order by project_id limit 1)", "left was opened 0 times instead of 1" },
        { "a reminder is lost", $"delete from alerts where id = {SomeReminder}", "is not there" },
        { "a reminder never came", "delete from alerts where task_id = (select t.id from tasks t join alerts a on a.task_id = t.id and a.cause = 1 where t.state = 0 limit 1); delete from history where kind = 'AlertRaised' and json_extract(data, '$.cause') = 'Reminder'", "its reminder never came" },
        { "a reminder came twice", $"insert into alerts select id + 1000000, key || '/again', project_id, task_id, recipient, sender, cause, text, acknowledge, raised_at, seen_at, acknowledged_at from alerts where id = {SomeReminder}", "was reminded 2 times" },
        { "a reminder came early", $"update alerts set raised_at = raised_at - 3600000 where id = {SomeReminder}", "before its time" },
        { "a reminder came early, and the history says so", "update history set at = at - 3600000 where kind = 'AlertRaised' and json_extract(data, '$.cause') = 'Reminder'", "its reminder came before its time" },
        { "a timer fired early", "update history set at = at - 3600000 where kind = 'TimerFired'", "fired before its time" },
        { "a wait ended early", "update history set at = at - 3600000 where kind = 'StepSettled' and step = 'pause'", "its pause ended before its time" },
        { "an alert by nobody", "update alerts set key = 'ghost/' || key where cause = 0", "nothing raised the alert" },
        { "history is edited", "update history set after = 'somebody' where (project_id, seq) = (select project_id, seq from history where kind = 'TaskAssigned' limit 1)", "its hash does not fit" },
        { "history loses a row", "delete from history where project_id = 1 and seq = 2", "a row is missing before it" },
        { "history loses its end", "delete from history where project_id = 1 and seq = (select max(seq) from history where project_id = 1)", "its last row should be" },
        { "history is reordered", "update history set seq = -1 where project_id = 1 and seq = 2; update history set seq = 2 where project_id = 1 and seq = 3; update history set seq = 3 where project_id = 1 and seq = -1", "its hash does not fit" },
        { "a mail is lost", "delete from mails where id = (select min(id) from mails)", "the mail that it asks for is not there" },
        { "a mail waits for ever", "update mails set state = 0, sent_at = null where id = (select min(id) from mails)", "it waits in the outbox, but no work sends it" },
        { "a mail by nobody", "update mails set key = 'ghost' where id = (select min(id) from mails)", "the history does not ask for it" },
        { "work was left lying", "insert into work (kind, key, project_id, due, state, attempt, fence) values (0, 'timer/1/ghost', 1, 1000, 0, 0, 0)", "is still waiting" },
        { "a timer of no state", "insert into work (kind, key, project_id, due, state, attempt, fence) values (0, 'timer/1/ghost', 1, 1000, 0, 0, 0)", "the state has no timer" },
        { "a lease outlived its host", "insert into work (kind, key, project_id, due, state, attempt, fence, lease_owner, lease_until) values (0, 'timer/1/ghost', 1, 1000, 0, 0, 1, 'gone', 1000)", "ended long ago" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_planted_mistake_is_found(string what, string sql, string words)
    {
        using var copy = sound.Run.Installation.Copy();
        Assert.True(Plant(copy, sql) > 0, $"Nothing was planted for: {what}.");

        var findings = await Checks.Checker.CheckAsync(copy, sound.Run.Ledger.Entries, CancellationToken.None);

        Assert.Contains(findings, f => f.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_acknowledged_command_that_never_reached_the_file_is_found()
    {
        var promised = new Entry("never", "ann", CommandKind.Remark, "/api/v1/projects/1/fields", "{}", 1, null, "promised") { Answers = [new Answer(200, 1, 999, [], false, null)] };

        Assert.Contains(await FindAsync([.. sound.Run.Ledger.Entries, promised]), f => f.Contains("was acknowledged, but it is not there", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_task_that_two_people_were_told_to_have_completed_is_found()
    {
        var first = sound.Run.Ledger.Entries.First(e => e is { Kind: CommandKind.Complete, Accepted: not null });

        Assert.Contains(await FindAsync([.. sound.Run.Ledger.Entries, first with { Person = "mallory" }]), f => f.Contains("was completed by", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_command_that_was_carried_out_is_found()
    {
        var first = sound.Run.Ledger.Entries.First(e => e.Accepted is not null);

        Assert.Contains(
            await FindAsync([.. sound.Run.Ledger.Entries.Skip(1), first with { Answers = [new Answer(409, 0, 0, [], false, "no")] }]),
            f => f.Contains("was refused, but it was carried out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_command_that_was_answered_in_two_ways_is_found()
    {
        var first = sound.Run.Ledger.Entries.First(e => e.Accepted is not null);
        var other = first with { Answers = [.. first.Answers, first.Accepted! with { Version = 999 }] };

        Assert.Contains(await FindAsync([other]), f => f.Contains("was answered in two ways", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lost_a_doubled_and_an_unasked_mail_are_found()
    {
        using var copy = sound.Run.Installation.Copy();
        var files = Directory.GetFiles(copy.Mails, "*.eml");
        Assert.True(files.Length > 2, "The run sent too few mails.");
        File.Delete(files[0]);
        File.Copy(files[1], Path.Combine(copy.Mails, "again.eml"));
        await File.WriteAllTextAsync(Path.Combine(copy.Mails, "odd.eml"), "Message-ID: <odd@localhost>\n\n");

        var findings = await Checks.Checker.CheckAsync(copy, sound.Run.Ledger.Entries, CancellationToken.None);

        Assert.Single(findings, f => f.Contains("was not delivered", StringComparison.Ordinal));
        Assert.Single(findings, f => f.Contains("was delivered 2 times", StringComparison.Ordinal));
        Assert.Single(findings, f => f.Contains("nobody asked for the mail", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_page_is_found()
    {
        using var copy = sound.Run.Installation.Copy();
        await using (var file = new FileStream(copy.Database, FileMode.Open))
        {
            file.Position = (file.Length / 4096 / 2 * 4096) + 100;
            await file.WriteAsync(Encoding.ASCII.GetBytes(new string('x', 3000)));
        }

        Assert.Contains(await Checks.Checker.CheckAsync(copy, sound.Run.Ledger.Entries, CancellationToken.None), f => f.StartsWith("I6", StringComparison.Ordinal));
    }

    private Task<IReadOnlyList<string>> FindAsync(IReadOnlyList<Entry> ledger) => Checks.Checker.CheckAsync(sound.Run.Installation, ledger, CancellationToken.None);

    private static int Plant(Installation copy, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={copy.Database};Pooling=False;Foreign Keys=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }
}
