using Microsoft.Extensions.Logging;

namespace ProcessManager.Engine.Running;

/// <summary>
/// People and groups as last read, read again once somebody says that they changed, and after some seconds anyway: another
/// process on the same data, such as a command-line tool, can't say so.
/// </summary>
internal sealed partial class DirectoryCache(IDirectorySource source, TimeProvider clock, TimeSpan keep, ILogger log)
{
    private volatile DirectorySnapshot? snapshot;
    private int stale = 1;
    private long readAt;

    public DirectorySnapshot Current => snapshot ?? DirectorySnapshot.Empty;

    public void Invalidate() => Volatile.Write(ref stale, 1);

    public async Task<DirectorySnapshot> ReadAsync(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref stale, 0) == 0 && clock.GetElapsedTime(Volatile.Read(ref readAt)) < keep) { return Current; }
        Volatile.Write(ref readAt, clock.GetTimestamp());
        try
        {
            return snapshot = await source.ReadAsync(cancellation);
        }
        catch (Exception e) when (snapshot is not null) // what was known goes on holding; it is asked again next time
        {
            Invalidate();
            LogStale(log, e);
            return Current;
        }
        catch
        {
            Invalidate();
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "People and groups could not be read; what was known before is used")]
    private static partial void LogStale(ILogger logger, Exception exception);
}
