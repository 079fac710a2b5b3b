using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>Whom the words of a rule mean here, and who of them is at work.</summary>
internal static class People
{
    /// <summary>A substitute's substitute is followed this far.</summary>
    private const int LongestChain = 10;

    /// <summary>The sign-in names, in a stable order; those who left or are away are still among them.</summary>
    public static ImmutableArray<string> Named(Run run, Assignee assignee, string? ofWhom) => assignee switch
    {
        Assignee.Owner => [run.State.Owner],
        Assignee.Creator => One(run.State.Creator),
        Assignee.Manager => One(ManagerOf(run, ofWhom ?? run.State.Owner) ?? ManagerOf(run, run.State.Owner)),
        Assignee.AccountManager => One(run.Facts.Prospect?.GetValueOrDefault("account-manager") as string),
        Assignee.RoleOf role => run.State.Roles.TryGetValue(role.Role, out var people) ? people : [],
        Assignee.GroupOf group => run.Facts.Directory.MembersOf(group.Group),
        Assignee.User user => [user.Name],
        Assignee.DoneBy step => One(DoneBy(run, step.Step)),
        Assignee.Participants => [.. run.State.Roles.Values.SelectMany(p => p).Distinct()],
        Assignee.Item => One(run.Turn),
        Assignee.Prospect or Assignee.Address => [],
        _ => throw new InvalidOperationException($"Unknown assignee {assignee.GetType().Name}."),
    };

    public static string Describe(Run run, Assignee assignee) => assignee switch
    {
        Assignee.Owner => "owner",
        Assignee.Creator => "creator",
        Assignee.Manager => "manager",
        Assignee.AccountManager => "account manager",
        Assignee.RoleOf role => $"role {run.Plan.FindRole(role.Role)?.Label ?? role.Role}",
        Assignee.GroupOf group => $"group {run.Facts.Organisation.Groups.GetValueOrDefault(group.Group, group.Group)}",
        Assignee.User user => Words.Person(run.Facts, user.Name),
        Assignee.DoneBy step => $"who did {run.Step(step.Step).Id}",
        Assignee.Participants => "participants",
        Assignee.Item => "the member it is for",
        Assignee.Prospect => "prospect",
        Assignee.Address address => address.Email,
        _ => throw new InvalidOperationException($"Unknown assignee {assignee.GetType().Name}."),
    };

    /// <summary>Known, and not disabled.</summary>
    public static bool IsActive(Run run, string name) =>
        run.Facts.Directory.People.TryGetValue(name, out var member) && !member.Disabled;

    public static bool IsAway(Run run, string name) => AbsenceOf(run, name) is not null;

    /// <summary>The person, or the substitute while they are away; null where nobody stands in.</summary>
    public static string? OrSubstitute(Run run, string name)
    {
        var current = name;
        for (var i = 0; i < LongestChain; i++)
        {
            if (!IsActive(run, current)) { return null; }
            if (AbsenceOf(run, current) is not { } absence) { return current; }
            if (absence.Substitute is not { } substitute) { return null; }
            current = substitute;
        }

        return null;
    }

    /// <summary>The type's administrator first, then every other by name.</summary>
    public static IEnumerable<string> Administrators(Run run)
    {
        var first = run.Facts.Organisation.FindType(run.Plan.Type)?.Administrator;
        if (first is not null) { yield return first; }
        foreach (var member in run.Facts.Directory.People.Values
            .Where(m => m.IsAdministrator && !m.Disabled && m.Name != first).OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            yield return member.Name;
        }
    }

    /// <summary>Owner and administrator, whom trouble is told.</summary>
    public static ImmutableArray<string> ForTrouble(Run run) =>
        [.. new[] { run.State.Owner }.Concat(Administrators(run).Where(a => IsActive(run, a)).Take(1)).Distinct()];

    public static string? ManagerOf(Run run, string name) =>
        run.Facts.Directory.People.TryGetValue(name, out var member) ? member.Manager : null;

    private static string? DoneBy(Run run, int step) =>
        run.TakesPart(step) ? run[step].Last?.By : run.State.Past.GetValueOrDefault(run.Step(step).Id)?.By;

    private static Absence? AbsenceOf(Run run, string name) =>
        run.Facts.Directory.People.TryGetValue(name, out var member)
            ? member.Away.FirstOrDefault(a => a.From <= run.Now && run.Now < a.Until) : null;

    private static ImmutableArray<string> One(string? name) => name is null ? [] : [name];
}
