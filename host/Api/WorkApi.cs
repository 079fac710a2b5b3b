using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;

namespace ProcessManager.Host.Api;

/// <summary>What happens later or outside: for administrators.</summary>
internal static class WorkApi
{
    public sealed record WorkItem(long Id, WorkKind Kind, string Key, long? Project, DateTimeOffset Due, WorkState State, int Attempt, string? LastError);

    public static void Map(RouteGroupBuilder api)
    {
        var work = api.MapGroup("/work").WithTags("Operations").RequireAuthorization(Policies.Administer);
        work.MapGet("", List).WithName("ListWork").WithSummary("Timers and mails that wait, run or have failed; the earliest first");
        work.MapPost("/{id:long}/retry", async Task<Results<NoContent, ProblemHttpResult>> (long id, ProcessEngine engine, HttpContext context, CancellationToken cancellation) =>
                await engine.RetryWorkAsync(id, Answers.Me(context.User), cancellation) ? TypedResults.NoContent() : Answers.Missing($"failed work {id}"))
            .WithName("RetryWork").WithSummary("Let failed work run again");
        work.MapPost("/{id:long}/drop", Drop)
            .WithName("DropWork").WithSummary("Give failed work up; the project that waits for it is told").ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Drop(long id, ProcessEngine engine, HttpContext context, CancellationToken cancellation)
    {
        try
        {
            return await engine.DropWorkAsync(id, Answers.Me(context.User), cancellation) ? TypedResults.NoContent() : Answers.Missing($"failed work {id} that can be dropped");
        }
        catch (RefusedException e)
        {
            return Answers.Problem(new CommandResult.Refused(e.Reason, e.Message));
        }
    }

    private static async Task<Results<Ok<List<WorkItem>>, ProblemHttpResult>> List(ProcessManagerDb db, WorkState? state, int? count, CancellationToken cancellation)
    {
        var rows = db.Set<WorkRow>().AsNoTracking();
        if (state is { } wanted) { rows = rows.Where(w => w.State == wanted); }
        return TypedResults.Ok(await rows.OrderBy(w => w.Due).ThenBy(w => w.Id).Take(Cursor.Count(count))
            .Select(w => new WorkItem(w.Id, w.Kind, w.Key, w.ProjectId, w.Due, w.State, w.Attempt, w.LastError)).ToListAsync(cancellation));
    }
}
