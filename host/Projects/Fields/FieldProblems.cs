using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Host.Projects.Fields;

/// <summary>Puts the sentences of a refusal beside the fields that they name.</summary>
public static class FieldProblems
{
    private const string Fill = "Please fill ";

    /// <summary>What is wrong, by field id; empty where the refusal names no field of the form.</summary>
    public static ImmutableDictionary<string, string> Of(string message, IEnumerable<PlanField> fields)
    {
        var problems = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        // A longer label first, so that "Amount" isn't found in "Amount paid".
        foreach (var field in fields.DistinctBy(f => f.Id).OrderByDescending(f => f.Label.Length))
        {
            if (Sentence(message, field.Label) is { } sentence) { problems[field.Id] = sentence; }
        }

        var missing = Missing(message);
        foreach (var field in fields.Where(f => !problems.ContainsKey(f.Id) && missing.Contains(f.Label, StringComparer.Ordinal)))
        {
            problems[field.Id] = $"{field.Label} is needed.";
        }

        return problems.ToImmutable();
    }

    /// <summary>"Amount must be a number." of a longer text.</summary>
    private static string? Sentence(string message, string label)
    {
        foreach (var words in (ReadOnlySpan<string>)[" must ", " isn't asked here."])
        {
            var at = message.IndexOf(label + words, StringComparison.Ordinal);
            if (at < 0 || (at > 0 && !message[..at].EndsWith(". ", StringComparison.Ordinal))) { continue; }
            var end = message.IndexOf(". ", at, StringComparison.Ordinal);
            return end < 0 ? message[at..] : message[at..(end + 1)];
        }

        return null;
    }

    /// <summary>The labels of "Please fill A, B and C."</summary>
    private static string[] Missing(string message)
    {
        var at = message.IndexOf(Fill, StringComparison.Ordinal);
        return at < 0 ? [] : message[(at + Fill.Length)..].TrimEnd('.').Split([", ", " and "], StringSplitOptions.RemoveEmptyEntries);
    }
}
