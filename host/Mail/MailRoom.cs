using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Mail;

internal static class MailRoom
{
    public static void MapMail(this WebApplication app)
    {
        app.MapPost("/mail/{id:long}/retry", (long id, ProcessEngine engine, IDbContextFactory<ProcessManagerDb> databases, Reader reader, HttpContext context, CancellationToken cancellation) =>
            SettleAsync(id, databases, context, work => engine.RetryWorkAsync(work, reader.UserName, cancellation), "The mail is in the outbox again.", cancellation)).RequireAuthorization(Policies.Administer);
        app.MapPost("/mail/{id:long}/drop", (long id, ProcessEngine engine, IDbContextFactory<ProcessManagerDb> databases, Reader reader, HttpContext context, CancellationToken cancellation) =>
            SettleAsync(id, databases, context, work => engine.DropWorkAsync(work, reader.UserName, cancellation), "The mail was given up.", cancellation)).RequireAuthorization(Policies.Administer);
    }

    /// <summary>The failed work that a mail waits for; empty where there is none.</summary>
    public static IQueryable<long?> FailedWorkOf(ProcessManagerDb db, long mail)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"mail/{mail}");
        return db.Set<WorkRow>().AsNoTracking().Where(w => w.Key == key && w.State == WorkState.Failed).Select(w => (long?)w.Id);
    }

    private static async Task<RedirectHttpResult> SettleAsync(
        long mail, IDbContextFactory<ProcessManagerDb> databases, HttpContext context, Func<long, Task<bool>> settle, string done, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var work = await FailedWorkOf(db, mail).FirstOrDefaultAsync(cancellation);
        if (work is { } id && await settle(id)) context.Toast(done);
        else context.Toast("This mail isn't waiting for a decision any more.", ToastKind.Warning);
        return TypedResults.LocalRedirect($"/mail/{mail}");
    }
}
