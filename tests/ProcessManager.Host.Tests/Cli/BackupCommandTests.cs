using ProcessManager.Host.Tests.Tasks;

namespace ProcessManager.Host.Tests.Cli;

[Collection("console")]
public sealed class BackupCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pm-cli-").FullName;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_backup_is_made_beside_a_running_host_restored_and_let_send_again()
    {
        await using var host = await Brochure.Office();
        await Brochure.Start(host);
        var target = Path.Combine(folder, "backup");
        var restored = Path.Combine(folder, "restored");
        var made = await Terminal.Run("backup", target, "--data", host.DataDirectory);
        Assert.True(made.Exit == 0, made.ToString());
        Assert.Equal(0, (await Terminal.Run("backup", "--to", Path.Combine(folder, "all"), "--data", host.DataDirectory)).Exit);
        Assert.StartsWith("pm-", Path.GetFileName(Assert.Single(Directory.EnumerateDirectories(Path.Combine(folder, "all")))), StringComparison.Ordinal);

        var done = await Terminal.Run("restore", target, "--data", restored);
        Assert.True(done.Exit == 0, done.ToString());
        Assert.Equal(0, (await Terminal.Run("verify", "--data", restored)).Exit);
        Assert.Contains("restored from a backup", (await Terminal.Run("outgoing", "status", "--data", restored)).Out, StringComparison.Ordinal);
        Assert.Equal("Mails and requests leave again.", (await Terminal.Run("outgoing", "resume", "--data", restored)).Out.Trim());
        Assert.Equal("Mails and requests leave.", (await Terminal.Run("outgoing", "status", "--data", restored)).Out.Trim());

        Assert.Equal(1, (await Terminal.Run("restore", target, "--data", restored)).Exit);
        Assert.Equal(0, (await Terminal.Run("restore", target, "--replace", "--data", restored)).Exit);
    }

    [Fact]
    public async Task Wrong_use_is_said_and_changes_nothing()
    {
        var empty = Path.Combine(folder, "empty");
        Assert.Equal(2, (await Terminal.Run("backup", "--data", empty)).Exit);
        Assert.Equal(2, (await Terminal.Run("backup", "a", "--to", "b", "--data", empty)).Exit);
        Assert.Equal(2, (await Terminal.Run("outgoing", "resume", "--data", empty)).Exit);
        Assert.Equal(1, (await Terminal.Run("restore", folder, "--data", empty)).Exit);
        Assert.False(Directory.Exists(empty));
    }
}
