using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;
using ProcessManager.Host.Operations.Backups;
using ProcessManager.Host.Tests.Projects;

namespace ProcessManager.Host.Tests.Operations;

public sealed class BackupTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pm-backups-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private string Restored => Path.Combine(folder, "restored");

    [Fact]
    public async Task A_backup_made_under_load_is_one_moment_that_verifies_and_runs_on()
    {
        await using var office = await Office.Open();
        var project = (await office.Start(contact: Office.Hotel)).Row.Id;
        using (var content = new MemoryStream("an offer"u8.ToArray()))
        {
            var filed = await office.Engine.Documents.FileAsync(new NewDocument(project, "offer.txt", content), "file", "bob", CancellationToken.None);
            Assert.IsType<FiledDocument.Filed>(filed);
        }

        using var stop = new CancellationTokenSource();
        var load = Task.Run(async () =>
        {
            var started = 0;
            for (; !stop.IsCancellationRequested; started++) { await office.Start($"Load {started}"); }

            return started;
        });
        var made = await Make(office.Host);
        var second = await Make(office.Host, "second");
        await stop.CancelAsync();
        Assert.True(await load > 0);
        Assert.True(second.Manifest.Rows["projects"] >= made.Manifest.Rows["projects"]);

        await Restore(made.Folder);
        Assert.True(File.Exists(Path.Combine(Restored, "keys", "outgoing.secret")));
        await using (var db = new SqliteDb(Databases.Sqlite(Path.Combine(Restored, "pm.db"))))
        {
            var findings = await Verifier.VerifyAsync(Path.Combine(Restored, "pm.db"), db.Model, office.Host.Time, CancellationToken.None);
            Assert.Empty(findings);
        }

        await using var copy = await TestHost.Start(data: Restored, time: office.Host.Time);
        var mara = await copy.SignIn("mara", Roles.Manager);
        Assert.Contains("Lake Hotel", (await mara.Page($"/projects/{project}")).Body!.TextContent, StringComparison.Ordinal);
        var document = await copy.Query(db => db.Set<DocumentRow>().AsNoTracking().SingleAsync());
        using var text = new StreamReader(copy.Services.GetRequiredService<ProcessEngine>().Documents.Open(document));
        Assert.Equal("an offer", await text.ReadToEndAsync());
    }

    [Fact]
    public async Task A_restored_copy_sends_nothing_until_an_administrator_lets_it_and_then_everything()
    {
        await using var office = await Office.Open();
        Assert.True(await office.Engine.PauseOutgoingAsync("A test.", CancellationToken.None));
        await office.Start(contact: Office.Hotel);
        var made = await Make(office.Host);
        await Restore(made.Folder);

        await using var copy = await TestHost.Start(data: Restored, time: office.Host.Time);
        var engine = copy.Services.GetRequiredService<ProcessEngine>();
        await engine.RunDueAsync(CancellationToken.None);
        Assert.Equal(MailState.Queued, await State(copy));
        Assert.Contains("restored from a backup", engine.FindOutgoingPause()!.Reason, StringComparison.Ordinal);
        var ada = await copy.SignIn("ada", Roles.Administrator);
        Assert.NotNull((await ada.Page("/tasks")).QuerySelector("#outgoing-paused a"));
        Assert.Null((await (await copy.SignIn("eve")).Page("/tasks")).QuerySelector("#outgoing-paused a"));

        Assert.True(await engine.ResumeOutgoingAsync("ada", CancellationToken.None));
        Assert.False(await engine.ResumeOutgoingAsync("ada", CancellationToken.None));
        await Until(async () =>
        {
            await engine.RunDueAsync(CancellationToken.None);
            return await State(copy) == MailState.Sent;
        });
        Assert.Null((await ada.Page("/tasks")).QuerySelector("#outgoing-paused"));
    }

    [Fact]
    public async Task A_folder_with_data_is_replaced_on_demand_alone_and_kept_aside_and_never_under_a_running_host()
    {
        await using var office = await Office.Open();
        var made = await Make(office.Host);
        Assert.Contains("--replace", await Refusal(made.Folder, office.Host.DataDirectory), StringComparison.Ordinal);
        Assert.Contains("Another Process Manager runs", await Refusal(made.Folder, office.Host.DataDirectory, replace: true), StringComparison.Ordinal);

        Directory.CreateDirectory(Restored);
        await File.WriteAllTextAsync(Path.Combine(Restored, "precious.txt"), "mine");
        Assert.Contains("isn't empty", await Refusal(made.Folder, Restored), StringComparison.Ordinal);
        var done = Assert.IsType<RestoreResult.Restored>(await Host.Operations.Backups.Restore.RunAsync(made.Folder, Restored, true, TimeProvider.System, CancellationToken.None));
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(done.Aside!, "precious.txt")));
        Assert.True(File.Exists(Path.Combine(Restored, "pm.db")));
    }

    [Theory]
    [InlineData("a byte of the database", "pm.db is not what was backed up")]
    [InlineData("a key", "outgoing.secret is missing")]
    [InlineData("the manifest", "is no backup")]
    [InlineData("a path outside", "names files outside")]
    [InlineData("a newer schema", "made by a newer Process Manager")]
    [InlineData("a newer format", "made by a newer Process Manager")]
    public async Task What_is_no_whole_backup_of_a_known_version_is_refused_and_leaves_nothing(string spoilt, string said)
    {
        await using var host = await TestHost.Start();
        var backup = (await Make(host)).Folder;
        var manifest = Path.Combine(backup, "manifest.json");
        switch (spoilt)
        {
            case "a byte of the database":
                await using (var file = new FileStream(Path.Combine(backup, "pm.db"), FileMode.Open))
                {
                    file.Position = file.Length - 1;
                    file.WriteByte((byte)(file.ReadByte() + 1));
                }

                break;
            case "a key": File.Delete(Path.Combine(backup, "keys", "outgoing.secret")); break;
            case "the manifest": File.Delete(manifest); break;
            case "a path outside": await Change(manifest, "\"keys/outgoing.secret\"", "\"../outgoing.secret\""); break;
            case "a newer schema": await Change(manifest, "\"migrations\": [", "\"migrations\": [ \"29990101000000_Later\","); break;
            default: await Change(manifest, "\"format\": 1", "\"format\": 2"); break;
        }

        Assert.Contains(said, await Refusal(backup, Restored), StringComparison.Ordinal);
        Assert.Equal(["backup"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_backup_that_cannot_be_made_is_told_of_and_leaves_nothing()
    {
        await using var host = await TestHost.Start();
        await Make(host);
        var maker = host.Services.GetRequiredService<BackupMaker>();
        Assert.Contains("is there already", Assert.IsType<BackupResult.Refused>(await maker.MakeAsync(Path.Combine(folder, "backup"), CancellationToken.None)).Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, "file"), "");
        Assert.Contains("No backup was made", Assert.IsType<BackupResult.Refused>(await maker.MakeAsync(Path.Combine(folder, "file", "backup"), CancellationToken.None)).Message, StringComparison.Ordinal);
        Assert.Equal(["backup"], BackupMaker.In(folder).Select(b => b.Name));
    }

    private async Task<BackupResult.Made> Make(TestHost host, string name = "backup")
    {
        var result = await host.Services.GetRequiredService<BackupMaker>().MakeAsync(Path.Combine(folder, name), CancellationToken.None);
        if (result is BackupResult.Refused refused) { Assert.Fail(refused.Message); }
        return Assert.IsType<BackupResult.Made>(result);
    }

    private async Task Restore(string backup)
    {
        var result = await Host.Operations.Backups.Restore.RunAsync(backup, Restored, false, TimeProvider.System, CancellationToken.None);
        if (result is RestoreResult.Refused refused) { Assert.Fail(refused.Message); }
    }

    private static async Task<string> Refusal(string backup, string data, bool replace = false) => Assert.IsType<RestoreResult.Refused>(
        await Host.Operations.Backups.Restore.RunAsync(backup, data, replace, TimeProvider.System, CancellationToken.None)).Message;

    private static async Task Change(string file, string what, string into)
    {
        var text = await File.ReadAllTextAsync(file);
        Assert.Contains(what, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text.Replace(what, into, StringComparison.Ordinal));
    }

    private static Task<MailState> State(TestHost host) => host.Query(db => db.Set<MailRow>().AsNoTracking().OrderBy(m => m.Id).Select(m => m.State).FirstAsync());

    /// <summary>The lanes run beside the test: what they have claimed, they finish.</summary>
    private static async Task Until(Func<Task<bool>> done)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await done()) { await Task.Delay(20, limit.Token); }
    }
}
