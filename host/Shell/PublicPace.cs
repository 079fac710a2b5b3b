using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ProcessManager.Host.Shell;

/// <summary>Holds back addresses from which strangers send too much: so many at once, then so many a minute. A network of IPv6 counts as one address.</summary>
internal sealed class PublicPace(TimeProvider clock)
{
    private const int AtOnce = 20;
    private const double PerMinute = 10;
    private const int MostEntries = 50_000;

    private readonly ConcurrentDictionary<string, (double Left, DateTimeOffset At)> addresses = new(StringComparer.Ordinal);

    /// <returns>False where this one is too many.</returns>
    public bool Pass(IPAddress? address)
    {
        var now = clock.GetUtcNow();
        if (addresses.Count > MostEntries) { Forget(now); }
        var after = addresses.AddOrUpdate(KeyOf(address), _ => (AtOnce - 1, now), (_, known) => (Math.Max(-1, Filled(known, now) - 1), now));
        return after.Left >= 0;
    }

    private static double Filled((double Left, DateTimeOffset At) known, DateTimeOffset now) =>
        Math.Min(AtOnce, Math.Max(0, known.Left) + (Math.Max(0, (now - known.At).TotalMinutes) * PerMinute));

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, known) in addresses)
        {
            if (Filled(known, now) >= AtOnce) { addresses.TryRemove(key, out _); }
        }
    }

    private static string KeyOf(IPAddress? address)
    {
        if (address is null) { return ""; }
        if (address.IsIPv4MappedToIPv6) { address = address.MapToIPv4(); }
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
