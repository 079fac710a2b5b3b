using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ProcessManager.Engine.Publishing;
using ProcessManager.Engine.Store;
using ProcessManager.Flow;

namespace ProcessManager.Engine.Running;

/// <summary>Gathers what the stepper may need to know, within the engine's transaction.</summary>
internal sealed class FactsReader(PlanLibrary plans, DirectoryCache directory, IProspectSource? prospects)
{
    public Facts Read(WriteSession session, PublishedPlan plan, long? prospect)
    {
        var now = plan.At(plans.Surroundings ?? plan.Own);
        return new Facts
        {
            Directory = directory.Current.Directory,
            Organisation = now.Organisation,
            Calendars = now.Calendars,
            Prospect = prospect is { } contact && prospects is not null ? new ProspectOnDemand(prospects, contact, session) : null,
            Workload = WorkloadOf(session, plan),
            Rotation = RotationOf(session, plan),
        };
    }

    private ImmutableDictionary<string, int> WorkloadOf(WriteSession session, PublishedPlan plan)
    {
        if (plan.LeastBusy.IsEmpty) { return ImmutableDictionary<string, int>.Empty; }
        return plan.LeastBusy.SelectMany(group => directory.Current.Directory.MembersOf(group)).Distinct()
            .ToImmutableDictionary(person => person, person => session.Projects.OpenTasksOf(person));
    }

    private static ImmutableDictionary<string, long> RotationOf(WriteSession session, PublishedPlan plan) => plan.ByTurns.IsEmpty
        ? ImmutableDictionary<string, long>.Empty
        : plan.ByTurns.ToImmutableDictionary(group => group, group => session.Projects.RotationOf(group));

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
