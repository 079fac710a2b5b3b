using System.Collections.Immutable;

namespace ProcessManager.Language.Expressions;

/// <summary>The databases that filters are written for.</summary>
public enum SqlTarget { Sqlite, Postgres }

/// <summary>
/// Where the value of a name stands in a row, and in which form. The SQL in it is the program's own, never a person's; its
/// columns are qualified (<c>p.title</c>), so that names inside a filter can't be taken for them.
/// </summary>
public abstract record SqlColumn
{
    private SqlColumn(FeelType type, string sql) => (Type, Sql) = (type, sql);

    /// <summary>The type that expressions see.</summary>
    public FeelType Type { get; }

    /// <summary>What reads it.</summary>
    internal string Sql { get; }

    /// <summary>A text as it stands.</summary>
    public sealed record Text(string Column) : SqlColumn(FeelType.TextType, Column);

    /// <summary>A whole number.</summary>
    public sealed record Whole(string Column) : SqlColumn(FeelType.NumberType, Column);

    /// <summary>A yes or no: 1 and 0 in SQLite, boolean in PostgreSQL.</summary>
    public sealed record YesNo(string Column) : SqlColumn(FeelType.YesNoType, Column);

    /// <summary>A day as text, 2026-03-01.</summary>
    public sealed record Day(string Column) : SqlColumn(FeelType.DateType, Column);

    /// <summary>A moment in milliseconds since 1970, UTC.</summary>
    public sealed record Milliseconds(string Column) : SqlColumn(FeelType.DateTimeType, Column);

    /// <summary>A number kept as a whole number of its smallest parts, such as cents.</summary>
    /// <param name="Decimals">SQL that gives how many decimals those parts are.</param>
    public sealed record Scaled(string Column, string Decimals) : SqlColumn(FeelType.NumberType, Column);

    /// <summary>
    /// A member of a JSON object: numbers as JSON numbers, dates as 2026-03-01, moments in UTC as 2026-03-01T09:30:00Z, lists as
    /// arrays. A member of another kind than <see cref="SqlColumn.Type"/> says counts as null.
    /// </summary>
    /// <param name="Column">Text in SQLite, jsonb in PostgreSQL.</param>
    /// <param name="Path">The names that lead to it, of letters, digits and hyphens.</param>
    public sealed record Json(string Column, ImmutableArray<string> Path, FeelType Of) : SqlColumn(Of, Column);

    /// <summary>A name that is known and can't be searched by.</summary>
    /// <param name="Reason">In a sentence.</param>
    public sealed record Refused(FeelType Of, string Reason) : SqlColumn(Of, "");
}

/// <summary>
/// What a filter over one kind of row can name. A name with a dot (<c>prospect.city</c>) is a part of a context.
/// </summary>
public sealed class SqlColumns
{
    private readonly ImmutableSortedDictionary<string, SqlColumn> columns;

    public SqlColumns(IEnumerable<KeyValuePair<string, SqlColumn>> columns)
    {
        this.columns = columns.ToImmutableSortedDictionary(StringComparer.Ordinal);
        Scope = new TypeScope(Types());
    }

    /// <summary>The names with their types, for the compiler and for editors.</summary>
    public TypeScope Scope { get; }

    internal SqlColumn? Find(string path) => columns.GetValueOrDefault(path);

    private Dictionary<string, FeelType> Types() => columns
        .GroupBy(c => c.Key.Split('.')[0], StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.First() is { Key: var name, Value.Type: var type } && name == g.Key ? type
            : new FeelType.Context(g.ToImmutableDictionary(c => c.Key[(g.Key.Length + 1)..], c => c.Value.Type), Closed: true), StringComparer.Ordinal);
}
