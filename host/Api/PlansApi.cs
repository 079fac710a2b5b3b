using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;
using ProcessManager.Language;
using ProcessManager.Language.Drawing;

namespace ProcessManager.Host.Api;

/// <summary>The plans in force.</summary>
internal static class PlansApi
{
    public sealed record PlanItem(string Id, string Name, string? Description, string Type, string Hash);

    /// <param name="Kind"><c>task</c>, <c>approval</c>, <c>email</c> …</param>
    public sealed record StepItem(string Id, string Name, string Kind, IReadOnlyList<string> Outcomes);

    /// <param name="Probability">0–100; absent where the stage leaves it as it is.</param>
    public sealed record StageItem(string Id, string Name, int? Probability, IReadOnlyList<StepItem> Steps);

    public sealed record FieldItem(string Id, string Kind, string Label, IReadOnlyList<string>? Choices, string? RequiredFrom);

    public sealed record PlanDetail(
        string Id, string Name, string? Description, string Type, string Hash, IReadOnlyList<FieldItem> Fields, IReadOnlyList<StageItem> Stages, string Mermaid);

    /// <param name="By">Sign-in name; absent where the engine published it.</param>
    /// <param name="Commit">The git commit of the definitions folder, where one was known.</param>
    public sealed record VersionItem(int Number, string Hash, DateTimeOffset PublishedAt, string? By, string? Note, string? Commit);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/plans", (ProcessEngine engine) => TypedResults.Ok(engine.PlansInForce.Select(Item).ToList()))
            .WithName("ListPlans").WithTags("Plans").WithSummary("The plans that a project can be started with");
        api.MapGet("/plans/{id}", Get).WithName("GetPlan").WithTags("Plans").WithSummary("A plan: its fields, stages and steps, and its diagram as Mermaid");
        api.MapGet("/plans/{id}/diagram.svg", Svg).WithName("GetPlanDiagram").WithTags("Plans").WithSummary("A plan's diagram as SVG").Produces(200, contentType: "image/svg+xml");
        api.MapGet("/plans/{id}/versions", Versions).WithName("ListPlanVersions").WithTags("Plans").WithSummary("The published versions of a plan, newest first");
        api.MapPost("/plans/publish", Publish).RequireAuthorization(Policies.DesignPlans)
            .WithName("PublishPlans").WithTags("Plans").WithSummary("Publish each plan of the definitions folder whose meaning changed and whose tests pass");
    }

    /// <param name="Version">The version in force; absent where there never was one.</param>
    /// <param name="Moved">How many open projects were moved to it; absent where none were to be.</param>
    public sealed record Published(string Plan, int? Version, bool IsNew, IReadOnlyList<string> Problems, int? Moved = null);

    private static PlanItem Item(Plan plan) => new(plan.Id, plan.Name, plan.Description, plan.Type, plan.Hash);

    private static Results<Ok<PlanDetail>, ProblemHttpResult> Get(string id, ProcessEngine engine)
    {
        if (engine.PlanInForce(id) is not { } plan) { return Answers.Missing($"plan “{id}”"); }
        return TypedResults.Ok(new PlanDetail(
            plan.Id, plan.Name, plan.Description, plan.Type, plan.Hash,
            [.. plan.Fields.Select(f => new FieldItem(f.Id, Kind(f.Kind), f.Label, f.Choices.IsEmpty ? null : f.Choices, f.RequiredFrom))],
            [.. plan.Stages.Select(s => new StageItem(s.Id, s.Name, s.Probability,
                [.. plan.StepsOf(s).ToArray().Select(p => new StepItem(p.Id, p.Name, p.Kind.Key, [.. p.Outcomes.Select(o => o.Id)]))]))],
            PlanDrawing.Mermaid(plan)));
    }

    private static Results<ContentHttpResult, ProblemHttpResult> Svg(string id, ProcessEngine engine) =>
        engine.PlanInForce(id) is { } plan ? TypedResults.Content(PlanDrawing.SvgFile(plan), "image/svg+xml") : Answers.Missing($"plan “{id}”");

    private static async Task<Results<Ok<List<VersionItem>>, ProblemHttpResult>> Versions(string id, ProcessManagerDb db, CancellationToken cancellation)
    {
        var versions = await db.Set<PlanVersionRow>().AsNoTracking().Where(v => v.Plan == id).OrderByDescending(v => v.Number)
            .Select(v => new VersionItem(v.Number, v.Hash, v.PublishedAt, v.PublishedBy, v.Note, v.Commit)).Take(Cursor.MostItems).ToListAsync(cancellation);
        return versions.Count > 0 ? TypedResults.Ok(versions) : Answers.Missing($"plan “{id}”");
    }

    private static async Task<Results<Ok<List<Published>>, ForbidHttpResult>> Publish(
        [Description("True: also plans whose own tests fail; for administrators only, and recorded.")] bool? despiteTests,
        [Description("True: open projects that lose nothing are moved to the new versions; a version that does not say where those go that stand on what is gone is refused.")] bool? move,
        ProcessEngine engine, HttpContext context, CancellationToken cancellation)
    {
        if (despiteTests == true && !context.User.IsInRole(Roles.Administrator)) { return TypedResults.Forbid(); }
        var me = Answers.Me(context.User);
        if (move == true)
        {
            var order = new MoveOrder(me, null, $"publish-{Guid.NewGuid():N}", OnlyClean: true);
            return TypedResults.Ok((await engine.Versions.PublishAndMoveAsync(order, despiteTests == true, cancellation))
                .Select(p => Item(p.Published) with { Moved = p.Moves.OfType<MoveResult.Done>().Count() }).ToList());
        }

        var published = await (despiteTests == true ? engine.PublishDespiteTestsAsync(me, null, cancellation) : engine.PublishAsync(me, null, cancellation));
        return TypedResults.Ok(published.Select(Item).ToList());
    }

    private static Published Item(PublishResult p) => new(p.Plan, p.Version, p.IsNew, [.. p.Diagnostics.Select(d => d.ToString())]);

    /// <summary>As the plan language writes it: <c>yes-no</c>.</summary>
    private static string Kind(FieldKind kind) => kind == FieldKind.YesNo ? "yes-no" : kind.ToString().ToLowerInvariant();
}
