using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using ProcessManager.Engine.Effects;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;

namespace ProcessManager.Engine.Running;

/// <summary>
/// Sends the requests of plans, at least once each: one whose fate is unknown is sent again under the same key. What was answered is noted with the
/// removal of its work, and not sent again.
/// </summary>
internal sealed class HttpLane(
    GroupCommit commits, CommandRunner runner, HttpCaller caller, EngineOptions options, TimeProvider clock, ILogger log)
    : EffectLane<HttpJob>(WorkKind.Http, commits, runner, options, clock, log)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    protected override int AtOnce => 8;

    protected override async Task RunAsync(Claim claim, HttpJob job, CancellationToken cancellation)
    {
        var started = await Commits.RunAsync(
            session => ValueTask.FromResult(session.Projects.Find(claim.Project!.Value)?.StartedAt ?? default), cancellation);
        var call = new HttpCall(IdOf(claim.Project!.Value, started, job.Of.Request), job.Method, job.Url, job.Body);

        // A request in progress gets some of the ten seconds of a stop.
        using var patience = new CancellationTokenSource();
        using var stopping = cancellation.Register(() => patience.CancelAfter(TimeSpan.FromSeconds(6)));
        var calling = await CallAsync(call, patience.Token, cancellation);
        await ConcludeAsync(claim, (session, row) => Note(session, row, claim, job, calling));
    }

    private async Task<Calling> CallAsync(HttpCall call, CancellationToken patience, CancellationToken stopping)
    {
        try { return await caller.CallAsync(call, patience); }
        catch (OperationCanceledException) when (patience.IsCancellationRequested) { throw new OperationCanceledException(stopping); }
    }

    private void Note(WriteSession session, ProjectRow row, Claim claim, HttpJob job, Calling calling)
    {
        if (calling is Calling.Later later && claim.Attempt < job.Retries)
        {
            var wait = BackOff(claim.Attempt);
            if (later.After is { } asked && asked > wait) { wait = asked < LongestWait ? asked : LongestWait; }
            session.Work.Postpone(claim, session.Now + wait, later.Error);
            return;
        }

        var (response, error) = calling switch
        {
            Calling.Answered answered => (answered.Response, (string?)null),
            Calling.Later failed => (null, failed.Error),
            Calling.Never never => (null, never.Error),
            _ => throw new InvalidOperationException($"Unknown {calling.GetType().Name}."),
        };
        Hand(session, claim, row, new Command.Answered(job.Of.Step, job.Of.Occurrence, job.Of.Member, error is null, response, error) { Request = job.Of.Request });
    }

    /// <summary>The same for every attempt, and for no request of another project or installation.</summary>
    private static string IdOf(long project, DateTimeOffset started, string request)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"{project}/{started.ToUnixTimeMilliseconds()}/{request}");
        return "pm_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan(0, 16));
    }
}
