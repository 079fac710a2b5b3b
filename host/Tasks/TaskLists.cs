using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;

namespace ProcessManager.Host.Tasks;

/// <summary>A page of a list.</summary>
/// <param name="Previous">Null on the first page.</param>
/// <param name="Next">Null on the last page.</param>
internal sealed record TaskListPage(IReadOnlyList<TaskLine> Lines, TaskCursor? Previous, TaskCursor? Next);

/// <summary>How many tasks stand in each list.</summary>
/// <param name="Team">Null for who leads nobody.</param>
public sealed record TaskCounts(int Mine, int Overdue, int Queue, int? Team);

/// <summary>What one person of a team has to do.</summary>
internal sealed record TeamLoad(string Person, int Open, int Overdue);

/// <summary>The lists of tasks: mine, my groups', my team's, done. A page is found by the key of the row before it.</summary>
internal sealed class TaskLists(IDbContextFactory<ProcessManagerDb> databases, ProcessEngine engine, TimeProvider clock)
{
    public const int PageSize = 50;

    public async Task<TaskListPage> PageAsync(ClaimsPrincipal reader, TaskFilter filter, CancellationToken cancellation, int size = PageSize)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var tasks = Narrowed(db, Of(db, reader, filter.Tab, await TeamOf(reader, cancellation)), filter);
        var backwards = filter.Cursor?.Backwards == true;
        var rows = await Stretch(tasks, filter.Tab == TaskTab.Done, filter.Cursor, backwards).Take(size + 1)
            .Join(db.Set<ProjectRow>(), t => t.ProjectId, p => p.Id, (t, p) => new { Task = t, p.PlanVersionId })
            .ToListAsync(cancellation);

        var more = rows.Count > size;
        if (more) { rows.RemoveAt(size); }
        // The join needn't keep the order.
        var ordered = filter.Tab == TaskTab.Done
            ? rows.OrderByDescending(r => r.Task.SettledAt).ThenByDescending(r => r.Task.Id).ToList()
            : rows.OrderBy(r => r.Task.InboxOrder).ThenBy(r => r.Task.Id).ToList();
        var lines = new List<TaskLine>(ordered.Count);
        foreach (var row in ordered) { lines.Add(new TaskLine(row.Task, await engine.FindPlanAsync(row.PlanVersionId, cancellation))); }
        var (before, after) = backwards ? (more, true) : (filter.Cursor is not null, more);
        return new TaskListPage(lines,
            before && lines.Count > 0 ? Key(lines[0].Task, filter.Tab, backwards: true) : null,
            after && lines.Count > 0 ? Key(lines[^1].Task, filter.Tab, backwards: false) : null);
    }

    public async Task<TaskCounts> CountAsync(ClaimsPrincipal reader, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var team = await TeamOf(reader, cancellation);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var mine = Of(db, reader, TaskTab.Mine, team);
        return new TaskCounts(
            await mine.CountAsync(cancellation),
            await mine.CountAsync(t => t.InboxOrder < now, cancellation),
            await Of(db, reader, TaskTab.Queue, team).CountAsync(cancellation),
            team.Length == 0 ? null : await Of(db, reader, TaskTab.Team, team).CountAsync(cancellation));
    }

    /// <summary>What each person of the reader's team has open, by name; empty for who leads nobody.</summary>
    public async Task<IReadOnlyList<TeamLoad>> TeamAsync(ClaimsPrincipal reader, CancellationToken cancellation)
    {
        var team = await TeamOf(reader, cancellation);
        if (team.Length == 0) { return []; }
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var loads = await Of(db, reader, TaskTab.Team, team).GroupBy(t => t.Assignee!)
            .Select(g => new { Person = g.Key, Open = g.Count(), Overdue = g.Count(t => t.InboxOrder < now) }).ToListAsync(cancellation);
        return [.. team.Select(name => loads.Find(l => l.Person == name) is { } load ? new TeamLoad(name, load.Open, load.Overdue) : new TeamLoad(name, 0, 0))];
    }

    /// <summary>Sign-in names of the people whose manager the reader is, in the order of their names.</summary>
    public async Task<string[]> TeamOf(ClaimsPrincipal reader, CancellationToken cancellation)
    {
        var me = reader.FindFirstValue(ClaimTypes.Name);
        var people = (await engine.DirectoryAsync(cancellation)).People.Values;
        return [.. people.Where(m => m.Manager == me && !m.Disabled).OrderBy(m => m.DisplayName, StringComparer.CurrentCulture).Select(m => m.Name)];
    }

    private static IQueryable<TaskRow> Of(ProcessManagerDb db, ClaimsPrincipal reader, TaskTab tab, string[] team)
    {
        var me = reader.FindFirstValue(ClaimTypes.Name) ?? "";
        string?[] groups = [.. reader.FindAll(AccessClaims.Group).Select(claim => claim.Value)];
        var tasks = Visible.To(reader).Tasks(db);
        // The state is a constant in each: the indexes hold open tasks, or done ones, alone.
        return tab switch
        {
            TaskTab.Mine => tasks.Where(t => t.State == TaskPhase.Open && t.Assignee == me),
            TaskTab.Queue => tasks.Where(t => t.State == TaskPhase.Open && t.Assignee == null && groups.Contains(t.Group)),
            TaskTab.Team => tasks.Where(t => t.State == TaskPhase.Open && t.Assignee != null && team.Contains(t.Assignee)),
            TaskTab.Done => tasks.Where(t => t.State == TaskPhase.Done && t.SettledBy == me),
            _ => throw new InvalidOperationException($"Unknown list {tab}."),
        };
    }

    private IQueryable<TaskRow> Narrowed(ProcessManagerDb db, IQueryable<TaskRow> tasks, TaskFilter filter)
    {
        if (filter.Group is { } group) { tasks = tasks.Where(t => t.Group == group); }
        if (filter.Plan is { } plan) { tasks = tasks.Where(t => db.Set<ProjectRow>().Any(p => p.Id == t.ProjectId && p.Plan == plan)); }
        if (filter.Overdue)
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            tasks = tasks.Where(t => t.InboxOrder < now);
        }

        if (filter.Text is not { } text) { return tasks; }
        var pattern = $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
        return tasks.Where(t => EF.Functions.Like(t.Title, pattern, "\\") || EF.Functions.Like(t.ProjectTitle, pattern, "\\"));
    }

    /// <summary>What lies behind the cursor, or before it, nearest first.</summary>
    private static IQueryable<TaskRow> Stretch(IQueryable<TaskRow> tasks, bool done, TaskCursor? cursor, bool backwards)
    {
        var (order, id) = cursor is null ? (0, 0) : (cursor.Order, cursor.Id);
        if (done)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(order, 0, 253402300799999));
            return (cursor, backwards) switch
            {
                (null, _) => tasks.OrderByDescending(t => t.SettledAt).ThenByDescending(t => t.Id),
                (_, false) => tasks.Where(t => t.SettledAt < at || (t.SettledAt == at && t.Id < id)).OrderByDescending(t => t.SettledAt).ThenByDescending(t => t.Id),
                (_, true) => tasks.Where(t => t.SettledAt > at || (t.SettledAt == at && t.Id > id)).OrderBy(t => t.SettledAt).ThenBy(t => t.Id),
            };
        }

        return (cursor, backwards) switch
        {
            (null, _) => tasks.OrderBy(t => t.InboxOrder).ThenBy(t => t.Id),
            (_, false) => tasks.Where(t => t.InboxOrder > order || (t.InboxOrder == order && t.Id > id)).OrderBy(t => t.InboxOrder).ThenBy(t => t.Id),
            (_, true) => tasks.Where(t => t.InboxOrder < order || (t.InboxOrder == order && t.Id < id)).OrderByDescending(t => t.InboxOrder).ThenByDescending(t => t.Id),
        };
    }

    private static TaskCursor Key(TaskRow task, TaskTab tab, bool backwards) =>
        new(tab == TaskTab.Done ? task.SettledAt?.ToUnixTimeMilliseconds() ?? 0 : task.InboxOrder, task.Id, backwards);
}
