using System.Collections.Immutable;
using ProcessManager.Flow;
using ProcessManager.Language;

namespace ProcessManager.Tests.Properties;

/// <summary>
/// Keeps the books of a project from its events alone, and finds where state and events tell different stories.
/// </summary>
internal sealed class Ledger
{
    private readonly Dictionary<string, FlowTimer> timers = [];
    private readonly HashSet<string> timersEver = [];
    private readonly Dictionary<int, TaskState> tasks = [];
    private readonly HashSet<int> openTasks = [];
    private readonly HashSet<(int Visit, string Step, int Occurrence)> openings = [];
    private readonly Dictionary<string, StepPhase> phases = [];
    private readonly HashSet<string> keys = [];
    private readonly Dictionary<string, (string Step, string? Member)> children = [];
    private readonly HashSet<string> waitsFor = [];
    private int probability, visit;

    /// <summary>Goes on from a state whose names are others than before, as after a move to another version: keys that were used stay used.</summary>
    public Ledger GoOnFrom(ProjectState state)
    {
        var next = new Ledger { probability = state.Probability, visit = state.Visit };
        next.timersEver.UnionWith(timersEver);
        next.timersEver.UnionWith(state.Timers.Select(t => t.Key));
        next.keys.UnionWith(keys);
        foreach (var timer in state.Timers) { next.timers[timer.Key] = timer; }
        foreach (var (number, task) in tasks) { next.tasks[number] = task; }
        foreach (var task in state.Steps.SelectMany(s => s.Tasks).Concat(state.Extra))
        {
            next.tasks[task.Number] = task;
            if (task.Phase == TaskPhase.Open) { next.openTasks.Add(task.Number); }
        }

        foreach (var step in state.Steps)
        {
            next.phases[step.Id] = step.Phase;
            for (var occurrence = 1; occurrence <= step.Occurrence; occurrence++) { next.openings.Add((visit, step.Id, occurrence)); }
        }

        return next;
    }

    public List<(Law Law, string Message)> Wrong { get; } = [];

    /// <summary>The numbers of tasks that are no longer open.</summary>
    public IEnumerable<int> SettledTasks => tasks.Keys.Where(t => !openTasks.Contains(t));

    public void Take(ProjectState? before, ImmutableArray<FlowEvent> events, ProjectState after)
    {
        foreach (var happened in events) { Enter(happened); }

        Compare(Law.TimersAgree, timers.Values.OrderBy(t => t.Key), after.Timers.OrderBy(t => t.Key));
        Compare(Law.TasksAgree, openTasks.Order().Select(t => Facts(tasks[t])), after.Steps.SelectMany(s => s.Tasks).Concat(after.Extra).Where(t => t.Phase == TaskPhase.Open).OrderBy(t => t.Number).Select(Facts));
        Check(Law.ProbabilityAgrees, probability == after.Probability, $"events say {probability} %, the state {after.Probability} %");
        Check(Law.ProbabilityAgrees, after.Closed is not { } closed || after.Probability == (closed == CloseResult.Won ? 100 : 0), $"closed as {after.Closed} with {after.Probability} %");
        foreach (var step in after.Steps)
        {
            Check(Law.SettledStaysSettled, phases.GetValueOrDefault(step.Id) == step.Phase, $"{step.Id} is {step.Phase}, but by its events {phases.GetValueOrDefault(step.Id)}");
        }

        foreach (var (child, (id, member)) in children)
        {
            var step = after.FindStep(id);
            var waits = step?.Phase == StepPhase.Open && (member is null ? step.Child == child : step.Members.Any(m => m.Id == member && m.Phase == StepPhase.Open && m.Child == child));
            Check(Law.ChildrenBelong, waits, $"{child} lives on, but {id} {member} is {step?.Phase} and waits for {step?.Child}");
        }

        StaySettled(before, events, after);
    }

    private void Enter(FlowEvent happened)
    {
        switch (happened)
        {
            case FlowEvent.StageEntered e:
                foreach (var (step, phase) in phases) { Check(Law.SettledStaysSettled, IsSettled(phase), $"{step} is {phase} while its stage is left"); }
                phases.Clear();
                visit = e.Visit;
                break;
            case FlowEvent.StepReady e:
                Begin(e.Step, StepPhase.Ready, from: [StepPhase.Waiting]);
                break;
            case FlowEvent.StepOpened e:
                Begin(e.Step, StepPhase.Open, from: [StepPhase.Waiting, StepPhase.Ready]);
                Check(Law.OpensOnce, openings.Add((visit, e.Step, e.Occurrence)), $"{e.Step} opened twice for occurrence {e.Occurrence} of visit {visit}");
                break;
            case FlowEvent.StepSettled e:
                foreach (var left in children.Where(c => c.Value.Step == e.Step && e.Phase == StepPhase.Passed).Select(c => c.Key).ToList()) { children.Remove(left); }

                Begin(e.Step, e.Phase, from: [StepPhase.Waiting, StepPhase.Ready, StepPhase.Open]);
                break;
            case FlowEvent.StepSetBack e:
                phases[e.Step] = StepPhase.Waiting;
                break;
            case FlowEvent.ProbabilityChanged e:
                Check(Law.ProbabilityAgrees, e.From == probability && e.From != e.To, $"{e.From} → {e.To} % while it was {probability}");
                probability = e.To;
                break;
            default:
                EnterTimer(happened);
                EnterTask(happened);
                EnterRequest(happened);
                break;
        }
    }

    private void EnterRequest(FlowEvent happened)
    {
        var key = happened switch
        {
            FlowEvent.AlertRaised e => e.Key,
            FlowEvent.MailRequested e => e.Key,
            FlowEvent.LetterRequested e => e.Key,
            FlowEvent.HttpRequested e => e.Key,
            FlowEvent.ChildRequested e => e.Key,
            _ => null,
        };
        Check(Law.AsksOnce, key is null || keys.Add(key), $"the key {key} was used before");
        switch (happened)
        {
            case FlowEvent.ChildRequested { Awaited: true } e: waitsFor.Add(e.Step); break;
            case FlowEvent.ChildStarted e when waitsFor.Contains(e.Step): children[e.Child] = (e.Step, e.Member); break;
            case FlowEvent.ChildClosed e: children.Remove(e.Child); break;
            case FlowEvent.ChildDropped e: children.Remove(e.Child); break;
            default: break;
        }
    }

    private void EnterTimer(FlowEvent happened)
    {
        switch (happened)
        {
            case FlowEvent.TimerSet e:
                Check(Law.TimersAgree, timersEver.Add(e.Timer.Key), $"the key {e.Timer.Key} was used before");
                timers[e.Timer.Key] = e.Timer;
                break;
            case FlowEvent.TimerMoved e:
                Check(Law.TimersAgree, timers.TryGetValue(e.Timer.Key, out var moved) && moved.Due == e.From, $"{e.Timer.Key} moved, but was not where it moved from");
                timers[e.Timer.Key] = e.Timer;
                break;
            case FlowEvent.TimerCancelled e:
                Check(Law.TimersAgree, timers.Remove(e.Timer.Key), $"{e.Timer.Key} was cancelled, but wasn't set");
                break;
            case FlowEvent.TimerFired e:
                Check(Law.TimersAgree, timers.Remove(e.Timer.Key), $"{e.Timer.Key} fired, but wasn't set");
                break;
            default:
                break;
        }
    }

    private void EnterTask(FlowEvent happened)
    {
        switch (happened)
        {
            case FlowEvent.TaskOpened e:
                Check(Law.TasksAgree, tasks.Count == 0 || e.Task.Number > tasks.Keys.Max(), $"task {e.Task.Number} comes after {(tasks.Count == 0 ? 0 : tasks.Keys.Max())}");
                tasks[e.Task.Number] = e.Task;
                openTasks.Add(e.Task.Number);
                Check(Law.TasksAgree, e.Task.Assignee is not null || e.Task.Group is not null, $"task {e.Task.Number} has nobody");
                break;
            case FlowEvent.TaskAssigned e:
                Check(Law.TasksAgree, tasks[e.Number].Assignee == e.FromPerson && tasks[e.Number].Group == e.FromGroup, $"task {e.Number} was not with {e.FromPerson ?? e.FromGroup}");
                tasks[e.Number] = tasks[e.Number] with { Assignee = e.ToPerson, Group = e.ToGroup };
                break;
            case FlowEvent.TaskDueChanged e:
                Check(Law.TasksAgree, tasks[e.Number].Due == e.From, $"task {e.Number} was not due {e.From}");
                tasks[e.Number] = tasks[e.Number] with { Due = e.To, DueByHand = e.ByHand };
                break;
            case FlowEvent.TaskPriorityChanged e:
                tasks[e.Number] = tasks[e.Number] with { Priority = e.To };
                break;
            case FlowEvent.TaskSettled e:
                Check(Law.TasksAgree, openTasks.Remove(e.Number), $"task {e.Number} was settled twice");
                break;
            default:
                break;
        }
    }

    private void Begin(string step, StepPhase to, ReadOnlySpan<StepPhase> from)
    {
        var was = phases.GetValueOrDefault(step);
        Check(Law.SettledStaysSettled, from.Contains(was), $"{step} became {to} from {was}");
        phases[step] = to;
    }

    private void StaySettled(ProjectState? before, ImmutableArray<FlowEvent> events, ProjectState after)
    {
        if (before is null || before.Visit != after.Visit) { return; }

        var setBack = events.OfType<FlowEvent.StepSetBack>().Select(e => e.Step).ToHashSet();
        foreach (var was in before.Steps.Where(s => s.IsSettled && !setBack.Contains(s.Id)))
        {
            var now = after.FindStep(was.Id);
            Check(Law.SettledStaysSettled, now is not null && (now.Phase, now.Outcome, now.Occurrence, now.SettledAt) == (was.Phase, was.Outcome, was.Occurrence, was.SettledAt),
                $"{was.Id} was {was.Phase} {was.Outcome} and is {now?.Phase} {now?.Outcome}");
        }
    }

    private static bool IsSettled(StepPhase phase) => phase is StepPhase.Done or StepPhase.Passed or StepPhase.Dead or StepPhase.Cancelled;

    private static (int, string?, string?, DateTimeOffset?, bool, Priority) Facts(TaskState task) =>
        (task.Number, task.Assignee, task.Group, task.Due, task.DueByHand, task.Priority);

    private void Compare<T>(Law law, IEnumerable<T> events, IEnumerable<T> state)
    {
        var (one, other) = (events.ToList(), state.ToList());
        Check(law, one.SequenceEqual(other), $"by the events {string.Join("; ", one)}\n  in the state  {string.Join("; ", other)}");
    }

    private void Check(Law law, bool holds, FormattableString message)
    {
        if (!holds) { Wrong.Add((law, FormattableString.Invariant(message))); }
    }
}
