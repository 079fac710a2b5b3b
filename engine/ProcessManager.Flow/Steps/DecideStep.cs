using System.Collections.Immutable;
using ProcessManager.Language;
using ProcessManager.Language.Expressions;

namespace ProcessManager.Flow.Steps;

/// <summary>Rules or the rows of a table: the first that holds gives the outcome.</summary>
internal static class DecideStep
{
    public static void Open(Run run, int index, DecideKind decide)
    {
        foreach (var rule in decide.Rules)
        {
            if (rule.When is { } when && !when.IsTrue(run.Context)) { continue; }
            if (!rule.Inputs.All(cell => Holds(run, cell))) { continue; }
            Settling.Settle(run, index, StepPhase.Done, rule.Outcome, null, WhyOf(run, rule));
            return;
        }

        // It takes its turn again once an administrator lets the project go on.
        run[index] = run[index] with { Phase = StepPhase.Waiting, OpenedAt = null };
        run.Fault($"None of the rules of “{run.Step(index).Name}” holds.");
    }

    private static bool Holds(Run run, DecisionCell cell)
    {
        if (cell.Test is not { } test) { return true; }
        var input = cell.Input.Evaluate(run.Context).Value;
        return test.IsTrue(run.Context with { Values = new ValuesWith(run.Values, "?", input) });
    }

    private static Why WhyOf(Run run, DecisionRule rule)
    {
        if (rule.When is { } when) { return Explain.Of(run, $"when: {when.Text}", rule.Span, when); }
        var tests = rule.Inputs.Where(c => c.Test is not null).ToArray();
        if (tests.Length == 0) { return new Why("otherwise", rule.Span); }
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var input in tests.Select(c => c.Input))
        {
            var hidden = input.Uses.Any(name => run.Plan.FindField(name.Split('.')[0])?.Sensitive == true);
            values[input.Text] = hidden ? "(hidden)" : Words.Value(input.Evaluate(run.Context).Value);
        }

        return new Why(string.Join(" and ", tests.Select(c => $"{c.Input.Text} {c.Test!.Text}")), rule.Span, values.ToImmutable());
    }
}
