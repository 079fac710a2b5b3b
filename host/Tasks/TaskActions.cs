using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using ProcessManager.Engine;
using ProcessManager.Flow;
using ProcessManager.Host.Projects.Fields;
using ProcessManager.Host.Shell;
using ProcessManager.Language;

namespace ProcessManager.Host.Tasks;

/// <summary>
/// What people do with tasks on pages. The hidden field <c>place</c> says where the button stood: in a <c>list</c>, where a toast
/// answers and the list refreshes itself; in the <c>panel</c> or on the <c>page</c>, where the task is drawn again.
/// </summary>
internal sealed class TaskActions(TaskBook book, ProcessEngine engine, Reader reader, IHttpContextAccessor accessor)
{
    private const int LongestCommand = 100;

    private HttpContext Context => accessor.HttpContext!;

    public async Task<IResult> Complete(long id, CancellationToken cancellation)
    {
        var form = await Context.Request.ReadFormAsync(cancellation);
        if (await book.FindAsync(Context.User, id, cancellation) is not { } task) { return TypedResults.NotFound(); }
        var chosen = form["outcome"].ToString() is { Length: > 0 } given ? given : null;
        var fields = Asked(task, chosen);
        var values = PlanFields.Read(form, fields, reader.Zone);
        Command command = task.Step?.Kind is ApprovalKind
            ? new Command.Vote(task.Row.Number, chosen == "approved", values) { Actor = reader.UserName }
            : new Command.Complete(task.Row.Number, chosen, values) { Actor = reader.UserName };
        var sent = new TaskForm(CommandOf(form), chosen, values, null, ImmutableDictionary<string, string>.Empty);
        return await engine.SendAsync(task.Project.Id, command, sent.Command, cancellation) switch
        {
            CommandResult.Accepted => await Finished(task, form, command, cancellation),
            CommandResult.Refused { Reason: Refusal.Invalid } refused => await Refused(
                id, form, sent with { Problem = refused.Message, Problems = FieldProblems.Of(refused.Message, fields) }, cancellation),
            CommandResult.Refused refused => await Refused(id, form, sent with { Problem = refused.Message }, cancellation),
            _ => throw new InvalidOperationException("Unknown answer of the engine."),
        };
    }

    public Task<IResult> Claim(long id, CancellationToken cancellation) =>
        Change(id, (task, _) => new Command.Claim(task.Row.Number), task => $"“{task.Row.Title}” is yours now.", cancellation);

    public Task<IResult> Release(long id, CancellationToken cancellation) =>
        Change(id, (task, _) => new Command.Release(task.Row.Number), task => $"“{task.Row.Title}” is back in the queue of {task.NameOfGroup(task.Row.Group ?? "")}.", cancellation);

    public Task<IResult> Assign(long id, CancellationToken cancellation) => Change(id, (task, form) => form["to"].ToString().Split(':', 2) switch
    {
        ["person", var person] => new Command.Assign(task.Row.Number, person, null),
        ["group", var group] => new Command.Assign(task.Row.Number, null, group),
        _ => "Choose who should do it.",
    }, task => $"“{task.Row.Title}” was handed over.", cancellation);

    public Task<IResult> SetDue(long id, CancellationToken cancellation) => Change(id, (task, form) => form["due"].ToString() switch
    {
        "" => new Command.SetDue(task.Row.Number, null),
        var typed when PlanFields.Moment(typed, reader.Zone) is { } due => new Command.SetDue(task.Row.Number, due),
        _ => "The due date must be a date and time, such as 2027-01-31 14:00.",
    }, _ => "The due date was changed.", cancellation);

    public Task<IResult> SetPriority(long id, CancellationToken cancellation) => Change(id, (task, form) =>
        Enum.TryParse<Priority>(form["priority"], ignoreCase: true, out var priority) && Enum.IsDefined(priority)
            ? new Command.SetPriority(task.Row.Number, priority) : "Choose a priority.", _ => "The priority was changed.", cancellation);

    /// <summary>Writes the letter that the task offers and files it.</summary>
    public async Task<IResult> WriteLetter(long id, CancellationToken cancellation)
    {
        var form = await Context.Request.ReadFormAsync(cancellation);
        if (await book.FindAsync(Context.User, id, cancellation) is not { } task) { return TypedResults.NotFound(); }
        return await engine.WriteLetterAsync(task.Project.Id, task.Row.Number, CommandOf(form), reader.UserName, cancellation) switch
        {
            FiledDocument.Filed filed => await Changed(task, form, $"“{filed.Document.Name}” is written and filed on the project.", cancellation),
            FiledDocument.Refused refused => await Refused(id, form, TaskForm.Refused(refused.Message), cancellation),
            _ => throw new InvalidOperationException("Unknown answer of the engine."),
        };
    }

    /// <summary>Claims each of the chosen tasks and says of each that failed why.</summary>
    public async Task<IResult> ClaimAll(CancellationToken cancellation)
    {
        var form = await Context.Request.ReadFormAsync(cancellation);
        var ids = form["task"].Select(text => long.TryParse(text, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0).Distinct().Take(TaskLists.PageSize).ToList();
        var (claimed, refused) = (0, new List<string>());
        foreach (var id in ids)
        {
            if (await book.FindAsync(Context.User, id, cancellation) is not { } task) { continue; }
            switch (await engine.SendAsync(task.Project.Id, new Command.Claim(task.Row.Number) { Actor = reader.UserName }, $"{CommandOf(form)}-{id}", cancellation))
            {
                case CommandResult.Accepted: claimed++; break;
                case CommandResult.Refused { Message: var message }: refused.Add($"“{task.Row.Title}”: {message}"); break;
            }
        }

        if (ids.Count == 0) { Context.Toast("Tick the tasks that you want to claim.", ToastKind.Info); }
        if (claimed > 0) { Context.Toast(claimed == 1 ? "1 task is yours now." : $"{claimed} tasks are yours now.", refused.Count > 0 ? ToastKind.Info : ToastKind.Success); }
        if (refused.Count > 0) { Context.Toast(string.Join(" ", claimed > 0 ? [$"{claimed} claimed.", .. refused] : refused), ToastKind.Warning); }
        return Answered("/tasks?tab=queue");
    }

    /// <param name="make">The command, or what is wrong with the form.</param>
    private async Task<IResult> Change(
        long id, Func<TaskView, IFormCollection, object> make, Func<TaskView, string> done, CancellationToken cancellation)
    {
        var form = await Context.Request.ReadFormAsync(cancellation);
        if (await book.FindAsync(Context.User, id, cancellation) is not { } task) { return TypedResults.NotFound(); }
        if (make(task, form) is not Command command) { return await Refused(id, form, TaskForm.Refused((string)make(task, form)), cancellation); }
        return await engine.SendAsync(task.Project.Id, command with { Actor = reader.UserName }, CommandOf(form), cancellation) switch
        {
            CommandResult.Accepted => await Changed(task, form, done(task), cancellation),
            CommandResult.Refused refused => await Refused(id, form, TaskForm.Refused(refused.Message), cancellation),
            _ => throw new InvalidOperationException("Unknown answer of the engine."),
        };
    }

    private async Task<IResult> Finished(TaskView task, IFormCollection form, Command command, CancellationToken cancellation)
    {
        var said = command switch
        {
            Command.Vote { Approve: true } => $"You approved “{task.Row.Title}”.",
            Command.Vote => $"You rejected “{task.Row.Title}”.",
            _ when task.Step?.Kind is NoteKind => $"“{task.Row.Title}” was acknowledged.",
            _ => $"“{task.Row.Title}” is done.",
        };
        Context.Toast(said, href: $"/projects/{task.Project.Id}", action: "Project");
        if (PlaceOf(form) != "page") { Context.Trigger("pm:close-panel"); }
        return PlaceOf(form) == "page" && Context.IsHtmx() ? await Drawn(task.Row.Id, "page", TaskForm.Fresh(), 200, cancellation) : Answered("/tasks");
    }

    private async Task<IResult> Changed(TaskView task, IFormCollection form, string said, CancellationToken cancellation)
    {
        var seen = await book.FindAsync(Context.User, task.Row.Id, cancellation) is not null;
        Context.Toast(said, href: seen && PlaceOf(form) == "list" ? $"/tasks/{task.Row.Id}" : null);
        if (PlaceOf(form) == "list" || !Context.IsHtmx()) { return Answered(seen ? $"/tasks/{task.Row.Id}" : "/tasks"); }
        if (seen) { return await Drawn(task.Row.Id, PlaceOf(form), TaskForm.Fresh(), 200, cancellation); }
        // Handed to somebody whose work the reader doesn't see.
        if (PlaceOf(form) == "page") { Context.Response.Headers["HX-Redirect"] = "/tasks"; }
        else { Context.Trigger("pm:close-panel"); }
        return Answered("/tasks");
    }

    private async Task<IResult> Refused(long id, IFormCollection form, TaskForm sent, CancellationToken cancellation)
    {
        if (!Context.IsHtmx())
        {
            Context.Toast(sent.Problem!, ToastKind.Danger);
            return TypedResults.LocalRedirect($"/tasks/{id}");
        }

        if (PlaceOf(form) != "list") { return await Drawn(id, PlaceOf(form), sent, StatusCodes.Status422UnprocessableEntity, cancellation); }
        // What the list shows is out of date, or the task asks for more than a button.
        Context.Trigger("pm:tasks");
        return Problems.Problem(StatusCodes.Status409Conflict, "refused", "This was refused", sent.Problem);
    }

    private async Task<IResult> Drawn(long id, string place, TaskForm form, int status, CancellationToken cancellation)
    {
        if (await book.FindAsync(Context.User, id, cancellation) is not { } task) { return TypedResults.NotFound(); }
        Context.Trigger("pm:tasks");
        return new RazorComponentResult<TaskDetail>(new { Shown = task, Sent = form, Place = place }) { StatusCode = status };
    }

    private IResult Answered(string page)
    {
        if (!Context.IsHtmx()) { return TypedResults.LocalRedirect(page); }
        Context.Trigger("pm:tasks");
        return TypedResults.NoContent();
    }

    /// <summary>The form's fields and those that the outcome asks for.</summary>
    private static PlanField[] Asked(TaskView task, string? outcome)
    {
        var form = task.Form;
        return task.Step?.FindChoice(outcome ?? "") is { } chosen ? [.. form, .. task.AskedBy(chosen).Asks] : [.. form];
    }

    private static string PlaceOf(IFormCollection form) => form["place"].ToString() is "list" or "page" ? form["place"].ToString() : "panel";

    private static string CommandOf(IFormCollection form) =>
        form["command"].ToString() is { Length: > 0 and <= LongestCommand - 24 } given ? given : TaskForm.NewCommand();
}
