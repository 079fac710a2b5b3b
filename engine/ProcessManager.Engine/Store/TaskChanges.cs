using System.Collections.Immutable;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Language;

namespace ProcessManager.Engine.Store;

/// <summary>Writes what a decision did to tasks, and remembers their ids and titles for history and alerts.</summary>
internal sealed class TaskChanges(ProjectStore store, ProjectRow project, Plan plan)
{
    private readonly Dictionary<int, (long Id, string Title)> known = [];

    /// <summary>The ids of tasks that were opened.</summary>
    public List<long> Opened { get; } = [];

    /// <summary>The ids of all tasks that were opened, changed or settled.</summary>
    public List<long> Touched { get; } = [];

    /// <summary>Who had or has them.</summary>
    public HashSet<string> People { get; } = [];

    public HashSet<string> Groups { get; } = [];

    public void Write(ProjectState? before, Decision.Accepted decision, string? actor, DateTimeOffset now)
    {
        var opened = decision.Events.OfType<FlowEvent.TaskOpened>().ToDictionary(e => e.Task.Number);
        var visits = opened.Count == 0 ? [] : VisitsOf(before, decision.Events);
        var members = opened.Values.Any(o => o.Task.Member is not null) ? MembersOf(before) : [];
        var old = before is null ? [] : Projection.TasksOf(before).ToDictionary(t => t.Task.Number);
        foreach (var (step, task) in Projection.TasksOf(decision.State))
        {
            if (opened.Remove(task.Number, out var opening)) { Insert(opening, task, visits[task.Number], members); }
            else if (old.Remove(task.Number, out var earlier))
            {
                if (!Same(earlier.Task, task)) { Update(step, earlier.Task, task); }
            }
        }

        // Opened and settled by this very decision, in a stage or an occurrence that it left behind.
        foreach (var opening in opened.Values)
        {
            Insert(opening, Settled(opening.Task, decision.Events, actor, now), visits[opening.Task.Number], members);
        }

        foreach (var (step, task) in old.Values.Where(t => t.Task.Phase == TaskPhase.Open))
        {
            Update(step, task, Settled(task, decision.Events, actor, now));
        }
    }

    /// <summary>Id and title of a task, looked up where this decision did not touch it.</summary>
    public (long Id, string Title)? Find(string? step, int number)
    {
        if (known.TryGetValue(number, out var found)) { return found; }
        if (step is null || store.FindTask(project.Id, step, number) is not { } row) { return null; }
        known[number] = row;
        return row;
    }

    /// <param name="members">Who has had a task of the same occurrence: one who was removed and named again is told apart by the task's number.</param>
    private void Insert(FlowEvent.TaskOpened opening, TaskState task, int visit, HashSet<(string Step, int Occurrence, string Member)> members)
    {
        var row = new TaskRow
        {
            ProjectId = project.Id,
            Number = task.Number,
            Step = opening.Step ?? Projection.NoStep,
            // Tasks of no step are told apart by their numbers.
            Visit = opening.Step is { Length: > 0 } ? visit : 0,
            Occurrence = opening.Step is { Length: > 0 } ? opening.Occurrence : task.Number,
            Member = task.Member is not { } member ? "" : members.Add((opening.Step ?? "", opening.Occurrence, member)) ? member : Projection.MemberAgain(task),
            Kind = plan.FindStep(opening.Step ?? Projection.NoStep)?.Kind.Key ?? "task",
            Title = opening.Title,
            ProjectTitle = project.Title,
            Instructions = opening.Instructions,
            OpenedAt = task.OpenedAt,
        };
        Projection.Fill(row, task);
        Opened.Add(store.Insert(row));
        Remember(row.Id, row.Title, task);
    }

    private void Update(string step, TaskState before, TaskState task)
    {
        var row = new TaskRow { ProjectId = project.Id, Step = step, Number = task.Number };
        Projection.Fill(row, task);
        var found = store.Update(row) ??
            throw new InvalidOperationException($"Project {project.Id} has no row for task {task.Number} of step {step}.");
        Concern(before);
        Remember(found.Id, found.Title, task);
    }

    private void Remember(long id, string title, TaskState task)
    {
        known[task.Number] = (id, title);
        Touched.Add(id);
        Concern(task);
    }

    private void Concern(TaskState task)
    {
        if (task.Assignee is { } person) { People.Add(person); }
        if (task.Group is { } group) { Groups.Add(group); }
    }

    private static TaskState Settled(TaskState task, ImmutableArray<FlowEvent> events, string? actor, DateTimeOffset now)
    {
        var end = events.OfType<FlowEvent.TaskSettled>().LastOrDefault(e => e.Number == task.Number);
        return task with
        {
            Phase = end?.Phase ?? TaskPhase.Cancelled,
            Outcome = end?.Outcome,
            SettledAt = now,
            By = actor,
        };
    }

    private static HashSet<(string Step, int Occurrence, string Member)> MembersOf(ProjectState? before) => before is null ? [] :
        [.. before.Steps.SelectMany(s => s.Tasks.Where(t => t.Member is not null).Select(t => (s.Id, s.Occurrence, t.Member!)))];

    private static Dictionary<int, int> VisitsOf(ProjectState? before, ImmutableArray<FlowEvent> events)
    {
        var visits = new Dictionary<int, int>();
        var visit = before?.Visit ?? 0;
        foreach (var e in events)
        {
            if (e is FlowEvent.StageEntered entered) { visit = entered.Visit; }
            else if (e is FlowEvent.TaskOpened opened) { visits[opened.Task.Number] = visit; }
        }

        return visits;
    }

    private static bool Same(TaskState a, TaskState b) =>
        ReferenceEquals(a, b) || (a.Phase == b.Phase && a.Assignee == b.Assignee && a.Group == b.Group && a.Due == b.Due &&
            a.DueByHand == b.DueByHand && a.Priority == b.Priority && a.Outcome == b.Outcome && a.By == b.By && a.SettledAt == b.SettledAt);
}
