using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ProcessManager.Host.Access;

/// <summary>
/// Slows guessing of passwords: after some failures each further one costs twice the wait, per name and per address, up to a quarter
/// of an hour. Nobody is locked out: a browser on which the person has signed in before is counted by itself, so that a stranger's
/// failures elsewhere don't hold up the person at their own desk.
/// </summary>
internal sealed class SignInPace(TimeProvider clock)
{
    private const int FreeForName = 5;
    private const int FreeForAddress = 30;
    private const int MostEntries = 50_000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Failures> failures = new(StringComparer.Ordinal);

    /// <summary>How long to wait before the next try; zero lets this one pass and counts it as failed until <see cref="Succeeded"/> is said.</summary>
    /// <param name="userName">As typed.</param>
    /// <param name="device">Proof of an earlier sign-in of this person in this browser; null for a browser not seen before.</param>
    public TimeSpan Begin(string userName, IPAddress? address, string? device)
    {
        var now = clock.GetUtcNow();
        var keys = Keys(userName, address, device);
        var wait = keys.Max(key => failures.TryGetValue(key.Key, out var known) ? known.RemainingAt(now, key.Free) : TimeSpan.Zero);
        if (wait > TimeSpan.Zero) return wait;
        if (failures.Count > MostEntries) Forget(now);
        foreach (var (key, _) in keys) failures.AddOrUpdate(key, _ => new Failures(1, now), (_, known) => known.Next(now));
        return TimeSpan.Zero;
    }

    public void Succeeded(string userName, IPAddress? address, string? device)
    {
        foreach (var (key, _) in Keys(userName, address, device))
        {
            // The name counts from nothing again; the address only takes this try back, or one good account would cover guesses at all others.
            if (key.StartsWith('a')) failures.AddOrUpdate(key, _ => new Failures(0, clock.GetUtcNow()), (_, known) => known with { Count = Math.Max(0, known.Count - 1) });
            else failures.TryRemove(key, out _);
        }
    }

    private static (string Key, int Free)[] Keys(string userName, IPAddress? address, string? device)
    {
        var name = userName.Trim().ToUpperInvariant();
        return device is not null ? [($"d{name}\n{device}", FreeForName)] : [($"n{name}", FreeForName), ($"a{Network(address)}", FreeForAddress)];
    }

    /// <summary>An IPv6 network of one customer (/64) counts as one address.</summary>
    private static string Network(IPAddress? address) => address switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, known) in failures)
        {
            if (now - known.Last > Forgotten) failures.TryRemove(key, out _);
        }
    }

    private sealed record Failures(int Count, DateTimeOffset Last)
    {
        public Failures Next(DateTimeOffset now) => now - Last > Forgotten ? new(1, now) : new(Count + 1, now);

        public TimeSpan RemainingAt(DateTimeOffset now, int free)
        {
            if (Count < free || now - Last > Forgotten) return TimeSpan.Zero;
            var wait = TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Min(20, Count - free + 1))));
            return Last + wait > now ? Last + wait - now : TimeSpan.Zero;
        }
    }
}
