using System.Globalization;
using System.Text;
using ProcessManager.Language;

namespace ProcessManager.Bench.Setting;

/// <summary>
/// A plan of 1,000 steps in ten stages, as a long one is written: mostly tasks with people, times and reminders, among
/// them approvals, decisions between outcomes, waits, alerts and values that are set.
/// </summary>
internal static class LargePlan
{
    private const int Stages = 10;
    private const int StepsOfStage = 100;

    private static readonly string[] Dues = ["2 working days", "1 week", "10 days", "4 working hours", "3 days after stage", "1 week before field:call-on"];
    private static readonly string[] People = ["owner", "group:sales", "role:expert", "manager", "[role:expert, group:sales]"];

    public static DefinitionFile File() => new("plan.yaml", Encoding.UTF8.GetBytes(Text()));

    public static string Text()
    {
        var text = new StringBuilder("""
            plan: large
            name: Large plan
            type: sales
            fields:
              call-on: { kind: date, label: Call on }
              worth: { kind: money, label: Worth }
              product: { kind: choice, of: [small, large, huge] }
              remarks: { kind: note, label: Remarks }
            roles:
              expert: { label: Expert, from: "group:sales" }
            stages:

            """);
        for (var stage = 0; stage < Stages; stage++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  part-{stage}:\n    name: Part {stage}\n    probability: {10 + (stage * 8)}\n    within: 12 weeks\n    steps:\n");
            for (var step = 0; step < StepsOfStage; step++) { Step(text, stage, step); }
        }

        return text.ToString();
    }

    private static void Step(StringBuilder text, int stage, int step)
    {
        text.Append(CultureInfo.InvariantCulture, $"      s{stage}-{step}:\n");
        switch (step % 20)
        {
            case 5: Lines(text, "approval: \"Agree to offer {{worth}}\"", "assign: group:sales", "due: 3 working days"); break;
            case 9: Lines(text, "wait: 2 days"); break;
            case 13: Lines(text, "set: { worth: worth * 1.1 }"); break;
            case 17: Lines(text, "alert: \"{{title}} moves on\"", "to: [owner, manager]"); break;
            default: Task(text, stage, step); break;
        }

        if (step > 0) { After(text, stage, step); }
        if (step % 7 == 3) { Lines(text, string.Create(CultureInfo.InvariantCulture, $"when: worth > {step * 100} and product = \"large\"")); }
    }

    private static void Task(StringBuilder text, int stage, int step)
    {
        var title = step % 4 == 1
            ? string.Create(CultureInfo.InvariantCulture, $"task: \"Piece {step} of part {stage} for {{{{title}}}}\"")
            : string.Create(CultureInfo.InvariantCulture, $"task: Do piece {step} of part {stage}");
        Lines(text, title, "assign: " + People[step % People.Length], "due: " + Dues[step % Dues.Length], "remind: [1 working day before due, at due]");
        if (step % 3 == 0) { Lines(text, "form: [worth!, remarks]"); }
        if (step % 5 == 2) { Lines(text, "instructions: |", "  Look at what was agreed", "  before you begin."); }
        if (step % 10 == 4) { Lines(text, "escalate: [{ after: 1 working day, alert: manager }]"); }
        if (step % 20 is 3 or 11)
        {
            Lines(text, "outcomes:", "  ready: { label: It is ready }", "  later: { ask: [call-on], redo: " + Name(stage, step) + ", in: 2 working days }", "  hopeless: { close: lost, reason: no-interest }");
        }
    }

    private static void After(StringBuilder text, int stage, int step)
    {
        var before = Name(stage, step - 1);
        Lines(text, "after: " + (step > 10 && step % 6 == 0 ? $"[{before}, {Name(stage, step - 7)}]" : (step - 1) % 20 is 3 or 11 ? before + ".ready" : before));
    }

    private static string Name(int stage, int step) => string.Create(CultureInfo.InvariantCulture, $"s{stage}-{step}");

    private static void Lines(StringBuilder text, params ReadOnlySpan<string> lines)
    {
        foreach (var line in lines) { text.Append("        ").Append(line).Append('\n'); }
    }
}
