using System.Text;

namespace ProcessManager.Tests.Properties;

/// <summary>Writes a random plan as the YAML that a person would write.</summary>
internal static class PlanText
{
    public const string Id = "random";

    public static string Of(RandomPlan plan)
    {
        var text = new StringBuilder("""
            plan: random
            name: A random plan
            type: sales

            fields:
              n: { kind: number }
              flag: { kind: yes-no, default: false }
              day: { kind: date }
              people: { kind: persons }
              colours: { kind: choices, of: [red, green, blue] }

            roles:
              crew: { label: Crew }
              helper: { label: Helper, from: group:team }

            stages:

            """.ReplaceLineEndings("\n"));
        foreach (var stage in plan.Stages) { Write(text, stage); }

        text.Append("\non-close:\n  won:\n    thank: { alert: Thank you, to: owner }\n  lost:\n    note-loss: { set: { n: 0 } }\n");
        return text.ToString();
    }

    private static void Write(StringBuilder text, RandomStage stage)
    {
        Line(text, 1, $"{stage.Id}:");
        if (stage.Probability is { } probability) { Line(text, 2, $"probability: {probability}"); }
        if (stage.Milestone) { Line(text, 2, "milestone: true"); }
        foreach (var line in stage.Lines) { Line(text, 2, line); }

        Line(text, 2, "steps:");
        foreach (var step in stage.Steps) { Write(text, step); }

        if (stage.Next.IsEmpty) { return; }

        Line(text, 2, "next:");
        foreach (var rule in stage.Next)
        {
            var parts = new[] { rule.When is null ? null : $"when: {Quoted(rule.When)}", rule.Deed is Deed.GoTo to ? $"stage: {to.Stage}" : Words(rule.Deed) };
            Line(text, 3, $"- {{ {string.Join(", ", parts.Where(p => p is not null))} }}");
        }
    }

    private static void Write(StringBuilder text, RandomStep step)
    {
        Line(text, 3, $"{step.Id}:");
        foreach (var line in KindLines(step)) { Line(text, 4, line); }
        if (Words(step.After) is { } after) { Line(text, 4, $"after: {after}"); }
        if (step.When is { } when) { Line(text, 4, $"when: {Quoted(when)}"); }
        if (step.PassesAs is { } passes) { Line(text, 4, $"passes-as: {passes}"); }
        if (step.Starts is { } starts) { Line(text, 4, $"starts: {starts}"); }
        if (step.Optional) { Line(text, 4, "optional: true"); }
        if (step.Probability is { } probability) { Line(text, 4, $"probability: {probability}"); }
        if (step.Each is { } each) { Line(text, 4, $"each: {each.List}"); Line(text, 4, $"need: {each.Need}"); }
        if (step.Expire is { } expire) { Line(text, 4, $"expire: {{ after: {expire.Hours} hours, outcome: {expire.Outcome} }}"); }

        foreach (var line in step.Lines) { Line(text, 4, line); }
        if (!SaysOutcomes(step)) { return; }

        Line(text, 4, "outcomes:");
        if (step.Each is { } members)
        {
            foreach (var choice in members.Choices.Where(c => step.Kind == Kind.Task && step.Outcomes.All(o => o.Id != c))) { Line(text, 5, $"{choice}:"); }
        }

        foreach (var outcome in step.Outcomes.Where(o => step.Each is null or { Wanted: not null } && (step.Each is null || step.Kind == Kind.Task || o.Deed is not Deed.GoOn)))
        {
            Line(text, 5, Words(outcome.Deed) is { Length: > 0 } words ? $"{outcome.Id}: {{ {words}{Asks(step, outcome)} }}" : $"{outcome.Id}:");
        }
    }

    /// <summary>Outcomes that the kind has by itself are written only where they do something.</summary>
    private static bool SaysOutcomes(RandomStep step) => step.Kind switch
    {
        Kind.Task when step.Each is { } each => each.Choices.Length > 1 || step.Outcomes.Any(o => o.Deed is not Deed.GoOn),
        Kind.Task => step.Outcomes.Length > 1 || step.Outcomes.Any(o => o.Id != "done"),
        Kind.Close or Kind.GoTo => false,
        _ => step.Outcomes.Any(o => o.Deed is not Deed.GoOn),
    };

    private static IEnumerable<string> KindLines(RandomStep step) => step.Kind switch
    {
        Kind.Task => [$"task: Do {step.Id}"],
        Kind.Note => [$"note: Read {step.Id}"],
        Kind.Approval => [$"approval: Approve {step.Id}", $"need: {step.Need}"],
        Kind.Alert => [$"alert: Look at {step.Id}", "to: owner"],
        Kind.Email => ["email: brochure", "to: prospect"],
        Kind.AwaitedEmail => ["email: brochure", "to: prospect", "wait: true"],
        Kind.Letter => ["letter: quote"],
        Kind.Receive => [$"receive: {step.Message}", "form: [n]"],
        Kind.Http => [$"http: POST https://example.org/{step.Id}", "body: { n: n }", "into: { n: response.n }"],
        Kind.Start => [$"start: {Id}", "fields: { n: n }"],
        Kind.AwaitedStart => [$"start: {Id}", "fields: { n: n }", "until: closed"],
        Kind.Wait => [$"wait: {step.Until}"],
        Kind.Set => [$"set: {{ n: {(step.SetTo is { } value ? value : "n + 1")} }}"],
        Kind.Decide => ["decide:", .. step.Rules.Select(r => $"  - {{ {(r.When is null ? "" : $"when: {Quoted(r.When)}, ")}outcome: {r.Outcome} }}")],
        Kind.Gate => ["gate: {}"],
        Kind.Close => [Words(step.Deed!)],
        _ => [$"goto: {((Deed.GoTo)step.Deed!).Stage}"],
    };

    private static string? Words(After after) => after.Meeting switch
    {
        Meeting.Start => null,
        Meeting.All => after.Ways.Length == 1 ? after.Ways[0].ToString() : $"[{string.Join(", ", after.Ways)}]",
        Meeting.Any => $"{{ any: [{string.Join(", ", after.Ways)}] }}",
        _ => $"{{ first: [{string.Join(", ", after.Ways)}]{(after.Need > 1 ? $", need: {after.Need}" : "")}{(after.CancelRest ? ", cancel: rest" : "")} }}",
    };

    private static string Words(Deed deed) => deed switch
    {
        Deed.Redo redo => $"redo: {redo.Step}" + (redo.Later is null ? "" : redo.Later.Anchor is null ? $", in: {redo.Later}" : $", on: {redo.Later.Anchor}"),
        Deed.GoTo to => $"goto: {to.Stage}",
        Deed.Close close => $"close: {close.Result.ToString().ToLowerInvariant()}",
        _ => "",
    };

    private static string Asks(RandomStep step, Choice outcome) =>
        step is { Kind: Kind.Task, Each: null } && outcome.Deed is Deed.Redo { Later.Anchor: not null } ? ", ask: [day]" : "";

    private static string Quoted(Condition condition) => $"'{condition}'";

    private static void Line(StringBuilder text, int depth, string line) =>
        text.Append(' ', depth * 2).Append(line).Append('\n');
}
