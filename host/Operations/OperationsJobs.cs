using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Host.Data;
using ProcessManager.Host.Operations.Backups;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Operations;

/// <summary>Long work that an administrator starts from the Operations page and that goes on without the page.</summary>
internal enum OperationsJob
{
    Backup,
    Verify,
}

/// <summary>Where such work stands.</summary>
/// <param name="EndedAt">Null while it runs.</param>
/// <param name="Good">Whether it ended as one would wish.</param>
/// <param name="Words">What came of it.</param>
/// <param name="Findings">What the check found, at most the first fifty.</param>
internal sealed record JobState(DateTimeOffset StartedAt, DateTimeOffset? EndedAt, bool Good, string Words, IReadOnlyList<Finding> Findings);

/// <summary>Runs one backup and one check at a time, and remembers how the last of each went until the host stops.</summary>
internal sealed partial class OperationsJobs(
    BackupMaker backups, Installation installation, IDbContextFactory<ProcessManagerDb> databases, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<OperationsJobs> log)
{
    private const int MostShown = 50;

    private readonly Lock guard = new();
    private readonly Dictionary<OperationsJob, JobState> states = [];

    /// <summary>Null where it was not started yet.</summary>
    public JobState? this[OperationsJob job]
    {
        get { lock (guard) { return states.GetValueOrDefault(job); } }
    }

    /// <returns>False where it runs already.</returns>
    public bool Start(OperationsJob job)
    {
        lock (guard)
        {
            if (states.GetValueOrDefault(job) is { EndedAt: null }) { return false; }
            states[job] = new JobState(clock.GetUtcNow(), null, true, "", []);
        }

        _ = Task.Run(() => RunAsync(job, lifetime.ApplicationStopping), CancellationToken.None);
        return true;
    }

    private async Task RunAsync(OperationsJob job, CancellationToken cancellation)
    {
        var (good, words, findings) = (false, "The host was stopped.", (IReadOnlyList<Finding>)[]);
        try { (good, words, findings) = job == OperationsJob.Backup ? await BackUpAsync(cancellation) : await VerifyAsync(cancellation); }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested) { /* stopping */ }
        catch (Exception e) // the page says it; the host goes on
        {
            LogTrouble(log, job, e);
            words = $"{e.GetType().Name}: {e.Message}";
        }

        lock (guard) { states[job] = states[job] with { EndedAt = clock.GetUtcNow(), Good = good, Words = words, Findings = findings }; }
    }

    private async Task<(bool, string, IReadOnlyList<Finding>)> BackUpAsync(CancellationToken cancellation) => await backups.MakeInAsync(backups.Folder, cancellation) switch
    {
        BackupResult.Made { Manifest.MissingDocuments: [_, ..] missing } made => (false, $"{made.Folder}: {missing.Count} documents were missing.", []),
        BackupResult.Made made => (true, made.Folder, []),
        BackupResult.Refused refused => (false, refused.Message, []),
        _ => throw new InvalidOperationException(),
    };

    private async Task<(bool, string, IReadOnlyList<Finding>)> VerifyAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var findings = await Verifier.VerifyAsync(installation.DatabaseFile, db.Model, clock, cancellation);
        return findings.IsEmpty
            ? (true, "All is well.", [])
            : (false, $"{findings.Length} {(findings.Length == 1 ? "finding" : "findings")}.", [.. findings.Take(MostShown)]);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The {Job} of the Operations page met trouble")]
    private static partial void LogTrouble(ILogger logger, OperationsJob job, Exception exception);
}
