using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>A person counts a step as settled, for a reason (rule 3).</summary>
internal static class Bypassing
{
    public static Decision.Refused? Do(Run run, Command.Bypass command)
    {
        if (string.IsNullOrWhiteSpace(command.Why)) { return Refuse.Invalid("Please say why the step is bypassed."); }
        if (run.Plan.FindStep(command.Step) is not { } step) { return Refuse.NotFound($"There is no step “{command.Step}”."); }
        if (!run.TakesPart(step.Index)) { return Refuse.Conflict($"“{step.Name}” isn't a step of the current stage."); }
        var state = run[step.Index];
        if (state.Phase == StepPhase.Dead) { return Refuse.Invalid($"“{step.Name}” can't be bypassed: no way leads to it any more."); }
        if (state.IsSettled) { return Refuse.Conflict(Refuse.Settled(run, step, state)); }
        var outcomes = step.Outcomes.Select(o => o.Id).ToArray();
        if (command.As is { } named && !outcomes.Contains(named))
        {
            return Refuse.Invalid(outcomes.Length == 0 ? $"“{step.Name}” has no outcomes." : $"“{step.Name}” has no outcome “{named}”; it can count as {Words.Or(outcomes)}.");
        }

        if (command.As is null && outcomes.Length > 1)
        {
            return Refuse.Invalid($"Please say what “{step.Name}” counts as: {Words.Or(outcomes)}.");
        }

        var bypass = new PendingBypass(command.As ?? outcomes.FirstOrDefault(), run.Actor, command.Why.Trim());
        if (state.Phase == StepPhase.Waiting && state.LiveAt is null)
        {
            run[step.Index] = state with { Bypass = bypass };
            run.Emit(new FlowEvent.BypassNoted(step.Id, bypass.As, bypass.Why));
            return null;
        }

        Pass(run, step.Index, bypass);
        return null;
    }

    public static void Pass(Run run, int index, PendingBypass bypass)
    {
        var state = run[index];
        if (state.Phase == StepPhase.Waiting || state.Phase == StepPhase.Ready)
        {
            run[index] = state with { Occurrence = state.Occurrence + 1, Members = [] };
        }

        var by = bypass.By is { } name ? Words.Person(run.Facts, name) : "the engine";
        Settling.Settle(run, index, StepPhase.Passed, bypass.As, bypass.By, new Why($"bypassed by {by}", null, null, bypass.Why));
    }
}
