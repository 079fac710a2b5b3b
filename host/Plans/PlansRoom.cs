using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ProcessManager.Engine;
using ProcessManager.Host.Access;
using ProcessManager.Host.Shell;
using ProcessManager.Language;
using ProcessManager.Language.Drawing;

namespace ProcessManager.Host.Plans;

internal static class PlansRoom
{
    public static void AddPlans(this WebApplicationBuilder builder) => builder.Services.AddSingleton<PlanCatalogue>();

    public static void MapPlans(this WebApplication app)
    {
        app.MapGet("/plans/drawing.css", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "private, max-age=600";
            return TypedResults.Text(PlanDrawing.StyleSheet, "text/css");
        });
        app.MapGet("/plans/print.css", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "private, max-age=600";
            return TypedResults.Text(PlanDocument.StyleSheet, "text/css");
        });
        app.MapGet("/plans/{id}/print", Print);
        app.MapPost("/plans/publish", PublishAsync).RequireAuthorization(Policies.DesignPlans);
        app.MapPost("/plans/{id}/versions/{number:int}/move", MoveAsync).RequireAuthorization(Policies.Manage);
        app.MapPost("/plans/{id}/moves/undo", UndoAsync).RequireAuthorization(Policies.Manage);
    }

    /// <summary>The plan in force as a page to print.</summary>
    private static Results<ContentHttpResult, NotFound> Print(string id, ProcessEngine engine) =>
        engine.PlanInForce(id) is { } plan && engine.Organisation is { } organisation
            ? TypedResults.Content(PlanDocument.Html(plan, organisation, MarkdownText.ToHtml, ["/plans/print.css", "/plans/drawing.css"]), "text/html; charset=utf-8")
            : TypedResults.NotFound();

    private static async Task<RedirectHttpResult> PublishAsync(
        [FromForm] string? note, [FromForm] string? despiteTests, ProcessEngine engine, Reader reader, HttpContext context, CancellationToken cancellation)
    {
        note = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        var results = await (despiteTests is not null && context.User.IsInRole(Roles.Administrator)
            ? engine.PublishDespiteTestsAsync(reader.UserName, note, cancellation) : engine.PublishAsync(reader.UserName, note, cancellation));
        var (made, broken) = (results.Where(r => r.IsNew).ToList(), results.Where(r => r.Diagnostics.Any(d => d.Severity == Severity.Error)).ToList());
        var words = made.Count switch
        {
            0 => "No plan has changed.",
            1 => $"{made[0].Plan} is published as version {made[0].Version}.",
            var n => $"{n} plans are published.",
        };
        if (broken.Count == 0) context.Toast(words, made.Count == 0 ? ToastKind.Info : ToastKind.Success);
        else context.Toast($"{words} {broken.Count} {(broken.Count == 1 ? "file has" : "files have")} mistakes.", ToastKind.Warning, $"/plans/{broken[0].Plan}", "Show");
        return TypedResults.LocalRedirect("/plans");
    }

    private static async Task<Results<RedirectHttpResult, NotFound>> MoveAsync(
        string id, int number, [FromForm] string? which, [FromForm] string? note, [FromForm] long[]? project,
        ProcessEngine engine, Reader reader, HttpContext context, CancellationToken cancellation)
    {
        if (engine.Versions.Find(id, number) is not { } version) { return TypedResults.NotFound(); }
        var selected = which == "selected";
        var order = new MoveOrder(reader.UserName, string.IsNullOrWhiteSpace(note) ? null : note.Trim(), $"page-{Guid.NewGuid():N}", OnlyClean: !selected);
        var projects = selected ? project ?? [] : engine.Versions.ProjectsElsewhere(id, number);
        var (moved, refused) = await CountAsync(engine.Versions.MoveAsync(version, projects, order, cancellation));
        context.Toast(Told(moved, "moved", refused), refused is null ? ToastKind.Success : ToastKind.Warning);
        return TypedResults.LocalRedirect(moved > 0 ? $"/plans/{Uri.EscapeDataString(id)}?moved={order.Batch}" : $"/plans/{Uri.EscapeDataString(id)}/versions/{number}/move");
    }

    private static async Task<RedirectHttpResult> UndoAsync(
        string id, [FromForm] string? batch, ProcessEngine engine, Reader reader, HttpContext context, CancellationToken cancellation)
    {
        var (back, refused) = await CountAsync(engine.Versions.UndoAsync(engine.Versions.ProjectsOf(batch ?? ""), reader.UserName, cancellation));
        context.Toast(Told(back, "put back", refused), refused is null ? ToastKind.Success : ToastKind.Warning);
        return TypedResults.LocalRedirect($"/plans/{Uri.EscapeDataString(id)}");
    }

    private static async Task<(int Done, MoveResult.Refused? Refused)> CountAsync(IAsyncEnumerable<MoveResult> results)
    {
        var done = 0;
        MoveResult.Refused? refused = null;
        await foreach (var result in results)
        {
            if (result is MoveResult.Refused no) { refused ??= no; } else { done++; }
        }

        return (done, refused);
    }

    private static string Told(int done, string what, MoveResult.Refused? refused) =>
        $"{done} {(done == 1 ? "project is" : "projects are")} {what}.{(refused is null ? "" : $" Others stay where they are: {refused.Message}")}";
}
