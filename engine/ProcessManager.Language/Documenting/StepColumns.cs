using System.Collections.Immutable;
using ProcessManager.Language.Describing;

namespace ProcessManager.Language.Documenting;

/// <summary>What a table of steps says of one step, column by column.</summary>
/// <param name="When">Due, reminders and everything else about time.</param>
/// <param name="Outcomes">What comes of it.</param>
/// <param name="More">The rest, with labels.</param>
internal sealed record StepColumns(string? Who, ImmutableArray<string> When, ImmutableArray<string> Outcomes, ImmutableArray<PlanFact> More)
{
    public static StepColumns Of(ImmutableArray<PlanFact> facts)
    {
        var who = facts.FirstOrDefault(f => f.Key is "assign" or "to")?.Text;
        var when = facts.Where(f => f.Key is "starts" or "due" or "until" or "effort" or "remind" or "escalate" or "expire").Select(Timed);
        var outcomes = facts.Where(IsOutcome).Select(f => f.Text);
        var more = facts.Where(f => f.Key is not ("kind" or "name" or "title" or "assign" or "to" or "starts" or "due" or "until" or "effort" or "remind" or "escalate" or "expire") && !IsOutcome(f));
        return new StepColumns(who, [.. when], [.. outcomes], [.. more]);
    }

    private static bool IsOutcome(PlanFact fact) =>
        fact.Key.StartsWith("outcome:", StringComparison.Ordinal) || fact.Key.StartsWith("choice:", StringComparison.Ordinal);

    private static string Timed(PlanFact fact) => fact.Key switch
    {
        "due" => "Due " + fact.Text,
        "until" => "Waits " + fact.Text,
        _ => $"{fact.Label}: {fact.Text}",
    };
}
