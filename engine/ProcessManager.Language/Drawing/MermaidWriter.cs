using System.Globalization;
using System.Text;
using ProcessManager.Language.Binding;

namespace ProcessManager.Language.Drawing;

/// <summary>Writes a plan as a Mermaid flowchart.</summary>
internal sealed class MermaidWriter(Plan plan)
{
    private readonly StringBuilder text = new();
    private readonly SortedSet<string> ends = [];

    public string Write()
    {
        text.Append("flowchart LR\n");
        foreach (var stage in plan.Stages)
        {
            Stage(stage);
        }

        foreach (var stage in plan.Stages)
        {
            Ways(stage);
            Next(stage);
        }

        foreach (var end in ends)
        {
            text.Append(CultureInfo.InvariantCulture, $"  end_{end}((({end})))\n");
        }

        return text.ToString();
    }

    private void Stage(Stage stage)
    {
        var probability = stage.Probability is { } p ? string.Create(CultureInfo.InvariantCulture, $" · {p} %") : "";
        text.Append(CultureInfo.InvariantCulture, $"  subgraph {Id(stage)}[\"{Escape(stage.Name)}{probability}\"]\n");
        foreach (var step in plan.StepsOf(stage))
        {
            var (open, close) = Shape(step.Kind);
            text.Append(CultureInfo.InvariantCulture, $"    {Id(step)}{open}\"{(step.Each is null ? "" : "× ")}{Escape(step.Name)}\"{close}\n");
        }

        text.Append("  end\n");
    }

    private void Ways(Stage stage)
    {
        foreach (var step in plan.StepsOf(stage))
        {
            foreach (var way in step.After.Ways)
            {
                Arrow(Id(plan.Steps[way.Step]), "-->", way.Outcome is null ? null : Label(plan.Steps[way.Step], way.Outcome), Id(step));
            }

            foreach (var outcome in step.Outcomes)
            {
                Effect(Id(step), outcome.Effect, outcome.Label);
            }

            switch (step.Kind)
            {
                case CloseKind close:
                    Effect(Id(step), new Effect.Close(close.Result, close.Reason), null);
                    break;
                case GoToKind leave:
                    Effect(Id(step), new Effect.GoTo(leave.Stage), null);
                    break;
                default:
                    break;
            }
        }
    }

    private void Next(Stage stage)
    {
        foreach (var rule in stage.Next)
        {
            Effect(Id(stage), rule.Target, rule.When?.Text ?? "else");
        }

        if (stage.Next.IsEmpty)
        {
            Effect(Id(stage), stage.Index + 1 < plan.Stages.Length ? new Effect.GoTo(stage.Index + 1) : new Effect.Close(CloseResult.Won, null), null);
        }
    }

    private void Effect(string from, Effect effect, string? label)
    {
        switch (effect)
        {
            case Effect.Redo redo:
                Arrow(from, "-.->", label, Id(plan.Steps[redo.Step]));
                break;
            case Effect.GoTo leave:
                Arrow(from, "==>", label, Id(plan.Stages[leave.Stage]));
                break;
            case Effect.Close close:
                ends.Add(Kinds.Lower(close.Result));
                Arrow(from, "-->", label, "end_" + Kinds.Lower(close.Result));
                break;
            default:
                break;
        }
    }

    private void Arrow(string from, string arrow, string? label, string to) =>
        text.Append(CultureInfo.InvariantCulture, $"  {from} {arrow}{(label is null ? "" : $"|\"{Escape(label)}\"|")} {to}\n");

    private static string Label(Step step, string outcome) => step.FindOutcome(outcome)?.Label ?? outcome;

    /// <summary>Ids get a prefix, so that none is a word of Mermaid such as <c>end</c>.</summary>
    private static string Id(Step step) => "s_" + step.Id;

    private static string Id(Stage stage) => "stage_" + stage.Id;

    private static (string Open, string Close) Shape(StepKind kind) => kind switch
    {
        TaskKind => ("(", ")"),
        ApprovalKind => ("[[", "]]"),
        NoteKind => (">", "]"),
        DecideKind => ("{", "}"),
        GateKind => ("((", "))"),
        WaitKind or ReceiveKind => ("([", "])"),
        StartKind => ("[[", "]]"),
        CloseKind or GoToKind => ("[/", "\\]"),
        _ => ("[", "]"),
    };

    private static string Escape(string label)
    {
        var escaped = new StringBuilder(label.Length);
        foreach (var c in label)
        {
            escaped.Append(c switch
            {
                '"' => "#quot;",
                '#' => "#35;",
                '<' => "#lt;",
                '>' => "#gt;",
                '&' => "#amp;",
                '\n' or '\r' or '`' => " ",
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }
}
