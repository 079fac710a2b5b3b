using System.Globalization;
using System.Runtime.CompilerServices;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Language;

namespace ProcessManager.Engine.Store;

/// <summary>The texts of <see cref="ProjectStore"/>, made once per model, and the orders of their parameters and columns.</summary>
internal sealed class ProjectSql
{
    private static readonly ConditionalWeakTable<Schema, ProjectSql> BySchema = [];

    /// <summary>What every command changes.</summary>
    public static readonly string[] Narrow =
    [
        nameof(ProjectRow.Version), nameof(ProjectRow.ChangedAt), nameof(ProjectRow.HistorySeq), nameof(ProjectRow.HistoryHash),
        nameof(ProjectRow.OpenTasks), nameof(ProjectRow.State),
    ];

    /// <summary>Everything that can change.</summary>
    public static readonly string[] Wide =
    [
        .. Narrow, nameof(ProjectRow.Title), nameof(ProjectRow.Owner), nameof(ProjectRow.Stage), nameof(ProjectRow.StageEnteredAt),
        nameof(ProjectRow.Status), nameof(ProjectRow.Result), nameof(ProjectRow.CloseReason), nameof(ProjectRow.ClosedAt),
        nameof(ProjectRow.Probability), nameof(ProjectRow.ProbabilityOverride), nameof(ProjectRow.AmountMinor),
        nameof(ProjectRow.Currency), nameof(ProjectRow.ExpectedClose), nameof(ProjectRow.SourceCode), nameof(ProjectRow.HoldReason),
        nameof(ProjectRow.Fault),
    ];

    /// <summary>What stays as it began.</summary>
    public static readonly string[] Fixed =
    [
        nameof(ProjectRow.Type), nameof(ProjectRow.Plan), nameof(ProjectRow.PlanVersionId), nameof(ProjectRow.ProspectId),
        nameof(ProjectRow.Creator), nameof(ProjectRow.StartedAt),
    ];

    private static readonly string[] All = [.. Wide, .. Fixed, nameof(ProjectRow.Id)];

    private static readonly string[] TaskChanges =
    [
        nameof(TaskRow.Assignee), nameof(TaskRow.Group), nameof(TaskRow.Due), nameof(TaskRow.DueByHand), nameof(TaskRow.InboxOrder),
        nameof(TaskRow.Priority), nameof(TaskRow.State), nameof(TaskRow.Outcome), nameof(TaskRow.SettledAt), nameof(TaskRow.SettledBy),
    ];

    private ProjectSql(Schema schema)
    {
        var (p, t) = (schema.Projects, schema.Tasks);
        FindProject = p.Select(All, nameof(ProjectRow.Id));
        InsertProject = $"{p.Insert([.. Wide, .. Fixed])} returning {p[nameof(ProjectRow.Id)]}";
        UpdateNarrow = p.Update(Narrow, nameof(ProjectRow.Id), nameof(ProjectRow.Version));
        UpdateWide = p.Update(Wide, nameof(ProjectRow.Id), nameof(ProjectRow.Version));

        string[] keys = [nameof(TaskRow.ProjectId), nameof(TaskRow.Step), nameof(TaskRow.Number)];
        string[] found = [nameof(TaskRow.Id), nameof(TaskRow.Title)];
        InsertTask = t.Insert(
        [
            nameof(TaskRow.ProjectId), nameof(TaskRow.Number), nameof(TaskRow.Step), nameof(TaskRow.Visit), nameof(TaskRow.Occurrence),
            nameof(TaskRow.Member), nameof(TaskRow.Kind), nameof(TaskRow.Title), nameof(TaskRow.ProjectTitle),
            nameof(TaskRow.Instructions), .. TaskChanges, nameof(TaskRow.OpenedAt),
        ]) + $" returning {t[nameof(TaskRow.Id)]}";
        UpdateTask = $"{t.Update(TaskChanges, keys)} returning {t.Columns(found)}";
        FindTask = t.Select(found, keys);
        RetitleTasks = $"update {t.Name} set {t[nameof(TaskRow.ProjectTitle)]} = @p0 " +
            $"where {t[nameof(TaskRow.ProjectId)]} = @p1 and {t[nameof(TaskRow.State)]} = 0";
        OpenTasksOf = $"select count(*) from {t.Name} where {t[nameof(TaskRow.State)]} = 0 and {t[nameof(TaskRow.Assignee)]} = @p0";

        InsertHistory = schema.History.Insert(
            nameof(HistoryRow.ProjectId), nameof(HistoryRow.Seq), nameof(HistoryRow.Version), nameof(HistoryRow.At),
            nameof(HistoryRow.Kind), nameof(HistoryRow.Cause), nameof(HistoryRow.Actor), nameof(HistoryRow.OnBehalfOf),
            nameof(HistoryRow.Step), nameof(HistoryRow.Task), nameof(HistoryRow.Before), nameof(HistoryRow.After),
            nameof(HistoryRow.Data), nameof(HistoryRow.Why), nameof(HistoryRow.Hash));
        InsertParticipant = schema.Participants.Insert(
            nameof(ParticipantRow.ProjectId), nameof(ParticipantRow.Role), nameof(ParticipantRow.Person));
        ClearRole = schema.Participants.Delete(nameof(ParticipantRow.ProjectId), nameof(ParticipantRow.Role));
        InsertAlert = schema.Alerts.Insert(
            nameof(AlertRow.Key), nameof(AlertRow.ProjectId), nameof(AlertRow.TaskId), nameof(AlertRow.Recipient),
            nameof(AlertRow.Sender), nameof(AlertRow.Cause), nameof(AlertRow.Text), nameof(AlertRow.Acknowledge),
            nameof(AlertRow.RaisedAt)) + $" on conflict ({schema.Alerts[nameof(AlertRow.Key)]}) do nothing";

        var r = schema.Rotations;
        var (group, next) = (r[nameof(RotationRow.Group)], r[nameof(RotationRow.Next)]);
        SetRotation = $"{r.Insert(nameof(RotationRow.Group), nameof(RotationRow.Next))} on conflict ({group}) do update set {next} = excluded.{next}";
        RotationOf = r.Select([nameof(RotationRow.Next)], nameof(RotationRow.Group));
    }

    public string FindProject { get; }
    public string InsertProject { get; }
    public string UpdateNarrow { get; }
    public string UpdateWide { get; }
    public string InsertTask { get; }
    public string UpdateTask { get; }
    public string FindTask { get; }
    public string RetitleTasks { get; }
    public string OpenTasksOf { get; }
    public string InsertHistory { get; }
    public string InsertParticipant { get; }
    public string ClearRole { get; }
    public string InsertAlert { get; }
    public string SetRotation { get; }
    public string RotationOf { get; }

    public static ProjectSql Of(Schema schema) => BySchema.GetValue(schema, s => new ProjectSql(s));

    /// <summary>Reads a row of <see cref="FindProject"/>.</summary>
    public static ProjectRow ReadProject(Cursor r) => new()
    {
        Version = r.GetInt64(0),
        ChangedAt = r.Moment(1),
        HistorySeq = r.GetInt32(2),
        HistoryHash = r.Bytes(3),
        OpenTasks = r.GetInt32(4),
        State = r.Bytes(5),
        Title = r.GetString(6),
        Owner = r.GetString(7),
        Stage = r.Text(8),
        StageEnteredAt = r.Moment(9),
        Status = r.Text(10),
        Result = (CloseResult?)r.Int(11),
        CloseReason = r.Text(12),
        ClosedAt = r.MaybeMoment(13),
        Probability = r.GetInt32(14),
        ProbabilityOverride = r.Int(15),
        AmountMinor = r.Long(16),
        Currency = r.Text(17),
        ExpectedClose = r.Text(18) is { } date ? DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
        SourceCode = r.Text(19),
        HoldReason = r.Text(20),
        Fault = r.Text(21),
        Type = r.GetString(22),
        Plan = r.GetString(23),
        PlanVersionId = r.GetInt64(24),
        ProspectId = r.Long(25),
        Creator = r.Text(26),
        StartedAt = r.Moment(27),
        Id = r.GetInt64(28),
    };
}
