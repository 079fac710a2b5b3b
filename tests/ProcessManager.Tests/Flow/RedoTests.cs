using ProcessManager.Flow;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>Rules 7, 8 and 9: setting back, and opening again.</summary>
public class RedoTests
{
    private const string Loop = """
        quote: { task: Quote }
        check: { task: Check prices }
        review: { task: Review, after: [quote, check], outcomes: { approved: , rejected: { redo: quote } } }
        send: { task: Send, after: review }
        """;

    [Fact]
    public void Redo_opens_the_step_as_its_next_occurrence_and_keeps_what_does_not_rest_on_it()
    {
        var project = Project.Of(Loop).Complete("check").Complete("quote").Complete("review", "rejected");
        Assert.Equal(("open", 2), (project.Phase("quote"), project["quote"].Occurrence));
        Assert.Equal("done", project.Phase("check"));
        Assert.Equal("waiting", project.Phase("review"));
        Assert.Equal("waiting", project.Phase("send"));
        project.Complete("quote");
        Assert.Equal(("open", 2), (project.Phase("review"), project["review"].Occurrence));
        Assert.Equal("open", project.Complete("review", "approved").Phase("send"));
    }

    [Fact]
    public void A_redo_outcome_is_never_a_way_on()
    {
        var project = Project.Of("""
            call: { task: Call, outcomes: { reached: , again: { redo: call } } }
            next: { task: Next, after: call }
            """).Complete("call", "again");
        Assert.Equal(("open", "waiting"), (project.Phase("call"), project.Phase("next")));
        Assert.Equal(2, project.Task("call").Number);
    }

    [Fact]
    public void History_keeps_every_occurrence()
    {
        var project = Project.Of(Loop).Complete("check").Complete("quote").Complete("review", "rejected").Complete("quote");
        Assert.Equal([1, 2], project.Events<FlowEvent.StepSettled>().Where(e => e.Step == "quote").Select(e => e.Occurrence));
        Assert.Contains(project.Events<FlowEvent.StepSetBack>(), e => e.Step == "quote" && e.By == "review.rejected");
    }

    [Fact]
    public void Open_steps_that_rest_on_the_redone_step_are_cancelled_with_their_tasks()
    {
        var project = Project.Of("""
            a: { task: A }
            b: { task: B, after: a, due: 1 day, remind: [at due] }
            c: { task: C, after: a, outcomes: { fine: , wrong: { redo: a } } }
            """).Complete("a");
        var task = project.Task("b").Number;
        project.Complete("c", "wrong");
        Assert.Equal("waiting", project.Phase("b"));
        Assert.Contains(project.Latest.OfType<FlowEvent.TaskSettled>(), t => t.Number == task && t.Phase == TaskPhase.Cancelled);
        Assert.Empty(project.State.Timers);
        project.Complete("a");
        Assert.Equal(("open", 2), (project.Phase("b"), project["b"].Occurrence));
    }

    [Fact]
    public void A_first_join_that_another_way_opened_stays_with_what_follows_it()
    {
        var project = Project.Of("""
            phone: { task: Phone }
            mail: { task: Mail }
            check: { task: Check the number, after: phone, outcomes: { fine: , wrong: { redo: phone } } }
            answer: { task: Answer, after: { first: [phone, mail] } }
            file: { task: File, after: answer }
            """).Complete("mail").Complete("answer").Complete("phone").Complete("check", "wrong");
        Assert.Equal(("done", "open", "open"), (project.Phase("answer"), project.Phase("file"), project.Phase("phone")));
        project.Complete("phone");
        Assert.Single(project.Events<FlowEvent.StepOpened>(), e => e.Step == "answer");
    }

    [Fact]
    public void A_first_join_that_only_the_redone_way_opened_is_set_back()
    {
        var project = Project.Of("""
            phone: { task: Phone }
            mail: { task: Mail }
            check: { task: Check the number, after: phone, outcomes: { fine: , wrong: { redo: phone } } }
            answer: { task: Answer, after: { first: [phone, mail] } }
            """).Complete("phone").Complete("check", "wrong");
        Assert.Equal("waiting", project.Phase("answer"));
        Assert.Equal(("open", 2), (project.Complete("mail").Phase("answer"), project["answer"].Occurrence));
    }

    [Fact]
    public void A_first_join_that_the_redone_way_opened_opens_again_where_another_way_has_come_live_since()
    {
        var project = Project.Of("""
            phone: { task: Phone }
            mail: { task: Mail }
            check: { task: Check the number, after: phone, outcomes: { fine: , wrong: { redo: phone } } }
            answer: { task: Answer, after: { first: [phone, mail] } }
            """).Complete("phone").Complete("mail").Complete("check", "wrong");
        Assert.Equal(("open", 2), (project.Phase("answer"), project["answer"].Occurrence));
        project.Complete("phone");
        Assert.Equal(2, project["answer"].Occurrence);
    }

    [Fact]
    public void A_dead_step_that_rests_on_the_redone_step_can_live_again()
    {
        var project = Project.Of("""
            a: { task: A, outcomes: [yes, no] }
            b: { task: B, after: a.yes }
            c: { task: C, after: a.no, outcomes: { fine: , again: { redo: a } } }
            """).Complete("a", "no");
        Assert.Equal("dead", project.Phase("b"));
        project.Complete("c", "again").Complete("a", "yes");
        Assert.Equal(("open", "dead"), (project.Phase("b"), project.Phase("c")));
    }

    [Fact]
    public void A_delayed_redo_sets_back_at_once_and_only_the_opening_waits()
    {
        var project = Project.Of("""
            call: { task: Call, outcomes: { reached: , again: { redo: call, in: 2 days } } }
            """).Complete("call", "again");
        Assert.Equal(("waiting", true), (project.Phase("call"), project["call"].RedoPending));
        Assert.Equal("one", project.State.Stage);
        Assert.Null(project.State.Closed);
        Assert.Equal("waiting", project.PassDays(1).Phase("call"));
        Assert.Equal(("open", 2), (project.PassDays(1).Phase("call"), project["call"].Occurrence));
        Assert.Equal(Plans.Monday.AddDays(2), project["call"].OpenedAt);
    }

    [Fact]
    public void A_field_used_in_on_is_required_for_that_outcome_and_moves_the_opening_with_it()
    {
        var project = Project.Of("""
            call: { task: Call, outcomes: { reached: , again: { redo: call, on: field:call-on } } }
            """, head: "fields:\n  call-on: { kind: date, label: Call again on }");
        project.Refuses(project.Complete_("call", "again"), Refusal.Invalid, "Call again on");
        project.Complete("call", "again", null, ("call-on", new DateOnly(2026, 3, 5)));
        Assert.Equal(new DateTimeOffset(2026, 3, 5, 8, 0, 0, TimeSpan.Zero), project.Timer(TimerKind.Open, "call").Due);
        project.Set(("call-on", new DateOnly(2026, 3, 4)));
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 8, 0, 0, TimeSpan.Zero), project.Timer(TimerKind.Open, "call").Due);
        Assert.Equal("open", project.PassDays(2).Phase("call"));
    }

    [Fact]
    public void A_past_moment_of_a_redo_opens_at_once()
    {
        var project = Project.Of("""
            call: { task: Call, outcomes: { reached: , again: { redo: call, on: field:call-on } } }
            """, head: "fields:\n  call-on: { kind: date }").Complete("call", "again", null, ("call-on", new DateOnly(2026, 2, 1)));
        Assert.Equal(("open", 2), (project.Phase("call"), project["call"].Occurrence));
        Assert.Empty(project.State.Timers);
    }

    [Fact]
    public void A_pending_opening_that_comes_into_the_past_opens_at_once()
    {
        var project = Project.Of("""
            call: { task: Call, outcomes: { reached: , again: { redo: call, on: field:call-on } } }
            """, head: "fields:\n  call-on: { kind: date }").Complete("call", "again", null, ("call-on", new DateOnly(2026, 3, 20)));
        Assert.Equal("open", project.Set(("call-on", new DateOnly(2026, 2, 20))).Phase("call"));
    }

    [Fact]
    public void Setting_the_step_back_again_drops_the_pending_opening()
    {
        var project = Project.Of("""
            a: { task: A }
            b: { task: B, after: a, outcomes: { fine: , later: { redo: b, in: 5 days } } }
            c: { task: C, after: a, outcomes: { fine: , wrong: { redo: a } } }
            """).Complete("a").Complete("b", "later");
        Assert.Single(project.State.Timers);
        project.Complete("c", "wrong");
        Assert.Empty(project.State.Timers);
        Assert.Equal(("waiting", false), (project.Phase("b"), project["b"].RedoPending));
        Assert.Equal("open", project.Complete("a").Phase("b"));
    }

    [Fact]
    public void Starts_is_not_applied_on_redo()
    {
        var project = Project.Of("""
            call: { task: Call, starts: 1 day, outcomes: { reached: , again: { redo: call } } }
            """).PassDays(1).Complete("call", "again");
        Assert.Equal(("open", 2), (project.Phase("call"), project["call"].Occurrence));
    }

    [Fact]
    public void Each_occurrence_opens_once_and_evaluates_its_condition_again()
    {
        var project = Project.Of("""
            fix: { task: Fix }
            extra: { task: Extra check, after: fix, when: amount > 100 }
            end: { task: End, after: extra, outcomes: { fine: , wrong: { redo: fix } } }
            """).Complete("fix");
        Assert.Equal("passed", project.Phase("extra"));
        project.Set(("amount", 500m));
        Assert.Equal("passed", project.Phase("extra"));
        project.Complete("end", "wrong").Complete("fix");
        Assert.Equal("open", project.Phase("extra"));
        project.Set(("amount", 5m));
        Assert.Equal("open", project.Phase("extra"));
    }
}
