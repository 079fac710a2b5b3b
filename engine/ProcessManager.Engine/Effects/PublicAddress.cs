using System.Net;
using System.Net.Sockets;

namespace ProcessManager.Engine.Effects;

/// <summary>
/// Which addresses are out in the public network: everything that the special-purpose registries (RFC 6890) keep for hosts, links, private networks,
/// documentation or multicast is not, however it is wrapped.
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] NotPublicV4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork[] NotPublicV6 = [.. new[] { "2001::/23", "2001:db8::/32", "3fff::/20" }.Select(IPNetwork.Parse)];

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) { address = address.MapToIPv4(); }
        if (address.AddressFamily == AddressFamily.InterNetwork) { return !Array.Exists(NotPublicV4, n => n.Contains(address)); }
        var bytes = address.GetAddressBytes();
        if (Nat64.Contains(address)) { return Is(new IPAddress(bytes.AsSpan(12))); }
        if (SixToFour.Contains(address)) { return Is(new IPAddress(bytes.AsSpan(2, 4))); }
        return address.ScopeId == 0 && Global.Contains(address) && !Array.Exists(NotPublicV6, n => n.Contains(address));
    }
}
