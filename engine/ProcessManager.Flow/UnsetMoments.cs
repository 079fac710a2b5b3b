using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Flow;

/// <summary>What something waits for whose moment has no date yet, as the plan writes it: "2 weeks before Conference date".</summary>
public static class UnsetMoments
{
    /// <summary>What a timer was set by; null where the plan no longer has it.</summary>
    public static string? TextOf(Plan plan, ProjectState state, FlowTimer timer)
    {
        if (timer.Step is null)
        {
            var within = state.Stage is { } id ? plan.FindStage(id)?.Within : null;
            return timer.Kind == TimerKind.StageRemind ? within?.Reminders.ElementAtOrDefault(timer.Rule)?.Text : within?.Escalations.ElementAtOrDefault(timer.Rule)?.At.Text;
        }

        if (plan.FindStep(timer.Step) is not { } step) { return null; }
        return timer.Kind switch
        {
            TimerKind.Open => OpeningOf(plan, step, state.FindStep(step.Id))?.Text,
            TimerKind.Wait => (step.Kind as WaitKind)?.Until.Text,
            TimerKind.Expire => Moments.ExpiryOf(step)?.At.Text,
            TimerKind.Escalate => step.Kind.Work?.Escalations.ElementAtOrDefault(timer.Rule)?.At.Text,
            TimerKind.Remind => step.Kind.Work?.Reminders.ElementAtOrDefault(timer.Rule)?.Text,
            TimerKind.Overdue => step.Kind.Work?.Due?.Text,
            _ => null,
        };
    }

    /// <summary>What an open task is due by where it has no date yet; null where the plan gives it none, or a person took it away.</summary>
    public static string? DueOf(Plan plan, string? step, TaskState task) =>
        task.Due is null && !task.DueByHand && step is not null ? plan.FindStep(step)?.Kind.Work?.Due?.Text : null;

    /// <summary>What a step whose turn has come waits for before it opens: its <c>starts</c>, or the moment of the redo.</summary>
    internal static Moment? OpeningOf(Plan plan, Step step, StepState? state)
    {
        if (state is not { RedoPending: true }) { return step.Starts; }
        return RedoOf(plan, state)?.Effect is Effect.Redo { When: { } when } ? when : null;
    }

    /// <summary>The outcome that set the step back; null where a person did.</summary>
    internal static Outcome? RedoOf(Plan plan, StepState state) =>
        state.RedoBy is { } cause && cause.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot
            ? plan.FindStep(cause[..dot])?.FindOutcome(cause[(dot + 1)..]) : null;
}
