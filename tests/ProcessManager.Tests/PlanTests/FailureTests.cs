using ProcessManager.Flow.Testing;
using Xunit;
using static ProcessManager.Tests.PlanTests.Testing;

namespace ProcessManager.Tests.PlanTests;

/// <summary>A test that is wrong about a project says where, what it wanted and what was there.</summary>
public class FailureTests
{
    public static TheoryData<string, string, string> Wrong => new()
    {
        { "stage: brew", "stage: brew", "stage: order" },
        { "probability: 50", "probability: 50", "probability: 20" },
        { "status: waiting", "status: waiting", "status: active" },
        { "status: ", "status: none", "status: active" },
        { "closed: won", "closed: won", "closed: no" },
        { "reason: price", "reason: price", "reason: none" },
        { "open: [vote]", "vote is open", "vote is waiting; open: call" },
        { "open: brew", "brew is open", "brew is not reached (the project is in the stage order)" },
        { "not-open: [call]", "call is not open", "call is open" },
        { "done: [call]", "call is done", "call is open" },
        { "done: [call.yes]", "call is done as yes", "call is open" },
        { "passed: [rules]", "rules is passed", "rules is waiting" },
        { "dead: [rules]", "rules is dead", "rules is waiting" },
        { "cancelled: [rules]", "rules is cancelled", "rules is waiting" },
        { "overdue: [call]", "call is overdue", "call is due Tue 3 Mar 2026 09:00, and it is Mon 2 Mar 2026 09:00" },
        { "overdue: [order]", "order is overdue", "order is due Thu 12 Mar 2026 09:00" },
        { "due: { call: 2026-03-04 }", "call is due Wed 4 Mar 2026", "call is due Tue 3 Mar 2026 09:00" },
        { "due: { call: 2026-03-03 10:00 }", "call is due Tue 3 Mar 2026 10:00", "call is due Tue 3 Mar 2026 09:00" },
        { "due: { call: 2 working days }", "call is due Wed 4 Mar 2026 09:00", "call is due Tue 3 Mar 2026 09:00" },
        { "due: { call: }", "call is due unset", "call is due Tue 3 Mar 2026 09:00" },
        { "due: { order: 2026-03-13 }", "order is due Fri 13 Mar 2026", "order is due Thu 12 Mar 2026 09:00" },
        { "assigned: { call: sales }", "call is assigned to sales", "call is assigned to group:sales" },
        { "assigned: { brew: owner }", "brew is assigned to owner", "nobody: it has nothing open" },
        { "priority: { call: low }", "priority of call: low", "priority of call: high" },
        { "priority: { vote: low }", "priority of vote: low", "none, it has nothing open" },
        { "fields: { cups: 2 }", "cups: 2", "cups: nothing" },
        { "sent: [brochure]", "sent: brochure", "sent: nothing" },
        { "alerted: { manager: call }", "call told manager", "call told nobody" },
        { "alerted: { group:shipping: tell }", "tell told group:shipping", "tell told nobody" },
        { "alerted: { role:taster: tell }", "tell told role:taster", "tell told nobody" },
        { "reminded: { call: 1 }", "reminders of call: 1", "reminders of call: 0" },
        { "times: { call: 2 }", "call opened: 2", "call opened: 1" },
        { "faulted: yes", "faulted: yes", "faulted: no" },
        { "faulted: endless", "faulted: endless", "faulted: no" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void An_expectation_that_does_not_hold_says_what_was_expected_and_what_was_there(string expectation, string expected, string found)
    {
        var failure = Play("expect: { stage: order }", $"expect: {{ {expectation} }}");
        Assert.NotNull(failure);
        Assert.Equal(expected, failure.Expected);
        Assert.Contains(found, failure.Found, StringComparison.Ordinal);
        Assert.Equal(6, failure.At.StartLine);
    }

    [Fact]
    public void The_mark_stands_under_the_one_thing_that_is_wrong()
    {
        var failure = Play("expect: { stage: order, open: [call, vote, tell] }");
        Assert.Equal((5, 46), (failure!.At.StartLine, failure.At.StartColumn));
    }

    [Fact]
    public void The_history_so_far_is_told_in_sentences()
    {
        var failure = Play("pass: 1 working day", "{ complete: call, outcome: yes }", "expect: { open: [brew] }");
        Assert.Contains("Mon 2 Mar 2026 09:00\n", failure!.Story, StringComparison.Ordinal);
        Assert.Contains("reminder to sales, sales-2: ", failure.Story, StringComparison.Ordinal);
        Assert.Contains("> sales: complete call as yes", failure.Story, StringComparison.Ordinal);
    }

    [Fact]
    public void A_verb_that_is_refused_says_why()
    {
        var failure = Play("{ complete: call, outcome: yes, with: { cups: 0 } }");
        Assert.Equal("to complete call as yes", failure!.Expected);
        Assert.Equal("refused: Cups must be at least 1.", failure.Found);
        Assert.Equal("refused: “vote” has nothing open: it is waiting for call.", Play("approve: vote")!.Found);
        Assert.Equal("refused: “brew” has nothing open: it is in a stage that the project is not in.", Play("complete: brew")!.Found);
    }

    [Fact]
    public void Of_a_step_that_waits_for_a_time_it_says_until_when()
    {
        var again = Play("{ complete: call, outcome: again, with: { on: 2026-04-01 } }", "{ complete: call, outcome: yes }");
        Assert.Equal("refused: “call” has nothing open: it is waiting until Wed 1 Apr 2026 09:00.", again!.Found);

        var open = Compile(Plan.Replace("brew: { task: Brew,", "brew: { task: Brew, starts: 1 day after field:on,", StringComparison.Ordinal));
        var unset = Play(open, "{ at: 2026-03-02 09:00 }", "{ complete: call, outcome: yes }", "approve: vote", "complete: brew");
        Assert.Equal("refused: “brew” has nothing open: it is waiting for a moment that isn't known yet (1 day after On).", unset!.Found);
    }

    [Fact]
    public void A_project_that_cannot_start_fails_the_test_at_its_start()
    {
        var failure = Play(Compiled, "{ fields: { cups: 0 } }", "expect: { stage: order }");
        Assert.Equal("the project starts", failure!.Expected);
        Assert.Contains("at least 1", failure.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_goes_round_in_circles_fails_its_test_instead_of_holding_it_up_for_ever()
    {
        var plan = Compile("""
            plan: circles
            name: Circles
            type: sales
            stages:
              one: { name: One, probability: 5, steps: { a: { wait: 1 minute }, b: { task: B, outcomes: { x: , y: { close: won }, z: { close: lost, reason: price } } }, c: { goto: two, after: a } } }
              two: { name: Two, probability: 5, steps: { d: { wait: 1 minute }, e: { task: E }, f: { goto: one, after: d } } }
            """);
        var failure = Play(plan, "{ at: 2026-03-02 09:00 }", "pass: 10 months", "expect: { stage: one }");
        Assert.Equal("the project comes to rest", failure!.Expected);
        Assert.Contains("more than 20,000 things happened", failure.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void One_failing_test_does_not_keep_the_others_from_running()
    {
        var report = Run("tests:\n  a: { do: [{ expect: { stage: brew } }] }\n  b: { do: [{ expect: { stage: order } }] }\n");
        Assert.Equal([false, true], report.Results.Select(r => r.Passed));
        Assert.False(report.Passed);
    }

    [Fact]
    public void The_same_tests_give_the_same_report_again()
    {
        const string file = "tests:\n  a: { do: [{ pass: 4 working days }, { approve: vote }] }\n";
        Assert.Equal(Run(file).Results.Single().Failure, Run(file).Results.Single().Failure);
    }
}

/// <summary>What the tests of a plan reach.</summary>
public class CoverageTests
{
    [Fact]
    public void Stages_entered_steps_opened_or_passed_outcomes_chosen_and_timers_that_came_are_reached()
    {
        var report = Run("tests:\n  a: { do: [{ pass: 1 working day }, { complete: call, outcome: yes }, { bypass: vote, as: approved }] }\n");
        Assert.True(report.Passed);
        string[] missing = [.. report.Coverage.Missing.Select(m => m.Name)];
        Assert.Equal(
            ["call.again", "call.no", "call.gone", "expiry of call", "reminder 2 of call", "escalation 1 of call", "escalation 2 of call",
                "vote.approved", "vote.rejected", "rules.done", "brew.done", "pour", "pour.done", "mail", "mail.sent"],
            missing);
        Assert.Equal(100, report.Coverage.PercentOf(CoverageKind.Stage));
        Assert.Equal(25, report.Coverage.PercentOf(CoverageKind.Timer) + 5);
    }

    [Fact]
    public void Nothing_is_reached_without_tests_and_everything_has_its_place()
    {
        var report = PlanTester.Run(Definitions, Compiled, []);
        Assert.True(report.Passed);
        Assert.Equal(0, report.Coverage.Percent);
        Assert.All(report.Coverage.Items, i => Assert.True(i.Span.StartLine > 0, i.Name));
        Assert.DoesNotContain(report.Coverage.Items, i => i.Name == "mail.failed");
    }

    [Fact]
    public void What_a_refused_action_would_have_reached_does_not_count()
    {
        var report = Run("tests:\n  a: { do: [{ refuse: { complete: call, outcome: no } }] }\n");
        Assert.Contains(report.Coverage.Missing, m => m.Name == "call.no");
    }
}
