using Microsoft.Extensions.Logging;

namespace ProcessManager.Engine.Publishing;

/// <summary>Publishes the definitions folder at start and, a moment after the last of some changes, again.</summary>
internal sealed partial class FolderPublisher(DefinitionsFolder folder, PlanLibrary plans, TimeProvider clock, ILogger log)
{
    // An editor writes several times, a checkout many files: wait until it is quiet.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(10);

    private readonly Running.Bell bell = new(clock);
    private string? published;

    public async Task PublishAsync(CancellationToken cancellation)
    {
        var stamp = folder.Stamp();
        if (stamp == published) { return; }
        await plans.PublishAsync(null, null, despiteTests: false, cancellation);
        published = stamp;
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        folder.Watch(bell.Ring);
        try
        {
            while (true)
            {
                await bell.SleepAsync(LookAnyway, cancellation);
                await UntilQuietAsync(cancellation);
                try { await PublishAsync(cancellation); }
                catch (Exception e) when (e is not OperationCanceledException) // the folder or the database cannot be read now: look again
                {
                    LogTrouble(log, e);
                }
            }
        }
        catch (OperationCanceledException) { /* stopping */ }
    }

    private async Task UntilQuietAsync(CancellationToken cancellation)
    {
        var stamp = folder.Stamp();
        while (stamp != published)
        {
            await Task.Delay(Quiet, clock, cancellation);
            var next = folder.Stamp();
            if (next == stamp) { return; }
            stamp = next;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The definitions folder could not be published")]
    private static partial void LogTrouble(ILogger logger, Exception exception);
}
