using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProcessManager.Engine.Publishing;
using ProcessManager.Engine.Store;
using ProcessManager.Flow;
using ProcessManager.Flow.Versions;

namespace ProcessManager.Engine;

/// <summary>What a move would do to one project.</summary>
/// <param name="From">The number of the version that it runs on.</param>
/// <param name="AmountMinor">The project's amount in minor units; null where it has none.</param>
/// <param name="Probability">0–100 as it is now.</param>
public sealed record ProjectMovePreview(
    long Project, string Title, string Owner, int From, long? AmountMinor, string? Currency, int Probability, MovePreview Move)
{
    /// <summary>By how much the weighted value changes, in minor units; null where there is no amount, or the project can't be moved.</summary>
    public long? WeightedChange => AmountMinor is { } amount && Move is MovePreview.Possible { State: var state }
        ? (long)Math.Round(amount * (state.Probability - Probability) / 100m, MidpointRounding.AwayFromZero) : null;
}

/// <summary>Who moves projects, and how.</summary>
/// <param name="By">Sign-in name.</param>
/// <param name="Note">Kept with each move and in each project's history.</param>
/// <param name="Batch">Names the moves that belong together, so that they can be undone together.</param>
/// <param name="OnlyClean">True: a project that would lose open work or a value stays where it is.</param>
public sealed record MoveOrder(string By, string? Note, string Batch, bool OnlyClean)
{
    /// <summary>The person for whom <see cref="By"/> acts.</summary>
    public string? OnBehalfOf { get; init; }
}

/// <summary>What became of moving or putting back one project.</summary>
public abstract record MoveResult(long Project)
{
    /// <param name="Version">The project's version after it.</param>
    public sealed record Done(long Project, long Version, ImmutableArray<MoveDifference> Differences) : MoveResult(Project);

    /// <param name="Message">A sentence for the person who asked.</param>
    public sealed record Refused(long Project, Refusal Reason, string Message) : MoveResult(Project);
}

/// <summary>
/// The versions of plans under running projects: shows what moving to another version would do, moves, and puts back. Each project is a
/// transaction of its own: whatever stops a move of many, each of them is wholly on the one version or wholly on the other.
/// </summary>
public sealed class PlanVersions
{
    // Few enough that a person's command waits no longer than for a handful of previews.
    private const int PreviewsAtOnce = 16;

    // What one commit gathers; others' commands are among them.
    private const int MovesAtOnce = 64;

    private readonly PlanLibrary plans;
    private readonly PlanMover mover;
    private readonly GroupCommit commits;
    private readonly ReadPool reads;
    private readonly Schema schema;

    internal PlanVersions(PlanLibrary plans, PlanMover mover, GroupCommit commits, ReadPool reads, Schema schema) =>
        (this.plans, this.mover, this.commits, this.reads, this.schema) = (plans, mover, commits, reads, schema);

    /// <summary>The id of a version by plan and number; null where there is none.</summary>
    public long? Find(string plan, long number) => reads.Read(session => MoveStore.VersionId(session, schema, plan, number));

    /// <summary>The open projects of a plan that run on another version, in the order of starting.</summary>
    public IReadOnlyList<long> ProjectsElsewhere(string plan, long number) => Find(plan, number) is { } version
        ? reads.Read(session => MoveStore.ProjectsElsewhere(session, schema, plan, version)) : [];

    /// <summary>What moving to a version would do, project by project, as it is now. Projects that don't exist are left out.</summary>
    /// <param name="projects">Those to look at.</param>
    public async IAsyncEnumerable<ProjectMovePreview> PreviewAsync(
        long version, IReadOnlyList<long> projects, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var to = Version(version);
        foreach (var some in projects.Chunk(PreviewsAtOnce))
        {
            var previews = await commits.RunAsync(
                session => ValueTask.FromResult(some.Select(p => mover.Preview(session, p, to)).ToArray()), cancellation);
            foreach (var preview in previews)
            {
                if (preview is not null) { yield return preview; }
            }
        }
    }

    /// <summary>
    /// Publishes the definitions folder, and moves to each new version the open projects of its plan that lose nothing. A version that does not say
    /// where those projects go that stand on a step or stage that is gone is not published.
    /// </summary>
    public async Task<ImmutableArray<(PublishResult Published, ImmutableArray<MoveResult> Moves)>> PublishAndMoveAsync(
        MoveOrder order, bool despiteTests, CancellationToken cancellation)
    {
        var all = ImmutableArray.CreateBuilder<(PublishResult, ImmutableArray<MoveResult>)>();
        foreach (var result in await plans.PublishAsync(order.By, order.Note, despiteTests, moving: true, cancellation))
        {
            var moves = ImmutableArray.CreateBuilder<MoveResult>();
            if (result is { IsNew: true, Version: { } number } && Find(result.Plan, number) is { } version)
            {
                await foreach (var move in MoveAsync(version, ProjectsElsewhere(result.Plan, number), order with { OnlyClean = true }, cancellation)) { moves.Add(move); }
            }

            all.Add((result, moves.ToImmutable()));
        }

        return all.ToImmutable();
    }

    /// <summary>Moves projects to a version, each for itself.</summary>
    public IAsyncEnumerable<MoveResult> MoveAsync(long version, IReadOnlyList<long> projects, MoveOrder order, CancellationToken cancellation)
    {
        var to = Version(version);
        return EachAsync(projects, (session, project) => mover.Move(session, project, to, order), cancellation);
    }

    /// <summary>Puts projects back to where they were before their latest move, each for itself, as long as nothing has happened in it since.</summary>
    public IAsyncEnumerable<MoveResult> UndoAsync(IReadOnlyList<long> projects, string by, CancellationToken cancellation) =>
        EachAsync(projects, (session, project) => mover.Undo(session, project, by), cancellation);

    /// <summary>The projects that a batch moved and that were not put back since.</summary>
    public IReadOnlyList<long> ProjectsOf(string batch) => reads.Read(session => MoveStore.ProjectsOf(session, schema, batch));

    private async IAsyncEnumerable<MoveResult> EachAsync(
        IReadOnlyList<long> projects, Func<WriteSession, long, MoveResult> act, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var some in projects.Chunk(MovesAtOnce))
        {
            foreach (var done in some.Select(project => OneAsync(project, act, cancellation)).ToArray()) { yield return await done; }
        }
    }

    private async Task<MoveResult> OneAsync(long project, Func<WriteSession, long, MoveResult> act, CancellationToken cancellation)
    {
        try
        {
            return await commits.RunAsync(session => ValueTask.FromResult(act(session, project)), cancellation);
        }
        catch (VersionConflictException)
        {
            return new MoveResult.Refused(project, Refusal.Conflict, $"Somebody changed project {project} at the same moment; try again.");
        }
    }

    private PublishedPlan Version(long id) => plans.Find(id) ?? throw new ArgumentException($"There is no plan version {id}.", nameof(id));
}
