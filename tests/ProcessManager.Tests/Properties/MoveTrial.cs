using System.Text;
using ProcessManager.Flow;
using ProcessManager.Flow.Versions;
using ProcessManager.Language;

namespace ProcessManager.Tests.Properties;

/// <summary>
/// A project with a random history that is moved to another version of its plan in the middle, and goes on there. Everything that a
/// move promises is looked at when it is made, and the laws of the flow after it.
/// </summary>
internal sealed class MoveTrial(RandomPlan old, RandomPlan young, Plan from, Plan to, TrialMode mode)
{
    private readonly List<string> wrong = [];
    private readonly StringBuilder story = new();
    private Ledger ledger = new();
    private ProjectState? state;
    private DateTimeOffset now = World.Start;
    private bool moved;

    private Plan Version => moved ? to : from;
    private Moves Moves => new(moved ? young : old);

    public IReadOnlyList<string> Wrong => wrong;
    public string Story => story.ToString();

    /// <summary>What the move was; null where the history ended before it.</summary>
    public MovePreview? Move { get; private set; }

    public void Run(IReadOnlyList<Move> history, int middle)
    {
        Try(new Asked(Moves.Start(), Answer.Accepted, null));
        Settle();
        for (var i = 0; i < history.Count && wrong.Count == 0 && state is { Closed: null, Fault: null }; i++)
        {
            if (i == middle) { MoveOver(); }
            if (state.Closed is not null) { return; }
            Make(history[i]);
            Settle();
        }
    }

    private void MoveOver()
    {
        var before = state!;
        if (new PlanMove(from, from).Preview(before, mode.Facts, now, mode.Driver) is not MovePreview.Possible { Events.IsEmpty: true, Differences.IsEmpty: true } same
            || Stored.Text(same.State) != Stored.Text(before))
        {
            wrong.Add("moving to the same version changes something");
        }

        var move = new PlanMove(from, to);
        Move = move.Preview(before, mode.Facts, now, mode.Driver);
        story.Append(FormattableString.Invariant($"    {now:MM-dd HH:mm} move → {(Move is MovePreview.Possible p ? string.Join(" ", p.Differences.Select(d => d.Text)) : Move)}\n"));
        if (Move is not MovePreview.Possible made) { return; }
        var again = (MovePreview.Possible)new PlanMove(from, to).Preview(Stored.RoundTrip(before, from), mode.Facts, now, mode.Driver);
        Check(Stored.Text(again.State) == Stored.Text(made.State) && again.Differences.SequenceEqual(made.Differences), "the preview of the stored state is another one");
        Check(Stored.Text(Stored.RoundTrip(made.State, to)) == Stored.Text(made.State), "the state that it leads to is not stored as it is");
        Settled(before, made);
        TimersHold(before, made);
        TasksHold(before, made);
        (state, moved, ledger) = (made.State, true, ledger.GoOnFrom(made.State));
    }

    private void Settled(ProjectState before, MovePreview.Possible made)
    {
        var setBack = made.Events.OfType<FlowEvent.StepSetBack>().Select(e => e.Step).ToHashSet();
        foreach (var step in before.Steps.Where(s => s.IsSettled))
        {
            var there = to.FindStep(step.Id) ?? to.Steps.FirstOrDefault(s => s.Was == step.Id);
            if (there is null || setBack.Contains(there.Id)) { continue; }
            Check(made.State.Visit != before.Visit || !made.Events.Any(e => e is FlowEvent.StepOpened opened && opened.Step == there.Id), $"{step.Id} was {step.Phase} and opens again");
            var after = made.State.FindStep(there.Id);
            if (made.State.Visit == before.Visit && after is not null)
            {
                Check((after.Phase, after.Outcome, after.Occurrence, after.SettledAt) == (step.Phase, step.Outcome, step.Occurrence, step.SettledAt), $"{step.Id} was {step.Phase} and is {after.Phase}");
            }
        }
    }

    private void TimersHold(ProjectState before, MovePreview.Possible made)
    {
        var timers = before.Timers.ToDictionary(t => t.Key, t => t.Due);
        foreach (var e in made.Events)
        {
            switch (e)
            {
                case FlowEvent.TimerSet set: Check(timers.TryAdd(set.Timer.Key, set.Timer.Due), $"{set.Timer.Key} is set twice"); break;
                case FlowEvent.TimerMoved moved: timers[moved.Timer.Key] = moved.Timer.Due; break;
                case FlowEvent.TimerCancelled cancelled: Check(timers.Remove(cancelled.Timer.Key), $"{cancelled.Timer.Key} is cancelled and was not there"); break;
                case FlowEvent.TimerFired fired: Check(timers.Remove(fired.Timer.Key), $"{fired.Timer.Key} fires and was not there"); break;
            }
        }

        Check(timers.OrderBy(t => t.Key).SequenceEqual(made.State.Timers.ToDictionary(t => t.Key, t => t.Due).OrderBy(t => t.Key)), "the timers are not those of the events");
        var doubled = made.State.Timers.GroupBy(t => (t.Kind, t.Step, t.Rule, t.Task, t.Member)).FirstOrDefault(g => g.Count() > 1);
        Check(doubled is null, $"there are two timers {doubled?.Key}");
    }

    private void TasksHold(ProjectState before, MovePreview.Possible made)
    {
        var ended = made.Events.OfType<FlowEvent.TaskSettled>().Select(e => e.Number).ToHashSet();
        var after = made.State.Steps.SelectMany(s => s.Tasks).Concat(made.State.Extra).ToDictionary(t => t.Number);
        foreach (var task in before.Steps.SelectMany(s => s.Tasks).Concat(before.Extra).Where(t => t.Phase == TaskPhase.Open && !ended.Contains(t.Number)))
        {
            if (!after.TryGetValue(task.Number, out var kept)) { wrong.Add($"task {task.Number} is lost"); continue; }
            Check((kept.Assignee, kept.Group, kept.Priority, kept.Phase) == (task.Assignee, task.Group, task.Priority, TaskPhase.Open), $"task {task.Number} is not what it was");
            Check(task.Due is null || kept.Due == task.Due, $"task {task.Number} was due {task.Due} and is due {kept.Due}");
        }
    }

    private void Make(Move next)
    {
        switch (next.Kind)
        {
            case MoveKind.NextTimer: if (NextDue is { } due) { Pass(due); } break;
            case MoveKind.PassHours or MoveKind.JumpHours: Pass(now.AddHours(next.A % 50)); break;
            case MoveKind.Late: break;   // its answers speak of steps that may be gone
            default: if (Moves.Of(next, state!, now, ledger.SettledTasks) is { } asked) { Try(asked); } break;
        }
    }

    private DateTimeOffset? NextDue => state is { Closed: null, Hold: null, Fault: null } ? state.Timers.Min(t => t.Due) : null;

    private void Pass(DateTimeOffset until)
    {
        while (NextDue is { } due && due <= until && wrong.Count == 0)
        {
            now = due > now ? due : now;
            Settle();
        }

        now = until > now ? until : now;
    }

    private void Settle()
    {
        for (var round = 0; wrong.Count == 0 && round < 200 && state is { Hold: null, Fault: null, Closed: null }; round++)
        {
            if (state.Steps.FirstOrDefault(s => s.Phase == StepPhase.Ready) is { } ready) { Try(new Asked(new Command.Open(ready.Id, ready.Occurrence + 1), Answer.Accepted, null)); }
            else if (NextDue <= now) { Try(new Asked(new Command.FireTimers(), Answer.Accepted, null)); }
            else { break; }
        }

        if (state is not { Hold: null, Fault: null, Closed: null } || state.Steps.Any(s => s.Phase == StepPhase.Ready)) { return; }
        var awaited = state.Steps.Any(s => s.Tasks.Any(t => t.Phase == TaskPhase.Open)
            || (s.Phase == StepPhase.Open && Version.FindStep(s.Id)!.Kind is EmailKind { WaitForDelivery: true } or LetterKind or ReceiveKind or HttpKind or StartKind)
            || (!s.IsSettled && state.Timers.Any(t => t.Step == s.Id && t.Kind is TimerKind.Wait or TimerKind.Open or TimerKind.Expire)));
        Check(awaited, "nothing is open and no time is awaited");
    }

    private void Try(Asked asked)
    {
        var decision = Stepper.Advance(Version, state, asked.Command, mode.Facts, now, mode.Driver);
        story.Append(FormattableString.Invariant($"    {now:MM-dd HH:mm} {asked.Command} → {decision.GetType().Name}\n"));
        Check(asked.Answer == Answer.Either || asked.Answer == (decision is Decision.Accepted ? Answer.Accepted : Answer.Refused), $"{asked.Command} → {decision}");
        if (decision is not Decision.Accepted accepted) { return; }
        ledger.Take(state, accepted.Events, accepted.State);
        wrong.AddRange(ledger.Wrong.Where(w => w.Law != Law.ChildrenBelong).Select(w => $"{w.Law}: {w.Message}"));
        ledger.Wrong.Clear();
        state = accepted.State;
    }

    private void Check(bool holds, string message) { if (!holds) { wrong.Add(message); } }
}
