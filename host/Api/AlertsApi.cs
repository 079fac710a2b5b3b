using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Flow;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;

namespace ProcessManager.Host.Api;

/// <summary>What was told to whom.</summary>
internal static class AlertsApi
{
    /// <param name="Acknowledge">The sender asks for a receipt.</param>
    public sealed record AlertItem(
        long Id, long? Project, long? Task, AlertCause Cause, string Text, bool Acknowledge, DateTimeOffset RaisedAt, DateTimeOffset? SeenAt, DateTimeOffset? AcknowledgedAt);

    /// <param name="Alerts">Ids; at most 500.</param>
    public sealed record SeenRequest(long[] Alerts);

    /// <param name="New">How many of them were new.</param>
    public sealed record Seen(int New);

    public static void Map(RouteGroupBuilder api)
    {
        var alerts = api.MapGroup("/alerts").WithTags("Alerts");
        alerts.MapGet("", List).WithName("ListAlerts").WithSummary("Your alerts and reminders, newest first");
        alerts.MapPost("/seen", See).WithName("SeeAlerts").WithSummary("Mark alerts as seen");
        alerts.MapPost("/{id:long}/acknowledge", Acknowledge).WithName("AcknowledgeAlert").WithSummary("Give the receipt that an alert asks for");
    }

    private static async Task<Results<Ok<Page<AlertItem>>, ProblemHttpResult>> List(
        HttpContext context, ProcessManagerDb db, bool? unseen, string? cursor, int? count, CancellationToken cancellation)
    {
        var rows = Visible.To(context.User).Alerts(db);
        if (unseen == true) { rows = rows.Where(a => a.SeenAt == null); }
        if (cursor is not null)
        {
            if (!Cursor.TryRead(cursor, out _, out var last)) { return Answers.Invalid("cursor must be the “next” of an answer before."); }
            rows = rows.Where(a => a.Id < last);
        }

        var most = Cursor.Count(count);
        var found = await rows.OrderByDescending(a => a.Id).Take(most + 1).ToListAsync(cancellation);
        return TypedResults.Ok(new Page<AlertItem>(
            [.. found.Take(most).Select(a => new AlertItem(a.Id, a.ProjectId, a.TaskId, a.Cause, a.Text, a.Acknowledge, a.RaisedAt, a.SeenAt, a.AcknowledgedAt))],
            found.Count > most ? Cursor.Of(0, found[most - 1].Id) : null));
    }

    private static async Task<Results<Ok<Seen>, ProblemHttpResult>> See(SeenRequest request, ProcessEngine engine, HttpContext context, CancellationToken cancellation) =>
        request.Alerts.Length > 500
            ? Answers.Invalid("Mark at most 500 alerts at once.")
            : TypedResults.Ok(new Seen(await engine.SeeAlertsAsync(Answers.Me(context.User), request.Alerts, cancellation)));

    private static async Task<Results<NoContent, ProblemHttpResult>> Acknowledge(
        long id, ProcessEngine engine, ProcessManagerDb db, HttpContext context, CancellationToken cancellation)
    {
        if (await engine.AcknowledgeAlertAsync(Answers.Me(context.User), id, cancellation)) { return TypedResults.NoContent(); }
        // Given before is as good as given now; somebody else's isn't there.
        return await Visible.To(context.User).Alerts(db).AnyAsync(a => a.Id == id, cancellation) ? TypedResults.NoContent() : Answers.Missing($"alert {id}");
    }
}
