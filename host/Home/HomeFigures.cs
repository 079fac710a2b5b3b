using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;

namespace ProcessManager.Host.Home;

/// <summary>Open projects of some owners in one stage.</summary>
/// <param name="Place">The stage's place in its plan, for the order.</param>
/// <param name="Weighted">Amount times probability, in minor units, by currency.</param>
public sealed record StageFigure(string Plan, string PlanName, string Stage, string StageName, int Place, int Count, IReadOnlyDictionary<string, long> Weighted);

/// <summary>What open projects are worth in one currency, in minor units.</summary>
/// <param name="Weighted">Each amount times its probability.</param>
public sealed record Forecast(string Currency, long Total, long Weighted, int Projects);

/// <summary>Counts and sums of the open projects that somebody owns, for the first page.</summary>
internal sealed class HomeFigures(IDbContextFactory<ProcessManagerDb> databases, ProcessEngine engine)
{
    /// <summary>By plan and stage, in the order of the plans.</summary>
    public async Task<IReadOnlyList<StageFigure>> StagesAsync(ClaimsPrincipal reader, IReadOnlyCollection<string> owners, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var sums = await Open(db, reader, owners).GroupBy(p => new { p.Plan, p.Stage, p.Currency })
            .Select(g => new { g.Key.Plan, g.Key.Stage, g.Key.Currency, Count = g.Count(), Weighted = g.Sum(p => p.AmountMinor * p.Probability) })
            .ToListAsync(cancellation);
        return [.. sums.GroupBy(s => (s.Plan, s.Stage)).Select(g => Named(g.Key.Plan, g.Key.Stage ?? "", g.Sum(s => s.Count),
                g.Where(s => s is { Currency: not null, Weighted: > 0 }).ToDictionary(s => s.Currency!, s => s.Weighted!.Value / 100)))
            .OrderBy(f => f.PlanName, StringComparer.CurrentCulture).ThenBy(f => f.Place)];
    }

    /// <summary>By currency.</summary>
    public async Task<IReadOnlyList<Forecast>> ForecastAsync(ClaimsPrincipal reader, IReadOnlyCollection<string> owners, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var sums = await Open(db, reader, owners).Where(p => p.Currency != null && p.AmountMinor != null).GroupBy(p => p.Currency!)
            .Select(g => new { Currency = g.Key, Total = g.Sum(p => p.AmountMinor!.Value), Weighted = g.Sum(p => p.AmountMinor!.Value * p.Probability), Count = g.Count() })
            .ToListAsync(cancellation);
        return [.. sums.OrderByDescending(s => s.Count).Select(s => new Forecast(s.Currency, s.Total, s.Weighted / 100, s.Count))];
    }

    private static IQueryable<ProjectRow> Open(ProcessManagerDb db, ClaimsPrincipal reader, IReadOnlyCollection<string> owners) =>
        Visible.To(reader).Projects(db).Where(p => p.Result == null && owners.Contains(p.Owner));

    private StageFigure Named(string plan, string stage, int count, Dictionary<string, long> weighted)
    {
        // A stage that only older versions of the plan have keeps its id and stands last.
        var inForce = engine.PlanInForce(plan);
        var known = inForce?.FindStage(stage);
        return new StageFigure(plan, inForce?.Name ?? plan, stage, known?.Name ?? stage, known?.Index ?? int.MaxValue, count, weighted);
    }
}
