using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using ProcessManager.Engine;
using ProcessManager.Flow.Versions;
using ProcessManager.Host.Access;

namespace ProcessManager.Host.Api;

/// <summary>Moving running projects between the versions of their plan. For managers, who see every project.</summary>
internal static class PlanVersionsApi
{
    public const int LongestNote = 300;

    /// <summary>The most projects that one call names.</summary>
    public const int MostNamed = 1_000;

    /// <param name="Change">What kind of difference it is: <c>step-opens</c>, <c>due-moves</c> …</param>
    /// <param name="Step">The step that it is about; absent for the project as a whole.</param>
    /// <param name="Loses">True where something that people have now is lost.</param>
    public sealed record DifferenceItem(MoveChange Change, string? Step, string? From, string? To, string Text, bool Loses);

    /// <param name="From">The version that the project runs on.</param>
    /// <param name="CanMove">False: <c>because</c> says why not.</param>
    /// <param name="IsClean">True where nothing is lost.</param>
    /// <param name="ProbabilityTo">What it would be then.</param>
    /// <param name="WeightedChange">By how much amount × probability changes, in minor units of <c>currency</c>.</param>
    public sealed record PreviewItem(
        long Project, string Title, string Owner, int From, bool CanMove, string? Because, bool IsClean, int Probability, int? ProbabilityTo,
        long? WeightedChange, string? Currency, IReadOnlyList<DifferenceItem> Differences);

    /// <param name="Projects">The projects to move, at most 1,000; absent: every open project of the plan that runs on another version.</param>
    /// <param name="OnlyClean">True, unless said otherwise: a project that would lose open work or a value stays where it is.</param>
    /// <param name="Note">Kept with each move, and shown in each project's history.</param>
    public sealed record MoveInput(IReadOnlyList<long>? Projects = null, bool OnlyClean = true, string? Note = null);

    /// <param name="Projects">The projects to put back. Exactly one of this and <c>batch</c> is given.</param>
    /// <param name="Batch">The batch of a move: all that it moved.</param>
    public sealed record UndoInput(IReadOnlyList<long>? Projects = null, string? Batch = null);

    public sealed record RefusedMove(long Project, string Because);

    /// <param name="Batch">Names these moves, to undo them together.</param>
    /// <param name="Moved">How many projects were moved.</param>
    /// <param name="Refused">Those that stay where they are, and why.</param>
    public sealed record MoveOutcome(string? Batch, int Moved, IReadOnlyList<RefusedMove> Refused);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/plans/{id}/versions/{number:long}/preview", Preview).RequireAuthorization(Policies.Manage)
            .WithName("PreviewPlanMove").WithTags("Plans").WithSummary("What moving the open projects of a plan to this version would change, project by project");
        api.MapPost("/plans/{id}/versions/{number:long}/move", Move).RequireAuthorization(Policies.Manage)
            .WithName("MoveProjectsToVersion").WithTags("Plans").WithSummary("Move open projects to this version, each in a transaction of its own");
        api.MapPost("/plans/{id}/moves/undo", Undo).RequireAuthorization(Policies.Manage)
            .WithName("UndoPlanMoves").WithTags("Plans").WithSummary("Put projects back to where they were before their latest move, as long as nothing has happened in them since");
    }

    private static async Task<Results<Ok<Page<PreviewItem>>, ProblemHttpResult>> Preview(
        string id, long number, ProcessEngine engine,
        [Description("1–200, 50 unless given.")] int? limit, string? cursor, CancellationToken cancellation)
    {
        if (engine.Versions.Find(id, number) is not { } version) { return Answers.Missing($"version {number} of plan “{id}”"); }
        long after = 0;
        if (cursor is not null && !Cursor.TryRead(cursor, out _, out after)) { return Answers.Invalid("The cursor is none of this list."); }
        var count = Cursor.Count(limit);
        var projects = engine.Versions.ProjectsElsewhere(id, number).Where(p => p > after).Take(count + 1).ToList();
        var items = new List<PreviewItem>();
        await foreach (var preview in engine.Versions.PreviewAsync(version, [.. projects.Take(count)], cancellation)) { items.Add(Item(preview)); }

        return TypedResults.Ok(new Page<PreviewItem>(items, projects.Count > count ? Cursor.Of(0, projects[count - 1]) : null));
    }

    private static async Task<Results<Ok<MoveOutcome>, ProblemHttpResult>> Move(
        string id, long number, MoveInput input, ProcessEngine engine, HttpContext context, CancellationToken cancellation)
    {
        if (engine.Versions.Find(id, number) is not { } version) { return Answers.Missing($"version {number} of plan “{id}”"); }
        if (input.Projects is { Count: > MostNamed }) { return Answers.Invalid($"projects names at most {MostNamed} projects."); }
        if (input.Note is { Length: > LongestNote }) { return Answers.Invalid($"note has at most {LongestNote} characters."); }
        var batch = Answers.CommandId(context, out var problem);
        if (problem is not null) { return problem; }
        var order = new MoveOrder(Answers.Me(context.User), string.IsNullOrWhiteSpace(input.Note) ? null : input.Note.Trim(), batch, input.OnlyClean);
        var projects = input.Projects?.Distinct().ToList() ?? engine.Versions.ProjectsElsewhere(id, number);
        return TypedResults.Ok(await OutcomeAsync(batch, engine.Versions.MoveAsync(version, projects, order, cancellation)));
    }

    private static async Task<Results<Ok<MoveOutcome>, ProblemHttpResult>> Undo(
        string id, UndoInput input, ProcessEngine engine, HttpContext context, CancellationToken cancellation)
    {
        if (engine.PlanInForce(id) is null) { return Answers.Missing($"plan “{id}”"); }
        if (input.Projects is null == input.Batch is null) { return Answers.Invalid("Please give either projects or batch."); }
        if (input.Projects is { Count: > MostNamed }) { return Answers.Invalid($"projects names at most {MostNamed} projects."); }
        var projects = input.Projects?.Distinct().ToList() ?? engine.Versions.ProjectsOf(input.Batch!);
        if (projects.Count == 0) { return Answers.Missing($"batch “{input.Batch}” with projects that could be put back"); }
        return TypedResults.Ok(await OutcomeAsync(input.Batch, engine.Versions.UndoAsync(projects, Answers.Me(context.User), cancellation)));
    }

    private static async Task<MoveOutcome> OutcomeAsync(string? batch, IAsyncEnumerable<MoveResult> results)
    {
        var moved = 0;
        var refused = new List<RefusedMove>();
        await foreach (var result in results)
        {
            if (result is MoveResult.Refused no) { refused.Add(new RefusedMove(no.Project, no.Message)); } else { moved++; }
        }

        return new MoveOutcome(batch, moved, refused);
    }

    private static PreviewItem Item(ProjectMovePreview preview) => preview.Move switch
    {
        MovePreview.Possible move => new PreviewItem(
            preview.Project, preview.Title, preview.Owner, preview.From, true, null, move.IsClean, preview.Probability, move.State.Probability,
            preview.WeightedChange, preview.Currency, [.. move.Differences.Select(d => new DifferenceItem(d.Change, d.Step, d.From, d.To, d.Text, d.Loses))]),
        MovePreview.Impossible not => new PreviewItem(
            preview.Project, preview.Title, preview.Owner, preview.From, false, not.Because, false, preview.Probability, null, null, preview.Currency, []),
        _ => throw new InvalidOperationException($"Unknown preview {preview.Move}."),
    };
}
