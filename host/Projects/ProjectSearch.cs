using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProcessManager.Engine;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Data;
using ProcessManager.Host.Shell;
using ProcessManager.Language;
using ProcessManager.Language.Expressions;

namespace ProcessManager.Host.Projects;

/// <summary>
/// Finds projects by a condition in the language of plans, answered by the database: <c>amount &gt; 10000 and prospect.country = "AT"</c>.
/// It knows the built-in fields and, where one plan is asked for, the fields of its version in force.
/// </summary>
internal sealed class ProjectSearch(ProcessEngine engine, Installation installation)
{
    /// <summary>The length of a condition, in characters: it stands in an address.</summary>
    public const int MaxLength = 2_000;

    private static readonly string Decimals =
        $"case p.currency {string.Join(' ', Money.Unusual.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"when '{c.Key}' then {c.Value}"))} else 2 end";

    private static readonly ImmutableSortedDictionary<string, SqlColumn> BuiltIn = new Dictionary<string, SqlColumn>
    {
        ["title"] = new SqlColumn.Text("p.title"),
        ["amount"] = new SqlColumn.Scaled("p.amount_minor", Decimals),
        ["expected-close"] = new SqlColumn.Day("p.expected_close"),
        ["owner"] = new SqlColumn.Text("p.owner"),
        ["source-code"] = new SqlColumn.Text("p.source_code"),
        ["probability"] = new SqlColumn.Whole("p.probability"),
        ["stage"] = new SqlColumn.Text("p.stage"),
        ["status"] = new SqlColumn.Text("p.status"),
        ["started"] = new SqlColumn.Milliseconds("p.started_at"),
        ["closed"] = new SqlColumn.Milliseconds("p.closed_at"),
        ["close-reason"] = new SqlColumn.Text("p.close_reason"),
        ["prospect.name"] = OfProspect("name"),
        ["prospect.kind"] = OfProspect("kind", "case c.kind when 0 then 'individual' when 1 then 'organisation' when 2 then 'department' when 3 then 'company' when 4 then 'family' end"),
        ["prospect.email"] = OfProspect("email"),
        ["prospect.phone"] = OfProspect("phone"),
        ["prospect.city"] = OfProspect("city"),
        ["prospect.country"] = OfProspect("country"),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static SqlColumn.Text OfProspect(string column, string? sql = null) =>
        new($"(select {sql ?? $"c.{column}"} from contacts c where c.id = p.prospect_id)");

    /// <summary>Reads a condition.</summary>
    /// <param name="plan">The plan whose fields it may name; null: the built-in ones alone.</param>
    /// <param name="reader">Whose days and whose now it speaks of.</param>
    /// <returns>Null with what is wrong.</returns>
    public SqlFilter? Read(string condition, string? plan, Reader reader, out IReadOnlyList<Diagnostic> problems)
    {
        var found = new List<Diagnostic>();
        problems = found;
        var text = SourceText.Of(condition);
        if (condition.Length > MaxLength)
        {
            found.Add(Errors.ExpressionTooLong.At(text.At(MaxLength, condition.Length - MaxLength), $"A condition has at most {MaxLength} characters; this one has {condition.Length}."));
            return null;
        }

        return SqlTranslation.Compile(text, Columns(plan), Target, reader.Now, reader.Zone, found);
    }

    private SqlTarget Target => installation.PostgresConnection is null ? SqlTarget.Sqlite : SqlTarget.Postgres;

    private SqlColumns Columns(string? plan)
    {
        var columns = BuiltIn.ToBuilder();
        foreach (var field in plan is null ? [] : engine.PlanInForce(plan)?.Fields ?? [])
        {
            // The amount has a column of its own, which needs no state to be read.
            if (field.Id == "amount" && field.Kind == FieldKind.Money) { continue; }
            columns[field.Id] = field.Sensitive
                ? new SqlColumn.Refused(field.Type, $"“{field.Id}” is sensitive: nothing is found by it.")
                : new SqlColumn.Json(Target == SqlTarget.Sqlite ? "cast(p.state as text)" : "convert_from(p.state, 'UTF8')::jsonb", ["fields", field.Id], field.Type);
        }

        return new SqlColumns(columns.ToImmutable());
    }

    /// <summary>The projects for which the condition holds, to be asked further. Opens the context's connection.</summary>
    public static async Task<IQueryable<ProjectRow>> AmongAsync(ProcessManagerDb db, SqlFilter condition, CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation);
        var sqlite = db.Database.GetDbConnection() as SqliteConnection;
        sqlite?.AddExpressionFunctions();
        object[] parameters = [.. condition.Parameters.Select(p => sqlite is null ? (object)new NpgsqlParameter(p.Name, p.Value) : new SqliteParameter(p.Name, p.Value))];

        // The text is the translation's own: what people wrote stands in parameters alone.
#pragma warning disable EF1002
        return db.Set<ProjectRow>().FromSqlRaw($"select p.* from projects p where {condition.Text}", parameters);
#pragma warning restore EF1002
    }
}
