using ProcessManager.Host.Access;

namespace ProcessManager.Host.Shell;

/// <summary>An entry of the main navigation.</summary>
/// <param name="Title">One word where possible.</param>
/// <param name="Href">The page; pages below it mark the entry too.</param>
/// <param name="Icon">A name of <c>designer/src/icons.json</c>.</param>
/// <param name="Key">"g" and then this letter goes there.</param>
/// <param name="Policy">A name of <see cref="Policies"/>; null shows the entry to everybody.</param>
/// <param name="Section">Entries with the same section stand together under its name; null stands at the top.</param>
public sealed record NavigationEntry(string Title, string Href, string Icon, char Key, string? Policy = null, string? Section = null);

/// <summary>The main navigation, in its order. A page that everybody should find adds its line here.</summary>
public static class Navigation
{
    public static IReadOnlyList<NavigationEntry> Entries { get; } =
    [
        new("Home", "/", "home", 'h'),
        new("Tasks", "/tasks", "checkbox", 't'),
        new("Projects", "/projects", "briefcase", 'p'),
        new("Plans", "/plans", "sitemap", 'l'),
        new("Contacts", "/contacts", "address-book", 'c'),
        new("Mail", "/mail", "mail", 'm', Policies.Manage, "Operations"),
        new("Operations", "/operations", "server", 'o', Policies.Administer, "Operations"),
        new("People", "/settings/people", "users", 'e', Policies.Administer, "Settings"),
    ];

    /// <summary>The entry that holds the page at <paramref name="path"/>.</summary>
    public static NavigationEntry? Current(string path) =>
        Entries.Where(entry => entry.Href == "/" ? path == "/" : path == entry.Href || path.StartsWith(entry.Href + "/", StringComparison.Ordinal))
            .MaxBy(entry => entry.Href.Length);
}
