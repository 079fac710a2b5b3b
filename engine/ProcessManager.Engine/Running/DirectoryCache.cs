using Microsoft.Extensions.Logging;

namespace ProcessManager.Engine.Running;

/// <summary>People and groups as last read, read again once somebody says that they changed.</summary>
internal sealed partial class DirectoryCache(IDirectorySource source, ILogger log)
{
    private volatile DirectorySnapshot? snapshot;
    private int stale = 1;

    public DirectorySnapshot Current => snapshot ?? DirectorySnapshot.Empty;

    public void Invalidate() => Volatile.Write(ref stale, 1);

    public async Task<DirectorySnapshot> ReadAsync(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref stale, 0) == 0) { return Current; }
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
