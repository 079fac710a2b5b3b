using Microsoft.Extensions.Logging;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;

namespace ProcessManager.Engine.Running;

/// <summary>
/// Fires timers: all of one project that are due together are one command, the projects of one claim share commits, and a timer's result and the removal
/// of its row are one transaction.
/// </summary>
internal sealed partial class TimerLane(
    GroupCommit commits, CommandRunner runner, EngineOptions options, TimeProvider clock, ILogger log)
    : Lane(WorkKind.Timer, commits, options, clock, log)
{
    private const int MostAttempts = 8;

    protected override int MostAtOnce => 512;

    protected override async Task RunAllAsync(IReadOnlyList<Claim> claims, CancellationToken cancellation)
    {
        // No cancellation from here: what was claimed is finished, which takes one commit.
        await Task.WhenAll(claims.GroupBy(c => c.Project!.Value).Select(project => FireAsync(project.Key, [.. project])));
    }

    private async Task FireAsync(long project, IReadOnlyList<Claim> claims)
    {
        try
        {
            await Commits.RunAsync(session =>
            {
                Fire(session, project, claims);
                return ValueTask.FromResult(true);
            }, CancellationToken.None);
        }
        catch (EngineUnavailableException)
        {
            // The surroundings, not the project: the lease runs out and the timers fire then, or another host's engine fires them.
            throw;
        }
        catch (Exception e) // one project's fault must not stop the others
        {
            LogFault(Log, project, e);
            await Commits.RunAsync(session =>
            {
                foreach (var claim in claims) { Postpone(session, claim, $"{e.GetType().Name}: {e.Message}"); }

                return ValueTask.FromResult(true);
            }, CancellationToken.None);
        }
    }

    private void Fire(WriteSession session, long project, IReadOnlyList<Claim> claims)
    {
        var ours = claims.Where(session.Work.IsOurs).ToList();
        if (ours.Count == 0 || session.Projects.Find(project) is not { } row) { return; }
        var now = session.Now;
        var (decision, state, _) = runner.Advance(session, row, new Command.FireTimers(), now);
        foreach (var claim in ours.Where(session.Work.IsOurs))
        {
            // Still there: moved by what happened meanwhile, or left alone by the flow.
            var timer = Projection.WaitingTimers(state).FirstOrDefault(t => Projection.TimerKey(project, t) == claim.Key);
            if (timer is null) { session.Work.Finish(claim); }
            else if (timer.Due > now) { session.Work.Release(claim); }
            else { Postpone(session, claim, decision is Decision.Refused refused ? refused.Message : "The plan left this timer unfired."); }
        }
    }

    private static void Postpone(WriteSession session, Claim claim, string error) => session.Work.Postpone(
        claim, claim.Attempt + 1 >= MostAttempts ? null : session.Now + BackOff(claim.Attempt), error);

    [LoggerMessage(Level = LogLevel.Error, Message = "The timers of project {Project} could not be fired")]
    private static partial void LogFault(ILogger logger, long project, Exception exception);
}
