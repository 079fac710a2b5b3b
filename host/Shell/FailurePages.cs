using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using ProcessManager.Engine.Store;

namespace ProcessManager.Host.Shell;

/// <summary>
/// Gives every refusal and failure without a body its answer: a page in the frame for people, a problem for programs and htmx.
/// What went wrong is in the log under the trace id; the answer shows the id alone.
/// </summary>
internal sealed class FailurePages(RequestDelegate next, ILogger<FailurePages> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        ProblemDetails? cause = null;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // nobody waits for the answer any more
        }
        // Anything may fail down there, and whoever asked still gets an answer.
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusOf(exception);
            if (exception is BadHttpRequestException bad) cause = BadRequests.Explain(bad);
            if (context.Response.StatusCode >= 500) log.LogError(exception, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
        }
        if (context.Response.StatusCode >= 400 && IsEmpty(context.Response)) await Answer(context, cause);
    }

    private static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        // The database can't be written at the moment; nothing was changed, and it recovers by itself.
        EngineUnavailableException => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static bool IsEmpty(HttpResponse response) => !response.HasStarted && response.ContentLength is null && string.IsNullOrEmpty(response.ContentType);

    private async Task Answer(HttpContext context, ProblemDetails? cause)
    {
        var status = context.Response.StatusCode;
        if (!Problems.WantsPage(context))
        {
            await (cause is null ? Problems.Write(context, status) : Problems.Write(context, cause));
            return;
        }

        // The page is made as if it had been asked for, with services of its own: those of the request may be half used.
        var (path, query, method, services) = (context.Request.Path, context.Request.QueryString, context.Request.Method, context.RequestServices);
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        try
        {
            context.SetEndpoint(null);
            context.Features.Get<IRouteValuesFeature>()?.RouteValues.Clear();
            (context.Request.Path, context.Request.QueryString, context.Request.Method) = ($"/error/{status}", QueryString.Empty, HttpMethods.Get);
            context.RequestServices = scope.ServiceProvider;
            // Without it the renderer takes a status of 404 for its own finding and draws nothing.
            context.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature { OriginalPath = path, OriginalPathBase = context.Request.PathBase });
            context.Response.StatusCode = status;
            await next(context);
            if (!context.Response.HasStarted) context.Response.StatusCode = status;
        }
        finally
        {
            (context.Request.Path, context.Request.QueryString, context.Request.Method, context.RequestServices) = (path, query, method, services);
        }
    }
}
