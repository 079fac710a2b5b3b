using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using ProcessManager.Engine;
using ProcessManager.Host.Access;
using ProcessManager.Tests.Shared;

namespace ProcessManager.Host.Tests.Cli;

[Collection("console")]
public sealed class PlanVersionCommandTests : IDisposable
{
    private const string One = """
        plan: moving
        name: Moving
        type: sales
        stages:
          one:
            name: One
            probability: 10
            steps:
              call: { task: Call }
        """;

    private readonly string data = Directory.CreateTempSubdirectory("pm-cli-").FullName;
    private readonly string definitions = Directory.CreateTempSubdirectory("pm-definitions-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(data, recursive: true);
        Directory.Delete(definitions, recursive: true);
    }

    [Fact]
    public async Task A_version_is_published_listed_previewed_moved_to_and_put_back()
    {
        foreach (var file in (string[])["organisation.yaml", "calendars/office.yaml"])
        {
            var target = Path.Combine(definitions, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Repository.Root, "definitions", file), target);
        }

        var plan = Path.Combine(Directory.CreateDirectory(Path.Combine(definitions, "plans", "moving")).FullName, "plan.yaml");
        await File.WriteAllTextAsync(plan, One);
        await using (var host = await TestHost.Start(data: data, definitions: definitions, time: new ManualTime(TimeProvider.System.GetUtcNow())))
        {
            await host.People.SetGroups(await host.Person("ann", Roles.Manager), ["sales"], CancellationToken.None);
            var started = await host.Services.GetRequiredService<ProcessEngine>().StartAsync(new StartProject("moving") { Owner = "ann" }, "start", "ann", CancellationToken.None);
            Assert.True(started is CommandResult.Accepted, started.ToString());
        }

        await File.WriteAllTextAsync(plan, One.Replace("probability: 10", "probability: 40", StringComparison.Ordinal));
        await Run(0, "moving: version 2", "plan", "publish", "--note", "Nearer the truth", "--by", "ann", "--definitions", definitions);
        await Run(0, "Nearer the truth", "plan", "versions", "moving");
        await Run(0, "The probability goes from 10 to 40 %.", "plan", "preview", "moving", "2");
        var moved = await Run(0, "1 project moved", "plan", "move", "moving", "2", "--by", "ann");
        await Run(0, "1 project put back", "plan", "undo", moved.Out.Trim().Split(' ')[^1], "--by", "ann");
        await Run(1, "There is no version 9", "plan", "move", "moving", "9");
    }

    private async Task<Ran> Run(int exit, string says, params string[] args)
    {
        var ran = await Terminal.Run([.. args, "--data", data]);
        Assert.True(ran.Exit == exit, ran.ToString());
        Assert.Contains(says, ran.Out + ran.Error, StringComparison.Ordinal);
        return ran;
    }
}
