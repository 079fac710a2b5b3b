using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Flow;

/// <summary>Sets a step back with everything that rests on it, and opens it again (rules 7 and 8).</summary>
internal static class Redoing
{
    /// <summary>The <see cref="StepState.RedoBy"/> of a step that a person opens again: its condition is not asked.</summary>
    public const string ByHand = "hand";

    /// <param name="by">The step whose outcome asks for it.</param>
    /// <param name="when">Null: at once.</param>
    public static void SetBack(Run run, int target, Step by, string outcome, Moment? when)
    {
        var cause = $"{by.Id}.{outcome}";
        var why = new Why($"redo: {run.Step(target).Id}", by.FindOutcome(outcome)?.Span ?? by.Span);
        SetBack(run, target, cause, why, when is null ? null : cause);
    }

    /// <param name="redoBy">For <see cref="StepState.RedoBy"/>.</param>
    public static void SetBack(Run run, int target, string cause, Why why, string? redoBy)
    {
        var back = RestsOn(run, target);
        foreach (var index in back.Order())
        {
            var state = run[index];
            var step = run.Step(index);
            run.Live.Remove(index);
            if (index != target && state.Phase == StepPhase.Waiting && state.LiveAt is null) { continue; }
            Timers.CancelAll(run, step.Id);
            if (step.Each is not null) { Steps.EachStep.CancelRest(run, index, why); }
            Parts.DropChildren(run, index);
            Settling.EndTasks(run, index, why);
            run[index] = run[index] with
            {
                Phase = StepPhase.Waiting, Outcome = null, LiveAt = null, OpenedBy = [], OpenedAt = null, SettledAt = null, By = null,
                RedoPending = false, RedoBy = null, Members = [], Child = null,
            };
            run.Emit(new FlowEvent.StepSetBack(step.Id, state.Occurrence, cause) { Why = why });
        }

        run.Touched.UnionWith(back.Where(i => i != target));
        run[target] = run[target] with { LiveAt = run.Now, OpenedBy = Joins.Winners(run, target), RedoPending = true, RedoBy = redoBy };
        run.Touched.Remove(target);
        run.Live.Add(target);
    }

    /// <summary>
    /// The step and every step that rests on it. A <c>first</c> join that other ways opened stays, and so does what follows it
    /// alone.
    /// </summary>
    public static HashSet<int> RestsOn(Run run, int target)
    {
        HashSet<int> back = [target];
        Queue<int> look = new([target]);
        while (look.TryDequeue(out var index))
        {
            foreach (var follower in run.Step(index).Followers)
            {
                var openedBy = run[follower].OpenedBy;
                if ((openedBy.IsEmpty || openedBy.Contains(run.Step(index).Id)) && back.Add(follower)) { look.Enqueue(follower); }
            }
        }

        return back;
    }
}
