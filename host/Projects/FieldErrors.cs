using ProcessManager.Host.Projects.Fields;

namespace ProcessManager.Host.Projects;

/// <summary>Finds which fields a refusal speaks of, so that each can say it itself.</summary>
public static class FieldErrors
{
    /// <summary>By field id: the sentence that names the field's label.</summary>
    public static IReadOnlyDictionary<string, string> Of(string? refusal, IEnumerable<PlanField> fields)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (refusal is null) return errors;
        foreach (var field in fields.OrderByDescending(f => f.Label.Length))
        {
            var at = refusal.IndexOf(field.Label, StringComparison.Ordinal);
            if (at < 0) continue;
            // A question as a label ends in a mark of its own, so the sentence is looked for around it.
            var start = refusal.LastIndexOf(". ", at, StringComparison.Ordinal) is var before and >= 0 ? before + 2 : 0;
            var end = refusal.IndexOf(". ", at + field.Label.Length, StringComparison.Ordinal) is var after and >= 0 ? after + 1 : refusal.Length;
            errors[field.Id] = refusal[start..end].StartsWith("Please fill ", StringComparison.Ordinal) ? "This is required." : refusal[start..end];
        }

        return errors;
    }
}
