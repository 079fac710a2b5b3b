using System.Collections.Immutable;
using ProcessManager.Flow;
using ProcessManager.Flow.Testing;
using ProcessManager.Language;
using ProcessManager.Language.Time;
using Xunit;

namespace ProcessManager.Tests.Rehearsing;

/// <summary>Whole plans played through by chance.</summary>
public sealed class SimulationTests
{
    private static readonly Definitions Shipped = Tests.Plans.Repository.Definitions;
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Plans => [.. Shipped.PlanIds];

    [Theory, MemberData(nameof(Plans))]
    public void Every_shipped_plan_comes_to_an_end_without_faults_but_for_a_few_that_people_reopen_for_years(string id)
    {
        var projects = Play(id, 30);
        Assert.All(projects, p => Assert.True(
            p.End is not (SimulationEnd.Faulted or SimulationEnd.Unfinished) || p.Trouble == "it was not finished in time", $"{p.Number}: {p.Trouble}\n{p.Journal}"));
        Assert.InRange(projects.Count(p => p.End == SimulationEnd.Unfinished), 0, 3);

        // Long plans have a dozen ways out: where each is as likely as the way on, hardly anybody arrives.
        Assert.Contains(Play(id, 30, s => s with { Chances = s.Chances.SetItems(WaysOut(id)) }), p => p.End == SimulationEnd.Won);
    }

    [Fact]
    public void The_same_seed_gives_the_same_stories_and_another_one_others()
    {
        var first = Play("brochure-to-customer", 10).Select(p => p.Journal.ToString()).ToArray();
        Assert.Equal(first, Play("brochure-to-customer", 10).Select(p => p.Journal.ToString()));
        Assert.NotEqual(first, Play("brochure-to-customer", 10, s => s with { Seed = 2 }).Select(p => p.Journal.ToString()));
    }

    [Fact]
    public void Projects_more_or_fewer_change_nothing_for_the_first_but_who_shares_its_work()
    {
        var alone = Play("brochure-to-customer", 1)[0];
        var among = Play("brochure-to-customer", 20)[0];
        Assert.Equal((alone.End, alone.Started), (among.End, among.Started));
        Assert.Equal(alone.Visits.Select(v => v.Stage), among.Visits.Select(v => v.Stage));
    }

    [Fact]
    public void Chances_decide_how_often_an_outcome_comes()
    {
        Assert.All(Play("brochure-to-customer", 50, Chance("call-back.sale", 1)), p => Assert.Equal(SimulationEnd.Won, p.End));
        Assert.All(Play("brochure-to-customer", 50, Chance("call-back.not-interested", 1)), p => Assert.Equal(SimulationEnd.Lost, p.End));
        var won = Play("brochure-to-customer", 1000, s => s with
        {
            Chances = s.Chances.SetItem("call-back.sale", 0.3).SetItem("call-back.call-again", 0),
        }).Count(p => p.End == SimulationEnd.Won);
        Assert.InRange(won, 250, 350);
    }

    [Fact]
    public void Outcomes_without_a_chance_are_equally_likely()
    {
        var projects = Play(Tests.Flow.Plans.OfSteps("a: { task: A, outcomes: { x: , y: { close: lost, reason: price }, z: { close: cancelled, reason: nothing-to-do } } }"), 1500);
        Assert.All(projects.GroupBy(p => p.End), g => Assert.InRange(g.Count(), 430, 570));
        Assert.Equal(3, projects.Select(p => p.End).Distinct().Count());
    }

    [Fact]
    public void Work_takes_place_in_working_time_and_not_before_its_effort_has_passed()
    {
        var plan = Tests.Flow.Plans.OfSteps("a: { task: A, effort: 4 hours, due: 2 working days }");
        var projects = Play(plan, 200);
        var calendar = Tests.Flow.Plans.Definitions.Calendars["office"];
        Assert.All(projects, p =>
        {
            var done = Assert.Single(p.Work);
            Assert.Equal(TimeSpan.FromHours(4), done.Effort);
            Assert.True(calendar.WorkingTimeBetween(p.Started, done.At) >= TimeSpan.FromHours(4));
            Assert.True(calendar.IsWorkingTime(done.At) || calendar.IsWorkingTime(done.At.AddMinutes(-1)));
        });
        Assert.InRange(projects.Count(p => p.Work[0].Late) / 200.0, 0.05, 0.3);
    }

    [Fact]
    public void Work_of_a_group_is_shared_out_with_an_eye_on_the_other_projects()
    {
        var plan = Tests.Flow.Plans.OfSteps("a: { task: A, assign: group:finance, share: least-busy, due: 5 working days }");
        var people = Play(plan, 60).SelectMany(p => p.Work).GroupBy(w => w.Person).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(3, people.Count);
        Assert.All(people.Values, n => Assert.InRange(n, 10, 30));
    }

    [Fact]
    public void A_plan_that_goes_round_in_circles_is_told_and_does_not_hang()
    {
        var plan = Tests.Flow.Plans.OfSteps("a: { task: A, outcomes: { x: , again: { redo: a } } }");
        var project = Assert.Single(Play(plan, 1, Chance("a.again", 1)));
        Assert.True(project.End is SimulationEnd.Unfinished or SimulationEnd.Faulted);
        Assert.NotNull(project.Trouble);
    }

    [Fact]
    public void Stages_that_lead_to_each_other_for_ever_are_told_too()
    {
        var plan = Tests.Flow.Plans.OfSteps("a: { wait: 1 minute }\nb: { gate: x, after: a }\nc: { task: C, due: 24 months, outcomes: { x: , y: { close: won } } }\nd: { goto: two, after: b }", more: "two:\n  name: Two\n  steps:\n    e: { wait: 1 minute }\n    f: { task: F }\n    g: { goto: one, after: e }");
        Assert.Equal((SimulationEnd.Unfinished, "it goes round in circles"), (Play(plan, 1)[0].End, Play(plan, 1)[0].Trouble));
    }

    [Fact]
    public void What_waits_for_a_date_that_nobody_fills_gets_one()
    {
        var plan = Tests.Flow.Plans.OfSteps("a: { wait: at field:day }", "fields: { day: { kind: date } }");
        Assert.Equal(SimulationEnd.Won, Assert.Single(Play(plan, 1)).End);
    }

    [Fact]
    public void What_nobody_does_expires_where_its_outcome_is_thrown()
    {
        var plan = Tests.Flow.Plans.OfSteps("a: { task: A, expire: { after: 3 days, outcome: gone }, outcomes: { x: , gone: { close: lost, reason: price } } }");
        var project = Assert.Single(Play(plan, 1, Chance("a.gone", 1)));
        Assert.Equal((SimulationEnd.Lost, project.Started.AddDays(3)), (project.End, project.Ended!.Value));
        Assert.Empty(project.Work);
    }

    [Fact]
    public void Amounts_lie_on_all_sides_of_what_a_plan_compares_them_with()
    {
        var plan = Tests.Flow.Plans.OfSteps("""
            a: { task: A, form: [amount, cups] }
            big: { task: Big, after: a, when: amount >= 700000 }
            route: { decide: { inputs: [cups], rules: [["< 5", few], ["[5..900]", some], ["-", many]] }, after: a }
            few: { task: Few, after: route.few }
            some-cups: { task: Some, after: route.some }
            many: { task: Many, after: route.many }
            """, "fields: { cups: { kind: number, min: 0 } }");
        var steps = Play(plan, 200).SelectMany(p => p.Work).GroupBy(w => w.Step).ToDictionary(g => g.Key, g => g.Count());
        Assert.All(["big", "few", "some-cups", "many"], s => Assert.InRange(steps[s], 35, 140));
    }

    [Fact]
    public void The_figures_count_what_the_projects_did()
    {
        var projects = Play("brochure-to-customer", 100);
        var plan = PlanCompiler.Compile(Shipped, "brochure-to-customer").Plan!;
        var figures = SimulationFigures.Of(plan, projects, TimeZoneInfo.Utc);
        Assert.Equal(100, figures.Ends.Values.Sum());
        Assert.Equal(projects.Sum(p => p.Work.Length), figures.Workload.Sum(w => w.Tasks));
        Assert.Equal(1, figures.Stages[0].Reached);
        Assert.Equal(projects.Count(p => p.Visits.Any(v => v.Stage == "delivery")) / 100.0, figures.Stages[1].Reached);
        Assert.True(figures.FinishedAfter!.P10 <= figures.FinishedAfter.P50 && figures.FinishedAfter.P50 <= figures.FinishedAfter.P90);
        Assert.True(figures.Finish!.Value.P10 <= figures.Finish.Value.P90);
        Assert.All(figures.Workload, w => Assert.Equal(DayOfWeek.Monday, w.Week.DayOfWeek));
        Assert.Empty(figures.Troubles);
    }

    private static IEnumerable<KeyValuePair<string, double>> WaysOut(string id) =>
        from step in PlanCompiler.Compile(Shipped, id).Plan!.Steps
        from outcome in step.Outcomes
        where step.Kind.Work is not null && outcome.Effect is (Effect.Close or Effect.GoTo)
        select KeyValuePair.Create($"{step.Id}.{outcome.Id}", 0.02);

    private static Func<SimulationSettings, SimulationSettings> Chance(string outcome, double chance) => s => s with { Chances = s.Chances.SetItem(outcome, chance) };

    private static ImmutableArray<SimulatedProject> Play(string id, int projects, Func<SimulationSettings, SimulationSettings>? change = null)
    {
        var plan = PlanCompiler.Compile(Shipped, id).Plan!;
        var (start, diagnostics) = PlanTestCompiler.World(Shipped, plan, null);
        Assert.Empty(diagnostics);
        return Simulation.Run(plan, PlanTester.FactsOf(Shipped, plan, start), Settings(projects, start.By, change));
    }

    private static ImmutableArray<SimulatedProject> Play(Plan plan, int projects, Func<SimulationSettings, SimulationSettings>? change = null) =>
        Simulation.Run(plan, Tests.Flow.Plans.Facts, Settings(projects, "owen", change));

    private static SimulationSettings Settings(int projects, string by, Func<SimulationSettings, SimulationSettings>? change)
    {
        var settings = new SimulationSettings { Projects = projects, From = Monday, Every = new Duration(0, 0, TimeSpan.Zero, 1, TimeSpan.Zero, "1 working day"), By = by };
        return change is null ? settings : change(settings);
    }
}
