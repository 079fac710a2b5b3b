using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Flow;

/// <summary>A moment of the plan with what it hangs on here.</summary>
/// <param name="Bare">What a bare duration counts from.</param>
/// <param name="Opened">The opening of the step; where it is not open, when its ways came live.</param>
/// <param name="Task">Whose working time counts; the plan's where null.</param>
internal readonly record struct Hanging(
    Moment Moment, MomentUse Use, string Key, SourceSpan Span, DateTimeOffset? Bare, DateTimeOffset? Opened = null, DateTimeOffset? Due = null,
    TaskState? Task = null)
{
    public Why Why => new($"{Key}: {Moment.Text}", Span);
}

/// <summary>Finds the moments of a plan and resolves their anchors (section 7).</summary>
internal static class Moments
{
    /// <summary>What a step whose ways are live waits for: its <c>starts</c>, or the moment of the redo; null for nothing.</summary>
    public static Hanging? OpeningOf(Run run, int index)
    {
        var step = run.Step(index);
        var live = run[index].LiveAt;
        if (UnsetMoments.OpeningOf(run.Plan, step, run[index]) is not { } moment) { return null; }
        return run[index].RedoPending && UnsetMoments.RedoOf(run.Plan, run[index]) is { } outcome
            ? new Hanging(moment, MomentUse.Redo, $"redo of {run[index].RedoBy}", outcome.Span, live, live)
            : new Hanging(moment, MomentUse.Starts, "starts", step.Span, live, live);
    }

    public static Hanging UntilOf(Run run, int index, WaitKind wait) =>
        new(wait.Until, MomentUse.Wait, "wait", run.Step(index).Span, run[index].LiveAt ?? run.Now, run[index].OpenedAt);

    public static Hanging? DueOf(Run run, int index, TaskState task) => run.Step(index).Kind.Work?.Due is { } due
        ? new Hanging(due, MomentUse.Due, "due", run.Step(index).Span, task.OpenedAt, task.OpenedAt, null, task) : null;

    /// <summary>What happens to a step when nobody acts; null where nothing does.</summary>
    public static Expiry? ExpiryOf(Step step) => step.Kind is ReceiveKind receive ? receive.Expire : step.Kind.Work?.Expire;

    /// <param name="task">Of a step with <c>each</c>: the member's, where it has one.</param>
    /// <param name="member">Of a step with <c>each</c>; null otherwise.</param>
    public static Hanging? ExpireOf(Run run, int index, TaskState? task = null, string? member = null)
    {
        if (ExpiryOf(run.Step(index)) is not { } expire) { return null; }
        var state = run[index];
        var opened = task?.OpenedAt ?? (member is null ? null : Steps.EachStep.Find(run, index, member)?.OpenedAt) ?? state.OpenedAt;
        return new Hanging(
            expire.At, MomentUse.Expire, "expire", expire.Span, opened, opened, (task ?? state.Tasks.FirstOrDefault())?.Due, task ?? Calendars.TaskOf(state));
    }

    /// <summary>The expiry that a timer stands for.</summary>
    public static Hanging? ExpireOf(Run run, int index, FlowTimer timer) =>
        ExpireOf(run, index, timer.Task is null ? null : Tasks.Find(run, index, timer.Task), timer.Member);

    /// <summary>After due counts from the opening where the step opened overdue.</summary>
    public static Hanging EscalationOf(Escalation rule, TaskState task)
    {
        var due = Later(task.Due, task.OpenedAt);
        return new Hanging(rule.At, MomentUse.Escalate, "escalate", rule.Span, due, task.OpenedAt, rule.At.Before ? task.Due : due, task);
    }

    public static Hanging? WithinOf(Run run, Stage stage) => stage.Within is { } within
        ? new Hanging(within.Due, MomentUse.Within, "within", stage.Span, run.State.StageEnteredAt, run.State.StageEnteredAt) : null;

    /// <returns>Null while the anchor has no value.</returns>
    public static DateTimeOffset? Resolve(Run run, Hanging what) =>
        MomentClock.Resolve(what.Moment, CountedFrom(run, what), what.Use, Calendars.Of(run, what.Task));

    /// <summary>How a moment was counted, in words; null where there is nothing to count.</summary>
    public static string? Explain(Run run, Hanging what) =>
        MomentClock.Explain(what.Moment, CountedFrom(run, what), what.Use, Calendars.Of(run, what.Task));

    /// <summary>The rule and how it was counted.</summary>
    public static Why Explained(Run run, Hanging what) => what.Why with { Note = Explain(run, what) };

    public static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset other) => one is null ? null : one > other ? one : other;

    private static AnchorValue? CountedFrom(Run run, Hanging what) => what.Moment.IsBareDuration ? Instant(what.Bare) : ValueOf(run, what);

    private static AnchorValue? ValueOf(Run run, Hanging what) => what.Moment.Anchor switch
    {
        Anchor.Opened => Instant(what.Opened),
        Anchor.StageEntered => Instant(run.State.StageEnteredAt),
        Anchor.ProjectStart => Instant(run.State.StartedAt),
        Anchor.Due => Instant(what.Due),
        Anchor.StepSettled of => Instant(SettlingOf(run, of.Step, what.Use is MomentUse.Starts or MomentUse.Wait or MomentUse.Redo)),
        Anchor.FieldValue field => run.Values[field.Field] switch
        {
            DateOnly day => new AnchorValue.Date(day),
            DateTimeOffset at => new AnchorValue.Instant(at),
            _ => null,
        },
        Anchor.Fixed => null,
        _ => throw new InvalidOperationException($"Unknown anchor {what.Moment.Anchor.GetType().Name}."),
    };

    /// <param name="orNow">Rule 5: a step that is dead, cancelled or was never reached counts as now.</param>
    private static DateTimeOffset? SettlingOf(Run run, string id, bool orNow)
    {
        var index = run.Plan.FindStep(id)?.Index;
        if (index is { } here && run.TakesPart(here))
        {
            var state = run[here];
            if (state.Phase is StepPhase.Done or StepPhase.Passed) { return state.SettledAt; }
            var reached = state.Phase is StepPhase.Open or StepPhase.Ready || (state.Phase == StepPhase.Waiting && state.LiveAt is not null);
            return orNow && !reached ? run.Now : null;
        }

        return run.State.Past.TryGetValue(id, out var past) && past.Phase is StepPhase.Done or StepPhase.Passed ? past.At
            : orNow ? run.Now : null;
    }

    private static AnchorValue.Instant? Instant(DateTimeOffset? at) => at is { } known ? new AnchorValue.Instant(known) : null;
}
