using System.Globalization;
using ProcessManager.Language;

namespace ProcessManager.Flow.Steps;

/// <summary>Sets fields: every value is worked out before the first is written.</summary>
internal static class SetStep
{
    public static void Open(Run run, int index, SetKind set)
    {
        var step = run.Step(index);
        var results = set.Assignments.Select(a => a.Value.Evaluate(run.Context)).ToArray();
        var whys = set.Assignments.Select((a, i) => Explain.Of(run, $"set: {a.Field}: {a.Value.Text}", a.Span, a.Value, results[i].Problem)).ToArray();
        for (var i = 0; i < results.Length; i++)
        {
            var field = set.Assignments[i].Field;
            var value = results[i].Value;
            if (FieldValues.Fit(run, field, ref value) is not { } problem) { FieldValues.Write(run, field, value, whys[i]); continue; }
            var key = string.Create(CultureInfo.InvariantCulture, $"unset:{run.State.Visit}:{step.Id}:{run[index].Occurrence}:{i}");
            run.Emit(new FlowEvent.AlertRaised(
                key, AlertCause.Trouble, step.Id, null, People.ForTrouble(run), $"“{step.Name}” left a field as it was. {problem}", false)
            {
                Why = whys[i],
            });
        }

        Settling.Settle(run, index, StepPhase.Done, "done", null, null);
    }
}
