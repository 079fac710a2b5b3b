using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace ProcessManager.Tests.Properties;

/// <summary>Changes a random plan as the next version of a plan changes: steps renamed with <c>was</c>, taken away, added, or with other rules.</summary>
internal static class PlanChange
{
    public static RandomPlan Of(RandomPlan plan, Random random)
    {
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            plan = random.Next(8) switch
            {
                0 or 1 => Rename(plan, random),
                2 or 3 => Remove(plan, random),
                4 or 5 => Add(plan, random),
                _ => Loosen(plan, random),
            };
        }

        return plan;
    }

    private static RandomPlan Rename(RandomPlan plan, Random random)
    {
        var step = AnyStep(plan, random);
        if (step.Lines.Any(l => l.StartsWith("was:", StringComparison.Ordinal))) { return plan; }
        return new Renaming(step.Id, $"{step.Id}-again").Of(plan);
    }

    /// <summary>Only what nobody refers to: otherwise the compiler refuses the plan, and the trial is left out.</summary>
    private static RandomPlan Remove(RandomPlan plan, Random random)
    {
        var gone = AnyStep(plan, random).Id;
        return plan with { Stages = [.. plan.Stages.Select(s => s with { Steps = [.. s.Steps.Where(p => p.Id != gone || s.Steps.Length == 1)] })] };
    }

    private static RandomPlan Add(RandomPlan plan, Random random)
    {
        var at = random.Next(plan.Stages.Length);
        var stage = plan.Stages[at];
        var id = $"new-{random.Next(1_000_000)}";
        var before = stage.Steps.Where(s => s.Kind is not (Kind.Close or Kind.GoTo) && s.Ways.Any()).ToArray();
        var after = before.Length == 0 || random.Next(3) == 0 ? After.Nothing
            : new After(Meeting.All, [new RandomWay(before[random.Next(before.Length)].Id, null)]);
        var step = new RandomStep
        {
            Id = id, Kind = random.Next(3) == 0 ? Kind.Gate : Kind.Task, After = after, Outcomes = [new Choice("done", Deed.None)],
        };
        return With(plan, at, stage with { Steps = stage.Steps.Insert(random.Next(stage.Steps.Length + 1), step) });
    }

    /// <summary>Takes the further rules of a step or a stage away, or gives a task a due date and reminders where it had none.</summary>
    private static RandomPlan Loosen(RandomPlan plan, Random random)
    {
        var at = random.Next(plan.Stages.Length);
        var stage = plan.Stages[at];
        if (random.Next(5) == 0) { return With(plan, at, stage with { Lines = [] }); }
        var step = random.Next(stage.Steps.Length);
        var lines = stage.Steps[step].Lines;
        ImmutableArray<string> kept = [.. lines.Where(l => l.StartsWith("was:", StringComparison.Ordinal) || l.StartsWith("form:", StringComparison.Ordinal) || l.StartsWith("assign:", StringComparison.Ordinal))];
        if (stage.Steps[step].Kind == Kind.Task && random.Next(4) > 0)
        {
            kept = [.. kept, "due: 9 hours", "remind: [2 hours before due, every 5 hours after due at most 3]", "escalate: [{ after: 4 hours, priority: high }]"];
        }

        return With(plan, at, stage with { Steps = stage.Steps.SetItem(step, stage.Steps[step] with { Lines = kept }) });
    }

    private static RandomPlan With(RandomPlan plan, int at, RandomStage stage) => plan with { Stages = plan.Stages.SetItem(at, stage) };

    private static RandomStep AnyStep(RandomPlan plan, Random random)
    {
        var all = plan.Stages.SelectMany(s => s.Steps).ToArray();
        return all[random.Next(all.Length)];
    }

    private sealed class Renaming(string from, string to)
    {
        private readonly Regex word = new($@"(?<![\w-]){Regex.Escape(from)}(?![\w-])");

        public RandomPlan Of(RandomPlan plan) => plan with { Stages = [.. plan.Stages.Select(Of)] };

        private RandomStage Of(RandomStage stage) => stage with
        {
            Lines = [.. stage.Lines.Select(Of)],
            Steps = [.. stage.Steps.Select(Of)],
            Next = [.. stage.Next.Select(n => n with { When = Of(n.When) })],
        };

        private RandomStep Of(RandomStep step)
        {
            var renamed = step with
            {
                Id = Of(step.Id),
                After = step.After with { Ways = [.. step.After.Ways.Select(w => w with { Step = Of(w.Step) })] },
                When = Of(step.When),
                Starts = Of(step.Starts),
                Until = Of(step.Until),
                Outcomes = [.. step.Outcomes.Select(o => o with { Deed = o.Deed is Deed.Redo redo ? redo with { Step = Of(redo.Step), Later = Of(redo.Later) } : o.Deed })],
                Rules = [.. step.Rules.Select(r => (Of(r.When), r.Outcome))],
                Lines = [.. step.Lines.Select(Of)],
            };
            return step.Id == from ? renamed with { Lines = renamed.Lines.Add($"was: {from}") } : renamed;
        }

        private Condition? Of(Condition? condition) => condition switch
        {
            Condition.Chose chose => chose with { Step = Of(chose.Step) },
            Condition.Not not => new Condition.Not(Of(not.Inner)!),
            _ => condition,
        };

        private AtTime? Of(AtTime? time) => time is { Anchor: { } anchor } ? time with { Anchor = Of(anchor) } : time;

        private string Of(string text) => text == from ? to : word.Replace(text, to);
    }
}
