using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Flow.Versions;

/// <summary>
/// Moves running projects from one version of a plan to another. Pure: the preview is the move, so that what was shown is what happens.
/// Made once for two versions and used for any number of projects.
/// </summary>
/// <remarks>
/// Steps map by id or <c>was</c>. What is settled stays settled and is never run again; an open task keeps assignee, due date and what was filled
/// in; a timer that still exists keeps its moment, one that is gone is cancelled, a new one is set from now. New steps whose ways are live
/// open; live work of a step that is gone goes where <c>retired</c> says, and is cancelled otherwise.
/// </remarks>
public sealed class PlanMove
{
    internal static readonly string Rule = "moved to another version of the plan";

    private readonly NameMap names;

    public PlanMove(Plan from, Plan to)
    {
        (From, To, names) = (from, to, new NameMap(from, to));
    }

    public Plan From { get; }
    public Plan To { get; }

    internal NameMap Names => names;

    internal static Why Why(string? note = null) => new(Rule, null, null, note);

    /// <param name="state">Of a project that runs on <see cref="From"/>.</param>
    /// <param name="facts">As the new version reads them.</param>
    /// <param name="now">UTC in whole milliseconds.</param>
    public MovePreview Preview(ProjectState state, Facts facts, DateTimeOffset now, Driver driver = Driver.Embedded)
    {
        if (Obstacles.OfProject(this, state) is { } never) { return new MovePreview.Impossible(never); }
        var stage = To.FindStage(names.Stage(state.Stage!)!)!;
        var leaving = new Leaving(this, stage, new Run(From, state, facts, now, driver, null));
        leaving.Decide();
        if (Obstacles.OfSteps(this, stage, leaving, state.Past) is { } because) { return new MovePreview.Impossible(because); }
        var (left, before) = leaving.Leave();
        var mapped = new StateMapping(this, stage, leaving.GoesOnAs).Map(left, out var cancelled);
        var run = new Run(To, mapped, facts, now, driver, null);
        if (Obstacles.OfFields(run) is { } unfit) { return new MovePreview.Impossible(unfit); }
        new Arriving(this, run, leaving).Arrive(state, cancelled);
        var (after, happened) = (Decision.Accepted)run.Finish();
        if (after.Fault is { } fault && state.Fault is null) { return new MovePreview.Impossible($"It would stop there: {fault}"); }
        ImmutableArray<FlowEvent> events = [.. before, .. happened];
        return new MovePreview.Possible(after, events, Differences.Of(this, state, events, leaving), leaving.Renamed);
    }
}
