using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ProcessManager.Engine.Store;

/// <summary>
/// A prepared statement of one SQLite connection: its text is made once, its parameters (<c>@p0</c>, <c>@p1</c> …) are set by position.
/// It talks to SQLite itself: an ADO.NET command looks every parameter up by its name at each run, which costs more than most of our statements.
/// Moments are Unix milliseconds.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 db;
    private readonly sqlite3_stmt statement;
    private readonly string sql;
    private readonly int[] places;
    private readonly Action<string>? before;

    /// <param name="before">Called with the text before each run.</param>
    public Statement(SqliteConnection connection, string sql, int parameters, Action<string>? before = null)
    {
        (this.sql, this.before, db) = (sql, before, connection.Handle!);
        Check(raw.sqlite3_prepare_v3(db, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
        places = new int[parameters];
        for (var i = 0; i < parameters; i++) { places[i] = raw.sqlite3_bind_parameter_index(statement, $"@p{i}"); }
    }

    public Statement Set(int position, string? value)
    {
        if (value is null) { return SetNull(position); }
        var longest = Encoding.UTF8.GetMaxByteCount(value.Length);
        byte[]? rented = null;
        var bytes = longest <= 512 ? stackalloc byte[longest] : rented = ArrayPool<byte>.Shared.Rent(longest);
        var length = Encoding.UTF8.GetBytes(value, bytes);
        var rc = raw.sqlite3_bind_text(statement, places[position], bytes[..length]);
        if (rented is not null) { ArrayPool<byte>.Shared.Return(rented); }
        Check(rc);
        return this;
    }

    public Statement Set(int position, long? value)
    {
        if (value is not { } number) { return SetNull(position); }
        Check(raw.sqlite3_bind_int64(statement, places[position], number));
        return this;
    }

    public Statement Set(int position, byte[] value)
    {
        Check(raw.sqlite3_bind_blob(statement, places[position], value));
        return this;
    }

    public Statement Set(int position, bool value) => Set(position, value ? 1L : 0L);

    public Statement Set(int position, DateTimeOffset? value) => Set(position, value?.ToUnixTimeMilliseconds());

    /// <returns>How many rows it changed.</returns>
    public int Run()
    {
        using var rows = Read();
        while (rows.Read()) { }

        return raw.sqlite3_changes(db);
    }

    /// <summary>The number in the first column of the first row; null where there is none.</summary>
    public long? MaybeNumber()
    {
        using var rows = Read();
        long? number = rows.Read() ? rows.Long(0) : null;

        // What changes rows does so until it is run to its end.
        while (number is not null && rows.Read()) { }

        return number;
    }

    public long Number() => MaybeNumber() ?? 0;

    /// <summary>Runs it row by row. Dispose the result before the statement is used again.</summary>
    public Cursor Read()
    {
        before?.Invoke(sql);
        return new Cursor(db, statement);
    }

    public void Dispose() => statement.Dispose();

    private Statement SetNull(int position)
    {
        Check(raw.sqlite3_bind_null(statement, places[position]));
        return this;
    }

    private void Check(int rc) => SqliteException.ThrowExceptionForRC(rc, db);
}

/// <summary>The rows that a statement gives.</summary>
internal readonly struct Cursor(sqlite3 db, sqlite3_stmt statement) : IDisposable
{
    /// <returns>False after the last row.</returns>
    public bool Read()
    {
        var rc = raw.sqlite3_step(statement);
        if (rc == raw.SQLITE_ROW) { return true; }
        if (rc != raw.SQLITE_DONE) { SqliteException.ThrowExceptionForRC(rc, db); }
        return false;
    }

    public bool IsNull(int i) => raw.sqlite3_column_type(statement, i) == raw.SQLITE_NULL;

    public string GetString(int i) => raw.sqlite3_column_text(statement, i).utf8_to_string() ?? "";

    public long GetInt64(int i) => raw.sqlite3_column_int64(statement, i);

    public int GetInt32(int i) => (int)GetInt64(i);

    public bool GetBoolean(int i) => GetInt64(i) != 0;

    public string? Text(int i) => IsNull(i) ? null : GetString(i);

    public long? Long(int i) => IsNull(i) ? null : GetInt64(i);

    public int? Int(int i) => IsNull(i) ? null : GetInt32(i);

    public byte[] Bytes(int i) => raw.sqlite3_column_blob(statement, i).ToArray();

    public DateTimeOffset Moment(int i) => DateTimeOffset.FromUnixTimeMilliseconds(GetInt64(i));

    public DateTimeOffset? MaybeMoment(int i) => IsNull(i) ? null : Moment(i);

    // A statement that was not run to its end holds its read lock. What its last step answered was thrown already.
    public void Dispose() => raw.sqlite3_reset(statement);
}
