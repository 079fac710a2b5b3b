using Microsoft.Data.Sqlite;
using ProcessManager.Host.Tests.Api;
using ProcessManager.Host.Tests.Tasks;
using ProcessManager.Tests.Shared;

namespace ProcessManager.Host.Tests.Cli;

[Collection("console")]
public sealed class DataCommandTests : IDisposable
{
    private const string Password = "correct horse battery\n";

    private readonly string data = Directory.CreateTempSubdirectory("pm-cli-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task A_person_is_added_to_an_empty_folder_with_a_password_and_a_token_follows()
    {
        var added = await Terminal.Type(Password, "user", "add", "ann", "--name", "Ann Example", "--email", "ann@example.org", "--role", "administrator", "--group", "sales", "--password-stdin", "--data", data);
        Assert.True(added.Exit == 0, added.ToString());
        Assert.Equal("Added ann.", added.Out.Trim());
        var token = await Terminal.Run("token", "add", "ann", "--scope", "read", "--days", "3", "--data", data);
        Assert.True(token.Exit == 0, token.ToString());

        await using var host = await TestHost.Start(data: data, time: new ManualTime(TimeProvider.System.GetUtcNow()));
        using var program = new ApiClient(host.Address, token.Out.Trim());
        var me = await program.Get("/api/v1/me");
        Assert.Equal("ann", me.GetProperty("name").GetString());
        Assert.Equal("sales", me.GetProperty("groups")[0].GetString());
        Assert.Equal("administrator", Assert.Single(me.GetProperty("roles").EnumerateArray()).GetString());
        Assert.Equal(302, (int)(await host.Anonymous().SubmitSignIn("ann", Password.Trim())).StatusCode);
    }

    [Fact]
    public async Task Mistakes_are_said_and_change_nothing()
    {
        var weak = await Terminal.Type("short\n", "user", "add", "bob", "--password-stdin", "--data", data);
        Assert.Equal(1, weak.Exit);
        Assert.NotEmpty(weak.Error);
        Assert.Equal(0, (await Terminal.Type(Password, "user", "add", "bob", "--password-stdin", "--data", data)).Exit);
        var twice = await Terminal.Type(Password, "user", "add", "bob", "--password-stdin", "--data", data);
        Assert.Equal(1, twice.Exit);
        Assert.Contains("bob", twice.Error, StringComparison.Ordinal);
        var role = await Terminal.Type(Password, "user", "add", "eve", "--password-stdin", "--role", "king", "--data", data);
        Assert.Equal(1, role.Exit);
        Assert.Contains("There is no role king", role.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await Terminal.Run("token", "add", "nobody", "--data", data)).Exit);
        Assert.Equal(2, (await Terminal.Run("token", "add", "bob", "--days", "0", "--data", data)).Exit);
        Assert.Equal(2, (await Terminal.Run("token", "add", "bob", "--scope", "all", "--data", data)).Exit);
    }

    [Fact]
    public async Task Beside_a_running_host_people_and_tokens_are_added_and_the_data_is_checked()
    {
        await using var host = await Brochure.Office();
        await Brochure.Start(host);
        Assert.Equal(0, (await Terminal.Type(Password, "user", "add", "late", "--password-stdin", "--data", host.DataDirectory)).Exit);
        var token = await Terminal.Run("token", "add", "late", "--data", host.DataDirectory);
        using var program = new ApiClient(host.Address, token.Out.Trim());
        Assert.Equal("late", (await program.Get("/api/v1/me")).GetProperty("name").GetString());
        var fine = await Terminal.Run("verify", "--data", host.DataDirectory);
        Assert.True(fine.Exit == 0, fine.ToString());
        Assert.Equal("All is well.", fine.Out.Trim());
        Assert.Equal("[]", (await Terminal.Run("verify", "--json", "--data", host.DataDirectory)).Out.Trim());

        await using (var file = new SqliteConnection($"Data Source={Path.Combine(host.DataDirectory, "pm.db")}"))
        {
            await file.OpenAsync();
            await using var spoil = file.CreateCommand();
            spoil.CommandText = "delete from tasks";
            await spoil.ExecuteNonQueryAsync();
        }

        var found = await Terminal.Run("verify", "--data", host.DataDirectory);
        Assert.True(found.Exit == 1, found.ToString());
        Assert.Contains("finding", found.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_and_version_are_for_people_and_wrong_use_says_what_to_try()
    {
        var help = await Terminal.Run("--help");
        Assert.Equal(0, help.Exit);
        Assert.All(new[] { "serve", "plan", "user", "token", "verify" }, command => Assert.Contains(command, help.Out, StringComparison.Ordinal));
        Assert.Equal(0, (await Terminal.Run("--version")).Exit);
        foreach (var args in new string[][] { ["plan", "--help"], ["user", "add", "--help"], ["token", "add", "--help"], ["verify", "--help"], ["serve", "--help"] })
        {
            var ran = await Terminal.Run(args);
            Assert.True(ran.Exit == 0, ran.ToString());
            Assert.Contains("Usage:", ran.Out, StringComparison.Ordinal);
        }

        var wrong = await Terminal.Run("user", "add");
        Assert.Equal(2, wrong.Exit);
        Assert.Contains("Try: pm ", wrong.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await Terminal.Run("verify", "--data", Path.Combine(data, "empty"))).Exit);
        Assert.False(Directory.Exists(Path.Combine(data, "empty")));
        var demo = await Terminal.Run("serve", "--demo", "--urls", "http://0.0.0.0:5094", "--data", data);
        Assert.Equal(1, demo.Exit);
        Assert.Contains("for this computer alone", demo.Error, StringComparison.Ordinal);
    }
}
