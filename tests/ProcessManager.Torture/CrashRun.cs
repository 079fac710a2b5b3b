using System.Diagnostics;
using ProcessManager.Torture.Checks;
using ProcessManager.Torture.Hosting;
using ProcessManager.Torture.Load;

namespace ProcessManager.Torture;

/// <summary>
/// A crowd works while its host is killed again and again at moments nobody chose; then the host stays up until nothing is left to do, and is
/// stopped. What is left is the data and what the clients were told.
/// </summary>
internal sealed class CrashRun : IDisposable
{
    /// <summary>The latest moment that a command asks for is five seconds ahead.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);

    private CrashRun(Installation installation, int seed, Action<string> say)
    {
        (Installation, Seed, this.say) = (installation, seed, say);
        Ledger = new Ledger(Path.Combine(installation.Folder, "ledger.jsonl"));
    }

    private readonly Action<string> say;
    private readonly List<string> outputs = [];

    public Installation Installation { get; }

    public Ledger Ledger { get; }

    public int Seed { get; }

    public int Kills { get; private set; }

    public int KillsBeforeReady { get; private set; }

    /// <summary>How long the last host took to stop, and its exit code.</summary>
    public (TimeSpan Took, int Code) Stop { get; private set; }

    /// <summary>What the hosts wrote that no host should write.</summary>
    public IReadOnlyList<string> Complaints =>
        [.. outputs.SelectMany(o => o.Split('\n')).Where(l => l.Contains("Unhandled exception", StringComparison.Ordinal) || l.StartsWith("fail:", StringComparison.Ordinal) || l.StartsWith("crit:", StringComparison.Ordinal))];

    public IEnumerable<string> Outputs => outputs;

    public static async Task<CrashRun> RunAsync(int kills, int seed, TimeSpan calm, Action<string> say, CancellationToken cancellation)
    {
        var run = new CrashRun(await Installation.NewAsync(), seed, say);
        await run.RunAsync(kills, calm, cancellation);
        return run;
    }

    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellation) => Checker.CheckAsync(Installation, Ledger.Entries, cancellation);

    public void Dispose()
    {
        Ledger.Dispose();
        Installation.Dispose();
    }

    private async Task RunAsync(int kills, TimeSpan calm, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var random = new Random(Seed);
        using var crowd = new Crowd(Installation, Ledger, Seed);
        crowd.Begin();
        while (Kills < kills) { await LiveAndDieAsync(crowd, random, cancellation); }

        say($"{Kills} kills ({KillsBeforeReady} while starting) after {watch.Elapsed.TotalSeconds:0} s, {Ledger.Entries.Count} commands");
        using var last = Installation.Serve();
        if (!await last.IsReadyAsync(cancellation)) { throw new InvalidOperationException($"The host did not start again:\n{last.Output}"); }
        await crowd.HostIsUpAsync(cancellation);
        await Task.Delay(calm, TimeProvider.System, cancellation);
        await crowd.EndAsync();
        await UntilIdleAsync(Installation, say, cancellation);
        var stopping = Stopwatch.StartNew();
        Stop = (default, await last.TerminateAsync(cancellation));
        Stop = Stop with { Took = stopping.Elapsed };
        outputs.Add(last.Output);
        var entries = Ledger.Entries;
        say($"{entries.Count} commands: {entries.Count(e => e.Accepted is not null)} acknowledged, {entries.Count(e => e.IsRefused)} refused, "
            + $"{entries.Count(e => e.GaveUp && e.Accepted is null)} never answered, {entries.Sum(e => e.Lost)} replies lost, "
            + $"{entries.Count(e => e.Lost > 0 && e.Accepted is { Repeated: true })} had happened when asked again; {watch.Elapsed.TotalSeconds:0} s");
    }

    private async Task LiveAndDieAsync(Crowd crowd, Random random, CancellationToken cancellation)
    {
        using var host = Installation.Serve();
        if (random.Next(8) == 0)
        {
            // Also while it opens its file, brings its tables up to date, publishes plans.
            KillsBeforeReady++;
            await Task.Delay(random.Next(50, 1500), cancellation);
        }
        else if (await host.IsReadyAsync(cancellation))
        {
            await crowd.HostIsUpAsync(cancellation);
            await Task.Delay(random.Next(20, 400), cancellation);
        }

        crowd.HostIsDown();
        if (host.HasEnded) { throw new InvalidOperationException($"The host ended by itself (kill {Kills + 1}, seed {Seed}):\n{host.Output}"); }
        await host.KillAsync(cancellation);
        outputs.Add(host.Output);
        Kills++;
    }

    /// <summary>Until nothing waits that will ever come: the crowd's moments lie seconds ahead.</summary>
    public static async Task UntilIdleAsync(Installation installation, Action<string> say, CancellationToken cancellation)
    {
        using var boss = new Client(installation.Address, installation.Boss);
        var since = Stopwatch.StartNew();
        while (await boss.WaitingWorkAsync(cancellation) is not { Count: 0 })
        {
            if (since.Elapsed > Settling) { say("work is still waiting after a minute"); return; }
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
        }
    }
}
