using System.Collections.Immutable;

namespace ProcessManager.Tests.Properties;

/// <summary>
/// What a random plan says of people's work beside the flow: who does it, by when, and who is told. None of it may change
/// which steps open; that it doesn't is part of what the model test shows.
/// </summary>
internal static class HumanLines
{
    public static RandomStep On(RandomStep step, Random random, IEnumerable<string> surely)
    {
        var lines = new List<string> { $"assign: {Assignee(step, random, surely)}" };
        if (step.Each is { List: not "colours" } && random.Next(2) == 0) { lines = ["priority: low"]; }   // the members themselves
        else if (step.Kind != Kind.Approval && random.Next(100) < 20 && lines[0].Contains("group:", StringComparison.Ordinal))
        {
            lines.Add(random.Next(2) == 0 ? "share: round-robin" : "share: least-busy");
        }

        if (random.Next(100) < 20 && lines[0] != "priority: low") { lines.Add("except: [creator]"); }
        if (random.Next(100) < 25) { lines.Add("form: [n]"); }
        if (random.Next(100) < 15 && lines[0] != "priority: low") { lines.Add("priority: high"); }
        if (random.Next(100) < 20) { lines.Add(random.Next(2) == 0 ? "notify: { opened: owner, done: [owner, manager] }" : "notify: { claimed: manager }"); }
        if (random.Next(100) < 50) { Deadline(lines, random); }
        else if (random.Next(100) < 10) { lines.Add("remind: [1 hour after opened]"); }

        return step with { Lines = [.. lines] };
    }

    public static ImmutableArray<string> OfStage(Random random)
    {
        var lines = new List<string>();
        if (random.Next(100) < 15) { lines.Add($"status: {Pick(random, "new", "active")}"); }
        if (random.Next(100) < 20)
        {
            lines.Add($"within: {Pick(random, "1 day", "5 days", "2 working days", "at field:day")}");
            if (random.Next(2) == 0) { lines.Add("remind: [1 day before due, every 1 day after due at most 2]"); }
            if (random.Next(2) == 0) { lines.AddRange(["escalate:", "  - { after: 1 day, alert: manager }"]); }
        }

        return [.. lines];
    }

    private static string Assignee(RandomStep step, Random random, IEnumerable<string> surely)
    {
        if (step.Kind == Kind.Approval) { return random.Next(3) == 0 ? "role:helper" : "group:team"; }

        var done = surely.Order().FirstOrDefault();
        return random.Next(9) switch
        {
            0 => "owner",
            1 => "creator",
            2 => "manager",
            3 => "role:helper",
            4 => "user:ann",
            5 when done is not null => $"by:{done}",
            6 => "[role:helper, owner]",
            _ => "group:team",
        };
    }

    private static void Deadline(List<string> lines, Random random)
    {
        lines.Add($"due: {Pick(random, "2 hours", "1 day", "2 working days", "6 working hours", "at field:day", "1 day after start", "1 day before field:day")}");
        if (random.Next(100) < 60)
        {
            lines.Add($"remind: [{Pick(random, "1 hour before due", "at due", "every 1 day after due at most 3", "1 hour before due, at due, every 5 hours after due at most 2")}]");
        }

        if (random.Next(100) < 40)
        {
            lines.Add("escalate:");
            lines.Add($"  - {{ after: {Pick(random, "1 hour", "1 day", "3 hours after opened")}, {Pick(random, "alert: manager", "reassign: group:desk", "reassign: user:bob", "priority: urgent")} }}");
        }
    }

    private static string Pick(Random random, params ReadOnlySpan<string> of) => of[random.Next(of.Length)];
}
