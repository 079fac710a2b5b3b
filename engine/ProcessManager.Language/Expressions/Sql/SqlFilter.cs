using System.Collections.Immutable;

namespace ProcessManager.Language.Expressions;

/// <summary>A condition in SQL. It is true for the rows that the expression holds for; false or null for the others.</summary>
/// <param name="Text">With the names of its parameters where values stand; nothing that a person wrote is in it.</param>
public sealed record SqlFilter(string Text, ImmutableArray<SqlParameter> Parameters);

/// <param name="Name">With its sign: <c>@x0</c>.</param>
/// <param name="Value">A <see cref="string"/>, <see cref="long"/> or, for PostgreSQL, <see cref="decimal"/>.</param>
public readonly record struct SqlParameter(string Name, object Value);

/// <summary>
/// The door from expressions to SQL: the typed tree that is evaluated in memory, written as a condition that gives the same answer.
/// What gives no same answer is refused with the reason, when it is written. On SQLite the connection needs
/// <see cref="SqlFunctions"/>.
/// </summary>
public static class SqlTranslation
{
    /// <summary>Compiles a condition and translates it.</summary>
    /// <param name="now">What <c>now()</c> and <c>today()</c> give.</param>
    /// <param name="zone">Where days begin, and where moments without an offset lie.</param>
    /// <returns>Null where there are errors.</returns>
    public static SqlFilter? Compile(
        SourceText text, SqlColumns columns, SqlTarget target, DateTimeOffset now, TimeZoneInfo zone, ICollection<Diagnostic> diagnostics) =>
        ExpressionCompiler.Compile(text, columns.Scope, FeelType.YesNoType, diagnostics) is { } expression
            ? Translate(expression, text, columns, target, now, zone, diagnostics)
            : null;

    /// <summary>Translates a condition that was compiled in the scope of these columns, or in a wider one.</summary>
    /// <param name="source">The text that it was compiled from.</param>
    public static SqlFilter? Translate(
        Expression expression, SourceText source, SqlColumns columns, SqlTarget target, DateTimeOffset now, TimeZoneInfo zone,
        ICollection<Diagnostic> diagnostics)
    {
        var reporter = new Reporter(source, diagnostics);
        var writer = target == SqlTarget.Sqlite ? (SqlWriter)new SqliteWriter(zone) : new PostgresWriter(zone);
        return new SqlTranslator(expression, columns, writer, now, zone, reporter).Translate();
    }
}
