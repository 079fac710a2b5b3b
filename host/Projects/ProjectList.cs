using Microsoft.EntityFrameworkCore;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;
using ProcessManager.Language;
using ProcessManager.Language.Expressions;

namespace ProcessManager.Host.Projects;

/// <summary>A project as lists show it.</summary>
public sealed record ProjectLine(
    long Id, string Title, long? ProspectId, string Plan, string Type, string? Stage, string? Status, CloseResult? Result, string? Hold, string? Fault,
    int Probability, long? AmountMinor, string? Currency, DateOnly? ExpectedClose, string Owner, int OpenTasks)
{
    /// <summary>Name of the contact that it is about.</summary>
    public string? Prospect { get; init; }
}

/// <summary>What a list of projects is worth, in one currency.</summary>
/// <param name="WeightedMinor">Amounts times probability, in minor units.</param>
public sealed record ProjectTotal(string Currency, int Count, long AmountMinor, long WeightedMinor);

/// <summary>One page of a list of projects.</summary>
/// <param name="Previous">Place before which the page before ends; null on the first.</param>
/// <param name="Next">Place behind which the page after begins; null on the last.</param>
public sealed record ProjectLines(IReadOnlyList<ProjectLine> Lines, string? Previous, string? Next, IReadOnlyList<ProjectTotal> Totals);

/// <summary>Reads lists of projects by keyset: a page costs the same wherever in the list it is.</summary>
internal sealed class ProjectList(IDbContextFactory<ProcessManagerDb> databases)
{
    private const int PageSize = 50;

    /// <param name="condition">What <see cref="ProjectFilter.Where"/> means; null where it is empty.</param>
    public async Task<ProjectLines> ReadAsync(ProjectFilter filter, SqlFilter? condition, Visible visible, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var wanted = Where(visible.Projects(db, condition is null ? db.Set<ProjectRow>() : await ProjectSearch.AmongAsync(db, condition, cancellation)), filter);
        var (after, before) = (ProjectPlace.Read(filter.After), ProjectPlace.Read(filter.Before));
        var backwards = after is null && before is not null;
        var found = await Ordered(wanted, filter.Order, backwards, after ?? before).Take(PageSize + 1)
            .Select(p => new ProjectLine(
                p.Id, p.Title, p.ProspectId, p.Plan, p.Type, p.Stage, p.Status, p.Result, p.HoldReason, p.Fault,
                p.Probability, p.AmountMinor, p.Currency, p.ExpectedClose, p.Owner, p.OpenTasks))
            .ToListAsync(cancellation);

        var more = found.Count > PageSize;
        var lines = found.Take(PageSize).ToList();
        if (backwards) lines.Reverse();
        var hasPrevious = backwards ? more : after is not null;
        var hasNext = backwards || more;
        return new ProjectLines(
            await NamedAsync(db, lines, cancellation),
            hasPrevious && lines.Count > 0 ? PlaceOf(lines[0], filter.Order).ToString() : null,
            hasNext && lines.Count > 0 ? PlaceOf(lines[^1], filter.Order).ToString() : null,
            // Summing reads every row of the filter: only where an index makes that few.
            filter is { Owner: not null, State: "open" } ? await TotalsAsync(wanted, cancellation) : []);
    }

    private static IQueryable<ProjectRow> Where(IQueryable<ProjectRow> projects, ProjectFilter filter)
    {
        if (filter.State == "open") projects = projects.Where(p => p.Result == null);
        else if (filter.Result is { } result) projects = projects.Where(p => p.Result == result);
        if (filter.Plan is { } plan) projects = projects.Where(p => p.Plan == plan);
        if (filter.Type is { } type) projects = projects.Where(p => p.Type == type);
        if (filter.Stage is { } stage) projects = projects.Where(p => p.Stage == stage);
        if (filter.Status is { } status) projects = projects.Where(p => p.Status == status);
        if (filter.Owner is { } owner) projects = projects.Where(p => p.Owner == owner);
        if (filter.Text is { } text) projects = projects.Where(p => EF.Functions.Like(p.Title, Pattern(text), "\\"));
        return filter.Order == ProjectOrder.Close ? projects.Where(p => p.ExpectedClose != null) : projects;
    }

    private static string Pattern(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";

    private static IQueryable<ProjectRow> Ordered(IQueryable<ProjectRow> projects, ProjectOrder order, bool backwards, ProjectPlace? place)
    {
        if (order == ProjectOrder.Close) return ByClose(projects, backwards, place);
        var descending = (order == ProjectOrder.Newest) != backwards;
        if (place is { Id: var id }) projects = descending ? projects.Where(p => p.Id < id) : projects.Where(p => p.Id > id);
        return descending ? projects.OrderByDescending(p => p.Id) : projects.OrderBy(p => p.Id);
    }

    private static IQueryable<ProjectRow> ByClose(IQueryable<ProjectRow> projects, bool backwards, ProjectPlace? place)
    {
        if (place is { Close: { } day, Id: var id })
        {
            projects = backwards
                ? projects.Where(p => p.ExpectedClose < day || (p.ExpectedClose == day && p.Id < id))
                : projects.Where(p => p.ExpectedClose > day || (p.ExpectedClose == day && p.Id > id));
        }

        return backwards
            ? projects.OrderByDescending(p => p.ExpectedClose).ThenByDescending(p => p.Id)
            : projects.OrderBy(p => p.ExpectedClose).ThenBy(p => p.Id);
    }

    private static ProjectPlace PlaceOf(ProjectLine line, ProjectOrder order) =>
        new(order == ProjectOrder.Close ? line.ExpectedClose : null, line.Id);

    private static async Task<IReadOnlyList<ProjectLine>> NamedAsync(ProcessManagerDb db, List<ProjectLine> lines, CancellationToken cancellation)
    {
        var ids = lines.Select(l => l.ProspectId).OfType<long>().Distinct().ToList();
        var names = await db.Set<ContactRow>().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Name }).ToDictionaryAsync(c => c.Id, c => c.Name, cancellation);
        return lines.ConvertAll(l => l.ProspectId is { } id ? l with { Prospect = names.GetValueOrDefault(id) } : l);
    }

    private static async Task<IReadOnlyList<ProjectTotal>> TotalsAsync(IQueryable<ProjectRow> wanted, CancellationToken cancellation) =>
        await wanted.Where(p => p.AmountMinor != null && p.Currency != null)
            .GroupBy(p => p.Currency!)
            .Select(g => new ProjectTotal(g.Key, g.Count(), g.Sum(p => p.AmountMinor!.Value), g.Sum(p => p.AmountMinor!.Value * p.Probability) / 100))
            .ToListAsync(cancellation);
}
