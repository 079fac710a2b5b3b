using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Flow.Versions;

/// <summary>
/// What each name of one version is called in another: the same id, or the one that says <c>was</c>. Works both ways, so that a project can
/// also be moved back. Null where the other version has nothing for it.
/// </summary>
internal sealed class NameMap(Plan from, Plan to)
{
    private readonly ImmutableDictionary<string, string> steps = Map(
        from.Steps.Select(s => (s.Id, s.Was)), to.Steps.Select(s => (s.Id, s.Was)));

    private readonly ImmutableDictionary<string, string> stages = Map(
        from.Stages.Select(s => (s.Id, s.Was)), to.Stages.Select(s => (s.Id, s.Was)));

    private readonly ImmutableDictionary<string, string> fields = Map(
        from.Fields.Select(f => (f.Id, f.Was)), to.Fields.Select(f => (f.Id, f.Was)));

    private readonly ImmutableDictionary<string, string> roles = Map(
        from.Roles.Select(r => (r.Id, r.Was)), to.Roles.Select(r => (r.Id, r.Was)));

    public string? Step(string id) => steps.GetValueOrDefault(id);

    public string? Stage(string id) => stages.GetValueOrDefault(id);

    public string? Role(string id) => roles.GetValueOrDefault(id);

    /// <summary>Built-in fields are in every version.</summary>
    public string? Field(string id) => fields.GetValueOrDefault(id) ?? (FieldValues.BuiltIn.ContainsKey(id) ? id : null);

    /// <summary>True where the field is new: no field of the earlier version became it.</summary>
    public bool IsNewField(string id) => !fields.ContainsValue(id);

    public bool IsNewRole(string id) => !roles.ContainsValue(id);

    private static ImmutableDictionary<string, string> Map(IEnumerable<(string Id, string? Was)> from, IEnumerable<(string Id, string? Was)> to)
    {
        var there = to.ToArray();
        var ids = there.Select(t => t.Id).ToHashSet(StringComparer.Ordinal);
        var map = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        HashSet<string> taken = [];
        foreach (var (id, was) in from.OrderBy(f => ids.Contains(f.Id) ? 0 : 1))
        {
            var name = ids.Contains(id) ? id
                : there.Where(t => t.Was == id).Select(t => t.Id).FirstOrDefault()
                    ?? (was is not null && ids.Contains(was) ? was : null);
            if (name is not null && taken.Add(name)) { map[id] = name; }
        }

        return map.ToImmutable();
    }
}
