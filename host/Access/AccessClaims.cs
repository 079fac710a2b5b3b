namespace ProcessManager.Host.Access;

/// <summary>Claims of a signed-in principal beside id, name and roles. Made afresh for every request, so none is ever stale.</summary>
public static class AccessClaims
{
    public const string DisplayName = "pm:display-name";
    public const string Zone = "pm:zone";
    public const string Locale = "pm:locale";
    public const string Group = "pm:group";

    /// <summary>A scope of the personal token in use; absent for a browser's session.</summary>
    public const string Scope = "pm:scope";
}
