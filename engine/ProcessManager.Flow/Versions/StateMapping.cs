using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Flow.Versions;

/// <summary>Writes a state in the names of the new version. What has none there is left out.</summary>
internal sealed class StateMapping(PlanMove move, Stage stage, IReadOnlyDictionary<string, string> goesOnAs)
{
    /// <param name="cancelled">The timers whose rule is gone.</param>
    public ProjectState Map(ProjectState state, out ImmutableArray<FlowTimer> cancelled)
    {
        var past = Past(state);
        var kept = ImmutableArray.CreateBuilder<FlowTimer>();
        var gone = ImmutableArray.CreateBuilder<FlowTimer>();
        foreach (var timer in state.Timers)
        {
            if (Timer(state, timer) is { } mapped) { kept.Add(mapped); } else { gone.Add(timer); }
        }

        cancelled = gone.ToImmutable();
        var steps = Steps(state, past);
        return state with
        {
            Stage = stage.Id,
            StageReminded = RuleMap.Reminders(StageBefore(state).Within, stage.Within).Of(state.StageReminded),
            StageDue = stage.Within is null ? null : state.StageDue,
            Steps = steps,
            Past = past.RemoveRange(steps.Select(s => s.Id)),
            Timers = kept.ToImmutable(),
            Fields = Fields(state.Fields),
            Roles = state.Roles.Where(r => move.Names.Role(r.Key) is not null)
                .ToImmutableSortedDictionary(r => move.Names.Role(r.Key)!, r => r.Value, StringComparer.Ordinal),
            Messages = [.. state.Messages.Select(m => m with { Fields = Fields(m.Fields) })],
        };
    }

    private ImmutableArray<StepState> Steps(ProjectState state, ImmutableSortedDictionary<string, StepRecord> past)
    {
        var steps = ImmutableArray.CreateBuilder<StepState>(stage.StepCount);
        foreach (var step in move.To.StepsOf(stage))
        {
            var origin = goesOnAs.Where(g => g.Value == step.Id).Select(g => g.Key).FirstOrDefault();
            steps.Add(origin is not null && state.FindStep(origin) is { } known ? Step(known, step)
                : past.TryGetValue(step.Id, out var record) && record.Phase is StepPhase.Done or StepPhase.Passed ? Settled(step.Id, record)
                : new StepState { Id = step.Id, Occurrence = past.GetValueOrDefault(step.Id)?.Occurrences ?? 0 });
        }

        return steps.MoveToImmutable();
    }

    private StepState Step(StepState state, Step step)
    {
        var reminders = RuleMap.Reminders(move.From.FindStep(state.Id)!.Kind.Work, step.Kind.Work);
        return state with
        {
            Id = step.Id,
            OpenedBy = [.. state.OpenedBy.Select(move.Names.Step).OfType<string>()],
            RedoBy = RedoBy(state.RedoBy),
            Tasks = [.. state.Tasks.Select(t => t.Reminded.IsEmpty ? t : t with { Reminded = reminders.Of(t.Reminded) })],
        };
    }

    /// <summary>A step that was settled in a stage before stays so in the stage where it stands now.</summary>
    private static StepState Settled(string id, StepRecord record) => new()
    {
        Id = id, Phase = record.Phase, Outcome = record.Outcome, By = record.By, SettledAt = record.At, LiveAt = record.At, Occurrence = record.Occurrences, Last = record,
    };

    private string? RedoBy(string? cause)
    {
        if (cause is null || cause.IndexOf('.', StringComparison.Ordinal) is not (>= 0 and var dot)) { return cause; }
        return (move.Names.Step(cause[..dot]) ?? cause[..dot]) + cause[dot..];
    }

    private ImmutableSortedDictionary<string, StepRecord> Past(ProjectState state)
    {
        var past = ImmutableSortedDictionary.CreateBuilder<string, StepRecord>(StringComparer.Ordinal);
        foreach (var (id, record) in state.Past)
        {
            past[move.Names.Step(id) ?? id] = record;
        }

        // A step that went to another stage, or is gone, keeps what is known of it: should it come back, it goes on counting.
        foreach (var step in state.Steps)
        {
            if (step is { Last: { } record, Occurrence: > 0 } && !goesOnAs.ContainsKey(step.Id))
            {
                past[move.Names.Step(step.Id) ?? step.Id] = record with { Occurrences = step.Occurrence };
            }
        }

        return past.ToImmutable();
    }

    private ImmutableSortedDictionary<string, object?> Fields(ImmutableSortedDictionary<string, object?> fields) => fields
        .Where(f => move.Names.Field(f.Key) is not null)
        .ToImmutableSortedDictionary(f => move.Names.Field(f.Key)!, f => f.Value, StringComparer.Ordinal);

    /// <returns>Null where the new version has no rule for it.</returns>
    private FlowTimer? Timer(ProjectState state, FlowTimer timer)
    {
        if (timer.Step is null)
        {
            var (before, after) = (StageBefore(state).Within, stage.Within);
            var rules = timer.Kind == TimerKind.StageRemind ? RuleMap.Reminders(before, after) : RuleMap.Escalations(before, after);
            return rules.Of(timer.Rule) is { } place ? timer with { Rule = place } : null;
        }

        if (!goesOnAs.TryGetValue(timer.Step, out var id)) { return null; }
        var (was, step) = (move.From.FindStep(timer.Step)!, move.To.FindStep(id)!);
        int? rule = timer.Kind switch
        {
            TimerKind.Expire => Moments.ExpiryOf(step) is null ? null : 0,
            TimerKind.Wait => 0,
            TimerKind.Open => IsAwaited(state.FindStep(timer.Step)!, step, timer) ? 0 : null,
            TimerKind.Escalate => RuleMap.Escalations(was.Kind.Work, step.Kind.Work).Of(timer.Rule),
            TimerKind.Remind => RuleMap.Reminders(was.Kind.Work, step.Kind.Work).Of(timer.Rule),
            TimerKind.Overdue => RuleMap.Notices(was.Kind.Work, step.Kind.Work).Of(timer.Rule),
            _ => throw new InvalidOperationException($"Unknown timer {timer.Kind}."),
        };
        return rule is { } there ? timer with { Step = id, Rule = there } : null;
    }

    /// <summary>A redo keeps the moment that it was given; one that has none yet needs the rule that gives it.</summary>
    private bool IsAwaited(StepState state, Step step, FlowTimer timer) => state.RedoPending
        ? timer.Due is not null || UnsetMoments.OpeningOf(move.To, step, state with { RedoBy = RedoBy(state.RedoBy) }) is not null
        : step.Starts is not null;

    private Stage StageBefore(ProjectState state) => move.From.FindStage(state.Stage!)!;
}
