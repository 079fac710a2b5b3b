using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Language;
using ProcessManager.Language.Expressions;

namespace ProcessManager.Flow.Steps;

/// <summary>Sets fields: every value is worked out before the first is written.</summary>
internal static class SetStep
{
    public static void Open(Run run, int index, SetKind set)
    {
        Write(run, index, "set", set.Assignments, run.Context);
        Settling.Settle(run, index, StepPhase.Done, "done", null, null);
    }

    /// <summary>Writes what fits; of a field that stays as it was, owner and administrator are told.</summary>
    /// <param name="key">The key of the plan that gives the values, for "why".</param>
    /// <param name="given">A name that comes from outside: what it holds is kept out of every "why".</param>
    public static void Write(Run run, int index, string key, ImmutableArray<FieldAssignment> assignments, EvaluationContext context, string? given = null)
    {
        var step = run.Step(index);
        var results = assignments.Select(a => a.Value.Evaluate(context)).ToArray();
        var whys = assignments.Select((a, i) => Without(given, Explain.Of(run, $"{key}: {a.Field}: {a.Value.Text}", a.Span, a.Value, results[i].Problem))).ToArray();
        for (var i = 0; i < results.Length; i++)
        {
            var field = assignments[i].Field;
            var value = results[i].Value;
            if (FieldValues.Fit(run, field, ref value) is not { } problem) { FieldValues.Write(run, field, value, whys[i]); continue; }
            run.Emit(new FlowEvent.AlertRaised(
                string.Create(CultureInfo.InvariantCulture, $"{Requests.Key(run, "unset", index)}:{i}"), AlertCause.Trouble, step.Id, null,
                People.ForTrouble(run), $"“{step.Name}” left a field as it was. {problem}", false)
            {
                Why = whys[i],
            });
        }
    }

    private static Why Without(string? given, Why why)
    {
        if (given is null || why.Values is not { } values) { return why; }
        var kept = values.RemoveRange(values.Keys.Where(name => name.Split('.')[0] == given));
        return why with { Values = kept.IsEmpty ? null : kept };
    }
}
