using System.Globalization;
using System.Text;

namespace ProcessManager.Tests.Properties;

/// <summary>How often the generator draws each pattern of flow, in how many plans.</summary>
internal static class Patterns
{
    /// <summary>The patterns of one plan, each with how often it is there.</summary>
    public static Dictionary<string, int> Of(RandomPlan plan)
    {
        var found = new Dictionary<string, int>();
        foreach (var name in plan.Stages.SelectMany(s => s.Steps).SelectMany(Of)) { found[name] = found.GetValueOrDefault(name) + 1; }
        if (plan.Stages.Any(s => !s.Next.IsEmpty)) { found["next with rules"] = plan.Stages.Count(s => !s.Next.IsEmpty); }
        return found;
    }

    /// <summary>One line a pattern: how many plans have it, and how many times it is there in all.</summary>
    public static string Table(IReadOnlyDictionary<string, (int Plans, int Times)> counts)
    {
        var text = new StringBuilder();
        foreach (var (name, (plans, times)) in counts.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name,-28}{plans,7:N0} plans {times,8:N0} times\n");
        }

        return text.ToString();
    }

    public static Dictionary<string, (int Plans, int Times)> Count(IEnumerable<RandomPlan> plans)
    {
        var counts = new Dictionary<string, (int Plans, int Times)>();
        foreach (var (name, times) in plans.SelectMany(Of))
        {
            var (before, all) = counts.GetValueOrDefault(name);
            counts[name] = (before + 1, all + times);
        }

        return counts;
    }

    private static IEnumerable<string> Of(RandomStep step)
    {
        yield return $"kind {step.Kind}";
        yield return step.After switch
        {
            { Meeting: Meeting.Start } => "no join",
            { Ways.Length: 1 } after => after.Ways[0].Outcome is null ? "one way" : "one way by outcome",
            { Meeting: Meeting.All } => "all",
            { Meeting: Meeting.Any } => "any",
            { CancelRest: true, Need: > 1 } => "first with need and cancel",
            { CancelRest: true } => "first with cancel",
            { Need: > 1 } => "first with need",
            _ => "first",
        };
        if (step.After.Ways.Any(w => w.Outcome is not null)) { yield return "a way that can die"; }
        if (step.When is not null) { yield return step.PassesAs is null ? "when" : "when with passes-as"; }
        if (step.Starts is not null) { yield return "starts"; }
        if (step.Optional) { yield return "optional"; }
        if (step.Expire is not null) { yield return "expire"; }
        if (step.Each is { } each)
        {
            yield return $"each of {each.List}";
            yield return each.Wanted is not null ? "each with an outcome" : each.Need == "all" ? "each, all" : "each, some";
        }

        foreach (var outcome in step.Outcomes)
        {
            switch (outcome.Deed)
            {
                case Deed.Redo redo: yield return redo.Later is null ? "redo" : redo.Later.Anchor is null ? "redo later" : "redo on a date"; break;
                case Deed.GoTo: yield return "outcome that goes to a stage"; break;
                case Deed.Close: yield return "outcome that closes"; break;
                default: break;
            }
        }
    }
}
