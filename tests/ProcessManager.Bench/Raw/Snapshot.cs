using Microsoft.Data.Sqlite;

namespace ProcessManager.Bench.Raw;

/// <summary>A row as the database holds it; the key is what the engine finds it by.</summary>
internal sealed record Row(string Table, string Key, IReadOnlyDictionary<string, object> Values);

/// <summary>Every row that belongs to one project.</summary>
internal sealed class Snapshot
{
    // The columns that tell rows of one project apart, and whether the database numbers them.
    public static readonly IReadOnlyList<(string Table, string Project, string[] Key, bool Numbered)> Tables =
    [
        ("projects", "id", [], true),
        ("tasks", "project_id", ["number"], true),
        ("participants", "project_id", ["role", "person"], false),
        ("work", "project_id", ["key"], true),
        ("history", "project_id", ["seq"], false),
        ("alerts", "project_id", ["key"], true),
        ("mails", "project_id", ["key"], true),
        ("commands", "project_id", ["id"], false),
    ];

    public static Snapshot Empty { get; } = new();

    public List<Row> Rows { get; } = [];

    public static Snapshot Of(string file, long project)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        var snapshot = new Snapshot();
        foreach (var (table, column, key, _) in Tables)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"select * from {table} where {column} = @p order by rowid";
            command.Parameters.AddWithValue("@p", project);
            using var row = command.ExecuteReader();
            while (row.Read())
            {
                var values = Enumerable.Range(0, row.FieldCount).ToDictionary(row.GetName, row.GetValue);
                snapshot.Rows.Add(new Row(table, string.Join('|', key.Select(k => values[k])), values));
            }
        }

        return snapshot;
    }

    public Row? Find(Row like) => Rows.Find(r => r.Table == like.Table && r.Key == like.Key);
}
