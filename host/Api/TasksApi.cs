using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;
using ProcessManager.Host.Documents;
using ProcessManager.Language;

namespace ProcessManager.Host.Api;

/// <summary>Tasks: inboxes, queues, and what people do with them.</summary>
internal static class TasksApi
{
    /// <param name="Kind"><c>task</c>, <c>approval</c> or <c>note</c>.</param>
    /// <param name="Assignee">Sign-in name; absent while a group's task is unclaimed.</param>
    public sealed record TaskItem(
        long Id, long Project, string ProjectTitle, int Number, string Step, string Kind, string Title, string? Assignee, string? Group, DateTimeOffset? Due,
        Priority Priority, TaskPhase State, string? Outcome, DateTimeOffset OpenedAt, DateTimeOffset? SettledAt, string? SettledBy);

    public sealed record OutcomeItem(string Id, string Label, IReadOnlyList<FormItem> Ask);

    public sealed record FormItem(string Field, bool Required);

    /// <summary>A file that goes with a task.</summary>
    /// <param name="Href">Where its bytes are.</param>
    /// <param name="Document">Its id; absent for a file that the plan brings along.</param>
    public sealed record FileItem(string Name, string Href, long? Document);

    /// <param name="Instructions">Markdown.</param>
    /// <param name="Files">What is needed to do it, and what was written for it.</param>
    /// <param name="Offers">The letter that can be written from it: <c>POST /tasks/{id}/letter</c>.</param>
    public sealed record TaskDetail(
        TaskItem Task, string? Instructions, IReadOnlyList<FormItem> Form, IReadOnlyList<OutcomeItem> Outcomes, IReadOnlyList<FileItem> Files, string? Offers);

    /// <param name="Outcome">Where the task has several.</param>
    /// <param name="Fields">Values of the form's fields by id.</param>
    public sealed record CompleteRequest(string? Outcome = null, Dictionary<string, JsonElement>? Fields = null);

    public sealed record VoteRequest(bool Approve, Dictionary<string, JsonElement>? Fields = null);

    /// <summary>Exactly one is given.</summary>
    /// <param name="Person">Sign-in name.</param>
    /// <param name="Group">A group's id.</param>
    public sealed record AssignRequest(string? Person = null, string? Group = null);

    /// <param name="Due">Null: without a date.</param>
    public sealed record DueRequest(DateTimeOffset? Due);

    public sealed record PriorityRequest(Priority Priority);

    public static void Map(RouteGroupBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("Tasks").WithMetadata(new TakesKey(IfMatch: false));
        tasks.MapGet("", List).WithName("ListTasks").WithSummary("Tasks: yours, a group's queue, or those of a project; the most urgent first");
        tasks.MapGet("/export.csv", Export).WithName("ExportTasks").WithSummary("The same tasks as CSV, all of them, oldest first").Produces(200, contentType: "text/csv");
        tasks.MapGet("/{id:long}", Get).WithName("GetTask").WithSummary("A task with its instructions, form and outcomes");
        tasks.MapPost("/{id:long}/claim", (long id, TaskSender sender, CancellationToken cancellation) => sender.SendAsync(id, n => new Command.Claim(n), cancellation))
            .WithName("ClaimTask").WithSummary("Take a task from a group's queue");
        tasks.MapPost("/{id:long}/release", (long id, TaskSender sender, CancellationToken cancellation) => sender.SendAsync(id, n => new Command.Release(n), cancellation))
            .WithName("ReleaseTask").WithSummary("Give a claimed task back to its group");
        tasks.MapPost("/{id:long}/assign", (long id, AssignRequest body, TaskSender sender, CancellationToken cancellation) => sender.SendAsync(id, n => new Command.Assign(n, body.Person, body.Group), cancellation))
            .WithName("AssignTask").WithSummary("Hand a task to a person or a group");
        tasks.MapPost("/{id:long}/complete", (long id, CompleteRequest? body, TaskSender sender, CancellationToken cancellation) =>
                JsonFields.Read(body?.Fields, out var problem) is { } fields
                    ? sender.SendAsync(id, n => new Command.Complete(n, body?.Outcome, fields), cancellation)
                    : Task.FromResult<Results<Ok<Done>, ProblemHttpResult>>(Answers.Invalid(problem!)))
            .WithName("CompleteTask").WithSummary("Complete a task or acknowledge a note");
        tasks.MapPost("/{id:long}/vote", (long id, VoteRequest body, TaskSender sender, CancellationToken cancellation) =>
                JsonFields.Read(body.Fields, out var problem) is { } fields
                    ? sender.SendAsync(id, n => new Command.Vote(n, body.Approve, fields), cancellation)
                    : Task.FromResult<Results<Ok<Done>, ProblemHttpResult>>(Answers.Invalid(problem!)))
            .WithName("Vote").WithSummary("Answer an approval");
        tasks.MapPost("/{id:long}/due", (long id, DueRequest body, TaskSender sender, CancellationToken cancellation) => sender.SendAsync(id, n => new Command.SetDue(n, body.Due), cancellation))
            .WithName("SetDue").WithSummary("Set a task's due date by hand");
        tasks.MapPost("/{id:long}/priority", (long id, PriorityRequest body, TaskSender sender, CancellationToken cancellation) => sender.SendAsync(id, n => new Command.SetPriority(n, body.Priority), cancellation))
            .WithName("SetPriority").WithSummary("Set a task's priority");
    }

    private static async Task<Results<Ok<Page<TaskItem>>, ProblemHttpResult>> List(
        HttpContext context, ProcessManagerDb db, string? assignee, string? group, long? project, string? state, string? cursor, int? count, CancellationToken cancellation)
    {
        if (Filtered(context, db, assignee, group, project, state) is not { } rows) { return Answers.Invalid(States); }
        if (cursor is not null)
        {
            if (!Cursor.TryRead(cursor, out var order, out var last)) { return Answers.Invalid("cursor must be the “next” of an answer before."); }
            rows = rows.Where(t => t.InboxOrder > order || (t.InboxOrder == order && t.Id > last));
        }

        var most = Cursor.Count(count);
        var found = await rows.OrderBy(t => t.InboxOrder).ThenBy(t => t.Id).Take(most + 1).ToListAsync(cancellation);
        return TypedResults.Ok(new Page<TaskItem>(
            [.. found.Take(most).Select(Item)], found.Count > most ? Cursor.Of(found[most - 1].InboxOrder, found[most - 1].Id) : null));
    }

    private const string States = "state must be open, done, cancelled or all.";

    /// <summary>Null where there is no such state.</summary>
    private static IQueryable<TaskRow>? Filtered(HttpContext context, ProcessManagerDb db, string? assignee, string? group, long? project, string? state)
    {
        var rows = Visible.To(context.User).Tasks(db);
        if (assignee is null && group is null && project is null) { assignee = "me"; }
        if (assignee is not null)
        {
            var person = assignee == "me" ? Answers.Me(context.User) : assignee;
            rows = rows.Where(t => t.Assignee == person);
        }

        if (group is not null) { rows = rows.Where(t => t.Group == group && t.Assignee == null); }
        if (project is not null) { rows = rows.Where(t => t.ProjectId == project); }
        switch (state)
        {
            case null or "open": rows = rows.Where(t => t.State == TaskPhase.Open); break;
            case "done": rows = rows.Where(t => t.State == TaskPhase.Done); break;
            case "cancelled": rows = rows.Where(t => t.State == TaskPhase.Cancelled); break;
            case "all": break;
            default: return null;
        }
        return rows;
    }

    private static Results<PushStreamHttpResult, ProblemHttpResult> Export(
        HttpContext context, ProcessManagerDb db, string? assignee, string? group, long? project, string? state, CancellationToken cancellation)
    {
        if (Filtered(context, db, assignee, group, project, state) is not { } rows) { return Answers.Invalid(States); }
        return Csv.File("tasks.csv",
            ["id", "project", "projectTitle", "number", "step", "kind", "title", "assignee", "group", "due", "priority", "state", "outcome", "openedAt", "settledAt", "settledBy"],
            async (last, most, ends) => (await (last is { } id ? rows.Where(t => t.Id > id) : rows).OrderBy(t => t.Id).Take(most).ToListAsync(ends))
                .ConvertAll(t => new Csv.Row(t.Id,
                    [t.Id, t.ProjectId, t.ProjectTitle, t.Number, t.Step, t.Kind, t.Title, t.Assignee, t.Group, t.Due, t.Priority, t.State, t.Outcome, t.OpenedAt, t.SettledAt, t.SettledBy])),
            cancellation);
    }

    private static async Task<Results<Ok<TaskDetail>, ProblemHttpResult>> Get(
        long id, HttpContext context, ProcessManagerDb db, ProcessEngine engine, CancellationToken cancellation)
    {
        var task = await Visible.To(context.User).Tasks(db).FirstOrDefaultAsync(t => t.Id == id, cancellation);
        if (task is null || await engine.FindProjectAsync(task.ProjectId, cancellation) is not { } view) { return Answers.Missing($"task {id}"); }
        var step = view.Plan.FindStep(task.Step);
        var files = await DocumentFiles.OfTaskAsync(db, view, step, task.Number, cancellation);
        return TypedResults.Ok(new TaskDetail(
            Item(task), task.Instructions, Form(step?.Kind.Work?.Form ?? []),
            [.. (step?.Choices ?? []).Select(o => new OutcomeItem(o.Id, o.Label, Form(o.Ask)))],
            [.. files.Select(f => new FileItem(f.Name, $"{ApiRoom.Base}{f.Href}{(f.Document is null ? "" : "/content")}", f.Document))],
            task.State == TaskPhase.Open ? step?.Kind.Work?.Offers : null));
    }

    private static List<FormItem> Form(IEnumerable<FormField> form) => [.. form.Select(f => new FormItem(f.Field, f.Required))];

    private static TaskItem Item(TaskRow t) => new(
        t.Id, t.ProjectId, t.ProjectTitle, t.Number, t.Step, t.Kind, t.Title, t.Assignee, t.Group, t.Due, t.Priority, t.State, t.Outcome, t.OpenedAt, t.SettledAt, t.SettledBy);
}

/// <summary>Sends a command about a task that the caller may see.</summary>
internal sealed class TaskSender(IHttpContextAccessor accessor, ProcessManagerDb db, ProcessEngine engine)
{
    public async Task<Results<Ok<Done>, ProblemHttpResult>> SendAsync(long task, Func<int, Command> command, CancellationToken cancellation)
    {
        var context = accessor.HttpContext!;
        var id = Answers.CommandId(context, out var unfit);
        if (unfit is not null) { return unfit; }
        var row = await Visible.To(context.User).Tasks(db).Where(t => t.Id == task).Select(t => new { t.ProjectId, t.Number }).FirstOrDefaultAsync(cancellation);
        if (row is null) { return Answers.Missing($"task {task}"); }
        return Answers.Of(await engine.SendAsync(row.ProjectId, command(row.Number) with { Actor = Answers.Me(context.User) }, id, cancellation));
    }
}
