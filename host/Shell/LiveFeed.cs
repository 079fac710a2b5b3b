using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;

namespace ProcessManager.Host.Shell;

/// <summary>Something changed that open pages may show.</summary>
/// <param name="Topic">What kind: "tasks", "projects", "alerts". Lists with <c>hx-trigger="pm:tasks from:body"</c> refresh themselves.</param>
/// <param name="Id">Which one, where only one did.</param>
/// <param name="Toast">Shown to the recipients; only together with <paramref name="Recipients"/>.</param>
/// <param name="Recipients">Sign-in names; null tells everybody, who then learn no more than that something changed.</param>
public sealed record LiveChange(
    string Topic,
    string? Id = null,
    Toast? Toast = null,
    [property: JsonIgnore] IReadOnlyCollection<string>? Recipients = null);

/// <summary>Tells open pages what changed, over one connection a page. Lossy by design: a page that missed something reloads what it shows.</summary>
public sealed class LiveFeed(TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(20);

    /// <summary>After this the browser connects again and thereby shows that it is still signed in.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly ConcurrentDictionary<Listener, byte> listeners = new();

    /// <summary>Never waits and never fails; call it after the commit.</summary>
    public void Publish(LiveChange change)
    {
        foreach (var listener in listeners.Keys)
        {
            if (change.Recipients is null || change.Recipients.Contains(listener.UserName, StringComparer.OrdinalIgnoreCase))
                listener.Changes.Writer.TryWrite(change);
        }
    }

    /// <summary>Ends the connections of a person who may no longer listen.</summary>
    public void Disconnect(string userName)
    {
        foreach (var listener in listeners.Keys.Where(listener => string.Equals(listener.UserName, userName, StringComparison.OrdinalIgnoreCase)))
            listener.Changes.Writer.TryComplete();
    }

    /// <summary>Changes for one person as they come; null is a ping that keeps the connection open.</summary>
    internal async IAsyncEnumerable<LiveChange?> Listen(string userName, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var listener = new Listener(userName);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        listeners[listener] = 0;
        await using var pings = clock.CreateTimer(_ => listener.Changes.Writer.TryWrite(null), null, TimeSpan.Zero, PingEvery);
        await using var end = clock.CreateTimer(_ => listener.Changes.Writer.TryComplete(), null, Longest, Timeout.InfiniteTimeSpan);
        try
        {
            while (await WaitAsync(listener, ends.Token))
            {
                while (listener.Changes.Reader.TryRead(out var change)) yield return change;
            }
        }
        finally
        {
            listeners.TryRemove(listener, out _);
        }
    }

    private static async Task<bool> WaitAsync(Listener listener, CancellationToken ends)
    {
        try
        {
            return await listener.Changes.Reader.WaitToReadAsync(ends);
        }
        catch (OperationCanceledException)
        {
            return false; // the page was left, or the host stops
        }
    }

    private sealed class Listener(string userName)
    {
        public string UserName { get; } = userName;

        public Channel<LiveChange?> Changes { get; } =
            Channel.CreateBounded<LiveChange?>(new BoundedChannelOptions(200) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    }
}
