using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ProcessManager.Host.Shell;

/// <summary>Refusals and failures as RFC 9457 problems for programs and htmx, as pages for people.</summary>
public static class Problems
{
    /// <summary>A problem with a stable type.</summary>
    /// <param name="type">Stable, in kebab-case: "task-taken".</param>
    /// <param name="title">The same for every problem of the type.</param>
    /// <param name="detail">What happened this time, and what to do.</param>
    public static ProblemHttpResult Problem(int status, string type, string title, string? detail = null) =>
        TypedResults.Problem(detail, statusCode: status, title: title, type: TypeUri(type));

    /// <summary>Whether a page is wanted, rather than data or a part of a page.</summary>
    internal static bool WantsPage(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/api") && !context.IsHtmx()
        && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Answers with a problem; where a page is wanted, only with its status: the page comes from the status itself.</summary>
    internal static Task Write(HttpContext context, int status, string type, string title, string? detail) =>
        Write(context, new ProblemDetails { Status = status, Type = TypeUri(type), Title = title, Detail = detail });

    /// <summary>Says no more than what the status means.</summary>
    internal static Task Write(HttpContext context, int status)
    {
        var (type, title, detail) = Words(status);
        return Write(context, status, type, title, detail);
    }

    internal static async Task Write(HttpContext context, ProblemDetails problem)
    {
        context.Response.StatusCode = problem.Status ?? StatusCodes.Status500InternalServerError;
        if (WantsPage(context)) return;
        problem.Extensions["traceId"] = TraceId(context);
        await context.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json", context.RequestAborted);
    }

    /// <summary>What a status means, in words for the person in front of it.</summary>
    internal static (string Type, string Title, string Detail) Words(int status) => status switch
    {
        400 => ("bad-request", "This request can't be understood", "Something in it has a form that is not expected here. In the browser: go back, reload the page and try again."),
        401 => ("signed-out", "You are signed out", "Sign in to go on."),
        403 => ("forbidden", "You may not see this", "Ask the owner or an administrator if you think you should."),
        404 => ("not-found", "Nothing here", "It may have been moved or removed, or the address has a typing mistake."),
        405 => ("method-not-allowed", "This can't be done here", "The address exists, but not for this kind of request."),
        409 => ("conflict", "Somebody was faster", "It was changed in the meantime. Reload to see the current state."),
        413 => ("too-large", "Too large", "The file or the text is larger than allowed."),
        415 => ("unsupported-type", "Wrong format", "The server doesn't read this format."),
        429 => ("too-many-requests", "Too many requests", "Wait a moment and try again."),
        503 => ("unavailable", "Not available right now", "The server can't write its data at the moment, and nothing was changed. Try again; if it stays so, tell an administrator the trace id."),
        >= 500 => ("server-error", "Something went wrong on our side", "Nothing of what you did was half-saved. Try again; if it happens again, tell an administrator the trace id."),
        _ => ("refused", "This was refused", $"The server answered {status}."),
    };

    internal static string TraceId(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    private static string TypeUri(string type) => $"/problems/{type}";
}
