namespace ProcessManager.Host.Access;

/// <summary>A person's membership in a group of the organisation. The groups themselves and their names are in <c>organisation.yaml</c>.</summary>
public sealed class GroupMember
{
    /// <summary>Id of the group as plans write it.</summary>
    public required string Group { get; init; }

    public long PersonId { get; init; }

    public Person Person { get; init; } = null!;
}

/// <summary>A time in which a person does no work; the substitute gets what would have been assigned to them.</summary>
public sealed class Absence
{
    public long Id { get; init; }

    public long PersonId { get; init; }

    public Person Person { get; init; } = null!;

    /// <summary>First day away, in the person's zone.</summary>
    public DateOnly From { get; set; }

    /// <summary>Last day away, in the person's zone.</summary>
    public DateOnly To { get; set; }

    /// <summary>Null when nobody stands in: work waits or is escalated as the plan says.</summary>
    public long? SubstituteId { get; set; }

    public Person? Substitute { get; set; }
}

/// <summary>A signed-in browser. The cookie holds a random key, this row the key's hash: neither the database nor a backup of it lets anybody in.</summary>
public sealed class Session
{
    /// <summary>SHA-256 of the key in the cookie.</summary>
    public required byte[] KeyHash { get; init; }

    public long PersonId { get; init; }

    public Person Person { get; init; } = null!;

    /// <summary>The person's security stamp at sign-in; a new password or a disabled account changes it and so ends the session.</summary>
    public required string SecurityStamp { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>UTC, exact to a few minutes: written only when it has moved that far.</summary>
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>UTC; the end whatever the person does.</summary>
    public DateTimeOffset EndsAt { get; init; }

    /// <summary>"Keep me signed in on this device": a longer idle limit.</summary>
    public bool Remembered { get; init; }

    public string? Address { get; init; }

    /// <summary>The browser's User-Agent, cut to 200 characters.</summary>
    public string? Agent { get; init; }
}

/// <summary>A personal access token: lets a program act as the person, within its scopes, until it expires or is revoked.</summary>
public sealed class PersonalToken
{
    public long Id { get; init; }

    public long PersonId { get; init; }

    public Person Person { get; init; } = null!;

    /// <summary>What the person called it, "Nightly export".</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the token; the token itself is shown once and kept nowhere.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>Scopes separated by a blank, of <see cref="TokenScopes"/>.</summary>
    public required string Scopes { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>UTC, exact to a few minutes.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
}

/// <summary>What a personal access token may be used for.</summary>
public static class TokenScopes
{
    /// <summary>Reading everything the person may see.</summary>
    public const string Read = "read";

    /// <summary>Changing what the person may change.</summary>
    public const string Write = "write";

    public static IReadOnlyList<string> All { get; } = [Read, Write];
}

/// <summary>A sign-in that worked or was refused, for the audit page.</summary>
public sealed class SignInEvent
{
    public long Id { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>As typed, cut to 100 characters: it may be the name of nobody.</summary>
    public required string UserName { get; init; }

    public long? PersonId { get; init; }

    /// <summary>"signed in", "signed out", "wrong password", "unknown name" or "disabled".</summary>
    public required string What { get; init; }

    public string? Address { get; init; }
}
