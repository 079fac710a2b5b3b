using ProcessManager.Flow;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>What people may do past the plan.</summary>
public class PowerTests
{
    private const string Steps = """
        a: { task: A, probability: 20 }
        b: { task: B, after: a, when: amount > 10 }
        c: { task: C, after: b, due: 1 day, outcomes: { fine: , stop: { close: lost, reason: price } } }
        d: { task: D, after: c }
        """;

    [Fact]
    public void A_done_or_passed_step_is_reopened_with_what_rests_on_it_ignoring_its_condition()
    {
        var project = Project.Of(Steps).Complete("a");
        Assert.Equal(["b", "c"], Stepper.SetsBack(project.Plan, project.State, project.Facts, "b").ToArray());
        project.Do(new Command.Reopen("b", "Forgot something") { Actor = "owen" });
        Assert.Equal(("open", 2, "waiting"), (project.Phase("b"), project["b"].Occurrence, project.Phase("c")));
        Assert.Contains(project.Latest.OfType<FlowEvent.StepSetBack>(), e => e.Step == "c" && e.By == "owen" && e.Why!.Note == "Forgot something");
        Assert.Equal(("open", 2), (project.Complete("b").Phase("c"), project["c"].Occurrence));
    }

    [Fact]
    public void Open_dead_and_cancelled_steps_and_those_of_other_stages_are_not_reopened()
    {
        var project = Project.Of("a: { task: A, outcomes: [yes, no] }\nb: { task: B, after: a.yes }\nc: { task: C, after: a.no }", more: "two: { name: Two, steps: { x: { task: X } } }").Complete("a", "no");
        project.Refuses(new Command.Reopen("c", "x"), Refusal.Invalid, "is open");
        project.Refuses(new Command.Reopen("b", "x"), Refusal.Invalid, "is dead");
        project.Refuses(new Command.Reopen("x", "x"), Refusal.Conflict, "stage");
        project.Refuses(new Command.Reopen("a", " "), Refusal.Invalid, "why");
        Assert.Empty(Stepper.SetsBack(project.Plan, project.State, project.Facts, "b"));
    }

    [Fact]
    public void History_says_who_did_it_and_why()
    {
        var project = Project.Of("a: { task: A }\nb: { task: B, after: a }", more: "two:\n  name: Two\n  steps:\n    z: { task: Z }").Complete("a");
        project.Do(new Command.Reopen("a", " a mistake in it ") { Actor = "mia" });
        Assert.Equal(("reopened by Mia Manager", "a mistake in it"), Said(project.Latest.OfType<FlowEvent.StepSetBack>().First()));
        project.Do(new Command.MoveTo("two", "they signed already") { Actor = "mia" });
        Assert.Equal(("moved by Mia Manager", "they signed already"), Said(project.Latest.OfType<FlowEvent.StageEntered>().Single()));
        Assert.Equal(("moved by Mia Manager", "they signed already"), Said(project.Latest.OfType<FlowEvent.StepSettled>().First()));

        static (string, string?) Said(FlowEvent e) => (e.Why!.Rule, e.Why.Note);
    }

    [Fact]
    public void Letters_requests_and_children_are_asked_for_again_when_reopened_each_under_a_key_of_its_own()
    {
        var project = Project.Of("s: { letter: quote }\nd: { start: deliver-order, after: s }\nb: { task: B, after: d }")
            .Do(new Command.Filed("s", 1, null, "doc", "n")).Do(new Command.ChildStarted("d", 1, null, "c"));
        project.Do(new Command.Reopen("s", "a mistake in it") { Actor = "owen" });
        Assert.Equal(("open", 2, "waiting", "waiting"), (project.Phase("s"), project["s"].Occurrence, project.Phase("d"), project.Phase("b")));
        project.Do(new Command.Filed("s", 2, null, "doc2", "n"));
        Assert.Equal(2, project.Events<FlowEvent.LetterRequested>().Select(e => e.Key).Distinct().Count());
        Assert.Equal(2, project.Events<FlowEvent.ChildRequested>().Select(e => e.Key).Distinct().Count());
    }

    [Fact]
    public void What_closing_cancelled_of_them_is_asked_for_again_when_the_project_is_opened_again()
    {
        var project = Project.Of("s: { letter: quote }\nr: { receive: x }\nd: { start: deliver-order, until: closed }\nb: { task: B, after: [s, r, d] }").Do(new Command.ChildStarted("d", 1, null, "c"));
        project.Now = project.Now.AddHours(1);
        project.Do(new Command.Close(CloseResult.Lost, null, null) { Actor = "owen" });
        Assert.Equal("c", project.Latest.OfType<FlowEvent.ChildDropped>().Single().Child);
        project.Do(new Command.ReopenProject(null, "they called") { Actor = "owen" });
        Assert.Equal(("open", "open", "open", null), (project.Phase("s"), project.Phase("r"), project.Phase("d"), project["d"].Child));
        Assert.Equal(2, project.Events<FlowEvent.ChildRequested>().Select(e => e.Key).Distinct().Count());
        project.Do(new Command.ChildClosed("d", 1, null, "c", CloseResult.Cancelled));
        Assert.Equal("open", project.Phase("d"));
    }

    [Fact]
    public void A_project_is_moved_to_another_stage_with_a_reason()
    {
        var project = Project.Of("a: { task: A, due: 1 day, remind: [at due] }", more: "two: { name: Two, probability: 50, steps: { x: { task: X } } }");
        project.Refuses(new Command.MoveTo("three", "x"), Refusal.NotFound, "one or two");
        project.Do(new Command.MoveTo("two", "They signed already") { Actor = "owen" });
        Assert.Equal(("two", 50, "open"), (project.State.Stage, project.State.Probability, project.Phase("x")));
        Assert.Empty(project.State.Timers);
        Assert.Equal(("moved by Owen Owner", "They signed already"), (project.Latest.OfType<FlowEvent.StageEntered>().Single().Why!.Rule, project.Latest.OfType<FlowEvent.StageEntered>().Single().Why!.Note));
    }

    [Fact]
    public void A_closed_project_opens_again_where_it_closed_with_new_dates()
    {
        var project = Project.Of(Steps).Complete("a").Do(new Command.Close(CloseResult.Lost, "price", null) { Actor = "owen" });
        project.Now = Plans.Monday.AddDays(7);
        project.Do(new Command.ReopenProject(null, "They called again") { Actor = "owen" });
        Assert.Equal((null, "one", 20), (project.State.Closed, project.State.Stage, project.State.Probability));
        Assert.Equal(("open", 2, "waiting", "done"), (project.Phase("c"), project["c"].Occurrence, project.Phase("d"), project.Phase("a")));
        Assert.Equal(Plans.Monday.AddDays(8), project.Task("c").Due);
        Assert.Equal(CloseResult.Won, project.Complete("c", "fine").Complete("d").State.Closed);
    }

    [Fact]
    public void Where_nothing_is_left_to_do_a_stage_must_be_chosen()
    {
        var project = Project.Of("a: { task: A }", stage: "probability: 30").Complete("a");
        var before = project.State;
        project.Refuses(new Command.ReopenProject(null, "Again") { Actor = "owen" }, Refusal.Invalid, "choose a stage");
        Assert.Same(before, project.State);
        project.Do(new Command.ReopenProject("one", "Again") { Actor = "owen" });
        Assert.Equal((null, "open", 30), (project.State.Closed, project.Phase("a"), project.State.Probability));
        project.Refuses(new Command.ReopenProject(null, "x"), Refusal.Conflict, "open");
    }

    [Fact]
    public void What_runs_on_closing_runs_again_on_closing_again_under_a_key_of_its_own()
    {
        var project = new Project(Plans.Compile("""
            plan: test
            name: Test
            type: sales
            stages:
              one: { name: One, steps: { a: { task: A } } }
            on-close:
              lost: { tell: { alert: Lost, to: owner } }
            """)).Start();
        for (var i = 0; i < 2; i++)
        {
            project.Do(new Command.Close(CloseResult.Lost, null, null) { Actor = "owen" }).Do(new Command.ReopenProject(null, "Again") { Actor = "owen" });
        }

        var keys = project.Events<FlowEvent.AlertRaised>().Select(a => a.Key).ToArray();
        Assert.Equal(2, keys.Distinct().Count());
        Assert.Equal(2, keys.Length);
        Assert.Null(project.State.FindStep("tell"));
    }

    [Fact]
    public void A_step_that_closed_the_project_stays_done_when_it_is_opened_again()
    {
        var project = Project.Of("a: { task: A, outcomes: { fine: , stop: { close: lost, reason: price } } }\nb: { task: B }\nc: { task: C, after: a }").Complete("a", "stop");
        project.Do(new Command.ReopenProject(null, "Again") { Actor = "owen" });
        Assert.Equal(("done", "open", "dead"), (project.Phase("a"), project.Phase("b"), project.Phase("c")));
    }
}
