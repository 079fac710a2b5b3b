using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Flow;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;
using ProcessManager.Host.Projects;
using ProcessManager.Host.Shell;
using ProcessManager.Language;

namespace ProcessManager.Host.Api;

/// <summary>What people do to a project as a whole. Its owner, managers and administrators may; fields also whoever works in it.</summary>
internal static class ProjectCommandsApi
{
    /// <param name="Fields">New values by field id; null clears a field.</param>
    public sealed record FieldsRequest(Dictionary<string, JsonElement> Fields);

    /// <param name="Owner">Sign-in name.</param>
    public sealed record OwnerRequest(string Owner);

    /// <param name="People">Sign-in names of everybody with the role.</param>
    public sealed record RoleRequest(string[] People);

    /// <param name="Result"><c>won</c>, <c>lost</c> or <c>cancelled</c>.</param>
    /// <param name="Reason">A close reason of the organisation.</param>
    public sealed record CloseRequest(CloseResult Result, string? Reason = null, string? Note = null);

    /// <param name="As">The outcome that the step counts as, where it has several.</param>
    public sealed record BypassRequest(string Step, string Why, string? As = null);

    public sealed record WhyRequest(string Why);

    public static void Map(RouteGroupBuilder api)
    {
        var project = api.MapGroup("/projects/{id:long}").WithTags("Projects").WithMetadata(new TakesKey(IfMatch: true));
        project.MapPost("/fields", (long id, FieldsRequest body, Sender sender, CancellationToken cancellation) =>
                JsonFields.Read(body.Fields, out var problem) is { } fields
                    ? sender.SendAsync(id, new Command.SetFields(fields), steersOnly: false, cancellation)
                    : Task.FromResult<Results<Ok<Done>, ProblemHttpResult>>(Answers.Invalid(problem!)))
            .WithName("SetFields").WithSummary("Change fields; with If-Match only where nobody changed the project since");
        project.MapPost("/owner", (long id, OwnerRequest body, Sender sender, CancellationToken cancellation) => sender.SendAsync(id, new Command.SetOwner(body.Owner), true, cancellation))
            .WithName("SetOwner").WithSummary("Hand the project to another owner");
        project.MapPut("/roles/{role}", (long id, string role, RoleRequest body, Sender sender, CancellationToken cancellation) =>
                Answers.HasGap(body.People)
                    ? Task.FromResult<Results<Ok<Done>, ProblemHttpResult>>(Answers.Invalid("people must be sign-in names, without null."))
                    : sender.SendAsync(id, new Command.SetRole(role, [.. body.People]), true, cancellation))
            .WithName("SetRole").WithSummary("Say who has a role in the project");
        project.MapPost("/close", (long id, CloseRequest body, Sender sender, CancellationToken cancellation) => sender.SendAsync(id, new Command.Close(body.Result, body.Reason, body.Note), true, cancellation))
            .WithName("CloseProject").WithSummary("Close the project; its open tasks are cancelled");
        project.MapPost("/hold", (long id, WhyRequest body, Sender sender, CancellationToken cancellation) => sender.SendAsync(id, new Command.PutOnHold(body.Why), true, cancellation))
            .WithName("HoldProject").WithSummary("Put the project on hold: its timers stop");
        project.MapPost("/resume", (long id, Sender sender, CancellationToken cancellation) => sender.SendAsync(id, new Command.Resume(), true, cancellation))
            .WithName("ResumeProject").WithSummary("Let a held project go on");
        project.MapPost("/bypass", (long id, BypassRequest body, Sender sender, CancellationToken cancellation) => sender.SendAsync(id, new Command.Bypass(body.Step, body.As, body.Why), true, cancellation))
            .WithName("BypassStep").WithSummary("Count a step as settled, for a reason");
    }
}

/// <summary>Sends a command to a project or task that the caller may see.</summary>
internal sealed class Sender(IHttpContextAccessor accessor, ProcessManagerDb db, ProcessEngine engine, Reader reader)
{
    private HttpContext Context => accessor.HttpContext!;

    public async Task<Results<Ok<Done>, ProblemHttpResult>> SendAsync(long project, Command command, bool steersOnly, CancellationToken cancellation)
    {
        var id = Answers.CommandId(Context, out var unfit);
        if (unfit is not null) { return unfit; }
        var row = await Visible.To(Context.User).Projects(db).FirstOrDefaultAsync(p => p.Id == project, cancellation);
        if (row is null) { return Answers.Missing($"project {project}"); }
        if (steersOnly && !Steering.MaySteer(reader, row))
        {
            return Problems.Problem(403, "forbidden", "This isn't yours to do", "Only the project's owner, managers and administrators may do this.");
        }

        if (Context.Request.Headers.IfMatch.ToString() is { Length: > 0 } match && match != "*" && match != ProjectsApi.ETag(row.Version))
        {
            return Problems.Problem(412, "changed", "It was changed in the meantime", $"The project is at version {row.Version} now. Read it again and decide afresh.");
        }

        return Answers.Of(await engine.SendAsync(project, command with { Actor = Answers.Me(Context.User) }, id, cancellation));
    }
}
