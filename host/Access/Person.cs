using Microsoft.AspNetCore.Identity;

namespace ProcessManager.Host.Access;

/// <summary>
/// Somebody who may sign in or be given work. <see cref="IdentityUser{TKey}.UserName"/> is the sign-in name; plans, history
/// and groups know the person by it, so it never changes. Written by <see cref="People"/> alone.
/// </summary>
public sealed class Person : IdentityUser<long>
{
    /// <summary>The name that others read, "Ann Keller".</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>IANA id of the zone in which this person reads times; null means the organisation's.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Id of the calendar that this person works by; null means the group's, the plan's or the organisation's.</summary>
    public string? Calendar { get; set; }

    /// <summary>Culture name such as "de-CH", for dates and numbers; null means the organisation's.</summary>
    public string? Locale { get; set; }

    /// <summary>"light", "dark" or "auto".</summary>
    public string Theme { get; set; } = "auto";

    /// <summary>Sign-in name of the manager: sees the person's work as "my team" and gets escalations.</summary>
    public string? ManagerUserName { get; set; }

    /// <summary>Alerts and reminders come by mail, too, beside the app.</summary>
    public bool AlertsByMail { get; set; } = true;

    /// <summary>A disabled person keeps their history and can't sign in; sessions and tokens end with the next request.</summary>
    public bool Disabled { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>UTC; null when the person has never signed in.</summary>
    public DateTimeOffset? LastSignInAt { get; set; }
}

/// <summary>One of <see cref="Roles"/>.</summary>
public sealed class Role : IdentityRole<long>;

/// <summary>Who has which role.</summary>
public sealed class PersonRole : IdentityUserRole<long>;

/// <summary>The stock security roles, from most to least. What each may do is said by <see cref="Policies"/>.</summary>
public static class Roles
{
    /// <summary>Runs the installation: people, building blocks, operations.</summary>
    public const string Administrator = "administrator";

    /// <summary>Sees and steers the team's projects, draws and tailors plans.</summary>
    public const string Manager = "manager";

    /// <summary>Starts projects and owns them.</summary>
    public const string Creator = "creator";

    /// <summary>Works on the tasks they are given.</summary>
    public const string User = "user";

    public static IReadOnlyList<string> All { get; } = [Administrator, Manager, Creator, User];
}
