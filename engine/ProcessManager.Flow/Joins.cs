using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>What a way, or a join of ways, has come to.</summary>
internal enum WayState { Unsettled, Live, Dead }

/// <summary>Ways and joins: the table of section 6 of the plan language.</summary>
internal static class Joins
{
    public static WayState Of(Run run, Way way)
    {
        var state = run[way.Step];
        return state.Phase switch
        {
            StepPhase.Done or StepPhase.Passed => Leads(run.Step(way.Step), state.Outcome, way.Outcome) ? WayState.Live : WayState.Dead,
            StepPhase.Dead or StepPhase.Cancelled => WayState.Dead,
            _ => WayState.Unsettled,
        };
    }

    public static WayState Of(Run run, Join join)
    {
        if (join is Join.AtStart) { return WayState.Live; }
        int live = 0, dead = 0;
        foreach (var way in join.Ways)
        {
            var state = Of(run, way);
            if (state == WayState.Live) { live++; }
            if (state == WayState.Dead) { dead++; }
        }

        var all = join.Ways.Length;
        return join switch
        {
            Join.All => dead > 0 ? WayState.Dead : live == all ? WayState.Live : WayState.Unsettled,
            Join.Any => live + dead < all ? WayState.Unsettled : live > 0 ? WayState.Live : WayState.Dead,
            Join.First first => live >= first.Need ? WayState.Live : all - dead < first.Need ? WayState.Dead : WayState.Unsettled,
            _ => throw new InvalidOperationException($"Unknown join {join.GetType().Name}."),
        };
    }

    /// <summary>The steps whose ways make a <c>first</c> join live; none for other joins.</summary>
    public static ImmutableArray<string> Winners(Run run, int index) => run.Step(index).After is Join.First first
        ? [.. first.Ways.Where(w => Of(run, w) == WayState.Live).Select(w => run.Step(w.Step).Id)] : [];

    /// <summary>True where an outcome lets the steps that wait for its step go on (rule 1).</summary>
    public static bool GoesOn(Step step, string? outcome) =>
        outcome is null || step.FindOutcome(outcome)?.Effect is null or Effect.GoOn;

    /// <summary>
    /// Cancels what a winner makes superfluous: the named steps that are unsettled, and every unsettled step that leads
    /// only to them.
    /// </summary>
    public static void CancelRest(Run run, int winner)
    {
        if (run.Step(winner).After is not Join.First { Cancels.Length: > 0 } join) { return; }
        var rest = join.Ways.Select(w => w.Step).Where(s => !run[s].IsSettled).ToHashSet();
        if (rest.Count == 0) { return; }
        for (var grown = true; grown;)
        {
            grown = false;
            foreach (var index in run.Indexes)
            {
                var followers = run.Step(index).Followers;
                if (run[index].IsSettled || index == winner || followers.IsEmpty || !followers.All(rest.Contains)) { continue; }
                grown |= rest.Add(index);
            }
        }

        var why = new Why($"cancel: rest of {run.Step(winner).Id}", run.Step(winner).Span);
        foreach (var index in rest.Order()) { Settling.Settle(run, index, StepPhase.Cancelled, null, null, why); }
    }

    private static bool Leads(Step step, string? outcome, string? wanted) =>
        GoesOn(step, outcome) && (wanted is null || wanted == outcome);
}
