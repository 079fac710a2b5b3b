using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;

namespace ProcessManager.Host.Alerts;

/// <summary>Which alerts a list shows.</summary>
public enum AlertTab
{
    /// <summary>Not seen yet, or still to be acknowledged.</summary>
    New,

    /// <summary>Those whose sender asks for a receipt that hasn't been given.</summary>
    Acknowledge,

    /// <summary>Every one.</summary>
    All,

    /// <summary>Those that the reader answers for and others have not acknowledged.</summary>
    Sent,
}

/// <summary>An alert with the title of its project.</summary>
public sealed record AlertLine(AlertRow Alert, string? ProjectTitle);

/// <param name="Older">The id below which the next page lies; null on the last.</param>
internal sealed record AlertPage(IReadOnlyList<AlertLine> Lines, long? Older);

/// <summary>How many alerts stand in each list, counted up to <see cref="AlertLists.MostCounted"/>.</summary>
internal sealed record AlertCounts(int Unseen, int ToAcknowledge, int Sent);

/// <summary>A person's alerts, latest first.</summary>
internal sealed class AlertLists(IDbContextFactory<ProcessManagerDb> databases)
{
    public const int PageSize = 50;
    public const int MostCounted = 100;

    /// <param name="before">Only alerts with a smaller id; null from the latest.</param>
    public async Task<AlertPage> PageAsync(ClaimsPrincipal reader, AlertTab tab, long? before, CancellationToken cancellation, int size = PageSize)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var alerts = Of(db, reader, tab);
        if (before is { } id) { alerts = alerts.Where(a => a.Id < id); }
        var rows = await alerts.OrderByDescending(a => a.Id).Take(size + 1)
            .Select(a => new { Alert = a, Title = db.Set<ProjectRow>().Where(p => p.Id == a.ProjectId).Select(p => p.Title).FirstOrDefault() })
            .ToListAsync(cancellation);
        var more = rows.Count > size;
        if (more) { rows.RemoveAt(size); }
        return new AlertPage([.. rows.Select(r => new AlertLine(r.Alert, r.Title))], more ? rows[^1].Alert.Id : null);
    }

    public async Task<AlertCounts> CountAsync(ClaimsPrincipal reader, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return new AlertCounts(
            await Visible.To(reader).Alerts(db).Where(a => a.SeenAt == null).Take(MostCounted).CountAsync(cancellation),
            await Of(db, reader, AlertTab.Acknowledge).Take(MostCounted).CountAsync(cancellation),
            await Of(db, reader, AlertTab.Sent).Take(MostCounted).CountAsync(cancellation));
    }

    /// <summary>For the bell: how many are new, up to <see cref="MostCounted"/>.</summary>
    public async Task<int> UnseenAsync(ClaimsPrincipal reader, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await Visible.To(reader).Alerts(db).Where(a => a.SeenAt == null).Take(MostCounted).CountAsync(cancellation);
    }

    private static IQueryable<AlertRow> Of(ProcessManagerDb db, ClaimsPrincipal reader, AlertTab tab)
    {
        var visible = Visible.To(reader);
        var me = reader.FindFirstValue(ClaimTypes.Name);
        return tab switch
        {
            AlertTab.New => visible.Alerts(db).Where(a => a.SeenAt == null || (a.Acknowledge && a.AcknowledgedAt == null)),
            AlertTab.Acknowledge => visible.Alerts(db).Where(a => a.Acknowledge && a.AcknowledgedAt == null),
            AlertTab.All => visible.Alerts(db),
            AlertTab.Sent => visible.SentAlerts(db).Where(a => a.Acknowledge && a.AcknowledgedAt == null && a.Recipient != me),
            _ => throw new InvalidOperationException($"Unknown list {tab}."),
        };
    }
}
