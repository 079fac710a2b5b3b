using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>Whom a rule found.</summary>
/// <param name="Person">Who does it; null where a group's queue does, or where all of <paramref name="People"/> do.</param>
/// <param name="Group">The group in whose queue it stands.</param>
/// <param name="People">Everybody the rule names who is here.</param>
/// <param name="Note">How it was found, for "why".</param>
/// <param name="FellBack">True where the rule named nobody.</param>
internal sealed record Who(string? Person, string? Group, ImmutableArray<string> People, string? Note, bool FellBack = false);

/// <summary>From a rule to people: absences, substitutes, four eyes, shares and fallbacks.</summary>
internal static class Assignment
{
    /// <summary>Finds who does a piece of work; always somebody.</summary>
    /// <param name="assignee">Whose manager <c>manager</c> means; the owner's where null.</param>
    /// <param name="each">True where everybody named gets a part, unless the rule shares.</param>
    public static Who Resolve(Run run, AssigneeRule rule, string? assignee = null, bool each = false)
    {
        var except = Excepted(run, rule);
        string? note = null;
        foreach (var candidate in rule.InOrder)
        {
            var named = People.Named(run, candidate, assignee);
            var here = Present(run, named, except, out var absent);
            note = Words.Join("; ", note, absent);
            if (here.IsEmpty)
            {
                note = Words.Join("; ", note, $"{People.Describe(run, candidate)}: nobody");
                continue;
            }

            var group = candidate is Assignee.GroupOf of ? of.Group : null;
            return Shared(run, rule.Share, candidate, named, here, group, each, note);
        }

        return Fallback(run, except, note);
    }

    /// <summary>Whom a rule finds because they own the project, where it is the owner whom it finds; null otherwise.</summary>
    /// <param name="owner">Who is taken for the owner.</param>
    public static Who? OfOwner(Run run, AssigneeRule rule, string owner)
    {
        var now = run.State.Owner;
        run.State = run.State with { Owner = owner };
        try
        {
            var except = Excepted(run, rule);
            foreach (var candidate in rule.InOrder)
            {
                var here = Present(run, People.Named(run, candidate, run.Turn), except, out var note);
                if (!here.IsEmpty) { return candidate is Assignee.Owner ? new Who(here[0], null, here, note) : null; }
            }

            return Fallback(run, except, null);
        }
        finally { run.State = run.State with { Owner = now }; }
    }

    /// <summary>Everybody whom a rule for telling names: all entries of a list, not only the first that finds somebody.</summary>
    public static (ImmutableArray<string> People, string? Note) Told(Run run, AssigneeRule rule, string? assignee = null)
    {
        var except = Excepted(run, rule);
        ImmutableArray<string> told = [.. rule.InOrder
            .SelectMany(a => People.Named(run, a, assignee)).Distinct().Where(p => People.IsActive(run, p) && !except.Contains(p))];
        if (!told.IsEmpty) { return (told, null); }
        var fallback = Fallback(run, except, $"{rule.Text}: nobody");
        return (fallback.People, fallback.Note);
    }

    /// <summary>Who is responsible for a task at this moment: its assignee, else every member of its group.</summary>
    public static ImmutableArray<string> Responsible(Run run, TaskState task) =>
        task.Assignee is { } person ? [person]
        : task.Group is { } group ? [.. run.Facts.Directory.MembersOf(group).Where(m => People.IsActive(run, m))]
        : [run.State.Owner];

    public static ImmutableHashSet<string> Excepted(Run run, AssigneeRule rule) =>
        rule.Except.IsEmpty ? [] : [.. rule.Except.SelectMany(a => People.Named(run, a, null))];

    /// <summary>Those who are here, and the substitutes of those who are away; each once.</summary>
    private static ImmutableArray<string> Present(
        Run run, ImmutableArray<string> named, ImmutableHashSet<string> except, out string? note)
    {
        note = null;
        var here = ImmutableArray.CreateBuilder<string>(named.Length);
        var once = new HashSet<string>(named.Length, StringComparer.Ordinal);
        foreach (var name in named)
        {
            var present = People.OrSubstitute(run, name);
            if (present != name && People.IsActive(run, name))
            {
                note = Words.Join("; ", note, present is null
                    ? $"{Words.Person(run.Facts, name)} is away"
                    : $"{Words.Person(run.Facts, name)} is away, {Words.Person(run.Facts, present)} substitutes");
            }

            if (present is not null && !except.Contains(present) && !except.Contains(name) && once.Add(present)) { here.Add(present); }
        }

        return here.ToImmutable();
    }

    private static Who Shared(
        Run run, Share share, Assignee candidate, ImmutableArray<string> named, ImmutableArray<string> here, string? group, bool each, string? note)
    {
        if (share == Share.RoundRobin && here.Length > 0 && candidate is Assignee.GroupOf or Assignee.RoleOf)
        {
            var person = Turn(run, group ?? $"role:{((Assignee.RoleOf)candidate).Role}", here);
            run.Given[person] = run.Given.GetValueOrDefault(person) + 1;
            return new Who(person, group, [person], Words.Join("; ", note, $"{Words.Person(run.Facts, person)}'s turn"));
        }

        if (share == Share.LeastBusy && here.Length > 0 && candidate is Assignee.GroupOf or Assignee.RoleOf)
        {
            var person = here.MinBy(p => Load(run, p))!;
            note = Words.Join("; ", note, $"{Words.Person(run.Facts, person)} has the fewest open tasks ({Load(run, person)})");
            run.Given[person] = run.Given.GetValueOrDefault(person) + 1;
            return new Who(person, group, [person], note);
        }

        if (each) { return new Who(null, null, here, note); }
        if (group is null) { return new Who(here[0], null, here, note); }
        var queued = named.Any(here.Contains);
        return new Who(queued ? null : here[0], group, here, note);
    }

    private static long Load(Run run, string person) =>
        run.Facts.Workload.GetValueOrDefault(person) + run.Given.GetValueOrDefault(person);

    private static string Turn(Run run, string key, ImmutableArray<string> here)
    {
        var turn = run.Rotation.TryGetValue(key, out var known) ? known : run.Facts.Rotation.GetValueOrDefault(key);
        run.Rotation[key] = turn + 1;
        run.Emit(new FlowEvent.RotationAdvanced(key, turn + 1));
        return here[(int)(((turn % here.Length) + here.Length) % here.Length)];
    }

    /// <summary>The owner, then the type's administrator, then any; work always has somebody.</summary>
    private static Who Fallback(Run run, ImmutableHashSet<string> except, string? note)
    {
        string?[] chain = [run.State.Owner, .. People.Administrators(run)];
        foreach (var name in chain)
        {
            if (name is null || People.OrSubstitute(run, name) is not { } person || except.Contains(person) || except.Contains(name)) { continue; }
            var as_ = name == run.State.Owner ? "the owner" : "an administrator";
            return new Who(person, null, [person], Words.Join("; ", note, $"fell back to {as_}, {Words.Person(run.Facts, person)}"), true);
        }

        var owner = run.State.Owner;
        return new Who(owner, null, [owner], Words.Join("; ", note, $"nobody else is left: the owner, {Words.Person(run.Facts, owner)}"), true);
    }
}
