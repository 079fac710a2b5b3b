using System.Collections.Immutable;
using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Flow;

/// <summary>What the stepper may need to know of the world, as values read before it is called.</summary>
public sealed record Facts
{
    public required Directory Directory { get; init; }
    public required Organisation Organisation { get; init; }
    public required ImmutableDictionary<string, WorkingCalendar> Calendars { get; init; }

    /// <summary>Entries of <c>prospect</c> in expressions: name, kind, email, city, country, …; null without a prospect.</summary>
    public IReadOnlyDictionary<string, object?>? Prospect { get; init; }

    /// <summary>Those contacts that fields of the project name, by id: for steps with <c>each</c> over contacts.</summary>
    public IReadOnlyDictionary<string, ContactFacts> Contacts { get; init; } = ImmutableDictionary<string, ContactFacts>.Empty;

    /// <summary>Open tasks per person, for <c>share: least-busy</c>; only for members of the groups that the plan shares so.</summary>
    public ImmutableDictionary<string, int> Workload { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>The next turn per group, for <c>share: round-robin</c>.</summary>
    public ImmutableDictionary<string, long> Rotation { get; init; } = ImmutableDictionary<string, long>.Empty;
}

/// <summary>Who works here, in which groups, under whom, and who is away.</summary>
public sealed record Directory
{
    public static Directory Empty { get; } = new();

    public ImmutableDictionary<string, Member> People { get; init; } = ImmutableDictionary<string, Member>.Empty;

    /// <summary>Sign-in names by group, in a stable order.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Groups { get; init; } =
        ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    public ImmutableArray<string> MembersOf(string group) => Groups.TryGetValue(group, out var members) ? members : [];
}

/// <summary>What texts and mails need of a contact.</summary>
public sealed record ContactFacts(string Name, string? Email);

/// <param name="Name">Sign-in name.</param>
/// <param name="IsAdministrator">May get what nobody else can be found for.</param>
public sealed record Member(
    string Name, string DisplayName, string? Email, string? Manager, bool IsAdministrator, bool Disabled,
    ImmutableArray<Absence> Away)
{
    /// <summary>The id of the person's own calendar; the group's, plan's or organisation's where null.</summary>
    public string? Calendar { get; init; }
}

/// <summary>From is included, until is not.</summary>
public sealed record Absence(DateTimeOffset From, DateTimeOffset Until, string? Substitute);
