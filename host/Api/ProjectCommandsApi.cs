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

    /// <param name="Step">A done or passed step of the current stage.</param>
    public sealed record ReopenStepRequest(string Step, string Why);

    /// <param name="Stage">The stage to enter; the present one is entered afresh.</param>
    public sealed record MoveRequest(string Stage, string Why);

    /// <param name="Stage">The stage to open it in; where it closed, if absent.</param>
    public sealed record ReopenRequest(string Why, string? Stage = null);

    /// <param name="To">0–100; null takes the plan's probability again.</param>
    public sealed record ProbabilityRequest(int? To);

    /// <summary>A task that no step asked for; the owner's where neither person nor group is given.</summary>
    /// <param name="Instructions">Markdown.</param>
    public sealed record AddTaskRequest(
        string Title, string? Instructions = null, string? Person = null, string? Group = null, DateTimeOffset? Due = null, Priority Priority = Priority.Normal);

    /// <param name="Message">The name that a <c>receive</c> step waits for.</param>
    /// <param name="Key">Yours, 1 to 200 characters: the same key again changes nothing. Without one each call is another message.</param>
    /// <param name="Fields">Values by field id, of those that the step's form lists.</param>
    public sealed record MessageRequest(string Message, string? Key = null, Dictionary<string, JsonElement>? Fields = null);

    private const int LongestMessageKey = 200;

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
        project.MapPost("/reopen-step", (long id, ReopenStepRequest body, Sender sender, CancellationToken cancellation) => sender.SendAsync(id, new Command.Reopen(body.Step, body.Why), true, cancellation))
            .WithName("ReopenStep").WithSummary("Set a settled step of the current stage back and open it again, with all that rests on it");
        project.MapPost("/move", (long id, MoveRequest body, Sender sender, CancellationToken cancellation) => sender.SendAsync(id, new Command.MoveTo(body.Stage, body.Why), true, cancellation))
            .WithName("MoveProject").WithSummary("Leave for another stage; what is open in this one is cancelled");
        project.MapPost("/reopen", (long id, ReopenRequest body, Sender sender, CancellationToken cancellation) => sender.SendAsync(id, new Command.ReopenProject(body.Stage, body.Why), true, cancellation))
            .WithName("ReopenProject").WithSummary("Open a closed project again");
        project.MapPost("/probability", (long id, ProbabilityRequest body, Sender sender, CancellationToken cancellation) => sender.SendAsync(id, new Command.OverrideProbability(body.To), true, cancellation))
            .WithName("SetProbability").WithSummary("Show a probability of your own in place of the plan's");
        project.MapPost("/resolve", (long id, WhyRequest body, Sender sender, CancellationToken cancellation) => sender.SendAsync(id, new Command.ResolveFault(body.Why), true, cancellation))
            .WithName("ResolveFault").WithSummary("Let a project that stopped with a fault go on; administrators only");
        project.MapPost("/tasks", (long id, AddTaskRequest body, Sender sender, CancellationToken cancellation) =>
                sender.SendAsync(id, new Command.AddTask(body.Title, body.Instructions, body.Person, body.Group, body.Due, body.Priority), true, cancellation))
            .WithName("AddTask").WithSummary("Add a task that the plan did not ask for; it holds nothing up");
        project.MapPost("/messages", (long id, MessageRequest body, Sender sender, CancellationToken cancellation) =>
                body.Key is { Length: 0 or > LongestMessageKey } ? Task.FromResult<Results<Ok<Done>, ProblemHttpResult>>(Answers.Invalid($"key must have 1 to {LongestMessageKey} characters."))
                : JsonFields.Read(body.Fields, out var problem) is { } fields
                    ? sender.SendAsync(id, new Command.Receive(body.Message, body.Key ?? Guid.NewGuid().ToString(), fields), false, cancellation)
                    : Task.FromResult<Results<Ok<Done>, ProblemHttpResult>>(Answers.Invalid(problem!)))
            .WithName("SendMessage").WithSummary("Send a message about the project: the step that waits for it takes it, or it is kept until one does");
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

        if (command is Command.ResolveFault && !reader.Is(Roles.Administrator))
        {
            return Problems.Problem(403, "forbidden", "This isn't yours to do", "Only administrators may do this.");
        }

        if (Context.Request.Headers.IfMatch.ToString() is { Length: > 0 } match && match != "*" && match != ProjectsApi.ETag(row.Version))
        {
            return Problems.Problem(412, "changed", "It was changed in the meantime", $"The project is at version {row.Version} now. Read it again and decide afresh.");
        }

        return Answers.Of(await engine.SendAsync(project, command with { Actor = Answers.Me(Context.User) }, id, cancellation));
    }
}
