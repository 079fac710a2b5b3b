using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ProcessManager.Bench.Raw;

/// <summary>The bare program: one connection with the engine's settings, prepared ADO.NET commands, nothing else.</summary>
internal sealed class RawFile : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<Step, SqliteCommand> prepared = new(ReferenceEqualityComparer.Instance);
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;

    public RawFile(string file)
    {
        connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Execute("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -32768; " +
            "pragma temp_store = memory; pragma wal_autocheckpoint = 4000");
        (begin, commit) = (Prepare("begin immediate"), Prepare("commit"));
    }

    public void Begin() => begin.ExecuteNonQuery();

    public void Commit() => commit.ExecuteNonQuery();

    /// <summary>Writes what a recipe says, within the caller's transaction.</summary>
    /// <param name="project">Null where the recipe makes the project.</param>
    /// <returns>The project's id.</returns>
    public long Replay(Recipe recipe, long? project, string commandId)
    {
        var id = project ?? 0;
        foreach (var step in recipe.Steps)
        {
            var command = CommandOf(step);
            for (var i = 0; i < step.Values.Count; i++)
            {
                switch (step.Values[i])
                {
                    case Ingredient.Project: command.Parameters[i].Value = id; break;
                    case Ingredient.Command: command.Parameters[i].Value = commandId; break;
                    case Ingredient.Text text: command.Parameters[i].Value = string.Create(CultureInfo.InvariantCulture, $"{text.Before}{id}{text.After}"); break;
                }
            }

            if (step.MakesProject) { id = (long)command.ExecuteScalar()!; }
            else if (command.ExecuteNonQuery() != 1) { throw new InvalidOperationException($"Nothing was changed by: {step.Sql}"); }
        }

        return id;
    }

    public void ReplayAlone(Recipe recipe, long? project, string commandId)
    {
        Begin();
        Replay(recipe, project, commandId);
        Commit();
    }

    public SqliteCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters) { command.Parameters.Add(new SqliteParameter(name, null)); }

        // Parameters without a value cannot be prepared yet: the first run does it.
        if (parameters.Length == 0) { command.Prepare(); }
        return command;
    }

    public void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }

    public long Number(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    public IReadOnlyList<string> Columns(string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"select name from pragma_table_info('{table}')";
        using var row = command.ExecuteReader();
        var names = new List<string>();
        while (row.Read()) { names.Add(row.GetString(0)); }

        return names;
    }

    public void Dispose()
    {
        foreach (var command in prepared.Values) { command.Dispose(); }

        begin.Dispose();
        commit.Dispose();
        connection.Dispose();
    }

    private SqliteCommand CommandOf(Step step)
    {
        if (prepared.TryGetValue(step, out var command)) { return command; }
        command = connection.CreateCommand();
        command.CommandText = step.Sql;
        for (var i = 0; i < step.Values.Count; i++)
        {
            var value = step.Values[i] is Ingredient.Fixed fix ? fix.Value : DBNull.Value;
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"@v{i}"), value);
        }

        command.Prepare();
        prepared.Add(step, command);
        return command;
    }
}
