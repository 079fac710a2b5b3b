using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Language;

namespace ProcessManager.Engine.Store;

/// <summary>
/// Reads and writes a project's rows by prepared statements within the engine's transaction. The one place that writes projects, tasks,
/// participants, history, alerts and timers.
/// </summary>
internal sealed class ProjectStore(WriteSession session)
{
    private readonly ProjectSql sql = ProjectSql.Of(session.Schema);

    public ProjectRow? Find(long id) => Find(session, session.Schema, id);

    public static ProjectRow? Find(IReadSession session, Schema schema, long id)
    {
        using var row = session.Prepared(ProjectSql.Of(schema).FindProject, 1).Set(0, id).Read();
        return row.Read() ? ProjectSql.ReadProject(row) : null;
    }

    public long Insert(ProjectRow p)
    {
        var insert = session.Prepared(sql.InsertProject, ProjectSql.Wide.Length + ProjectSql.Fixed.Length);
        SetWide(insert, p);
        var i = ProjectSql.Wide.Length;
        insert.Set(i, p.Type).Set(i + 1, p.Plan).Set(i + 2, p.PlanVersionId).Set(i + 3, p.ProspectId).Set(i + 4, p.Creator)
            .Set(i + 5, p.StartedAt);
        return p.Id = insert.Number();
    }

    /// <summary>Writes the new state of a project.</summary>
    /// <param name="version">The version that the row has in the database.</param>
    /// <param name="wide">False where only what every command changes has changed: the row's indexes stay untouched.</param>
    /// <returns>False where the row is no longer at that version.</returns>
    public bool Update(ProjectRow p, long version, bool wide)
    {
        if (wide)
        {
            var update = session.Prepared(sql.UpdateWide, ProjectSql.Wide.Length + 2);
            SetWide(update, p);
            return update.Set(ProjectSql.Wide.Length, p.Id).Set(ProjectSql.Wide.Length + 1, version).Run() == 1;
        }

        var narrow = session.Prepared(sql.UpdateNarrow, ProjectSql.Narrow.Length + 2);
        SetNarrow(narrow, p);
        return narrow.Set(ProjectSql.Narrow.Length, p.Id).Set(ProjectSql.Narrow.Length + 1, version).Run() == 1;
    }

    public long Insert(TaskRow t)
    {
        var insert = session.Prepared(sql.InsertTask, 21)
            .Set(0, t.ProjectId).Set(1, t.Number).Set(2, t.Step).Set(3, t.Visit).Set(4, t.Occurrence).Set(5, t.Member).Set(6, t.Kind)
            .Set(7, t.Title).Set(8, t.ProjectTitle).Set(9, t.Instructions);
        SetTask(insert, 10, t);
        insert.Set(20, t.OpenedAt);
        return t.Id = insert.Number();
    }

    /// <summary>Writes what can change of a task.</summary>
    /// <returns>Its id and title; null where there is no such row.</returns>
    public (long Id, string Title)? Update(TaskRow t)
    {
        var update = session.Prepared(sql.UpdateTask, 13);
        SetTask(update, 0, t);
        using var row = update.Set(10, t.ProjectId).Set(11, t.Step).Set(12, t.Number).Read();
        return row.Read() ? (row.GetInt64(0), row.GetString(1)) : null;
    }

    public (long Id, string Title)? FindTask(long project, string step, int number)
    {
        using var row = session.Prepared(sql.FindTask, 3).Set(0, project).Set(1, step).Set(2, number).Read();
        return row.Read() ? (row.GetInt64(0), row.GetString(1)) : null;
    }

    /// <summary>Open tasks carry the project's title.</summary>
    public void RetitleTasks(long project, string title) =>
        session.Prepared(sql.RetitleTasks, 2).Set(0, title).Set(1, project).Run();

    public void Insert(HistoryRow h) => session.Prepared(sql.InsertHistory, 15)
        .Set(0, h.ProjectId).Set(1, h.Seq).Set(2, h.Version).Set(3, h.At).Set(4, h.Kind).Set(5, h.Cause).Set(6, h.Actor)
        .Set(7, h.OnBehalfOf).Set(8, h.Step).Set(9, h.Task).Set(10, h.Before).Set(11, h.After).Set(12, h.Data).Set(13, h.Why)
        .Set(14, h.Hash).Run();

    public void Insert(ParticipantRow p) =>
        session.Prepared(sql.InsertParticipant, 3).Set(0, p.ProjectId).Set(1, p.Role).Set(2, p.Person).Run();

    public void ClearRole(long project, string role) =>
        session.Prepared(sql.ClearRole, 2).Set(0, project).Set(1, role).Run();

    /// <returns>False where this alert was raised before.</returns>
    public bool Insert(AlertRow a) => session.Prepared(sql.InsertAlert, 9)
        .Set(0, a.Key).Set(1, a.ProjectId).Set(2, a.TaskId).Set(3, a.Recipient).Set(4, a.Sender).Set(5, (int)a.Cause).Set(6, a.Text)
        .Set(7, a.Acknowledge).Set(8, a.RaisedAt).Run() == 1;

    public void SetRotation(string group, long next) => session.Prepared(sql.SetRotation, 2).Set(0, group).Set(1, next).Run();

    public long RotationOf(string group) => session.Prepared(sql.RotationOf, 1).Set(0, group).Number();

    public int OpenTasksOf(string person) => (int)session.Prepared(sql.OpenTasksOf, 1).Set(0, person).Number();

    private static void SetTask(Statement s, int i, TaskRow t) =>
        s.Set(i, t.Assignee).Set(i + 1, t.Group).Set(i + 2, t.Due).Set(i + 3, t.DueByHand).Set(i + 4, t.InboxOrder)
            .Set(i + 5, (int)t.Priority).Set(i + 6, (int)t.State).Set(i + 7, t.Outcome).Set(i + 8, t.SettledAt).Set(i + 9, t.SettledBy);

    private static void SetNarrow(Statement s, ProjectRow p) => s
        .Set(0, p.Version).Set(1, p.ChangedAt).Set(2, p.HistorySeq).Set(3, p.HistoryHash).Set(4, p.OpenTasks).Set(5, p.State);

    private static void SetWide(Statement s, ProjectRow p)
    {
        SetNarrow(s, p);
        s.Set(6, p.Title).Set(7, p.Owner).Set(8, p.Stage).Set(9, p.StageEnteredAt).Set(10, p.Status).Set(11, (int?)p.Result)
            .Set(12, p.CloseReason).Set(13, p.ClosedAt).Set(14, p.Probability).Set(15, p.ProbabilityOverride).Set(16, p.AmountMinor)
            .Set(17, p.Currency).Set(18, p.ExpectedClose?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))
            .Set(19, p.SourceCode).Set(20, p.HoldReason).Set(21, p.Fault);
    }
}
