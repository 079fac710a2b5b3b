using System.Collections.Immutable;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Binding;

/// <summary>Checks <c>was</c> and binds <c>retired</c>: ids of an earlier version, which nothing may have now.</summary>
internal sealed class FormerNames(BindingContext context, YamlMapping root)
{
    private readonly Dictionary<(string What, string Id), string> takenBy = [];

    public void Check()
    {
        var fields = root.EntriesOf("fields");
        var roles = root.EntriesOf("roles");
        Check("field", fields.Select(f => (f.Name, f.Value as YamlMapping)), id => fields.Any(f => f.Name == id));
        Check("role", roles.Select(r => (r.Name, r.Value as YamlMapping)), id => roles.Any(r => r.Name == id));
        Check("stage", context.Stages.Select(s => (s.Id, (YamlMapping?)s.Body)), id => context.FindStage(id) is not null);
        Check("step", context.Steps.Select(s => (s.Id, (YamlMapping?)s.Body)), id => context.FindStep(id) is not null);
    }

    /// <summary>Where live work of removed steps goes; the check of `was` comes before.</summary>
    public ImmutableSortedDictionary<string, int> Retired()
    {
        var retired = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (var entry in root.EntriesOf("retired"))
        {
            if (context.FindStep(entry.Name) is not null)
            {
                context.Report(Errors.StillThere, entry.Key.Span, $"“{entry.Name}” isn't retired: a step of this name is still there.");
            }
            else if (takenBy.TryGetValue(("step", entry.Name), out var other))
            {
                context.Report(Errors.StillThere, entry.Key.Span, $"“{entry.Name}” isn't retired: “{other}” says that it was “{entry.Name}” and takes its work over.");
            }

            if ((entry.Value as YamlScalar).Written() is not { } target)
            {
                continue;
            }

            if (context.FindStep(target.Value) is { Stage: not null } step)
            {
                retired[entry.Name] = step.Index;
                continue;
            }

            context.Unknown(Errors.UnknownStep, target.Span, target.Value, $"There is no step “{target.Value}” that could take work over",
                context.Steps.Where(s => s.Stage is not null).Select(s => s.Id), "the plan has no steps");
        }

        return retired.ToImmutable();
    }

    private void Check(string what, IEnumerable<(string Id, YamlMapping? Body)> things, Func<string, bool> isThere)
    {
        foreach (var (id, body) in things)
        {
            if (body?.Scalar("was") is not { } was)
            {
                continue;
            }

            if (isThere(was.Value))
            {
                context.Report(Errors.StillThere, was.Span, $"“{id}” can't have been “{was.Value}”: a {what} of this name is still there.");
            }
            else if (!takenBy.TryAdd((what, was.Value), id))
            {
                context.Report(Errors.StillThere, was.Span, $"“{id}” can't have been “{was.Value}”: “{takenBy[(what, was.Value)]}” says the same.");
            }
        }
    }
}
