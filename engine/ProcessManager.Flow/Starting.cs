using System.Collections.Immutable;
using ProcessManager.Flow.Steps;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>Begins a project: owner, fields, roles, then the first stage.</summary>
internal static class Starting
{
    public static Decision Start(Plan plan, Command.Start command, Facts facts, DateTimeOffset now, Driver driver)
    {
        var fields = ImmutableSortedDictionary.CreateBuilder<string, object?>(StringComparer.Ordinal);
        foreach (var field in plan.Fields) { if (field.Default is not null) { fields[field.Id] = field.Default; } }
        var run = new Run(plan, new ProjectState { Owner = "", Creator = command.Actor, StartedAt = now }, facts, now, driver, command.Actor);
        if (command.Depth > StartStep.Deepest) { return Refuse.Invalid($"{StartStep.Deepest} projects stand above this one already, and there may be no more."); }
        if (Required.Fit(run, command.Fields, null, out var given) is { } unfit) { return Refuse.Invalid(unfit); }
        foreach (var (id, value) in given) { if (value is null) { fields.Remove(id); } else { fields[id] = value; } }
        var empty = plan.Fields.Where(f => f.RequiredFrom == "always" && !fields.ContainsKey(f.Id)).Select(f => f.Label).ToArray();
        if (empty.Length > 0) { return Refuse.Invalid($"Please fill {Words.And(empty)}."); }
        if (command.Roles.Keys.FirstOrDefault(r => plan.FindRole(r) is null) is { } unknown) { return Refuse.Invalid($"There is no role “{unknown}”."); }
        if (command.Roles.Values.SelectMany(p => p).FirstOrDefault(p => !facts.Directory.People.ContainsKey(p)) is { } stranger)
        {
            return Refuse.Invalid($"Nobody with the sign-in name “{stranger}” works here.");
        }

        if (command.Owner is { } named && Owners.Refusal(run, named) is { } refused) { return Refuse.Invalid(refused); }
        run.State = run.State with { Fields = fields.ToImmutable(), Roles = Order(command.Roles), Depth = command.Depth };
        if (command.Owner is { } owner) { run.State = run.State with { Owner = owner }; }
        else if (Owners.ByRule(run) is { } found) { run.State = run.State with { Owner = found }; }
        else { return Refuse.Invalid("Nobody can be found to own the project; please name an owner."); }
        Begin(run);
        return run.Finish();
    }

    /// <summary>Fills a role with whom its rule finds; it stays empty where it has none, or where that finds nobody.</summary>
    internal static void FillByRule(Run run, Role role)
    {
        if (role.From is not { } rule) { return; }
        var who = Assignment.Resolve(run, rule, each: true);
        if (who.FellBack) { return; }
        run.State = run.State with { Roles = run.State.Roles.SetItem(role.Id, who.People) };
        run.Emit(new FlowEvent.RoleFilled(role.Id, who.People) { Why = new Why($"from: {rule.Text}", rule.Span, null, who.Note) });
    }

    private static void Begin(Run run)
    {
        run.Emit(new FlowEvent.ProjectStarted(run.State.Owner, run.State.Creator));
        foreach (var (id, value) in run.State.Fields) { run.Emit(new FlowEvent.FieldChanged(id, null, value)); }
        foreach (var (role, people) in run.State.Roles) { run.Emit(new FlowEvent.RoleFilled(role, people)); }
        foreach (var role in run.Plan.Roles)
        {
            if (!run.State.Roles.ContainsKey(role.Id)) { FillByRule(run, role); }
        }

        var first = run.Plan.Stages[0];
        Stages.Enter(run, first, new Why("the project started", first.Span));
        Agenda.Work(run);
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> Order(
        ImmutableSortedDictionary<string, ImmutableArray<string>> roles) => roles.ToImmutableSortedDictionary(StringComparer.Ordinal);
}

/// <summary>Who may own a project of a type, and whom the plan's rule finds.</summary>
internal static class Owners
{
    /// <summary>The sentence that refuses; null where the person can own the project.</summary>
    public static string? Refusal(Run run, string person)
    {
        if (!run.Facts.Directory.People.TryGetValue(person, out var member)) { return $"Nobody with the sign-in name “{person}” works here."; }
        if (member.Disabled) { return $"{member.DisplayName} doesn't work here any more."; }
        var type = run.Facts.Organisation.FindType(run.Plan.Type);
        return type?.OwnerPool is not { } pool || run.Facts.Directory.MembersOf(pool).Contains(person) ? null
            : $"{member.DisplayName} can't own a project of the type {type.Name}: only members of {Rights.GroupName(run, pool)} can.";
    }

    /// <summary>The open tasks that the former owner has as owner, and that nobody gave to anybody by hand, go to the new one.</summary>
    public static void HandOver(Run run, string from)
    {
        var owner = run.State.Owner;
        var why = new Why("the project has a new owner", null, null, $"{Words.Person(run.Facts, from)} → {Words.Person(run.Facts, owner)}");
        foreach (var index in run.Indexes.ToArray())
        {
            if (run.Step(index).Kind.Work?.Assign is not { } rule) { continue; }
            foreach (var task in run[index].Tasks.Where(t => t is { Phase: TaskPhase.Open, HandedOver: false, Group: null }))
            {
                using var turn = run.ForMember(run.Step(index).Each is null ? null : task.Member);
                if (task.Assignee == Assignment.OfOwner(run, rule, from)?.Person && Assignment.OfOwner(run, rule, owner) is { Person: { } next } who
                    && !run[index].Tasks.Any(t => run.Step(index).Kind is ApprovalKind && (t.Assignee == next || t.By == next)))
                {
                    Tasks.Assign(run, index, task, next, null, why with { Note = Words.Join("; ", why.Note, who.Note) }, follows: true);
                }
            }
        }

        ExtraTasks.Follow(run, from, why);
    }

    /// <summary>By the plan's rule; else who started it, or an administrator.</summary>
    public static string? ByRule(Run run)
    {
        var rule = run.Plan.Owner;
        var except = Assignment.Excepted(run, rule);
        var who = rule.InOrder.All(a => a is Assignee.Owner or Assignee.Manager) ? null : Assignment.Resolve(run, rule, run.State.Creator);
        if (who is { FellBack: false } && (who.Person ?? who.People.FirstOrDefault()) is { Length: > 0 } found) { return found; }
        return new[] { run.State.Creator }.Concat(People.Administrators(run))
            .FirstOrDefault(p => p is not null && People.IsActive(run, p) && !except.Contains(p));
    }
}
