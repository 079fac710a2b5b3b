using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Flow.Versions;

/// <summary>What becomes of a step of the current visit.</summary>
internal abstract record Fate
{
    private Fate() { }

    /// <summary>It is a step of the stage in the new version too.</summary>
    /// <param name="StartsOver">Its kind changed while it was open: what was begun is taken back.</param>
    public sealed record GoesOnAs(string Id, bool StartsOver) : Fate;

    /// <summary>The stage has no such step any more.</summary>
    public sealed record Gone : Fate;
}

/// <summary>Takes leave of the old version: decides what becomes of each step, and takes back the work that goes nowhere.</summary>
internal sealed class Leaving(PlanMove move, Stage stage, Run run)
{
    private readonly List<(Step Step, StepState State, Fate Fate)> steps = [];
    private readonly Dictionary<string, string> goesOn = [];

    /// <summary>As they were before anything was taken back.</summary>
    public IReadOnlyList<(Step Step, StepState State, Fate Fate)> Steps => steps;

    /// <summary>New ids by old ones.</summary>
    public IReadOnlyDictionary<string, string> GoesOnAs => goesOn;

    /// <summary>The probability that the plan gives to where the project stands.</summary>
    public int Chance { get; private set; }

    public ImmutableSortedDictionary<string, string> Renamed =>
        goesOn.Where(g => g.Key != g.Value).ToImmutableSortedDictionary(g => g.Key, g => g.Value, StringComparer.Ordinal);

    /// <summary>True where a step of the new version goes on from one that was live or settled.</summary>
    public bool HasBegun(string id) => steps.Any(s => s.Fate is Fate.GoesOnAs g && g.Id == id && (s.State.Phase != StepPhase.Waiting || s.State.LiveAt is not null));

    /// <summary>The old step that a new one goes on from; null for a new step.</summary>
    public Step? Origin(string id) => steps.Where(s => s.Fate is Fate.GoesOnAs g && g.Id == id).Select(s => s.Step).FirstOrDefault();

    public void Decide()
    {
        Chance = Powers.ChanceNow(run, run.Stage!);
        foreach (var index in run.Indexes)
        {
            var step = run.Step(index);
            if (move.Names.Step(step.Id) is { } id && IsHere(id)) { goesOn[step.Id] = id; }
        }

        foreach (var index in run.Indexes)
        {
            if (!goesOn.ContainsKey(run.Step(index).Id) && TakenOverBy(index) is { } heir) { TakeOver(run.Step(index).Id, heir); }
        }

        foreach (var index in run.Indexes)
        {
            var (step, state) = (run.Step(index), run[index]);
            steps.Add((step, state, goesOn.TryGetValue(step.Id, out var id)
                ? new Fate.GoesOnAs(id, state.Phase == StepPhase.Open && IsOther(step, move.To.FindStep(id)!)) : new Fate.Gone()));
        }
    }

    /// <returns>What is left of the state, still by the names of the old version, and what happened.</returns>
    public (ProjectState State, ImmutableArray<FlowEvent> Events) Leave()
    {
        foreach (var (step, state, fate) in steps)
        {
            if (fate is Fate.GoesOnAs { StartsOver: true })
            {
                TakeBack(step, PlanMove.Why("it is of another kind now"));
                run[step.Index] = run[step.Index] with
                {
                    Phase = StepPhase.Waiting, OpenedAt = null, LiveAt = null, OpenedBy = [], Tasks = [], Members = [], Child = null,
                };
                run.Emit(new FlowEvent.StepSetBack(step.Id, state.Occurrence, "move") { Why = PlanMove.Why("it is of another kind now") });
            }
            else if (fate is Fate.Gone && IsLive(state)) { Cancel(step, state); }
        }

        return ((Decision.Accepted)run.Finish()) is var (left, events) ? (left, events) : default;
    }

    public static bool IsLive(StepState state) => !state.IsSettled && (state.Phase != StepPhase.Waiting || state.LiveAt is not null);

    private void Cancel(Step step, StepState state)
    {
        var why = PlanMove.Why("the step is gone");
        TakeBack(step, why);
        run[step.Index] = run[step.Index] with
        {
            Phase = StepPhase.Cancelled, SettledAt = run.Now, Last = new StepRecord(StepPhase.Cancelled, null, null, run.Now, state.Occurrence),
        };
        run.Emit(new FlowEvent.StepSettled(step.Id, state.Occurrence, StepPhase.Cancelled, null) { Why = why });
    }

    private void TakeBack(Step step, Why why)
    {
        Timers.CancelAll(run, step.Id);
        if (step.Each is not null) { Flow.Steps.EachStep.CancelRest(run, step.Index, why); }
        Parts.DropChildren(run, step.Index);
        Settling.EndTasks(run, step.Index, why);
    }

    private bool IsHere(string id) => move.To.FindStep(id) is { } there && there.Stage == stage.Index;

    /// <summary>The step that takes over the live work of one that is gone: of the same kind, and not begun by itself.</summary>
    private Step? TakenOverBy(int index)
    {
        var step = run.Step(index);
        if (!IsLive(run[index]) || !move.To.Retired.TryGetValue(step.Id, out var to)) { return null; }
        var heir = move.To.Steps[to];
        if (run.State.Past.ContainsKey(heir.Id) || heir.Stage != stage.Index || IsOther(step, heir) || (run[index].Phase == StepPhase.Open && Obstacles.Asks(step))) { return null; }
        var own = goesOn.Where(g => g.Value == heir.Id).Select(g => run.State.FindStep(g.Key)).FirstOrDefault();
        return own is { Occurrence: > 0 } or { LiveAt: not null } || (own is not null && own.Phase != StepPhase.Waiting) ? null : heir;
    }

    /// <summary>What waited under the heir's own name had not begun; the work that is live goes before it.</summary>
    private void TakeOver(string gone, Step heir)
    {
        foreach (var own in goesOn.Where(g => g.Value == heir.Id).Select(g => g.Key).ToArray()) { goesOn.Remove(own); }
        goesOn[gone] = heir.Id;
    }

    private static bool IsOther(Step step, Step there) =>
        step.Kind.GetType() != there.Kind.GetType() || step.Each?.Source.GetType() != there.Each?.Source.GetType();
}
