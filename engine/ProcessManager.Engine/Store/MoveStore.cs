using System.Runtime.CompilerServices;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;

namespace ProcessManager.Engine.Store;

/// <summary>Reads and writes the journal of moves between plan versions, and the columns that only a move or its undoing changes.</summary>
internal sealed class MoveStore(WriteSession session)
{
    private static readonly ConditionalWeakTable<Schema, Texts> Known = [];

    private readonly Texts sql = Known.GetValue(session.Schema, s => new Texts(s));

    public void Add(PlanMoveRow m) => session.Prepared(sql.Insert, 12)
        .Set(0, m.ProjectId).Set(1, m.Batch).Set(2, m.FromVersionId).Set(3, m.ToVersionId).Set(4, m.At).Set(5, m.Actor).Set(6, m.Note)
        .Set(7, m.ProjectVersion).Set(8, m.StateBefore).Set(9, m.HashAfter).Set(10, m.TimerReasons).Set(11, m.Final).Run();

    /// <summary>The latest move of a project that was not undone; null where there is none.</summary>
    public PlanMoveRow? Latest(long project)
    {
        using var row = session.Prepared(sql.Latest, 1).Set(0, project).Read();
        return !row.Read() ? null : new PlanMoveRow
        {
            Id = row.GetInt64(0), ProjectId = project, Batch = row.GetString(1), FromVersionId = row.GetInt64(2), ToVersionId = row.GetInt64(3),
            At = row.Moment(4), Actor = row.GetString(5), Note = row.Text(6), ProjectVersion = row.GetInt64(7), StateBefore = row.Bytes(8),
            HashAfter = row.Bytes(9), TimerReasons = row.Text(10), Final = row.Text(11),
        };
    }

    public void SetUndone(long move, DateTimeOffset at, string by) => session.Prepared(sql.SetUndone, 3).Set(0, at).Set(1, by).Set(2, move).Run();

    /// <summary>The open projects of a plan that run on another version, in the order of starting.</summary>
    public static List<long> ProjectsElsewhere(IReadSession session, Schema schema, string plan, long version) =>
        Numbers(session.Prepared(Of(schema).Elsewhere, 2).Set(0, plan).Set(1, version));

    /// <summary>The projects that a batch moved and that were not moved back, the latest first.</summary>
    public static List<long> ProjectsOf(IReadSession session, Schema schema, string batch) =>
        Numbers(session.Prepared(Of(schema).OfBatch, 1).Set(0, batch));

    /// <summary>The id of a version by its number; null where there is none.</summary>
    public static long? VersionId(IReadSession session, Schema schema, string plan, long number) =>
        session.Prepared(Of(schema).VersionId, 2).Set(0, plan).Set(1, number).MaybeNumber();

    public void SetPlanVersion(long project, long version) => session.Prepared(sql.SetPlanVersion, 2).Set(0, version).Set(1, project).Run();

    /// <summary>The tasks of a step in one visit of its stage go on under another id of the step.</summary>
    public void RenameStep(long project, int visit, string from, string to) =>
        session.Prepared(sql.RenameStep, 4).Set(0, to).Set(1, project).Set(2, (long)visit).Set(3, from).Run();

    /// <summary>Puts a task's row back as it was, step and all.</summary>
    public void Restore(TaskRow t) => session.Prepared(sql.RestoreTask, 13)
        .Set(0, t.Step).Set(1, t.Assignee).Set(2, t.Group).Set(3, t.Due).Set(4, t.DueByHand).Set(5, t.InboxOrder).Set(6, (int)t.Priority)
        .Set(7, (int)t.State).Set(8, t.Outcome).Set(9, t.SettledAt).Set(10, t.SettledBy).Set(11, t.ProjectId).Set(12, (long)t.Number).Run();

    /// <summary>Takes away the tasks that an undone move opened: from this number on.</summary>
    public void RemoveTasks(long project, int from) => session.Prepared(sql.RemoveTasks, 2).Set(0, project).Set(1, (long)from).Run();

    /// <summary>Why a timer was set; null where nothing is known, or where there is no such row.</summary>
    public string? ReasonOf(string timer)
    {
        using var row = session.Prepared(sql.ReasonOf, 1).Set(0, timer).Read();
        return row.Read() ? row.Text(0) : null;
    }

    private static Texts Of(Schema schema) => Known.GetValue(schema, s => new Texts(s));

    private static List<long> Numbers(Statement statement)
    {
        var all = new List<long>();
        using var row = statement.Read();
        while (row.Read()) { all.Add(row.GetInt64(0)); }

        return all;
    }

    private sealed class Texts
    {
        private static readonly string[] Columns =
        [
            nameof(PlanMoveRow.Batch), nameof(PlanMoveRow.FromVersionId), nameof(PlanMoveRow.ToVersionId), nameof(PlanMoveRow.At),
            nameof(PlanMoveRow.Actor), nameof(PlanMoveRow.Note), nameof(PlanMoveRow.ProjectVersion), nameof(PlanMoveRow.StateBefore),
            nameof(PlanMoveRow.HashAfter), nameof(PlanMoveRow.TimerReasons), nameof(PlanMoveRow.Final),
        ];

        public Texts(Schema s)
        {
            var (m, p, t) = (s.PlanMoves, s.Projects, s.Tasks);
            var undone = $"{m[nameof(PlanMoveRow.UndoneAt)]} is null";
            Insert = m.Insert([nameof(PlanMoveRow.ProjectId), .. Columns]);
            Latest = $"{m.Select([nameof(PlanMoveRow.Id), .. Columns], nameof(PlanMoveRow.ProjectId))} and {undone} order by {m[nameof(PlanMoveRow.Id)]} desc limit 1";
            SetUndone = m.Update([nameof(PlanMoveRow.UndoneAt), nameof(PlanMoveRow.UndoneBy)], nameof(PlanMoveRow.Id));
            OfBatch = $"{m.Select([nameof(PlanMoveRow.ProjectId)], nameof(PlanMoveRow.Batch))} and {undone} order by {m[nameof(PlanMoveRow.Id)]} desc";
            Elsewhere = $"{p.Select([nameof(ProjectRow.Id)], nameof(ProjectRow.Plan))} and {p[nameof(ProjectRow.Result)]} is null " +
                $"and {p[nameof(ProjectRow.PlanVersionId)]} <> @p1 order by {p[nameof(ProjectRow.Id)]}";
            VersionId = s.PlanVersions.Select([nameof(PlanVersionRow.Id)], nameof(PlanVersionRow.Plan), nameof(PlanVersionRow.Number));
            SetPlanVersion = p.Update([nameof(ProjectRow.PlanVersionId)], nameof(ProjectRow.Id));
            RenameStep = t.Update([nameof(TaskRow.Step)], nameof(TaskRow.ProjectId), nameof(TaskRow.Visit), nameof(TaskRow.Step));
            RestoreTask = t.Update(
            [
                nameof(TaskRow.Step), nameof(TaskRow.Assignee), nameof(TaskRow.Group), nameof(TaskRow.Due), nameof(TaskRow.DueByHand), nameof(TaskRow.InboxOrder),
                nameof(TaskRow.Priority), nameof(TaskRow.State), nameof(TaskRow.Outcome), nameof(TaskRow.SettledAt), nameof(TaskRow.SettledBy),
            ], nameof(TaskRow.ProjectId), nameof(TaskRow.Number));
            RemoveTasks = $"delete from {t.Name} where {t[nameof(TaskRow.ProjectId)]} = @p0 and {t[nameof(TaskRow.Number)]} >= @p1";
            ReasonOf = s.Work.Select([nameof(WorkRow.Payload)], nameof(WorkRow.Key));
        }

        public string Insert { get; }
        public string Latest { get; }
        public string SetUndone { get; }
        public string OfBatch { get; }
        public string Elsewhere { get; }
        public string VersionId { get; }
        public string SetPlanVersion { get; }
        public string RenameStep { get; }
        public string RestoreTask { get; }
        public string RemoveTasks { get; }
        public string ReasonOf { get; }
    }
}
