using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;

namespace ProcessManager.Host.Api;

/// <summary>Mails that plans asked for.</summary>
internal static class MailsApi
{
    public sealed record MailItem(
        long Id, long? Project, string? Step, string? Template, string To, string Subject, MailState State, int Attempts, string? Error, DateTimeOffset CreatedAt, DateTimeOffset? SentAt);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/mails", List).WithName("ListMails").WithTags("Mails").WithSummary("Outgoing mails of the projects that you may see, newest first");

    private static async Task<Results<Ok<Page<MailItem>>, ProblemHttpResult>> List(
        HttpContext context, ProcessManagerDb db, long? project, string? cursor, int? count, CancellationToken cancellation)
    {
        var rows = Visible.To(context.User).Mails(db);
        if (project is not null) { rows = rows.Where(m => m.ProjectId == project); }
        if (cursor is not null)
        {
            if (!Cursor.TryRead(cursor, out _, out var last)) { return Answers.Invalid("cursor must be the “next” of an answer before."); }
            rows = rows.Where(m => m.Id < last);
        }

        var most = Cursor.Count(count);
        var found = await rows.OrderByDescending(m => m.Id).Take(most + 1).ToListAsync(cancellation);
        return TypedResults.Ok(new Page<MailItem>(
            [.. found.Take(most).Select(m => new MailItem(m.Id, m.ProjectId, m.Step, m.Template, m.To, m.Subject, m.State, m.Attempts, m.Error, m.CreatedAt, m.SentAt))],
            found.Count > most ? Cursor.Of(0, found[most - 1].Id) : null));
    }
}
