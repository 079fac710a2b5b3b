using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ProcessManager.Engine.Running;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Flow.Versions;

namespace ProcessManager.Engine.Publishing;

/// <summary>Moves one project to another version of its plan, or back, within the engine's transaction.</summary>
internal sealed class PlanMover(PlanLibrary plans, DirectoryCache directory, FactsReader facts, LiveEvents live)
{
    public const string Moved = "PlanMoved";
    public const string Undone = "PlanMoveUndone";

    private readonly ConcurrentDictionary<(long From, long To), PlanMove> moves = new();

    /// <returns>Null where there is no such project.</returns>
    public ProjectMovePreview? Preview(WriteSession session, long project, PublishedPlan to) =>
        session.Projects.Find(project) is { } row ? Preview(session, row, to).Preview : null;

    public MoveResult Move(WriteSession session, long project, PublishedPlan to, MoveOrder order)
    {
        if (session.Projects.Find(project) is not { } row) { return new MoveResult.Refused(project, Refusal.NotFound, $"There is no project {project}."); }
        var (preview, before, from) = Preview(session, row, to);
        if (preview.Move is not MovePreview.Possible move) { return new MoveResult.Refused(project, Refusal.Conflict, ((MovePreview.Impossible)preview.Move).Because); }
        if (order.OnlyClean && !move.IsClean)
        {
            return new MoveResult.Refused(project, Refusal.Conflict, string.Join(" ", move.Differences.Where(d => d.Loses).Select(d => d.Text)));
        }

        var now = session.Now;
        var stateBefore = row.State;
        var reasons = Reasons(session, project, before, move.State);
        foreach (var (old, name) in move.Renamed) { session.Moves.RenameStep(project, before.Visit, old, name); }

        session.Moves.SetPlanVersion(project, to.VersionId);
        row.PlanVersionId = to.VersionId;
        var renamed = before with { Steps = [.. before.Steps.Select(s => move.Renamed.TryGetValue(s.Id, out var name) ? s with { Id = name } : s)] };
        new DecisionWriter(session, live).Write(
            row, renamed, new Decision.Accepted(move.State, move.Events), to.Plan, to.Number, new Cause("MovePlan", order.By, order.OnBehalfOf), row.Title, directory.Current, now,
            Row(Moved, from.Number, to.Number, ("stage", move.State.Stage), ("note", order.Note)));
        session.Moves.Add(new PlanMoveRow
        {
            ProjectId = project, Batch = order.Batch, FromVersionId = from.VersionId, ToVersionId = to.VersionId, At = now, Actor = order.By, Note = order.Note,
            ProjectVersion = row.Version, StateBefore = stateBefore, HashAfter = SHA256.HashData(row.State), TimerReasons = reasons, Final = WhyFinal(move.Events),
        });
        return new MoveResult.Done(project, row.Version, move.Differences);
    }

    /// <summary>Puts back exactly what was before the latest move, where nothing has happened since.</summary>
    public MoveResult Undo(WriteSession session, long project, string by)
    {
        if (session.Projects.Find(project) is not { } row) { return new MoveResult.Refused(project, Refusal.NotFound, $"There is no project {project}."); }
        if (session.Moves.Latest(project) is not { } move) { return new MoveResult.Refused(project, Refusal.NotFound, $"Project {project} was not moved."); }
        if (move.ProjectVersion != row.Version || !move.HashAfter.AsSpan().SequenceEqual(SHA256.HashData(row.State)))
        {
            return new MoveResult.Refused(project, Refusal.Conflict, $"Something has happened in project {project} since it was moved; it can't be put back, but it can be moved again.");
        }

        if (move.Final is { } final) { return new MoveResult.Refused(project, Refusal.Conflict, $"The move of project {project} can't be undone: {final}."); }
        var (from, to) = (Version(session, move.FromVersionId), Version(session, move.ToVersionId));
        var after = ProjectStateJson.Read(row.State, to.Plan);
        var before = ProjectStateJson.Read(move.StateBefore, from.Plan);
        RestoreTasks(session, project, before);
        RestoreTimers(session, project, after, before, move.TimerReasons);
        RestoreRoles(session, project, after, before);
        session.Moves.SetPlanVersion(project, from.VersionId);
        var (now, version) = (session.Now, row.Version);
        row.PlanVersionId = from.VersionId;
        Projection.Fill(row, before, row.Title);
        row.State = move.StateBefore;
        row.Version++;
        row.ChangedAt = now;
        var open = Projection.TasksOf(before).Where(t => t.Task.Phase == TaskPhase.Open).Select(t => t.Task.Number.ToString(CultureInfo.InvariantCulture));
        var history = Row(Undone, to.Number, from.Number, ("stage", before.Stage), ("probability", before.Probability), ("tasks", string.Join(',', open)));
        DecisionWriter.Append(session, row, history, new Cause("UndoMove", by, null), now);
        if (!session.Projects.Update(row, version, wide: true)) { throw new VersionConflictException(); }
        session.Moves.SetUndone(move.Id, now, by);
        if (live.HasListeners) { session.AfterCommit(() => live.Tell(new LiveEvent(project, [], [row.Owner], [], [Undone]))); }
        return new MoveResult.Done(project, row.Version, []);
    }

    private (ProjectMovePreview Preview, ProjectState State, PublishedPlan From) Preview(WriteSession session, ProjectRow row, PublishedPlan to)
    {
        var from = Version(session, row.PlanVersionId);
        var state = ProjectStateJson.Read(row.State, from.Plan);
        var move = row.PlanVersionId == to.VersionId
            ? new MovePreview.Impossible($"The project runs on version {to.Number} already.")
            : moves.GetOrAdd((from.VersionId, to.VersionId), _ => new PlanMove(from.Plan, to.Plan))
                .Preview(state, facts.Read(session, to, row.ProspectId, state.Roles), session.Now);
        return (new ProjectMovePreview(row.Id, row.Title, row.Owner, from.Number, row.AmountMinor, row.Currency, row.Probability, move), state, from);
    }

    private PublishedPlan Version(WriteSession session, long id) =>
        plans.Find(session, id) ?? throw new InvalidOperationException($"There is no plan version {id}.");

    private static void RestoreTasks(WriteSession session, long project, ProjectState before)
    {
        session.Moves.RemoveTasks(project, before.NextTask);
        foreach (var (step, task) in Projection.TasksOf(before))
        {
            var row = new TaskRow { ProjectId = project, Step = step, Number = task.Number };
            Projection.Fill(row, task);
            session.Moves.Restore(row);
        }
    }

    private static void RestoreTimers(WriteSession session, long project, ProjectState after, ProjectState before, string? reasons)
    {
        var why = reasons is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string?>>(reasons)!;
        var there = Projection.WaitingTimers(after).ToDictionary(t => t.Key, t => t.Due);
        foreach (var timer in Projection.WaitingTimers(before))
        {
            if (there.Remove(timer.Key, out var due) && due == timer.Due) { continue; }
            var key = Projection.TimerKey(project, timer);
            session.Work.SetTimer(key, project, timer.Due!.Value, why.GetValueOrDefault(key));
        }

        foreach (var gone in Projection.WaitingTimers(after).Where(t => there.ContainsKey(t.Key))) { session.Work.Remove(Projection.TimerKey(project, gone)); }
    }

    private static void RestoreRoles(WriteSession session, long project, ProjectState after, ProjectState before)
    {
        foreach (var role in after.Roles.Keys.Union(before.Roles.Keys))
        {
            var people = before.Roles.GetValueOrDefault(role, []);
            if (people.SequenceEqual(after.Roles.GetValueOrDefault(role, []))) { continue; }
            session.Projects.ClearRole(project, role);
            foreach (var person in people.Distinct()) { session.Projects.Insert(new ParticipantRow { ProjectId = project, Role = role, Person = person }); }
        }
    }

    /// <summary>Why the timers were set that the move takes away or moves.</summary>
    private static string? Reasons(WriteSession session, long project, ProjectState before, ProjectState after)
    {
        var there = after.Timers.ToDictionary(t => t.Key, t => t.Due);
        var reasons = new Dictionary<string, string?>();
        foreach (var timer in Projection.WaitingTimers(before).Where(t => !there.TryGetValue(t.Key, out var due) || due != t.Due))
        {
            var key = Projection.TimerKey(project, timer);
            reasons[key] = session.Moves.ReasonOf(key);
        }

        return reasons.Count == 0 ? null : JsonSerializer.Serialize(reasons);
    }

    /// <summary>What an undo could not take back.</summary>
    private static string? WhyFinal(ImmutableArray<FlowEvent> events)
    {
        foreach (var e in events)
        {
            var left = e switch
            {
                FlowEvent.MailRequested => "it sent a mail",
                FlowEvent.LetterRequested => "it wrote a letter",
                FlowEvent.HttpRequested => "it sent a request to another system",
                FlowEvent.ChildRequested => "it started a project",
                FlowEvent.ChildDropped => "it closed a project that was waited for",
                FlowEvent.ProjectClosed => "it closed the project",
                _ => null,
            };
            if (left is not null) { return left; }
        }

        return null;
    }

    private static HistoryRow Row(string kind, int from, int to, params ReadOnlySpan<(string, object?)> data) => new()
    {
        Kind = kind,
        Before = from.ToString(CultureInfo.InvariantCulture),
        After = to.ToString(CultureInfo.InvariantCulture),
        Data = HistoryRows.Json(data),
    };
}
