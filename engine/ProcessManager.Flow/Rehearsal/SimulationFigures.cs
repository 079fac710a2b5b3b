using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>Three values between which projects lie: one in ten below the first, half below the second, one in ten above the third.</summary>
public sealed record Spread(double P10, double P50, double P90)
{
    /// <summary>Null for no values.</summary>
    public static Spread? Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? null : new Spread(At(sorted, 0.1), At(sorted, 0.5), At(sorted, 0.9));
    }

    private static double At(double[] sorted, double share) => sorted[(int)Math.Round(share * (sorted.Length - 1), MidpointRounding.AwayFromZero)];
}

/// <summary>One stage over all simulated projects.</summary>
/// <param name="Reached">The share of projects that came here, 0–1.</param>
/// <param name="EnteredAfter">Days from the project's start to its first entry.</param>
/// <param name="Days">Days spent here, over all visits.</param>
/// <param name="FirstEntered">The first of all entries; null where nobody came.</param>
public sealed record StageFigures(string Stage, string Name, double Reached, Spread? EnteredAfter, Spread? Days, DateTimeOffset? FirstEntered, DateTimeOffset? LastLeft);

/// <summary>The work of one person in one week.</summary>
/// <param name="Week">The Monday.</param>
public sealed record WorkloadFigures(string Person, DateOnly Week, int Tasks, double Hours);

/// <summary>What came of a simulation, in figures.</summary>
/// <param name="Ends">The number of projects by end; only ends that came.</param>
/// <param name="FinishedAfter">Days from start to close, of the closed ones.</param>
/// <param name="Finish">The moments by which a tenth, half and nine tenths of the closed projects had closed.</param>
/// <param name="Late">The share of work that was done after its due moment, 0–1.</param>
/// <param name="Troubles">Why projects faulted or stood still, and how many.</param>
public sealed record SimulationFigures(
    int Projects, ImmutableSortedDictionary<SimulationEnd, int> Ends, Spread? FinishedAfter, (DateTimeOffset P10, DateTimeOffset P50, DateTimeOffset P90)? Finish, double Late,
    ImmutableArray<StageFigures> Stages, ImmutableArray<WorkloadFigures> Workload, ImmutableArray<(string Trouble, int Projects)> Troubles)
{
    public static SimulationFigures Of(Plan plan, IReadOnlyList<SimulatedProject> projects, TimeZoneInfo zone)
    {
        var work = projects.SelectMany(p => p.Work).ToList();
        DateTimeOffset[] ended = [.. projects.Where(p => p.End is SimulationEnd.Won or SimulationEnd.Lost or SimulationEnd.Cancelled).Select(p => p.Ended).OfType<DateTimeOffset>().Order()];
        return new SimulationFigures(
            projects.Count,
            projects.GroupBy(p => p.End).ToImmutableSortedDictionary(g => g.Key, g => g.Count()),
            Spread.Of(projects.Where(p => p.Ended is not null).Select(p => (p.Ended!.Value - p.Started).TotalDays)),
            ended.Length == 0 ? null : (At(ended, 0.1), At(ended, 0.5), At(ended, 0.9)),
            work.Count == 0 ? 0 : (double)work.Count(w => w.Late) / work.Count,
            [.. plan.Stages.Select(s => Stage(s, projects))],
            [.. work.GroupBy(w => (w.Person, Week: Monday(w.At, zone))).OrderBy(g => g.Key.Week).ThenBy(g => g.Key.Person, StringComparer.Ordinal)
                .Select(g => new WorkloadFigures(g.Key.Person, g.Key.Week, g.Count(), g.Sum(w => w.Effort.TotalHours)))],
            [.. projects.Select(p => p.Trouble).OfType<string>().GroupBy(t => t).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.Count()))]);
    }

    private static StageFigures Stage(Stage stage, IReadOnlyList<SimulatedProject> projects)
    {
        var came = projects.Select(p => (p.Started, Visits: p.Visits.Where(v => v.Stage == stage.Id).ToList())).Where(p => p.Visits.Count > 0).ToList();
        return new StageFigures(
            stage.Id, stage.Name, (double)came.Count / projects.Count,
            Spread.Of(came.Select(p => (p.Visits[0].Entered - p.Started).TotalDays)),
            Spread.Of(came.Where(p => p.Visits.TrueForAll(v => v.Left is not null)).Select(p => p.Visits.Sum(v => (v.Left!.Value - v.Entered).TotalDays))),
            came.Count == 0 ? null : came.Min(p => p.Visits[0].Entered), came.Max(p => p.Visits[^1].Left));
    }

    private static DateTimeOffset At(DateTimeOffset[] sorted, double share) => sorted[(int)Math.Round(share * (sorted.Length - 1), MidpointRounding.AwayFromZero)];

    private static DateOnly Monday(DateTimeOffset at, TimeZoneInfo zone)
    {
        var day = TimeZoneInfo.ConvertTime(at, zone).Date;
        return DateOnly.FromDateTime(day).AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }
}
