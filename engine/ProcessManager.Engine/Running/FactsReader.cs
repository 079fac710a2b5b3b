using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ProcessManager.Engine.Publishing;
using ProcessManager.Engine.Store;
using ProcessManager.Flow;

namespace ProcessManager.Engine.Running;

/// <summary>Gathers what the stepper may need to know, within the engine's transaction.</summary>
internal sealed class FactsReader(PlanLibrary plans, DirectoryCache directory, IProspectSource? prospects)
{
    /// <param name="roles">Who has a role in the project, for work that is shared among them.</param>
    public Facts Read(WriteSession session, PublishedPlan plan, long? prospect, ImmutableSortedDictionary<string, ImmutableArray<string>> roles)
    {
        var now = plan.At(plans.Surroundings ?? plan.Own);
        return new Facts
        {
            Directory = directory.Current.Directory,
            Organisation = now.Organisation,
            Calendars = now.Calendars,
            Prospect = prospect is { } contact && prospects is not null ? new ProspectOnDemand(prospects, contact, session) : null,
            Contacts = prospects is null ? ImmutableDictionary<string, ContactFacts>.Empty : new ContactsOnDemand(prospects, session),
            Workload = WorkloadOf(session, plan, roles),
            Rotation = RotationOf(session, plan),
        };
    }

    private ImmutableDictionary<string, int> WorkloadOf(
        WriteSession session, PublishedPlan plan, ImmutableSortedDictionary<string, ImmutableArray<string>> roles)
    {
        if (plan.LeastBusy.IsEmpty) { return ImmutableDictionary<string, int>.Empty; }
        return plan.LeastBusy.SelectMany(who => Sharing.RoleOf(who) is { } role
                ? [.. roles.GetValueOrDefault(role, []), .. MembersByRule(plan, role)] : directory.Current.Directory.MembersOf(who)).Distinct()
            .ToImmutableDictionary(person => person, person => session.Projects.OpenTasksOf(person));
    }

    /// <summary>Whom a role is filled with when the project starts.</summary>
    private IEnumerable<string> MembersByRule(PublishedPlan plan, string role) =>
        plan.Plan.FindRole(role)?.From?.InOrder.OfType<Language.Assignee.GroupOf>().SelectMany(g => directory.Current.Directory.MembersOf(g.Group)) ?? [];

    private static ImmutableDictionary<string, long> RotationOf(WriteSession session, PublishedPlan plan) => plan.ByTurns.IsEmpty
        ? ImmutableDictionary<string, long>.Empty
        : plan.ByTurns.ToImmutableDictionary(who => who, who => session.Projects.RotationOf(who));

    /// <summary>Contacts by id, each read when it is asked for; ids are the numbers that fields of kind contacts hold.</summary>
    private sealed class ContactsOnDemand(IProspectSource source, WriteSession session) : IReadOnlyDictionary<string, ContactFacts>
    {
        private readonly Dictionary<string, ContactFacts?> known = new(StringComparer.Ordinal);

        public ContactFacts this[string key] => TryGetValue(key, out var contact) ? contact : throw new KeyNotFoundException(key);

        public IEnumerable<string> Keys => this.Select(e => e.Key);

        public IEnumerable<ContactFacts> Values => this.Select(e => e.Value);

        public int Count => Keys.Count();

        public bool ContainsKey(string key) => TryGetValue(key, out _);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out ContactFacts value)
        {
            if (!known.TryGetValue(key, out var contact))
            {
                var entries = long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? source.Find(id, session.CreateCommand) : null;
                known[key] = contact = entries?.GetValueOrDefault("name") is string name ? new ContactFacts(name, entries.GetValueOrDefault("email") as string) : null;
            }

            value = contact;
            return contact is not null;
        }

        /// <summary>Those that were asked for.</summary>
        public IEnumerator<KeyValuePair<string, ContactFacts>> GetEnumerator() =>
            known.Where(e => e.Value is not null).Select(e => new KeyValuePair<string, ContactFacts>(e.Key, e.Value!)).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>The prospect's entries, read when the first of them is asked for: most commands ask for none.</summary>
    private sealed class ProspectOnDemand(IProspectSource source, long contact, WriteSession session) : IReadOnlyDictionary<string, object?>
    {
        private IReadOnlyDictionary<string, object?>? entries;

        private IReadOnlyDictionary<string, object?> Entries =>
            entries ??= source.Find(contact, session.CreateCommand) ?? ImmutableDictionary<string, object?>.Empty;

        public object? this[string key] => Entries[key];

        public IEnumerable<string> Keys => Entries.Keys;

        public IEnumerable<object?> Values => Entries.Values;

        public int Count => Entries.Count;

        public bool ContainsKey(string key) => Entries.ContainsKey(key);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => Entries.TryGetValue(key, out value);

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Entries.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
