using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ProcessManager.Engine;
using ProcessManager.Flow;
using ProcessManager.Host.Access;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Projects;

internal static class ProjectsRoom
{
    public static void AddProjects(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ProjectList>();
        builder.Services.AddSingleton<ProjectSearch>();
        builder.Services.AddScoped<ProjectReading>();
    }

    public static void MapProjects(this WebApplication app)
    {
        app.MapGet("/projects/{id:long}/steps/{step}/panel", StepAsync);
        app.MapGet("/projects/{id:long}/do/{act}", AskAsync);
        app.MapPost("/projects/{id:long}/do/{act}", DoAsync);
        app.MapPost("/projects/{id:long}/fields", SaveFieldsAsync);
    }

    private static async Task<IResult> StepAsync(long id, string step, ProjectReading projects, HttpContext context, CancellationToken cancellation) =>
        await projects.FindAsync(id, Visible.To(context.User), cancellation) is { } project && project.Plan.FindStep(step) is not null
            ? new RazorComponentResult<StepPanel>(new { Project = project, Step = step })
            : NotFound();

    private static async Task<IResult> AskAsync(
        long id, string act, string? step, string? role, ProjectReading projects, Reader reader, HttpContext context, CancellationToken cancellation)
    {
        if (ProjectActions.WordsOf(act) is null || await projects.FindAsync(id, Visible.To(context.User), cancellation) is not { } project) return NotFound();
        return ProjectActions.MayDo(act, project, reader)
            ? new RazorComponentResult<ActionDialog>(new { Project = project, Action = act, Subject = step ?? role })
            : Forbidden();
    }

    private static async Task<IResult> DoAsync(
        long id, string act, [FromForm] IFormCollection form, ProjectReading projects, ProcessEngine engine, Reader reader, HttpContext context, CancellationToken cancellation)
    {
        if (ProjectActions.WordsOf(act) is not { } words || await projects.FindAsync(id, Visible.To(context.User), cancellation) is not { } project) return NotFound();
        if (!ProjectActions.MayDo(act, project, reader)) return Forbidden();
        var commandId = CommandId(form);
        var (command, problem) = ProjectActions.Read(act, form, reader.UserName, reader.Zone);
        if (command is not null)
        {
            var result = await engine.SendAsync(id, command, commandId, cancellation);
            if (result is CommandResult.Accepted)
            {
                context.Trigger("pm:close-dialog");
                context.Trigger($"pm:project-{id}");
                context.Toast(words.Done);
                return TypedResults.Content("", "text/html");
            }

            problem = ((CommandResult.Refused)result).Message;
        }

        return new RazorComponentResult<ActionDialog>(new
        {
            Project = project, Action = act, Subject = First(form["step"]) ?? First(form["role"]), CommandId = commandId, Problem = problem, Form = form,
        }) { StatusCode = StatusCodes.Status422UnprocessableEntity };
    }

    private static async Task<IResult> SaveFieldsAsync(
        long id, [FromForm] IFormCollection form, ProjectReading projects, ProcessEngine engine, Reader reader, HttpContext context, CancellationToken cancellation)
    {
        var visible = Visible.To(context.User);
        if (await projects.FindAsync(id, visible, cancellation) is not { } project) return NotFound();
        if (!project.MaySteer) return Forbidden();
        var fields = ProjectFields.Of(project);
        var changed = ProjectFields.Changed(form, fields.Where(ProjectFields.CanEdit), reader);
        var commandId = CommandId(form);
        if (changed.Count > 0
            && await engine.SendAsync(id, new Command.SetFields(changed) { Actor = reader.UserName }, commandId, cancellation) is CommandResult.Refused refused)
        {
            return new RazorComponentResult<FieldsForm>(new { Project = project, Command = commandId, Problem = refused.Message, Typed = changed })
            {
                StatusCode = StatusCodes.Status422UnprocessableEntity,
            };
        }

        context.Toast(changed.Count switch { 0 => "Nothing was changed.", 1 => "The field is saved.", var n => $"{n} fields are saved." });
        context.Trigger($"pm:project-{id}");
        return await projects.FindAsync(id, visible, cancellation) is { } saved ? new RazorComponentResult<FieldsForm>(new { Project = saved }) : NotFound();
    }

    private static string CommandId(IFormCollection form) =>
        form["command"].ToString() is { Length: > 0 and <= 100 } given ? given : Guid.NewGuid().ToString();

    private static string? First(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static IResult NotFound() => Problems.Problem(404, "not-found", "Nothing here", "There is no such project, or you may not see it.");

    private static IResult Forbidden() =>
        Problems.Problem(403, "forbidden", "You may not do this", "The project's owner, managers and administrators may.");
}
