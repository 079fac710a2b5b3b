using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ProcessManager.Engine.Store;

/// <summary>
/// What is SQLite's own: connections and their settings, transactions, and the statements that PostgreSQL writes otherwise.
/// Everything else of the store is SQL that both understand.
/// </summary>
internal sealed class SqliteDialect(string file)
{
    private const int Busy = 5;
    private const int Locked = 6;

    public string File { get; } = Path.GetFullPath(file);

    /// <summary>The connection for writing: there is one in the process.</summary>
    public SqliteConnection OpenWriter()
    {
        var connection = Open(SqliteOpenMode.ReadWrite);
        try
        {
            // FULL: what was answered survives a power cut. No mmap: a file cut short by somebody would kill the process instead of failing a read.
            Execute(connection, "pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -32768; " +
                "pragma temp_store = memory; pragma wal_autocheckpoint = 4000;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection that refuses to write.</summary>
    public SqliteConnection OpenReader()
    {
        var connection = Open(SqliteOpenMode.ReadWrite);
        try
        {
            Execute(connection, "pragma query_only = on; pragma cache_size = -4096; pragma temp_store = memory;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Puts the file into WAL mode.</summary>
    /// <returns>The mode it is in then.</returns>
    public string EnterWal()
    {
        using var connection = Open(SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = "pragma journal_mode = wal";
        return command.ExecuteScalar() as string ?? "";
    }

    // Immediate: a transaction that reads first and writes later could meet a newer database in between.
    public const string Begin = "begin immediate";

    /// <summary>False once a failure has made SQLite roll the transaction back by itself.</summary>
    public static bool InTransaction(SqliteConnection connection) => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Another process holds the file's write lock.</summary>
    public static bool IsBusy(Exception e) => e is SqliteException { SqliteErrorCode: Busy or Locked };

    /// <summary>
    /// Claims due work in one statement: parameters are owner, lease end, fence, kind, now, limit. A row whose lease has run out is
    /// due again. PostgreSQL adds <c>for update skip locked</c> to the inner select.
    /// </summary>
    public static string Claim(Table work) => $"""
        update {work.Name} set {work["LeaseOwner"]} = @p0, {work["LeaseUntil"]} = @p1, {work["Fence"]} = @p2
        where {work["Id"]} in (
          select {work["Id"]} from {work.Name}
          where {work["State"]} = 0 and {work["Kind"]} = @p3 and {work["Due"]} <= @p4
            and ({work["LeaseUntil"]} is null or {work["LeaseUntil"]} <= @p4)
          order by {work["Due"]}, {work["Id"]} limit @p5)
        returning {work.Columns("Id", "Key", "ProjectId", "Due", "Attempt", "Payload")}
        """;

    /// <summary>The moment of the row written last: rows stand in the order of writing.</summary>
    public static string NewestHistory(Table history) =>
        $"select {history["At"]} from {history.Name} order by rowid desc limit 1";

    public static string HasTable => "select count(*) from sqlite_master where type = 'table' and name = @p0";

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = File,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();

            // Writers of this process wait at the gate; this is for tools beside it, and the caller asks again.
            Execute(connection, "pragma busy_timeout = 1000");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
