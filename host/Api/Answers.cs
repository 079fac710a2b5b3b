using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using ProcessManager.Engine;
using ProcessManager.Flow;
using ProcessManager.Host.Shell;
using ProcessManager.Language;

namespace ProcessManager.Host.Api;

/// <summary>What a command changed.</summary>
/// <param name="Version">The project's version afterwards; also the ETag of the project.</param>
/// <param name="NewTasks">The ids of the tasks that it opened.</param>
/// <param name="Repeated">True where the same Idempotency-Key was carried out before and nothing was done now.</param>
public sealed record Done(long Project, long Version, IReadOnlyList<long> NewTasks, bool Repeated);

/// <summary>A page of a list.</summary>
/// <param name="Next">Give it as <c>cursor</c> for the following page; absent on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>From the engine's answers to HTTP's.</summary>
internal static class Answers
{
    public const string KeyHeader = "Idempotency-Key";
    public const int LongestKey = 80;

    public static Results<Ok<Done>, ProblemHttpResult> Of(CommandResult result) => result switch
    {
        CommandResult.Accepted done => TypedResults.Ok(new Done(done.Project, done.Version, done.NewTasks, done.Repeated)),
        CommandResult.Refused refused => Problem(refused),
        _ => throw new InvalidOperationException($"Unknown result {result}."),
    };

    public static ProblemHttpResult Problem(CommandResult.Refused refused) => refused.Reason switch
    {
        Refusal.Conflict => Problems.Problem(409, "conflict", "It is no longer as it was", refused.Message),
        Refusal.NotFound => Problems.Problem(404, "not-found", "There is no such thing", refused.Message),
        Refusal.Forbidden => Problems.Problem(403, "forbidden", "This isn't yours to do", refused.Message),
        Refusal.Invalid => Problems.Problem(422, "invalid", "Something is missing or doesn't fit", refused.Message),
        _ => throw new InvalidOperationException($"Unknown refusal {refused.Reason}."),
    };

    public static ProblemHttpResult Missing(string what) => Problems.Problem(404, "not-found", "There is no such thing", $"There is no {what}, or you may not see it.");

    public static ProblemHttpResult Invalid(string detail) => Problems.Problem(422, "invalid", "Something is missing or doesn't fit", detail);

    /// <summary>What is wrong with an expression, each mistake with its place: offsets count from 0, line and column from 1.</summary>
    public static ProblemHttpResult Invalid(IReadOnlyList<Diagnostic> problems) => TypedResults.Problem(
        $"where: {problems[0].Message}", statusCode: 422, title: "The condition can't be used", type: "/problems/invalid-condition",
        extensions: [new("errors", problems.Select(p => new { p.Code, p.Message, p.Span.Start, Length = p.Span.End - p.Span.Start, Line = p.Span.StartLine, Column = p.Span.StartColumn }))]);

    /// <summary>
    /// The engine's id for a command: the caller's key, kept apart from other people's keys; a new one where none was sent.
    /// </summary>
    /// <param name="problem">What is wrong with the key.</param>
    public static string CommandId(HttpContext context, out ProblemHttpResult? problem)
    {
        problem = null;
        var key = context.Request.Headers[KeyHeader].ToString();
        if (key.Length == 0) { return "api-" + Guid.NewGuid().ToString("N"); }
        if (key.Length > LongestKey || key.Any(c => c is < '!' or > '~'))
        {
            problem = Invalid($"{KeyHeader} must be 1 to {LongestKey} visible ASCII characters without blanks.");
        }

        // A hash of who and which key: keys of two people never meet, and the id has one length.
        return "key-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Me(context.User)}\n{key}")))[..48];
    }

    /// <summary>Whether a list holds a null, which the reader of JSON lets through.</summary>
    public static bool HasGap(IEnumerable<string?>? list) => list?.Any(item => item is null) == true;

    public static string Me(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.Name) ?? "";
}
