using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ProcessManager.Torture.Checks;

internal sealed record StoredCommand(string Id, long Project, long Version, string NewTasks);

internal sealed record StoredProject(long Id, string Title, string? Result);

internal sealed record StoredTask(long Id, long Project, int Number, string Step, int Occurrence, int State, string? Outcome, long? Due, long Opened, long? Settled, string? SettledBy);

internal sealed record StoredHistory(long Project, int Seq, long Version, long At, string Kind, string Cause, string? Actor, string? Step, int? Task, string? After, string? Field, string? Due, string? Phase, string? AlertCause, string? Key);

internal sealed record StoredAlert(string Key, long Project, long? Task, string Recipient, int Cause, long Raised);

internal sealed record StoredMail(long Id, string Key, int State, long Created);

internal sealed record StoredWork(string Key, long Due, int State, long? LeaseUntil);

/// <summary>
/// What is in the database file, read by plain SQL: the test's own reading, so that a mistake of the engine's reading can't hide one of its writing.
/// </summary>
internal sealed class Snapshot
{
    public required ILookup<string, StoredCommand> Commands { get; init; }
    public required IReadOnlyDictionary<long, StoredProject> Projects { get; init; }
    public required IReadOnlyList<StoredTask> Tasks { get; init; }
    public required ILookup<long, StoredHistory> History { get; init; }
    public required IReadOnlyList<StoredAlert> Alerts { get; init; }
    public required IReadOnlyList<StoredMail> Mails { get; init; }
    public required IReadOnlyList<StoredWork> Work { get; init; }

    public static Snapshot Read(string database)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        return new Snapshot
        {
            Commands = Rows(connection, "select id, project_id, version, coalesce(new_tasks, '') from commands",
                r => new StoredCommand(r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetString(3))).ToLookup(c => c.Id),
            Projects = Rows(connection, "select id, title, result from projects", r => new StoredProject(r.GetInt64(0), r.GetString(1), Text(r, 2))).ToDictionary(p => p.Id),
            Tasks = Rows(connection, "select id, project_id, number, step, occurrence, state, outcome, due, opened_at, settled_at, settled_by from tasks",
                r => new StoredTask(
                    r.GetInt64(0), r.GetInt64(1), r.GetInt32(2), r.GetString(3), r.GetInt32(4), r.GetInt32(5), Text(r, 6), Number(r, 7), r.GetInt64(8), Number(r, 9), Text(r, 10))),
            History = Rows(connection, """
                select project_id, seq, version, at, kind, cause, actor, step, task, after, data ->> '$.field', data ->> '$.due', data ->> '$.phase', data ->> '$.cause', data ->> '$.key'
                from history order by project_id, seq
                """,
                r => new StoredHistory(
                    r.GetInt64(0), r.GetInt32(1), r.GetInt64(2), r.GetInt64(3), r.GetString(4), r.GetString(5), Text(r, 6), Text(r, 7), (int?)Number(r, 8), Text(r, 9), Text(r, 10),
                    Text(r, 11), Text(r, 12), Text(r, 13), Text(r, 14))).ToLookup(h => h.Project),
            Alerts = Rows(connection, "select key, project_id, task_id, recipient, cause, raised_at from alerts",
                r => new StoredAlert(r.GetString(0), r.GetInt64(1), Number(r, 2), r.GetString(3), r.GetInt32(4), r.GetInt64(5))),
            Mails = Rows(connection, "select id, key, state, created_at from mails", r => new StoredMail(r.GetInt64(0), r.GetString(1), r.GetInt32(2), r.GetInt64(3))),
            Work = Rows(connection, "select key, due, state, lease_until from work", r => new StoredWork(r.GetString(0), r.GetInt64(1), r.GetInt32(2), Number(r, 3))),
        };
    }

    /// <summary>A moment as history writes it, in Unix milliseconds.</summary>
    public static long? Moment(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds();

    private static List<T> Rows<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> row)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) { rows.Add(row(reader)); }

        return rows;
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static long? Number(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
