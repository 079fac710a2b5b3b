using ProcessManager.Engine;
using ProcessManager.Host.Access;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Operations;

/// <summary>What administrators do on the Operations page.</summary>
internal static class OperationsRoom
{
    public static void AddOperations(this WebApplicationBuilder builder) => builder.Services.AddSingleton<OperationsJobs>();

    public static void MapOperations(this WebApplication app)
    {
        var operations = app.MapGroup("/operations").RequireAuthorization(Policies.Administer);
        operations.MapPost("/work/{id:long}/retry", async (long id, ProcessEngine engine, Reader reader, HttpContext context, CancellationToken cancellation) =>
            Back(context, await engine.RetryWorkAsync(id, reader.UserName, cancellation), "It is tried again.", "This work isn't waiting for a decision any more."));
        operations.MapPost("/work/{id:long}/drop", DropAsync);
        operations.MapPost("/outgoing/resume", async (ProcessEngine engine, Reader reader, HttpContext context, CancellationToken cancellation) =>
            Back(context, await engine.ResumeOutgoingAsync(reader.UserName, cancellation), "Mails and requests leave again.", "Nothing was paused."));
        operations.MapPost("/outgoing/pause", async (ProcessEngine engine, Reader reader, HttpContext context, CancellationToken cancellation) =>
            Back(context, await engine.PauseOutgoingAsync($"Paused by {reader.UserName}.", cancellation), "Mails and requests wait now.", "They wait already."));
        operations.MapPost("/backups", (OperationsJobs jobs, HttpContext context) =>
            Back(context, jobs.Start(OperationsJob.Backup), "The backup is being made.", "A backup is being made already."));
        operations.MapPost("/verify", (OperationsJobs jobs, HttpContext context) =>
            Back(context, jobs.Start(OperationsJob.Verify), "The data is being checked.", "The data is being checked already."));
    }

    private static async Task<IResult> DropAsync(long id, ProcessEngine engine, Reader reader, HttpContext context, CancellationToken cancellation)
    {
        try
        {
            return Back(context, await engine.DropWorkAsync(id, reader.UserName, cancellation), "It was given up.", "This work isn't waiting for a decision any more, or it can't be given up.");
        }
        catch (RefusedException e)
        {
            return Back(context, false, "", e.Message);
        }
    }

    private static IResult Back(HttpContext context, bool done, string said, string otherwise)
    {
        if (done) { context.Toast(said); }
        else { context.Toast(otherwise, ToastKind.Warning); }

        return TypedResults.LocalRedirect("/operations");
    }
}
