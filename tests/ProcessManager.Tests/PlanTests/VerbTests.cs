using Xunit;
using static ProcessManager.Tests.PlanTests.Testing;

namespace ProcessManager.Tests.PlanTests;

/// <summary>What a test can do to a project.</summary>
public class VerbTests
{
    [Fact]
    public void A_project_has_the_title_that_real_ones_get_where_the_test_gives_none()
    {
        Passes(Compiled, "{ prospect: { name: Ada Ltd } }", "expect: { fields: { title: Ada Ltd – Tea } }");
        Passes(Compiled, "{ prospect: }", "expect: { fields: { title: Tea } }");
        Passes(Compiled, "{ fields: { title: Mine } }", "expect: { fields: { title: Mine } }");
    }

    private const string Called = "{ complete: call, outcome: yes, with: { product: Green, cups: 3 } }";
    private const string Two = "{ people: { sam: { groups: [sales], manager: max }, max: { groups: [sales-leads] }, ann: { groups: [finance] }, bob: { groups: [finance] } } }";

    private static void PassesWithTwo(params string[] lines) => Passes(Compiled, Two, lines);

    [Fact]
    public void A_group_task_is_claimed_and_completed_by_a_member() =>
        PassesWithTwo(Called, "expect: { done: [call.yes], fields: { product: Green, cups: 3 }, open: [vote], not-open: [rules] }");

    [Fact]
    public void Somebody_else_can_be_named_and_is_refused_where_the_engine_would() =>
        PassesWithTwo("refuse: { complete: call, outcome: yes, by: ann }", "{ complete: call, outcome: yes, by: sam }", "expect: { done: [call] }");

    [Fact]
    public void Votes_are_those_of_the_people_named() =>
        PassesWithTwo(Called, "{ approve: vote, by: ann }", "expect: { open: [vote] }", "{ approve: vote, by: [bob] }", "expect: { done: [vote.approved] }");

    [Fact]
    public void Without_names_everybody_votes_until_the_result_is_certain() =>
        PassesWithTwo(Called, "approve: vote", "expect: { done: [vote.approved], open: [rules] }");

    [Fact]
    public void A_rejection_sets_the_call_back() =>
        PassesWithTwo(Called, "reject: vote", "expect: { open: [call], times: { call: 2 } }");

    [Fact]
    public void A_note_and_an_alert_that_asks_for_it_are_acknowledged() =>
        PassesWithTwo(Called, "refuse: { acknowledge: tell }", "approve: vote", "acknowledge: tell",
            "{ refuse: { acknowledge: tell, by: bob }, reason: not to bob }", "acknowledge: rules", "expect: { stage: brew }");

    [Fact]
    public void Steps_are_completed_one_after_the_other() =>
        PassesWithTwo(Called, "approve: vote", "complete: [rules, brew]", "expect: { closed: won, cancelled: [pour], sent: [mail, brochure] }");

    [Fact]
    public void A_step_is_bypassed_as_an_outcome() =>
        PassesWithTwo("{ bypass: call, as: yes, why: They wrote }", "expect: { passed: [call.yes], open: [vote] }",
            "{ bypass: vote, as: approved }", "expect: { stage: brew }");

    [Fact]
    public void A_step_is_reopened() =>
        PassesWithTwo(Called, "reopen: call", "expect: { open: [call], times: { call: 2 }, not-open: [vote] }");

    [Fact]
    public void Fields_and_roles_are_set_by_hand() =>
        PassesWithTwo("set: { cups: 5, extras: [milk, sugar], hot: yes, taster: [ann, bob], at: 2026-03-04 10:30 }",
            "expect: { fields: { cups: 5, extras: [milk, sugar], hot: yes, at: 2026-03-04 10:30, product: } }",
            "{ refuse: { set: { cups: many } }, reason: number }", "{ refuse: { set: { cups: 0 } }, reason: at least 1 }");

    [Fact]
    public void A_due_date_is_set_by_hand_and_taken_away() =>
        PassesWithTwo("expect: { due: { call: 2026-03-03 09:00, order: 2026-03-12 } }", "{ due: call, to: 2026-03-09 12:00 }", "expect: { due: { call: 2026-03-09 } }",
            "{ due: call, to: 2 days after start }", "expect: { due: { call: 2026-03-04 09:00 } }", "{ due: call, to: }", "expect: { due: { call: } }");

    [Fact]
    public void Work_is_handed_over_and_back() =>
        PassesWithTwo("expect: { assigned: { call: group:sales }, priority: { call: high } }", "{ assign: call, to: max }", "expect: { assigned: { call: max } }",
            "{ assign: call, to: group:sales-leads }", "expect: { assigned: { call: group:sales-leads } }");

    [Fact]
    public void The_project_moves_to_a_stage() =>
        PassesWithTwo("{ move: , to: brew }", "expect: { stage: brew, probability: 80, open: [brew], cancelled: [call] }", "move: order", "expect: { stage: order }");

    [Fact]
    public void On_hold_nothing_is_completed_and_no_reminder_comes() =>
        PassesWithTwo("hold: They are away", "{ refuse: { complete: call, outcome: yes }, reason: on hold }", "pass: 3 weeks", "expect: { reminded: { call: 0 } }",
            "resume:", "pass: 3 working days", "expect: { reminded: { call: 3 } }");

    [Fact]
    public void The_project_is_closed_and_opened_again() =>
        PassesWithTwo("{ close: lost, reason: price }", "expect: { closed: lost, reason: price, probability: 0 }", "refuse: { complete: call, outcome: yes }",
            "reopen-project:", "expect: { closed: no, stage: order, open: [call] }");

    [Fact]
    public void Time_passes_by_a_duration_and_until_a_moment() =>
        PassesWithTwo("pass: 1 working day", "expect: { reminded: { call: 1 } }", "until: 2 weeks after start", "expect: { overdue: [call, order], reminded: { call: 3 } }",
            "{ set: { on: 2026-04-01 } }", "until: at field:on", "until: 60 days", "expect: { closed: cancelled, reason: nothing-to-do }");

    [Fact]
    public void A_moment_without_value_fails_the_test() =>
        Assert.Contains("no value yet", Play("until: at field:on")!.Found, StringComparison.Ordinal);

    [Fact]
    public void Reminders_that_come_to_several_voters_at_one_moment_are_one()
    {
        var plan = Compile("""
            plan: votes
            name: Votes
            type: sales
            stages:
              one:
                name: One
                probability: 5
                steps:
                  vote: { approval: Yes?, assign: group:finance, need: 2, due: 1 day, remind: [at due, every 1 day after due at most 2] }
            """);
        Passes(plan, "{ at: 2026-03-02 09:00 }", "pass: 2 days", "expect: { reminded: { vote: 2 } }", "{ approve: vote, by: finance-2 }", "pass: 5 days", "expect: { reminded: { vote: 3 }, open: [vote] }");
    }

    [Fact]
    public void A_delayed_redo_opens_at_its_day() =>
        PassesWithTwo("{ complete: call, outcome: again, with: { on: 2026-03-10 } }", "expect: { not-open: [call] }", "until: 2026-03-10", "until: 1 day", "expect: { open: [call] }");

    [Fact]
    public void An_escalation_tells_the_manager_and_hands_the_work_over() =>
        PassesWithTwo("pass: 3 working days", "expect: { alerted: { manager: call, max: call }, assigned: { call: group:sales } }",
            "pass: 1 working day", "expect: { assigned: { call: group:sales-leads } }");

    [Fact]
    public void What_must_be_refused_changes_nothing_and_must_be_refused_for_the_reason_given()
    {
        Assert.Equal("it was done", Play("refuse: { complete: call, outcome: no }")!.Found);
        Assert.Contains("another reason", Play("{ refuse: { complete: brew }, reason: on holiday }")!.Found, StringComparison.Ordinal);
        Passes("refuse: { complete: [brew] }", "refuse: { approve: vote }", "expect: { open: [call], stage: order }");
    }

    [Fact]
    public void A_mail_that_cannot_be_delivered_takes_the_other_way()
    {
        var plan = Compile("""
            plan: post
            name: Post
            type: sales
            stages:
              one:
                name: One
                probability: 5
                steps:
                  mail: { email: brochure, to: prospect }
                  call: { task: Call, after: mail.failed }
                  wait: { task: Wait, after: mail.sent }
            """);
        Passes(plan, "{ fails: [mail] }", "expect: { open: [call], dead: [wait], alerted: { owner: mail } }");
        Passes(plan, "{ at: 2026-03-02 }", "expect: { open: [wait], dead: [call] }");
    }

    [Fact]
    public void Whoever_is_away_is_passed_over() =>
        Passes(Compiled, "{ people: { sam: { groups: [finance], away: [{ from: 2026-03-01, until: 2026-04-01, substitute: kim }] }, kim: , bob: { groups: [finance] }, joe: { groups: [sales], away: [2026-03-05] } } }",
            "{ complete: call, outcome: yes, by: joe }", "refuse: { approve: vote, by: [sam, joe] }", "{ approve: vote, by: [kim, bob] }", "expect: { done: [vote.approved] }");

    [Fact]
    public void Without_people_each_group_has_as_many_members_as_the_plan_needs_and_there_are_owner_manager_and_administrator() =>
        Passes("expect: { assigned: { call: group:sales } }", "{ complete: call, outcome: yes, by: sales-2 }", "{ approve: vote, by: finance }", "expect: { open: [vote] }",
            "{ approve: vote, by: finance-2 }", "expect: { done: [vote.approved], alerted: { owner: tell, shipping-2: tell } }", "{ set: { taster: [manager, administrator] } }");
}
