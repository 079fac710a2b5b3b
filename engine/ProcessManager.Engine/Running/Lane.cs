using Microsoft.Extensions.Logging;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Engine.Running;

/// <summary>
/// Runs the work of one kind: claim what is due, run it, sleep until the next is due or the bell rings. Each kind has a lane of its own, so that a slow
/// mail server delays no timer.
/// </summary>
internal abstract partial class Lane(WorkKind kind, GroupCommit commits, EngineOptions options, TimeProvider clock, ILogger log)
{
    private static long lastFence;
    private long wakeAt;

    public Bell Bell { get; } = new(clock);

    /// <summary>Hears of what is claimed and how it goes; null: nobody listens.</summary>
    public EngineTelemetry? Telemetry { get; set; }

    public WorkKind Kind => kind;

    protected GroupCommit Commits => commits;

    protected EngineOptions Options => options;

    protected TimeProvider Clock => clock;

    protected ILogger Log => log;

    protected abstract int MostAtOnce { get; }

    /// <summary>Wakes the lane where work is due before it would look by itself.</summary>
    public void WorkIsDue(DateTimeOffset due)
    {
        if (due.ToUnixTimeMilliseconds() < Volatile.Read(ref wakeAt)) { Bell.Ring(); }
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                // While it works, any new work rings: it may come after the look and before the sleep.
                Volatile.Write(ref wakeAt, long.MaxValue);
                if (await RunOnceAsync(cancellation) > 0) { continue; }
                await Bell.SleepAsync(await UntilNextAsync(cancellation), cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) // the lane outlives whatever went wrong with one look
            {
                LogTrouble(log, kind, e);
                await PauseAsync(cancellation);
            }
        }
    }

    /// <summary>Claims what is due and runs it.</summary>
    /// <returns>How many rows were claimed.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        var fence = NextFence();
        var claims = await commits.RunAsync(session =>
        {
            var now = session.Now;
            if (IsPaused(session)) { return ValueTask.FromResult(new List<Claim>()); }
            return ValueTask.FromResult(session.Work.TakeDue(kind, options.HostName, now + options.Lease, fence, now, MostAtOnce));
        }, cancellation);
        if (claims.Count == 0) { return 0; }
        var now = clock.GetUtcNow();
        foreach (var claim in claims) { Telemetry?.Claimed(kind, claim.Due, now); }

        using (Telemetry?.StartWork(kind, claims.Count)) { await RunAllAsync(claims, cancellation); }

        return claims.Count;
    }

    protected abstract Task RunAllAsync(IReadOnlyList<Claim> claims, CancellationToken cancellation);

    /// <summary>10 s, 20 s, 40 s … up to an hour, a fifth more or less so that what failed together does not return together.</summary>
    protected static TimeSpan BackOff(int attempt) =>
        TimeSpan.FromSeconds(Math.Min(3600, 10 * Math.Pow(2, Math.Min(attempt, 20))) * (0.8 + Random.Shared.NextDouble() * 0.4));

    private async Task<TimeSpan> UntilNextAsync(CancellationToken cancellation)
    {
        var (due, now) = await commits.RunAsync(
            session => ValueTask.FromResult((IsPaused(session) ? null : session.Work.EarliestDue(kind), session.Now)), cancellation);
        var until = due is { } next && next - now < options.Poll ? next - now : options.Poll;
        Volatile.Write(ref wakeAt, (now + until).ToUnixTimeMilliseconds());
        return until;
    }

    private bool IsPaused(WriteSession session) => OutgoingStore.Leaves(kind) && OutgoingStore.Find(session, session.Schema) is not null;

    private async Task PauseAsync(CancellationToken cancellation)
    {
        try { await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellation); }
        catch (OperationCanceledException) { /* stopping */ }
    }

    // Never given twice, also not by a host that started a moment ago: time in the high bits, a counter in the low ones.
    private long NextFence()
    {
        while (true)
        {
            var last = Volatile.Read(ref lastFence);
            var next = Math.Max(last + 1, clock.GetUtcNow().ToUnixTimeMilliseconds() << 16);
            if (Interlocked.CompareExchange(ref lastFence, next, last) == last) { return next; }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The {Kind} lane met trouble and goes on")]
    private static partial void LogTrouble(ILogger logger, WorkKind kind, Exception exception);
}
