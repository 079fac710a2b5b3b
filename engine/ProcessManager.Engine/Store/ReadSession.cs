using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ProcessManager.Engine.Store;

/// <summary>A connection with prepared statements: the writer's, or one that only reads.</summary>
internal interface IReadSession
{
    /// <summary>The prepared statement with this text, prepared on first use. The text must be made once, not per call.</summary>
    Statement Prepared(string sql, int parameters);

    DbCommand CreateCommand(string sql);
}

/// <summary>A reading connection with its prepared statements.</summary>
internal sealed class ReadSession(SqliteConnection connection) : IReadSession, IDisposable
{
    private readonly Dictionary<string, Statement> statements = new(StringComparer.Ordinal);

    public Statement Prepared(string sql, int parameters)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            statement = new Statement(connection, sql, parameters);
            statements.Add(sql, statement);
        }

        return statement;
    }

    public DbCommand CreateCommand(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values) { statement.Dispose(); }

        connection.Dispose();
    }
}

/// <summary>Reading connections, as many as were ever used at once, up to a limit.</summary>
internal sealed class ReadPool(Func<SqliteConnection> open) : IDisposable
{
    private const int MostIdle = 8;
    private readonly ConcurrentBag<ReadSession> idle = [];
    private bool disposed;

    public T Read<T>(Func<ReadSession, T> work)
    {
        if (!idle.TryTake(out var session)) { session = new ReadSession(open()); }
        try
        {
            var result = work(session);
            if (disposed || idle.Count >= MostIdle) { session.Dispose(); }
            else { idle.Add(session); }

            return result;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        disposed = true;
        while (idle.TryTake(out var session)) { session.Dispose(); }
    }
}
