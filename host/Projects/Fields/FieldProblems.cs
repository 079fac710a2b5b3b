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
        foreach (var field in fields.DistinctBy(f => f.Id).OrderByDescending(f => f.Label.Length))
        {
            if (problems.ContainsKey(field.Id) || Find(missing, field.Label) is not { } at) { continue; }
            problems[field.Id] = $"{field.Label} is needed.";
            missing = missing.Remove(at, field.Label.Length);
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

    /// <summary>The "A, B and C" of "Please fill A, B and C."; empty without.</summary>
    private static string Missing(string message)
    {
        var at = message.IndexOf(Fill, StringComparison.Ordinal);
        return at < 0 ? "" : message[(at + Fill.Length)..].TrimEnd('.');
    }

    /// <summary>Where a label stands in the list, as a whole entry.</summary>
    private static int? Find(string list, string label)
    {
        for (var at = list.IndexOf(label, StringComparison.Ordinal); at >= 0; at = list.IndexOf(label, at + 1, StringComparison.Ordinal))
        {
            var (before, after) = (list[..at], list[(at + label.Length)..]);
            if ((before.Length == 0 || before.EndsWith(", ", StringComparison.Ordinal) || before.EndsWith(" and ", StringComparison.Ordinal))
                && (after.Length == 0 || after.StartsWith(", ", StringComparison.Ordinal) || after.StartsWith(" and ", StringComparison.Ordinal)))
            {
                return at;
            }
        }

        return null;
    }
}
