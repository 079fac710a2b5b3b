using System.Data.Common;

namespace ProcessManager.Engine.Store;

/// <summary>
/// A prepared command of one connection: its text is made once, its parameters are set by position. Moments are given as Unix
/// milliseconds, enums as numbers.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly DbCommand command;
    private readonly Action<string>? before;

    /// <param name="before">Called with the text before each run.</param>
    public Statement(DbConnection connection, string sql, int parameters, Action<string>? before = null)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        this.before = before;
        for (var i = 0; i < parameters; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i}";
            command.Parameters.Add(parameter);
        }
    }

    public Statement Set(int position, object? value)
    {
        command.Parameters[position].Value = value ?? DBNull.Value;
        return this;
    }

    public Statement Set(int position, DateTimeOffset? value) => Set(position, value?.ToUnixTimeMilliseconds() as object);

    /// <returns>How many rows it changed.</returns>
    public int Run()
    {
        before?.Invoke(command.CommandText);
        return command.ExecuteNonQuery();
    }

    public object? Scalar()
    {
        before?.Invoke(command.CommandText);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    public long Number() => Scalar() is { } value ? Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) : 0;

    public DbDataReader Read()
    {
        before?.Invoke(command.CommandText);
        return command.ExecuteReader();
    }

    public void Dispose() => command.Dispose();
}

/// <summary>Reading columns that may be null.</summary>
internal static class Columns
{
    public static string? Text(this DbDataReader row, int i) => row.IsDBNull(i) ? null : row.GetString(i);

    public static long? Long(this DbDataReader row, int i) => row.IsDBNull(i) ? null : row.GetInt64(i);

    public static int? Int(this DbDataReader row, int i) => row.IsDBNull(i) ? null : row.GetInt32(i);

    public static byte[]? Bytes(this DbDataReader row, int i) => row.IsDBNull(i) ? null : (byte[])row.GetValue(i);

    public static DateTimeOffset Moment(this DbDataReader row, int i) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(i));

    public static DateTimeOffset? MaybeMoment(this DbDataReader row, int i) => row.IsDBNull(i) ? null : row.Moment(i);
}
