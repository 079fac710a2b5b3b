using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Engine.Verifying;

/// <summary>Reads a project's history from its first row.</summary>
internal sealed class HistoryReader(Schema schema)
{
    private readonly string sql = schema.History.Select(
    [
        nameof(HistoryRow.Seq), nameof(HistoryRow.Version), nameof(HistoryRow.At), nameof(HistoryRow.Kind), nameof(HistoryRow.Cause),
        nameof(HistoryRow.Actor), nameof(HistoryRow.OnBehalfOf), nameof(HistoryRow.Step), nameof(HistoryRow.Task), nameof(HistoryRow.Before),
        nameof(HistoryRow.After), nameof(HistoryRow.Data), nameof(HistoryRow.Why), nameof(HistoryRow.Hash),
    ], nameof(HistoryRow.ProjectId)) + $" order by {schema.History[nameof(HistoryRow.Seq)]}";

    public List<HistoryRow> Of(IReadSession session, long project)
    {
        var rows = new List<HistoryRow>();
        using var r = session.Prepared(sql, 1).Set(0, project).Read();
        while (r.Read())
        {
            rows.Add(new HistoryRow
            {
                ProjectId = project,
                Seq = r.GetInt32(0),
                Version = r.GetInt64(1),
                At = r.Moment(2),
                Kind = r.GetString(3),
                Cause = r.GetString(4),
                Actor = r.Text(5),
                OnBehalfOf = r.Text(6),
                Step = r.Text(7),
                Task = r.Int(8),
                Before = r.Text(9),
                After = r.Text(10),
                Data = r.Text(11),
                Why = r.Text(12),
                Hash = r.Bytes(13),
            });
        }

        return rows;
    }
}
