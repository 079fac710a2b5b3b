using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>Checks the fields that a command gives, and that none is missing; names everything at once.</summary>
internal static class Required
{
    /// <summary>True where a field must have a value now: always, or from a stage on that was reached.</summary>
    public static bool IsNow(Run run, Field field) => field.RequiredFrom switch
    {
        null => false,
        "always" => true,
        var from => run.Stage is { } stage && run.Plan.FindStage(from) is { } first && stage.Index >= first.Index,
    };

    /// <summary>Brings given values into their fields' forms.</summary>
    /// <param name="allowed">The fields that may be given; null: any.</param>
    /// <returns>What is wrong, one sentence a field; null where all fit.</returns>
    public static string? Fit(
        Run run, ImmutableSortedDictionary<string, object?> given, IReadOnlyCollection<string>? allowed,
        out ImmutableSortedDictionary<string, object?> fitted)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, object?>(StringComparer.Ordinal);
        List<string> problems = [];
        foreach (var (id, raw) in given)
        {
            var value = raw;
            var problem = FieldValues.Fit(run, id, ref value);
            if (problem is null && allowed is not null && !allowed.Contains(id))
            {
                problem = $"{FieldValues.LabelOf(run.Plan, id)} isn't asked here.";
            }

            if (problem is null) { values[id] = value; }
            else { problems.Add(problem); }
        }

        fitted = values.ToImmutable();
        return problems.Count == 0 ? null : string.Join(" ", problems);
    }

    /// <summary>The fields of a form that would still be empty, in words; null where none.</summary>
    public static string? Missing(
        Run run, IEnumerable<FormField> asked, ImmutableSortedDictionary<string, object?> given, string? alsoRequired)
    {
        var missing = asked
            .Where(f => f.Required || f.Field == alsoRequired || (run.Plan.FindField(f.Field) is { } field && IsNow(run, field)))
            .Select(f => f.Field)
            .Concat(alsoRequired is null ? [] : [alsoRequired])
            .Distinct()
            .Where(id => (given.TryGetValue(id, out var value) ? value : run.State.Fields.GetValueOrDefault(id)) is null)
            .Select(id => FieldValues.LabelOf(run.Plan, id))
            .ToArray();
        return missing.Length == 0 ? null : $"Please fill {Words.And(missing)}.";
    }
}
