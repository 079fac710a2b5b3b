namespace ProcessManager.Host.Access;

/// <summary>Addresses to go back to: pages of this host alone.</summary>
public static class LocalUrl
{
    /// <summary><paramref name="url"/> if it is a page of ours, else <paramref name="otherwise"/>.</summary>
    public static string Or(string? url, string otherwise) => IsLocal(url) ? url! : otherwise;

    /// <summary>"/tasks?x=1" is; "//evil", "/\evil", "https://…" and anything with control characters, which browsers drop, are not.</summary>
    public static bool IsLocal(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl);
}
