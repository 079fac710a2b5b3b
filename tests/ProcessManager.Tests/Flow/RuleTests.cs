using ProcessManager.Flow;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>The other rules of section 6, and leaving a stage.</summary>
public class RuleTests
{
    private const string Two = """
        two:
          name: Two
          steps:
            last: { task: Last }
        """;

    [Fact]
    public void Rule_1_a_cancelled_step_is_a_dead_way()
    {
        var project = Project.Of("""
            a: { task: A }
            b: { task: B }
            w: { task: Winner, after: { first: [a, b], cancel: rest } }
            c: { task: C, after: b }
            """).Complete("a");
        Assert.Equal(("cancelled", "dead"), (project.Phase("b"), project.Phase("c")));
    }

    [Fact]
    public void Rule_2_a_passed_step_counts_as_passes_as()
    {
        var project = Project.Of("""
            a: { task: A, when: amount > 10, passes-as: small, outcomes: [small, big] }
            b: { task: B, after: a.small }
            c: { task: C, after: a.big }
            """);
        Assert.Equal(("passed", "small", "open", "dead"), (project.Phase("a"), project["a"].Outcome, project.Phase("b"), project.Phase("c")));
    }

    [Fact]
    public void Rule_2_a_passed_approval_counts_as_approved()
    {
        var project = Project.Of("""
            review: { approval: Review, assign: group:finance, when: amount > 10, outcomes: { approved: , rejected: { close: lost, reason: price } } }
            b: { task: B, after: review.approved }
            """);
        Assert.Equal(("passed", "approved", "open"), (project.Phase("review"), project["review"].Outcome, project.Phase("b")));
    }

    [Fact]
    public void Rule_3_bypassing_needs_a_reason_and_says_what_the_step_counts_as()
    {
        var project = Project.Of("a: { task: A, outcomes: [yes, no] }\nb: { task: B, after: a.yes }");
        project.Refuses(new Command.Bypass("a", "yes", " ") { Actor = "owen" }, Refusal.Invalid, "why");
        project.Refuses(new Command.Bypass("a", null, "x") { Actor = "owen" }, Refusal.Invalid, "yes or no");
        project.Refuses(new Command.Bypass("a", "maybe", "x") { Actor = "owen" }, Refusal.Invalid, "maybe", "yes or no");
        project.Bypass("a", "yes");
        Assert.Equal(("passed", "yes", "open"), (project.Phase("a"), project["a"].Outcome, project.Phase("b")));
        var settled = project.Events<FlowEvent.StepSettled>().Single(e => e.Step == "a");
        Assert.Equal(("bypassed by Owen Owner", "for the test"), (settled.Why!.Rule, settled.Why.Note));
        project.Refuses(new Command.Bypass("a", "yes", "x") { Actor = "owen" }, Refusal.Conflict, "passed", "Owen Owner");
    }

    [Fact]
    public void Rule_3_bypassing_can_redo_and_close()
    {
        const string steps = """
            a: { task: A }
            b: { task: B, after: a, outcomes: { fine: , again: { redo: a }, stop: { close: lost, reason: price } } }
            """;
        Assert.Equal(2, Project.Of(steps).Complete("a").Bypass("b", "again")["a"].Occurrence);
        Assert.Equal(CloseResult.Lost, Project.Of(steps).Complete("a").Bypass("b", "stop").State.Closed);
    }

    [Fact]
    public void Rule_3_bypassing_a_step_that_still_waits_takes_effect_when_its_turn_comes()
    {
        var project = Project.Of("a: { task: A }\nb: { task: B, after: a, starts: 1 week }\nc: { task: C, after: b }").Bypass("b");
        Assert.Equal("waiting", project.Phase("b"));
        project.Complete("a");
        Assert.Equal(("passed", "open"), (project.Phase("b"), project.Phase("c")));
    }

    [Fact]
    public void Rule_3_a_step_that_waits_only_for_a_time_passes_at_once_and_a_dead_one_cannot_be_bypassed()
    {
        var waits = Project.Of("a: { task: A, starts: 1 week }\nb: { task: B, after: a }").Bypass("a");
        Assert.Equal(("passed", "open"), (waits.Phase("a"), waits.Phase("b")));
        Assert.Empty(waits.State.Timers);
        var dead = Project.Of("a: { task: A, outcomes: [yes, no] }\nb: { task: B, after: a.yes }\nc: { task: C, after: a.no }").Complete("a", "no");
        dead.Refuses(new Command.Bypass("b", null, "x") { Actor = "owen" }, Refusal.Invalid, "no way leads to it");
    }

    [Fact]
    public void Rule_4_a_step_waits_for_starts_and_then_evaluates_when_once()
    {
        var project = Project.Of("a: { task: A, starts: 1 day, when: amount > 100 }\nb: { task: B }");
        Assert.Equal("waiting", project.Phase("a"));
        project.Set(("amount", 200m));
        Assert.Equal("open", project.PassDays(1).Phase("a"));
        project.Set(("amount", 1m));
        Assert.Equal("open", project.Phase("a"));
        var passed = Project.Of("a: { task: A, starts: 1 day, when: amount > 100 }\nb: { task: B }").PassDays(1);
        Assert.Equal("passed", passed.Phase("a"));
        Assert.Equal("passed", passed.Set(("amount", 200m)).Phase("a"));
    }

    [Fact]
    public void Rule_4_a_condition_without_value_counts_as_false_and_the_history_says_so()
    {
        var project = Project.Of("a: { task: A, when: amount > 100 }\nb: { task: B }");
        var why = project.Events<FlowEvent.StepSettled>().Single(e => e.Step == "a").Why!;
        Assert.Equal("when: amount > 100", why.Rule);
        Assert.Equal("nothing", why.Values!["amount"]);
        Assert.Contains("counts as false", why.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Rule_5_an_anchor_that_was_never_reached_counts_as_now()
    {
        var project = Project.Of("""
            a: { task: A, outcomes: [yes, no] }
            b: { task: B, after: a.yes }
            c: { task: C, after: a.no, starts: 2 days after b }
            """).Complete("a", "no");
        Assert.Equal(Plans.Monday.AddDays(2), project.Timer(TimerKind.Open, "c").Due);
    }

    [Fact]
    public void Rule_5_a_bare_duration_counts_from_when_the_ways_came_live_and_a_past_moment_opens_at_once()
    {
        var project = Project.Of("a: { task: A }\nb: { task: B, after: a, starts: 1 day }\nc: { task: C, after: a, starts: at 2026-01-01 }");
        project.PassDays(3).Complete("a");
        Assert.Equal(Plans.Monday.AddDays(4), project.Timer(TimerKind.Open, "b").Due);
        Assert.Equal("open", project.Phase("c"));
    }

    [Fact]
    public void Rule_5_a_moment_on_a_field_without_value_waits_and_stays_listed()
    {
        var project = Project.Of("a: { task: A, starts: 1 week before field:day }\nw: { wait: at field:day }\nb: { task: B, after: w }", head: "fields:\n  day: { kind: date }");
        Assert.All(project.State.Timers, t => Assert.Null(t.Due));
        Assert.Equal([TimerKind.Open, TimerKind.Wait], project.State.Timers.Select(t => t.Kind));
        project.Set(("day", new DateOnly(2026, 3, 16)));
        Assert.Equal(new DateTimeOffset(2026, 3, 9, 8, 0, 0, TimeSpan.Zero), project.Timer(TimerKind.Open, "a").Due);
        project.PassDays(7);
        Assert.Equal(("open", "open"), (project.Phase("a"), project.Phase("w")));
        project.PassDays(7);
        Assert.Equal(("done", "open"), (project.Phase("w"), project.Phase("b")));
    }

    [Fact]
    public void Rule_6_an_outcomes_goto_acts_at_once_and_nothing_else_opens()
    {
        var project = Project.Of("""
            a: { task: A, outcomes: { fine: , leave: { goto: two } } }
            b: { task: B, after: a }
            c: { task: C }
            """, more: Two).Complete("a", "leave");
        Assert.Equal("two", project.State.Stage);
        Assert.DoesNotContain(project.Events<FlowEvent.StepOpened>(), e => e.Step == "b");
        Assert.Contains(project.Events<FlowEvent.StepSettled>(), e => e.Step == "c" && e.Phase == StepPhase.Cancelled);
        Assert.Equal("open", project.Phase("last"));
    }

    [Fact]
    public void Rule_6_goto_and_close_steps_act_when_nothing_automatic_is_left_and_the_first_in_the_file_wins()
    {
        var project = Project.Of("""
            a: { task: A }
            stop: { close: lost, reason: price, after: a }
            leave: { goto: two, after: a }
            tell: { alert: Told, to: owner, after: a }
            more: { set: { amount: "42" }, after: tell }
            """, more: Two).Complete("a");
        Assert.Equal(CloseResult.Lost, project.State.Closed);
        Assert.Equal(42m, project.State.Fields["amount"]);
        Assert.Contains(project.Events<FlowEvent.AlertRaised>(), a => a.Step == "tell");
    }

    [Fact]
    public void Rule_10_the_stage_does_not_wait_for_optional_steps_and_cancels_them_when_it_completes()
    {
        var project = Project.Of("a: { task: A }\nb: { task: B, optional: true }", more: Two).Complete("a");
        Assert.Equal("two", project.State.Stage);
        Assert.Contains(project.Events<FlowEvent.StepSettled>(), e => e.Step == "b" && e.Phase == StepPhase.Cancelled);
    }

    [Fact]
    public void Rule_10_after_waits_for_an_optional_step_as_for_any()
    {
        var project = Project.Of("a: { task: A, optional: true }\nb: { task: B, after: a, optional: true }\nc: { task: C }", more: Two);
        Assert.Equal("waiting", project.Phase("b"));
        Assert.Equal("open", project.Complete("a").Phase("b"));
        Assert.Equal("two", project.Complete("c").State.Stage);
        Assert.Equal(StepPhase.Cancelled, project.Latest.OfType<FlowEvent.StepSettled>().Single(e => e.Step == "b").Phase);
    }

    [Fact]
    public void A_redo_that_waits_for_its_time_keeps_the_stage_from_completing()
    {
        var project = Project.Of("a: { task: A, outcomes: { fine: , again: { redo: a, in: 2 days } } }", more: Two).Complete("a", "again");
        Assert.Equal(("one", "waiting"), (project.State.Stage, project.Phase("a")));
        Assert.Equal("two", project.PassDays(2).Complete("a", "fine").State.Stage);
    }

    [Fact]
    public void Rule_11_a_loop_that_never_rests_stops_with_a_fault_and_an_administrator_can_resolve_it()
    {
        var project = Project.Of("""
            a: { task: A }
            d: { decide: [{ when: amount > 0, outcome: fine }, { outcome: again }], after: a, outcomes: { fine: , again: { redo: d } } }
            """).Complete("a");
        Assert.NotNull(project.State.Fault);
        Assert.Single(project.Events<FlowEvent.ProjectFaulted>());
        Assert.Null(project.State.Closed);
        project.Refuses(new Command.PutOnHold("x") { Actor = "owen" }, Refusal.Conflict, "administrator");
        project.Set(("amount", 1m)).Do(new Command.ResolveFault("gave the amount") { Actor = "ada" });
        Assert.Null(project.State.Fault);
        Assert.Equal(CloseResult.Won, project.State.Closed);
    }

    [Fact]
    public void Rule_11_stages_that_enter_each_other_for_ever_stop_with_a_fault()
    {
        var project = Project.Of("a: { task: A }\ng: { goto: two, after: a }", more: """
            two:
              name: Two
              steps:
                d: { decide: [{ when: amount > 0, outcome: fine }, { outcome: back }], outcomes: { fine: , back: { goto: three } } }
            three:
              name: Three
              steps:
                e: { decide: [{ when: amount > 0, outcome: fine }, { outcome: back }], outcomes: { fine: , back: { goto: two } } }
            """).Complete("a");
        Assert.Contains("1,000", project.State.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Rule_11_a_thousand_occurrences_of_one_step_in_one_visit_are_a_fault_that_a_bypass_resolves()
    {
        var project = Project.Of("a: { task: A, outcomes: { fine: , again: { redo: a } } }\nb: { task: B, after: a }");
        for (var i = 0; i < Run.Limit; i++) { project.Complete("a", "again"); }
        Assert.Contains("1,000 times", project.State.Fault, StringComparison.Ordinal);
        Assert.Equal(Run.Limit, project["a"].Occurrence);
        project.Bypass("a", "fine").Do(new Command.ResolveFault("bypassed") { Actor = "ada" });
        Assert.Equal("open", project.Phase("b"));
    }

    [Fact]
    public void Rule_11_holds_under_an_external_driver_too_and_counts_anew_when_a_person_or_time_moved_the_project()
    {
        var plan = Plans.OfSteps("""
            a: { task: A, outcomes: { fine: , again: { redo: a } } }
            d: { decide: [{ when: amount > 0, outcome: fine }, { outcome: again }], after: a, outcomes: { fine: , again: { redo: d } } }
            """);
        var project = Drive(new Project(plan, driver: Driver.External).Start());
        for (var i = 0; i < 3; i++) { Drive(project.Complete("a", "again")); }
        Assert.Null(project.State.Fault);
        Drive(project.Complete("a", "fine"));
        Assert.Contains("1,000", project.State.Fault, StringComparison.Ordinal);
        Drive(project.Set(("amount", 1m)).Do(new Command.ResolveFault("gave the amount") { Actor = "ada" }));
        Assert.Equal(CloseResult.Won, project.State.Closed);

        static Project Drive(Project project)
        {
            for (var i = 0; i < 3000 && project.State.Fault is null && project.State.Steps.FirstOrDefault(s => s.Phase == StepPhase.Ready) is { } ready; i++)
            {
                project.Do(new Command.Open(ready.Id, ready.Occurrence + 1));
            }

            return project;
        }
    }

    [Fact]
    public void Rule_11_counts_on_through_results_that_come_at_the_same_instant_and_anew_where_time_passes()
    {
        var plan = Plans.OfSteps("s: { letter: quote }\nagain: { goto: one, after: s, when: amount > 0 }\nend: { task: End, after: s }");
        var project = new Project(plan).Start(("amount", 1m));
        for (var i = 0; i < 1000 && project.State.Fault is null; i++) { project.Do(new Command.Filed("s", 1, null, $"d{i}", "n")); }
        Assert.Contains("1,000", project.State.Fault, StringComparison.Ordinal);
        var slow = new Project(plan).Start(("amount", 1m));
        for (var i = 0; i < 1000; i++)
        {
            slow.Now = slow.Now.AddSeconds(1);
            slow.Do(new Command.Filed("s", 1, null, $"d{i}", "n"));
        }

        Assert.Null(slow.State.Fault);
    }

    [Fact]
    public void Leaving_a_stage_does_not_take_a_mail_back_and_its_result_changes_nothing()
    {
        var project = Project.Of("""
            m: { email: brochure, to: prospect, wait: true }
            out: { task: Out, outcomes: { fine: , leave: { goto: two } } }
            """, more: Two).Complete("out", "leave");
        Assert.Single(project.Events<FlowEvent.MailRequested>());
        project.Do(new Command.Delivered("m", 1, true, null));
        Assert.Empty(project.Latest);
        project.Do(new Command.Delivered("m", 1, false, "mailbox is full"));
        Assert.Equal("owen", Assert.IsType<FlowEvent.AlertRaised>(Assert.Single(project.Latest)).To.Single());
    }

    [Fact]
    public void What_was_asked_of_the_world_can_be_bypassed_and_its_answer_is_recorded_alone()
    {
        var project = Project.Of("h: { http: GET https://example.org/ }\nr: { receive: x, after: h }\nd: { start: deliver-order, until: closed, after: r }\nb: { task: B, after: d.won }");
        project.Bypass("h", "done").Do(new Command.Answered("h", 1, null, false, null, "late"));
        Assert.IsType<FlowEvent.HttpAnswered>(Assert.Single(project.Latest));
        project.Bypass("r");
        Assert.Equal("open", project.Phase("d"));
        project.Do(new Command.ChildStarted("d", 1, null, "c")).Bypass("d", "won");
        Assert.Equal("open", project.Phase("b"));
        Assert.Empty(project.Events<FlowEvent.ChildDropped>());   // the flow goes on as if it were won; the child goes on by itself
        project.Do(new Command.ChildClosed("d", 1, null, "c", CloseResult.Lost));
        Assert.Equal("won", project["d"].Outcome);
    }

    [Fact]
    public void Leaving_a_stage_cancels_its_timers_and_coming_back_starts_it_afresh()
    {
        var project = Project.Of("""
            a: { task: A, due: 1 day, remind: [1 day after due] }
            b: { task: B, outcomes: { fine: , leave: { goto: two } } }
            """, stage: "within: 5 days", more: """
            two:
              name: Two
              steps:
                back: { task: Back, outcomes: { on: , back: { goto: one } } }
            """).Complete("b", "leave");
        Assert.Empty(project.State.Timers);
        project.Complete("back", "back");
        Assert.Equal(("one", 3), (project.State.Stage, project.State.Visit));
        Assert.Equal(("open", 1, "open"), (project.Phase("a"), project["a"].Occurrence, project.Phase("b")));
        Assert.Equal(4, project.Task("a").Number);
    }

    [Fact]
    public void On_close_steps_run_once_the_project_has_closed_and_never_reopen_anything()
    {
        var project = new Project(Plans.Compile("""
            plan: test
            name: Test
            type: sales
            stages:
              one:
                name: One
                steps:
                  a: { task: A, outcomes: { fine: , stop: { close: lost, reason: price } } }
            on-close:
              won:
                thanks: { email: thanks, to: prospect }
              lost:
                tell: { alert: Lost, to: owner }
            """)).Start().Complete("a", "stop");
        Assert.Equal(CloseResult.Lost, project.State.Closed);
        Assert.Contains(project.Events<FlowEvent.AlertRaised>(), a => a.Step == "tell");
        Assert.Empty(project.Events<FlowEvent.MailRequested>());
        Assert.True(project.All.FindIndex(e => e is FlowEvent.ProjectClosed) < project.All.FindIndex(e => e is FlowEvent.AlertRaised));
        project.Refuses(new Command.Close(CloseResult.Won, null, null) { Actor = "owen" }, Refusal.Conflict, "closed as lost at 09:00");
    }

    [Fact]
    public void On_close_letters_requests_and_children_are_asked_for_and_their_results_are_taken_after_closing()
    {
        var project = new Project(Plans.Compile("""
            plan: test
            name: Test
            type: sales
            fields:
              number: { kind: text }
            stages:
              one:
                name: One
                steps:
                  a: { task: A, outcomes: { fine: , stop: { close: lost, reason: price } } }
            on-close:
              lost:
                s: { letter: quote }
                h: { http: GET https://example.org/, into: { number: response.number } }
                d: { start: deliver-order }
            """)).Start().Complete("a", "stop");
        project.Do(new Command.Filed("s", 1, null, "doc", "Letter.docx"));
        project.Do(new Command.Answered("h", 1, null, true, new Dictionary<string, object?> { ["number"] = "A-1" }, null));
        project.Do(new Command.Failed("d", 1, null, "no such plan"));
        Assert.Equal(("done", "done", "A-1", CloseResult.Lost), (project.Phase("s"), project.Phase("h"), project.State.Fields["number"], project.State.Closed));
        Assert.Contains("no such plan", project.State.Fault, StringComparison.Ordinal);
        project.Do(new Command.ResolveFault("there is one now") { Actor = "ada" }).Do(new Command.ChildStarted("d", 2, null, "c"));
        Assert.Equal(("done", CloseResult.Lost), (project.Phase("d"), project.State.Closed));
    }
}
