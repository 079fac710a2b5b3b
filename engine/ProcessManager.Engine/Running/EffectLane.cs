using System.Text.Json;
using Microsoft.Extensions.Logging;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;

namespace ProcessManager.Engine.Running;

/// <summary>
/// Runs effects that a project asked for and hands it their results: those of one project in order, those of different projects at once. The
/// result and the removal of the work are one transaction.
/// </summary>
internal abstract partial class EffectLane<TJob>(
    WorkKind kind, GroupCommit commits, CommandRunner runner, EngineOptions options, TimeProvider clock, ILogger log)
    : Lane(kind, commits, options, clock, log)
    where TJob : class
{
    private const int MostAttempts = 8;
    private static readonly TimeSpan UntilItGoesOn = TimeSpan.FromMinutes(5);

    protected CommandRunner Runner => runner;

    protected override int MostAtOnce => 16;

    protected virtual int AtOnce => 4;

    protected sealed override Task RunAllAsync(IReadOnlyList<Claim> claims, CancellationToken cancellation) => Parallel.ForEachAsync(
        claims.GroupBy(c => c.Project),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
        async (project, stop) =>
        {
            foreach (var claim in project)
            {
                stop.ThrowIfCancellationRequested();
                await RunAsync(claim, stop);
            }
        });

    protected abstract Task RunAsync(Claim claim, TJob job, CancellationToken cancellation);

    /// <summary>Does the work in one commit, unless somebody else has taken it over meanwhile.</summary>
    protected Task ConcludeAsync(Claim claim, Action<WriteSession, ProjectRow> work) => Commits.RunAsync(session =>
    {
        if (!session.Work.IsOurs(claim)) { return ValueTask.FromResult(false); }
        if (session.Projects.Find(claim.Project!.Value) is { } row) { work(session, row); }
        else { session.Work.Finish(claim); }

        return ValueTask.FromResult(true);
    }, CancellationToken.None);

    /// <summary>Hands a result to the project, and removes the work. A project that is on hold or stopped gets it when it goes on; one that no longer asks for it is left alone.</summary>
    /// <returns>What happened by it.</returns>
    protected IReadOnlyList<FlowEvent> Hand(WriteSession session, Claim claim, ProjectRow row, Command command)
    {
        var (decision, state, _) = runner.Advance(session, row, command, session.Now);
        if (decision is Decision.Refused refused && (state.Hold is not null || state.Fault is not null))
        {
            session.Work.Postpone(claim, session.Now + UntilItGoesOn, refused.Message);
            return [];
        }

        session.Work.Finish(claim);
        return decision is Decision.Accepted accepted ? accepted.Events : [];
    }

    private async Task RunAsync(Claim claim, CancellationToken cancellation)
    {
        try
        {
            // Claimed a while ago, behind slow ones: somebody else may have it by now.
            if (!await Commits.RunAsync(session => ValueTask.FromResult(session.Work.IsOurs(claim)), cancellation)) { return; }
            var job = JsonSerializer.Deserialize<TJob>(claim.Payload!) ?? throw new JsonException("The work is empty.");
            await RunAsync(claim, job, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested) { throw; }
        catch (EngineUnavailableException)
        {
            // The surroundings: the lease runs out, and it is tried again.
            throw;
        }
        catch (Exception e) // one project's trouble must not stop the others
        {
            LogTrouble(Log, Kind, claim.Project, e);
            await Commits.RunAsync(session => ValueTask.FromResult(session.Work.Postpone(
                claim, claim.Attempt + 1 >= MostAttempts ? null : session.Now + BackOff(claim.Attempt), $"{e.GetType().Name}: {e.Message}")), CancellationToken.None);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The {Kind} work of project {Project} met trouble")]
    private static partial void LogTrouble(ILogger logger, WorkKind kind, long? project, Exception exception);
}
