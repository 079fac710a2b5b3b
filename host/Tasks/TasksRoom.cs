using Microsoft.AspNetCore.Http.HttpResults;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Tasks;

/// <summary>Tasks on pages: lists, the panel beside them, and what people do there.</summary>
internal static class TasksRoom
{
    public static void AddTasks(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TaskLists>();
        builder.Services.AddSingleton<TaskBook>();
        builder.Services.AddScoped<TaskActions>();
    }

    public static void MapTasks(this WebApplication app)
    {
        app.MapGet("/tasks/list", List);
        app.MapGet("/tasks/{id:long}/panel", Panel);
        app.MapPost("/tasks/claim", (TaskActions actions, CancellationToken cancellation) => actions.ClaimAll(cancellation));
        var task = app.MapGroup("/tasks/{id:long}");
        task.MapPost("/complete", (long id, TaskActions actions, CancellationToken cancellation) => actions.Complete(id, cancellation));
        task.MapPost("/letter", (long id, TaskActions actions, CancellationToken cancellation) => actions.WriteLetter(id, cancellation));
        task.MapPost("/claim", (long id, TaskActions actions, CancellationToken cancellation) => actions.Claim(id, cancellation));
        task.MapPost("/release", (long id, TaskActions actions, CancellationToken cancellation) => actions.Release(id, cancellation));
        task.MapPost("/assign", (long id, TaskActions actions, CancellationToken cancellation) => actions.Assign(id, cancellation));
        task.MapPost("/due", (long id, TaskActions actions, CancellationToken cancellation) => actions.SetDue(id, cancellation));
        task.MapPost("/priority", (long id, TaskActions actions, CancellationToken cancellation) => actions.SetPriority(id, cancellation));
    }

    /// <summary>The list alone, for filters and live updates. The browser's address follows the filter.</summary>
    private static RazorComponentResult<TaskList> List(HttpContext context)
    {
        var filter = TaskFilter.Read(context.Request.Query);
        if (context.Request.Headers["HX-Trigger"] == "task-filter") { context.Response.Headers["HX-Replace-Url"] = filter.Address(); }
        return new RazorComponentResult<TaskList>(new { Filter = filter, Refreshed = true });
    }

    private static async Task<Results<RazorComponentResult<TaskDetail>, NotFound, RedirectHttpResult>> Panel(
        long id, HttpContext context, TaskBook book, CancellationToken cancellation)
    {
        // Opened in a tab of its own, the panel is the page.
        if (!context.IsHtmx()) { return TypedResults.LocalRedirect($"/tasks/{id}"); }
        return await book.FindAsync(context.User, id, cancellation) is { } task
            ? new RazorComponentResult<TaskDetail>(new { Shown = task, Place = context.Request.Query["place"] == "page" ? "page" : "panel" })
            : TypedResults.NotFound();
    }
}
