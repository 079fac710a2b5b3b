using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;
using ProcessManager.Engine.Store;
using ProcessManager.Language.Expressions;

namespace ProcessManager.Tests.Expressions.Sql;

/// <summary>Rows with a column of every form, in memory and in a database.</summary>
internal sealed class Rows : IDisposable
{
    private readonly DbConnection connection;
    private readonly SqlTarget target;

    public Rows(SqlTarget target, string postgres, IReadOnlyList<IReadOnlyDictionary<string, object?>> rows)
    {
        this.target = target;
        connection = target == SqlTarget.Sqlite ? new SqliteConnection("Data Source=:memory:") : new NpgsqlConnection(postgres);
        connection.Open();
        if (connection is SqliteConnection sqlite) { sqlite.AddExpressionFunctions(); }
        Execute($"create temporary table r (id int, title text, product text, chance int, minor bigint, currency text, urgent {(target == SqlTarget.Sqlite ? "int" : "boolean")}, day text, at bigint, data {(target == SqlTarget.Sqlite ? "text" : "jsonb")})");
        for (var i = 0; i < rows.Count; i++) { Insert(i, rows[i]); }
    }

    public static SqlColumns Columns { get; } = new(new Dictionary<string, SqlColumn>
    {
        ["title"] = new SqlColumn.Text("r.title"),
        ["product"] = new SqlColumn.Text("r.product"),
        ["probability"] = new SqlColumn.Whole("r.chance"),
        ["amount"] = new SqlColumn.Scaled("r.minor", "case r.currency when 'JPY' then 0 else 2 end"),
        ["urgent"] = new SqlColumn.YesNo("r.urgent"),
        ["expected-close"] = new SqlColumn.Day("r.day"),
        ["started"] = new SqlColumn.Milliseconds("r.at"),
        ["rate"] = Json("rate", FeelType.NumberType),
        ["note"] = Json("note", FeelType.TextType),
        ["ready"] = Json("ready", FeelType.YesNoType),
        ["call-on"] = Json("call-on", FeelType.DateType),
        ["met"] = Json("met", FeelType.DateTimeType),
        ["tags"] = Json("tags", new FeelType.ListOf(FeelType.TextType)),
        ["prospect.city"] = new SqlColumn.Json("r.data", ["prospect", "city"], FeelType.TextType),
    });

    private static SqlColumn.Json Json(string name, FeelType type) => new("r.data", [name], type);

    /// <summary>The rows for which the filter holds.</summary>
    public IReadOnlyList<int> Found(SqlFilter filter)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"select r.id from r where {filter.Text} order by r.id";
        foreach (var parameter in filter.Parameters) { Add(command, parameter.Name, parameter.Value); }
        using var reader = command.ExecuteReader();
        var found = new List<int>();
        while (reader.Read()) { found.Add(reader.GetInt32(0)); }
        return found;
    }

    private void Insert(int id, IReadOnlyDictionary<string, object?> row)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"insert into r values (@id, @title, @product, @chance, @minor, @currency, @urgent, @day, @at, {(target == SqlTarget.Sqlite ? "@data" : "@data::jsonb")})";
        Add(command, "@id", id);
        Add(command, "@title", row["title"]);
        Add(command, "@product", row["product"]);
        Add(command, "@chance", row["probability"] is decimal chance ? (int)chance : null);
        Add(command, "@minor", row["amount"] is decimal amount ? (long)(amount * 100) : null);
        Add(command, "@currency", "EUR");
        Add(command, "@urgent", row["urgent"]);
        Add(command, "@day", Text(row["expected-close"]));
        Add(command, "@at", row["started"] is DateTimeOffset at ? at.ToUnixTimeMilliseconds() : null);
        Add(command, "@data", JsonSerializer.Serialize(row.Where(f => f.Value is not null)
            .ToDictionary(f => f.Key, f => f.Value is DateOnly or DateTimeOffset ? Text(f.Value) : f.Value)));
        command.ExecuteNonQuery();
    }

    private static string? Text(object? value) => value switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture),
        _ => null,
    };

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void Add(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
        command.Parameters.Add(parameter);
    }

    public void Dispose() => connection.Dispose();
}

/// <summary>A row as expressions see it.</summary>
internal sealed class RowValues(IReadOnlyDictionary<string, object?> row) : IValues
{
    public object? this[string name] => row.GetValueOrDefault(name);
}
