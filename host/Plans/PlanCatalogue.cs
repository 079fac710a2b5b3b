using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;

namespace ProcessManager.Host.Plans;

/// <summary>A plan as the catalogue shows it.</summary>
/// <param name="Number">The version in force; null while there is none.</param>
/// <param name="Live">Open projects of it that the reader may see.</param>
public sealed record PlanLine(string Id, string Name, string? Type, int? Number, DateTimeOffset? PublishedAt, int Live, string? Problem);

/// <summary>A version without its sources.</summary>
/// <param name="Live">Open projects that run on it and that the reader may see.</param>
public sealed record PlanVersionLine(long Id, int Number, DateTimeOffset PublishedAt, string? PublishedBy, string? Note, string? Commit, int Live);

/// <summary>Reads what is known of plans and their versions.</summary>
public sealed class PlanCatalogue(IDbContextFactory<ProcessManagerDb> databases)
{
    public async Task<IReadOnlyList<PlanLine>> AllAsync(Visible visible, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var live = await visible.Projects(db).Where(p => p.Result == null).GroupBy(p => p.Plan).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var plans = await (from plan in db.Set<PlanRow>().AsNoTracking()
                           join version in db.Set<PlanVersionRow>() on plan.VersionId equals version.Id into versions
                           from version in versions.DefaultIfEmpty()
                           orderby plan.Name, plan.Id
                           select new { plan.Id, plan.Name, plan.Type, plan.Problem, Number = (int?)version.Number, PublishedAt = (DateTimeOffset?)version.PublishedAt })
            .ToListAsync(cancellation);
        return plans.ConvertAll(p => new PlanLine(p.Id, p.Name, p.Type, p.Number, p.PublishedAt, live.GetValueOrDefault(p.Id), p.Problem));
    }

    /// <summary>Null where there is no such plan.</summary>
    public async Task<PlanRow?> FindAsync(string plan, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<PlanRow>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == plan, cancellation);
    }

    /// <summary>The versions of a plan, the newest first.</summary>
    public async Task<IReadOnlyList<PlanVersionLine>> VersionsAsync(string plan, Visible visible, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var live = await visible.Projects(db).Where(p => p.Result == null && p.Plan == plan).GroupBy(p => p.PlanVersionId).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var versions = await db.Set<PlanVersionRow>().AsNoTracking().Where(v => v.Plan == plan).OrderByDescending(v => v.Number)
            .Select(v => new { v.Id, v.Number, v.PublishedAt, v.PublishedBy, v.Note, v.Commit }).ToListAsync(cancellation);
        return versions.ConvertAll(v => new PlanVersionLine(v.Id, v.Number, v.PublishedAt, v.PublishedBy, v.Note, v.Commit, live.GetValueOrDefault(v.Id)));
    }

    /// <summary>The files that a version was made from, by path; null where there is no such version.</summary>
    public async Task<(PlanVersionRow Row, IReadOnlyDictionary<string, string> Files)?> SourcesAsync(string plan, int number, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await db.Set<PlanVersionRow>().AsNoTracking().FirstOrDefaultAsync(v => v.Plan == plan && v.Number == number, cancellation) is not { } row) return null;
        var files = JsonSerializer.Deserialize<Dictionary<string, byte[]>>(row.Sources)!
            .ToDictionary(f => f.Key, f => Readable(f.Value), StringComparer.Ordinal);
        return (row, files);
    }

    /// <summary>A Word template and other documents are no text to be shown.</summary>
    private static string Readable(byte[] content) => Array.IndexOf(content, (byte)0) < 0
        ? Encoding.UTF8.GetString(content)
        : string.Create(CultureInfo.InvariantCulture, $"(a file of {content.Length} bytes that isn't text)");
}
