using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Data;

namespace ProcessManager.Host.Operations;

/// <summary>What the queue of one kind holds.</summary>
/// <param name="Due">Waiting work whose time has come.</param>
/// <param name="Next">When the earliest of it is due.</param>
internal sealed record QueueLine(WorkKind Kind, int Waiting, int Due, int Failed, DateTimeOffset? Next);

/// <summary>A row of work with the project that it belongs to.</summary>
internal sealed record WorkLine(WorkRow Work, string? Project);

/// <summary>What the Operations page shows of the database.</summary>
internal sealed record OperationsFigures(List<QueueLine> Queue, List<WorkLine> Failed, List<WorkLine> Timers)
{
    public const int MostFailed = 100;
    private const int MostTimers = 10;

    public static async Task<OperationsFigures> ReadAsync(ProcessManagerDb db, DateTimeOffset now, CancellationToken cancellation)
    {
        var work = db.Set<WorkRow>().AsNoTracking();
        var queue = new List<QueueLine>();
        foreach (var kind in Enum.GetValues<WorkKind>())
        {
            var waiting = work.Where(w => w.State == WorkState.Waiting && w.Kind == kind);
            queue.Add(new QueueLine(
                kind, await waiting.CountAsync(cancellation), await waiting.CountAsync(w => w.Due <= now, cancellation),
                await work.CountAsync(w => w.State == WorkState.Failed && w.Kind == kind, cancellation),
                await waiting.OrderBy(w => w.Due).Select(w => (DateTimeOffset?)w.Due).FirstOrDefaultAsync(cancellation)));
        }

        return new OperationsFigures(
            queue,
            await WithProjects(db, work.Where(w => w.State == WorkState.Failed).OrderBy(w => w.Id).Take(MostFailed)).ToListAsync(cancellation),
            await WithProjects(db, work.Where(w => w.State == WorkState.Waiting && w.Kind == WorkKind.Timer).OrderBy(w => w.Due).ThenBy(w => w.Id).Take(MostTimers)).ToListAsync(cancellation));
    }

    private static IQueryable<WorkLine> WithProjects(ProcessManagerDb db, IQueryable<WorkRow> rows) =>
        rows.Select(w => new WorkLine(w, db.Set<ProjectRow>().Where(p => p.Id == w.ProjectId).Select(p => p.Title).FirstOrDefault()));
}
