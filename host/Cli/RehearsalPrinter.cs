using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using ProcessManager.Flow;
using ProcessManager.Language;

namespace ProcessManager.Host.Cli;

/// <summary>Shows what came of a rehearsal: as tables for people, as JSON for programs.</summary>
internal sealed class RehearsalPrinter(Plan plan, TimeZoneInfo zone, ulong seed, TextWriter output)
{
    public void Table(ImmutableArray<SimulatedProject> projects, bool story)
    {
        var figures = SimulationFigures.Of(plan, projects, zone);
        var from = projects[0].Started;
        Line($"{plan.Name}: {figures.Projects} {(figures.Projects == 1 ? "project" : "projects")} from {Day(from)} (seed {seed})");
        Line("");
        if (projects is [var only]) { Single(only); }
        else { Many(figures); }
        Workload(figures);
        foreach (var (trouble, count) in figures.Troubles) { Line($"{count} × {trouble}"); }
        if (!story) { return; }
        Line("");
        output.Write(projects[0].Journal.ToString());
    }

    public void Json(ImmutableArray<SimulatedProject> projects)
    {
        var figures = SimulationFigures.Of(plan, projects, zone);
        var json = new JsonObject
        {
            ["plan"] = plan.Id,
            ["seed"] = seed,
            ["projects"] = figures.Projects,
            ["ends"] = new JsonObject(figures.Ends.Select(e => KeyValuePair.Create<string, JsonNode?>(Word(e.Key), e.Value))),
            ["finishedAfterDays"] = Spread(figures.FinishedAfter),
            ["finish"] = figures.Finish is { } finish ? new JsonObject { ["p10"] = finish.P10, ["p50"] = finish.P50, ["p90"] = finish.P90 } : null,
            ["late"] = Math.Round(figures.Late, 4),
            ["stages"] = new JsonArray([.. figures.Stages.Select(s => new JsonObject
            {
                ["stage"] = s.Stage, ["reached"] = Math.Round(s.Reached, 4), ["enteredAfterDays"] = Spread(s.EnteredAfter), ["days"] = Spread(s.Days),
                ["firstEntered"] = s.FirstEntered, ["lastLeft"] = s.LastLeft,
            })]),
            ["workload"] = new JsonArray([.. figures.Workload.Select(w => new JsonObject
            {
                ["person"] = w.Person, ["week"] = w.Week.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["tasks"] = w.Tasks, ["hours"] = Math.Round(w.Hours, 2),
            })]),
            ["troubles"] = new JsonArray([.. figures.Troubles.Select(t => new JsonObject { ["trouble"] = t.Trouble, ["projects"] = t.Projects })]),
        };
        output.WriteLine(json.ToJsonString(PlanTestJson.Indented));
    }

    private void Single(SimulatedProject project)
    {
        foreach (var visit in project.Visits)
        {
            Line($"  {NameOf(visit.Stage),-24} {Moment(visit.Entered)}  –  {(visit.Left is { } left ? Moment(left) : "open")}");
        }

        Line($"  {Word(project.End)}{(project.Ended is { } ended ? $" on {Moment(ended)}, after {(ended - project.Started).TotalDays.ToString("0.#", CultureInfo.InvariantCulture)} days" : "")}");
    }

    private void Many(SimulationFigures figures)
    {
        Line($"  {"",-24} {"reached",8} {"entered after days",26} {"days in the stage",26}");
        Line($"  {"",-24} {"",8} {"10 %  half  90 %",26} {"10 %  half  90 %",26}");
        foreach (var stage in figures.Stages) { Line($"  {stage.Name,-24} {Percent(stage.Reached),8} {Numbers(stage.EnteredAfter),26} {Numbers(stage.Days),26}"); }

        Line("");
        Line($"  {string.Join(", ", figures.Ends.Select(e => $"{Word(e.Key)} {Percent((double)e.Value / figures.Projects)}"))}; {Percent(figures.Late)} of the work was late");
        if (figures.FinishedAfter is { } days && figures.Finish is { } finish)
        {
            Line($"  closed after {days.P50.ToString("0.#", CultureInfo.InvariantCulture)} days (10 % by {days.P10.ToString("0.#", CultureInfo.InvariantCulture)}, 90 % by {days.P90.ToString("0.#", CultureInfo.InvariantCulture)})");
            Line($"  of those that close, 10 % have by {Day(finish.P10)}, half by {Day(finish.P50)}, 90 % by {Day(finish.P90)}");
        }
    }

    /// <summary>Hours by person and week; a person's row holds every week, so that gaps are seen.</summary>
    private void Workload(SimulationFigures figures)
    {
        if (figures.Workload.IsEmpty) { return; }
        const int mostWeeks = 12;
        var weeks = figures.Workload.Select(w => w.Week).Distinct().Order().ToList();
        Line("");
        Line($"  {"hours a week",-24} {string.Join(" ", weeks.Take(mostWeeks).Select(w => $"{w.ToString("d MMM", CultureInfo.InvariantCulture),7}"))}{(weeks.Count > mostWeeks ? $"  … {weeks.Count - mostWeeks} more" : "")}");
        foreach (var person in figures.Workload.GroupBy(w => w.Person).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var hours = person.ToDictionary(w => w.Week, w => w.Hours);
            Line($"  {person.Key,-24} {string.Join(" ", weeks.Take(mostWeeks).Select(w => $"{(hours.TryGetValue(w, out var h) ? h.ToString("0.#", CultureInfo.InvariantCulture) : "·"),7}"))}");
        }

        Line("");
    }

    private void Line(string text) => output.WriteLine(text.TrimEnd());

    private string NameOf(string stage) => plan.FindStage(stage)?.Name ?? stage;

    private string Moment(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("ddd d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    private string Day(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Word(SimulationEnd end) => end.ToString().ToLowerInvariant();

    private static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    private static string Numbers(Spread? spread) => spread is null ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{spread.P10:0.0}  {spread.P50:0.0}  {spread.P90:0.0}");

    private static JsonObject? Spread(Spread? spread) => spread is null ? null
        : new JsonObject { ["p10"] = Math.Round(spread.P10, 3), ["p50"] = Math.Round(spread.P50, 3), ["p90"] = Math.Round(spread.P90, 3) };
}
