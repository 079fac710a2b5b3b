using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace ProcessManager.Torture;

/// <summary>
/// The promise that nothing is lost and nothing happens twice, put to the real program. <c>PM_KILLS</c> says how often it is killed
/// (50; 1,000 where <c>LONG=1</c>), <c>PM_SEED</c> repeats a run's choices.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Nothing_is_lost_and_nothing_happens_twice_however_often_the_host_is_killed()
    {
        var kills = Number("PM_KILLS") ?? (Environment.GetEnvironmentVariable("LONG") == "1" ? 1000 : 50);
        var seed = Number("PM_SEED") ?? Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120 + 15 * kills));

        using var run = await CrashRun.RunAsync(kills, seed, TimeSpan.FromSeconds(1), output.WriteLine, patience.Token);
        var findings = await run.CheckAsync(patience.Token);

        foreach (var finding in findings.Concat(run.Complaints).Take(200)) { output.WriteLine(finding); }
        Assert.Empty(findings);
        Assert.Empty(run.Complaints);
        Assert.Equal(0, run.Stop.Code);
        Assert.True(run.Stop.Took < TimeSpan.FromSeconds(10), $"Stopping took {run.Stop.Took}.");
        Assert.True(run.Ledger.Entries.Count(e => e.Accepted is not null) > kills, "The crowd got too little done for the test to mean anything.");
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
