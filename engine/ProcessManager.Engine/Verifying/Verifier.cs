using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Metadata;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Verifying;

namespace ProcessManager.Engine;

/// <summary>Something that should not be so.</summary>
/// <param name="Check">The invariant: <c>I5 history</c>.</param>
/// <param name="Where">The row: <c>project 7, history 12</c>.</param>
public sealed record Finding(string Check, string Where, string What)
{
    public override string ToString() => $"{Check}: {Where}: {What}";
}

/// <summary>
/// Checks that what the engine promises holds in a database file: it reads in one transaction, so that it can run beside a host, and
/// needs none.
/// </summary>
public static class Verifier
{
    /// <summary>More of one kind say nothing new.</summary>
    private const int MostOfOneCheck = 100;

    /// <returns>Nothing where all is well.</returns>
    public static Task<ImmutableArray<Finding>> VerifyAsync(string database, IModel model, TimeProvider clock, CancellationToken cancellation) =>
        Task.Run(() => Verify(database, model, clock, cancellation), cancellation);

    private static ImmutableArray<Finding> Verify(string database, IModel model, TimeProvider clock, CancellationToken cancellation)
    {
        if (!File.Exists(database)) { return [new Finding("I6 storage", database, "There is no such file.")]; }
        var findings = new Findings(MostOfOneCheck);
        try
        {
            var schema = new Schema(model);
            using var session = new ReadSession(new SqliteDialect(database).OpenReader());
            // One moment of the database, however long it takes and whoever writes meanwhile.
            session.Prepared("begin", 0).Run();
            StorageChecks.Run(session, findings);
            cancellation.ThrowIfCancellationRequested();
            if (session.Prepared(SqliteDialect.HasTable, 1).Set(0, schema.Projects.Name.Trim('"')).Number() == 0)
            {
                findings.Add("I6 storage", database, "It has no tables of Process Manager.");
            }
            else
            {
                RowChecks.Run(session, schema, clock.GetUtcNow(), findings);
                new ProjectChecks(session, schema, findings).Run(cancellation);
                cancellation.ThrowIfCancellationRequested();
                DocumentChecks.Run(session, schema, DocumentOptions.FolderBeside(database), findings);
            }
        }
        catch (SqliteException e)
        {
            findings.Add("I6 storage", database, e.Message);
        }

        return findings.All;
    }
}
