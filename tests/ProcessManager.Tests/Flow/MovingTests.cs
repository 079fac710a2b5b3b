using ProcessManager.Flow;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>Section 7: what happens to dates when what they hang on changes.</summary>
public class MovingTests
{
    private const string Dated = "fields:\n  day: { kind: date }";

    [Fact]
    public void An_opened_step_stays_open_and_a_settled_wait_stays_settled_when_their_date_moves()
    {
        var project = Project.Of("a: { task: A, starts: at field:day }\nw: { wait: at field:day }\nb: { task: B, after: w }", Dated).Set(("day", new DateOnly(2026, 3, 4)));
        project.Until(At(4, 8));
        Assert.Equal(("open", "done", "open"), (project.Phase("a"), project.Phase("w"), project.Phase("b")));
        project.Set(("day", new DateOnly(2026, 3, 20)));
        Assert.Equal(("open", "done", "open"), (project.Phase("a"), project.Phase("w"), project.Phase("b")));
        Assert.Empty(project.State.Timers);
    }

    [Fact]
    public void What_waits_goes_on_at_once_when_its_date_moves_into_the_past()
    {
        var project = Project.Of("a: { task: A, starts: at field:day }\nw: { wait: at field:day }\nb: { task: B, after: w }", Dated).Set(("day", new DateOnly(2026, 3, 20)));
        Assert.Equal(("waiting", "open"), (project.Phase("a"), project.Phase("w")));
        project.Set(("day", new DateOnly(2026, 3, 1)));
        Assert.Equal(("open", "done", "open"), (project.Phase("a"), project.Phase("w"), project.Phase("b")));
    }

    [Fact]
    public void A_date_that_is_emptied_is_unset_again_and_so_is_what_hangs_on_it()
    {
        var project = Project.Of("a: { task: A, due: at field:day, remind: [1 day before due], escalate: [{ after: 1 day, alert: manager }] }\nw: { wait: at field:day }", Dated)
            .Set(("day", new DateOnly(2026, 3, 20)));
        Assert.All(project.State.Timers, t => Assert.NotNull(t.Due));
        project.Set(("day", null));
        Assert.Null(project.Task("a").Due);
        Assert.All(project.State.Timers, t => Assert.Null(t.Due));
        Assert.Equal(3, project.State.Timers.Length);
        Assert.Equal(0, project.PassDays(100).Reminders("a"));
    }

    [Fact]
    public void Dates_after_a_step_stay_while_it_is_set_back_and_move_when_it_settles_again()
    {
        var project = Project.Of("a: { task: A, outcomes: { fine: } }\nb: { task: B, due: 2 days after a }").Complete("a");
        Assert.Equal(Plans.Monday.AddDays(2), project.Task("b").Due);
        project.PassDays(1).Do(new Command.Reopen("a", "Once more") { Actor = "owen" });
        Assert.Equal(Plans.Monday.AddDays(2), project.Task("b").Due);
        project.PassDays(3).Complete("a");
        Assert.Equal(Plans.Monday.AddDays(6), project.Task("b").Due);
    }

    [Fact]
    public void Escalations_and_expiry_may_name_an_anchor_and_move_with_it()
    {
        var project = Project.Of("""
            a:
              task: A
              due: 5 days
              escalate: [{ after: 3 days after opened, alert: manager }, { after: 1 day before due, priority: high }, { after: at field:day, priority: urgent }]
              expire: { after: 2 days after due, outcome: late }
              outcomes: [fine, late]
            """, Dated);
        Assert.Equal([Plans.Monday.AddDays(3), Plans.Monday.AddDays(4), null], Escalations(project));
        Assert.Equal(Plans.Monday.AddDays(7), project.Timer(TimerKind.Expire).Due);
        project.Set(("day", new DateOnly(2026, 3, 20))).Do(new Command.SetDue(1, Plans.Monday.AddDays(10)) { Actor = "owen" });
        Assert.Equal([Plans.Monday.AddDays(3), Plans.Monday.AddDays(9), At(20, 16)], Escalations(project));
        Assert.Equal(Plans.Monday.AddDays(12), project.Timer(TimerKind.Expire).Due);
    }

    [Fact]
    public void An_escalation_whose_moment_moves_into_the_past_happens_at_once_and_one_that_happened_does_not_come_again()
    {
        var project = Project.Of("a: { task: A, due: 5 days, escalate: [{ after: 1 day, alert: manager }] }").PassDays(3);
        project.Do(new Command.SetDue(1, Plans.Monday.AddDays(1)) { Actor = "owen" }).Do(new Command.FireTimers());
        Assert.Single(project.Events<FlowEvent.AlertRaised>(), a => a.Cause == AlertCause.Escalation);
        project.Do(new Command.SetDue(1, Plans.Monday.AddDays(9)) { Actor = "owen" }).PassDays(30);
        Assert.Single(project.Events<FlowEvent.AlertRaised>(), a => a.Cause == AlertCause.Escalation);
    }

    [Fact]
    public void A_due_date_that_moves_says_how_it_was_counted()
    {
        var project = Project.Of("a: { task: A, due: 2 working days before field:day }", Dated).Set(("day", new DateOnly(2026, 3, 13)));
        Assert.Equal("2 working days before Fri 13 Mar: Thu 12 Mar, Wed 11 Mar 17:00, the closing (Office)", project.Latest.OfType<FlowEvent.TaskDueChanged>().Single().Why!.Note);
    }

    [Fact]
    public void Waits_and_openings_say_how_they_were_counted()
    {
        var project = Project.Of("w: { wait: 3 working days }\na: { task: A, starts: 1 day before field:day }", Dated);
        Assert.Equal("3 working days from Mon 2 Mar 09:00: Tue 3 Mar, Wed 4 Mar, Thu 5 Mar (Office)", project.Events<FlowEvent.TimerSet>().Single(t => t.Timer.Kind == TimerKind.Wait).Why!.Note);
        project.Set(("day", new DateOnly(2026, 3, 13)));
        Assert.Equal("1 day before Fri 13 Mar: Thu 12 Mar 09:00, the opening (Office)", project.Latest.OfType<FlowEvent.TimerMoved>().Single().Why!.Note);
    }

    [Fact]
    public void A_task_that_opens_with_a_date_field_says_how_its_due_date_was_counted()
    {
        var project = Project.Of("a: { task: A }\nb: { task: B, after: a, due: 1 week after field:day }", Dated).Set(("day", new DateOnly(2026, 3, 3))).Complete("a");
        Assert.Contains("1 week after Tue 3 Mar: Tue 10 Mar 17:00, the closing (Office)", project.Latest.OfType<FlowEvent.TaskOpened>().Single().Why!.Note, StringComparison.Ordinal);
    }

    private static DateTimeOffset?[] Escalations(Project project) =>
        [.. project.State.Timers.Where(t => t.Kind == TimerKind.Escalate).OrderBy(t => t.Rule).Select(t => t.Due)];

    /// <summary>In March 2026, UTC: an hour behind Vienna.</summary>
    private static DateTimeOffset At(int day, int hour) => new(2026, 3, day, hour, 0, 0, TimeSpan.Zero);
}
