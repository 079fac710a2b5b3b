using Microsoft.EntityFrameworkCore;
using ProcessManager.Bench.Setting;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;

namespace ProcessManager.Bench.Measures;

/// <summary>
/// What an ordinary program would do to complete a task: a fresh context, load what changes, change it, add what is new, save. It is told what
/// to write; deciding costs it nothing.
/// </summary>
internal sealed class PlainEf
{
    private readonly DbContextOptions<BenchDb> options;
    private readonly ProjectRow project;
    private readonly List<TaskRow> tasks;
    private readonly List<HistoryRow> history;
    private readonly List<WorkRow> work;
    private readonly CommandRow command;

    private PlainEf(
        DbContextOptions<BenchDb> options, ProjectRow project, List<TaskRow> tasks, List<HistoryRow> history, List<WorkRow> work, CommandRow command) =>
        (this.options, this.project, this.tasks, this.history, this.work, this.command) = (options, project, tasks, history, work, command);

    /// <summary>Reads what the engine wrote when it completed the task of the project from which the bare program learned.</summary>
    public static async Task<PlainEf> ReadAsync(World world)
    {
        await using var db = new BenchDb(BenchDb.OptionsOf(world.RawPath));
        var id = world.LearnedCall;
        var project = await db.Set<ProjectRow>().AsNoTracking().SingleAsync(p => p.Id == id);
        return new PlainEf(
            BenchDb.OptionsOf(world.RawPath),
            project,
            await db.Set<TaskRow>().AsNoTracking().Where(t => t.ProjectId == id).OrderBy(t => t.Number).ToListAsync(),
            await db.Set<HistoryRow>().AsNoTracking().Where(h => h.ProjectId == id && h.Version == project.Version).OrderBy(h => h.Seq).ToListAsync(),
            await db.Set<WorkRow>().AsNoTracking().Where(w => w.ProjectId == id).ToListAsync(),
            await db.Set<CommandRow>().AsNoTracking().SingleAsync(c => c.ProjectId == id && c.Version == project.Version));
    }

    public async Task CompleteAsync(long id, string commandId)
    {
        await using var db = new BenchDb(options);
        var changed = await db.Set<ProjectRow>().SingleAsync(p => p.Id == id);
        (changed.Version, changed.ChangedAt, changed.HistorySeq, changed.HistoryHash, changed.OpenTasks, changed.State) =
            (project.Version, project.ChangedAt, project.HistorySeq, project.HistoryHash, project.OpenTasks, project.State);

        var done = await db.Set<TaskRow>().SingleAsync(t => t.ProjectId == id && t.Step == tasks[0].Step && t.Number == tasks[0].Number);
        (done.State, done.Outcome, done.SettledAt, done.SettledBy) = (TaskPhase.Done, tasks[0].Outcome, tasks[0].SettledAt, tasks[0].SettledBy);
        foreach (var task in tasks.Skip(1)) { db.Add(For(task, id)); }

        var key = $"timer/{id}/";
        db.RemoveRange(await db.Set<WorkRow>().Where(w => string.Compare(w.Key, key) > 0 && string.Compare(w.Key, key + "~") < 0).ToListAsync());
        foreach (var timer in work) { db.Add(For(timer, id)); }

        foreach (var row in history) { db.Add(For(row, id)); }

        db.Add(new CommandRow
        {
            Id = commandId, ProjectId = id, Version = command.Version, Fingerprint = command.Fingerprint, NewTasks = command.NewTasks, At = command.At,
        });
        await db.SaveChangesAsync();
    }

    private static TaskRow For(TaskRow t, long project) => new()
    {
        ProjectId = project, Number = t.Number, Step = t.Step, Visit = t.Visit, Occurrence = t.Occurrence, Member = t.Member, Kind = t.Kind,
        Title = t.Title, ProjectTitle = t.ProjectTitle, Instructions = t.Instructions, Assignee = t.Assignee, Group = t.Group, Due = t.Due,
        InboxOrder = t.InboxOrder, Priority = t.Priority, State = t.State, OpenedAt = t.OpenedAt,
    };

    private WorkRow For(WorkRow w, long id) => new()
    {
        Kind = w.Kind, Key = w.Key.Replace($"/{project.Id}/", $"/{id}/", StringComparison.Ordinal), ProjectId = id, Due = w.Due, State = w.State,
        Payload = w.Payload,
    };

    private static HistoryRow For(HistoryRow h, long project) => new()
    {
        ProjectId = project, Seq = h.Seq, Version = h.Version, At = h.At, Kind = h.Kind, Cause = h.Cause, Actor = h.Actor,
        OnBehalfOf = h.OnBehalfOf, Step = h.Step, Task = h.Task, Before = h.Before, After = h.After, Data = h.Data, Why = h.Why, Hash = h.Hash,
    };
}
