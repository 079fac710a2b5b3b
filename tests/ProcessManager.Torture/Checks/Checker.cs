using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Host.Data;
using ProcessManager.Torture.Hosting;
using ProcessManager.Torture.Load;

namespace ProcessManager.Torture.Checks;

/// <summary>All that must hold after a run: the product's own verifier, and the test's second opinion.</summary>
internal static class Checker
{
    /// <returns>A sentence for each thing that should not be so; nothing where all is well.</returns>
    public static async Task<IReadOnlyList<string>> CheckAsync(Installation installation, IReadOnlyList<Entry> ledger, CancellationToken cancellation)
    {
        await using var db = new SqliteDb(new DbContextOptionsBuilder<SqliteDb>().UseSqlite($"Data Source={installation.Database}").Options);
        List<string> findings = [.. (await Verifier.VerifyAsync(installation.Database, db.Model, TimeProvider.System, cancellation)).Select(f => f.ToString())];
        Snapshot snapshot;
        try { snapshot = Snapshot.Read(installation.Database); }
        catch (SqliteException unreadable)
        {
            findings.Add($"I6: the file can't be read: {unreadable.Message}");
            return findings;
        }

        LedgerChecks.Run(snapshot, ledger, findings);
        FlowChecks.Run(snapshot, findings);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        TimeChecks.Run(snapshot, now, findings);
        OutboxChecks.Run(snapshot, installation.Mails, now, findings);
        return findings;
    }
}
