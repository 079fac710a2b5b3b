using System.Collections.Immutable;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Engine.Running;

/// <summary>
/// Makes happen what is due: one lane for each kind of work. Stopping lets each lane finish what it is at, for some seconds, and gives back the rest.
/// </summary>
internal sealed class Worker(GroupCommit commits, ImmutableArray<Lane> lanes, DocumentShelf documents, EngineOptions options, TimeProvider clock)
{
    private static readonly TimeSpan CleanUpEvery = TimeSpan.FromHours(1);
    private const int PrunedAtOnce = 1000;

    public void WorkIsDue(WorkKind kind, DateTimeOffset due)
    {
        foreach (var lane in lanes)
        {
            if (lane.Kind == kind) { lane.WorkIsDue(due); }
        }
    }

    /// <summary>Lets every lane tell what it does.</summary>
    public void Tell(EngineTelemetry telemetry)
    {
        foreach (var lane in lanes) { lane.Telemetry = telemetry; }
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        await Task.WhenAll([.. lanes.Select(lane => lane.RunAsync(cancellation)), CleanUpAsync(cancellation)]);
        await commits.RunAsync(session => ValueTask.FromResult(session.Work.ReleaseAllOf(options.HostName)), CancellationToken.None);
    }

    /// <summary>Runs everything that is due now, and what becomes due by it, without waiting: for tests and tools.</summary>
    public async Task RunUntilIdleAsync(CancellationToken cancellation)
    {
        int ran;
        do
        {
            ran = 0;
            foreach (var lane in lanes) { ran += await lane.RunOnceAsync(cancellation); }
        }
        while (ran > 0);
    }

    /// <summary>Forgets the results of old commands, a few at a time.</summary>
    public async Task<int> PruneAsync(CancellationToken cancellation)
    {
        var all = 0;
        while (true)
        {
            var some = await commits.RunAsync(
                session => ValueTask.FromResult(CommandStore.Prune(session, session.Now - options.KeepCommands, PrunedAtOnce)), cancellation);
            all += some;
            if (some < PrunedAtOnce) { return all; }
        }
    }

    private async Task CleanUpAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await Task.Delay(CleanUpEvery, clock, cancellation);
                try
                {
                    await PruneAsync(cancellation);
                    documents.Sweep();
                }
                catch (Exception e) when (e is EngineUnavailableException or IOException or UnauthorizedAccessException) { /* next hour */ }
            }
        }
        catch (OperationCanceledException) { /* stopping */ }
    }
}
