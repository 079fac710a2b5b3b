using ProcessManager.Flow;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>Section 7: what time does to a project that was on hold.</summary>
public class HoldTests
{
    private const string Dated = "fields:\n  day: { kind: date }";

    [Fact]
    public void A_working_time_timer_keeps_the_working_time_it_had_left()
    {
        // Held on Monday at noon for a week and three hours: six working hours were left of the eight.
        var project = Project.Of("w: { wait: 8 working hours }").Pass(TimeSpan.FromHours(3));
        RhythmTests.Hold(project, TimeSpan.FromDays(7) + TimeSpan.FromHours(3));
        Assert.Equal(At(10, 11), project.Timer(TimerKind.Wait).Due);
    }

    [Fact]
    public void Resumed_at_night_it_goes_on_with_the_next_opening()
    {
        var project = Project.Of("w: { wait: 3 working hours }").Pass(TimeSpan.FromHours(1));
        RhythmTests.Hold(project, TimeSpan.FromHours(12));
        Assert.Equal(At(3, 10), project.Timer(TimerKind.Wait).Due);
    }

    [Fact]
    public void Where_no_working_time_was_left_it_fires_at_the_next_opening_never_at_night()
    {
        // Sunday's working day ends with Tuesday's opening; held at Monday's closing, no working time is left of it.
        var project = new Project(Plans.OfSteps("w: { wait: 1 working day }"), at: At(1, 11)).Start();
        Assert.Equal(At(3, 8), project.Timer(TimerKind.Wait).Due);
        project.Now = At(2, 16);
        RhythmTests.Hold(project, TimeSpan.FromHours(30));
        Assert.Equal(At(4, 8), project.Timer(TimerKind.Wait).Due);
    }

    [Fact]
    public void A_calendar_time_timer_moves_by_the_time_held()
    {
        var project = Project.Of("w: { wait: 3 days }\na: { task: A, due: 2 weeks, expire: { after: 1 month, outcome: late }, outcomes: [fine, late] }").PassDays(1);
        var expires = project.Timer(TimerKind.Expire).Due!.Value;
        RhythmTests.Hold(project, TimeSpan.FromDays(10));
        Assert.Equal(Plans.Monday.AddDays(13), project.Timer(TimerKind.Wait).Due);
        Assert.Equal(Plans.Monday.AddDays(24), project.Task("a").Due);
        Assert.Equal(expires.AddDays(10), project.Timer(TimerKind.Expire).Due);
    }

    [Fact]
    public void A_reminder_after_opening_counts_by_its_own_unit_whatever_due_counts_in()
    {
        var project = Project.Of("a: { task: A, due: 5 working days, remind: [4 days after opened] }");
        RhythmTests.Hold(project, TimeSpan.FromDays(3));
        Assert.Equal(Plans.Monday.AddDays(7), project.Timer(TimerKind.Remind).Due);
    }

    [Fact]
    public void What_is_overdue_already_keeps_its_date_and_its_escalation_counts_by_its_own_unit()
    {
        var project = Project.Of("a: { task: A, due: 1 working day, escalate: [{ after: 4 days, alert: manager }] }").PassDays(2);
        RhythmTests.Hold(project, TimeSpan.FromDays(3));
        Assert.Equal(Plans.Monday.AddDays(1), project.Task("a").Due);
        Assert.Equal(Plans.Monday.AddDays(8), project.Timer(TimerKind.Escalate).Due);
    }

    [Fact]
    public void A_moment_on_a_date_field_a_written_date_and_a_date_set_by_hand_do_not_move()
    {
        var project = Project.Of("""
            a: { task: A, due: 2 days before field:day, remind: [1 day before due], escalate: [{ after: 1 day, alert: manager }] }
            b: { task: B, due: at 2026-03-25, remind: [1 day before due] }
            c: { task: C, due: 2 days, remind: [1 day before due] }
            w: { wait: 1 week before field:day }
            """, Dated).Set(("day", new DateOnly(2026, 3, 27)));
        project.Do(new Command.SetDue(project.Task("c").Number, Plans.Monday.AddDays(20)) { Actor = "owen" });
        var (tasks, timers) = (Dues(project), project.State.Timers.Select(t => (t.Kind, t.Step, t.Due)).ToArray());
        RhythmTests.Hold(project, TimeSpan.FromDays(5));
        Assert.Equal(tasks, Dues(project));
        Assert.Equal(timers, project.State.Timers.Select(t => (t.Kind, t.Step, t.Due)));
    }

    [Fact]
    public void What_hangs_on_due_moves_with_it_and_keeps_its_distance()
    {
        var project = Project.Of("""
            a:
              task: A
              due: 5 working days
              remind: [1 day before due, at due, 1 working day after due]
              escalate: [{ after: 3 days, alert: manager }]
              expire: { after: 2 days after due, outcome: late }
              outcomes: [fine, late]
            """);
        RhythmTests.Hold(project, TimeSpan.FromDays(7));
        var due = At(13, 16); // five full days are over at the closing of the fifth
        Assert.Equal(due, project.Task("a").Due);
        Assert.Equal([due.AddDays(-1), due, due.AddDays(3)], project.State.Timers.Where(t => t.Kind == TimerKind.Remind).Select(t => t.Due!.Value).Order());
        Assert.Equal((due.AddDays(3), due.AddDays(2)), (project.Timer(TimerKind.Escalate).Due, project.Timer(TimerKind.Expire).Due));
    }

    [Fact]
    public void A_timer_that_was_late_when_the_hold_began_fires_on_resume()
    {
        var project = Project.Of("a: { task: A, due: 1 day, remind: [at due] }");
        project.Now = Plans.Monday.AddDays(2);
        RhythmTests.Hold(project, TimeSpan.FromDays(4));
        Assert.Equal(Plans.Monday.AddDays(1), project.Timer(TimerKind.Remind).Due);
        Assert.Equal(1, project.Do(new Command.FireTimers()).Reminders("a"));
    }

    [Fact]
    public void A_field_edited_on_hold_moves_what_hangs_on_it_at_once()
    {
        var project = Project.Of("a: { task: A, due: at field:day }", Dated).Do(new Command.PutOnHold("Wait") { Actor = "owen" });
        project.Set(("day", new DateOnly(2026, 3, 20)));
        Assert.Equal(At(20, 16), project.Task("a").Due);
    }

    private static DateTimeOffset?[] Dues(Project project) => [.. project.State.Steps.SelectMany(s => s.Tasks).Select(t => t.Due)];

    /// <summary>In March 2026, UTC: an hour behind Vienna.</summary>
    private static DateTimeOffset At(int day, int hour) => new(2026, 3, day, hour, 0, 0, TimeSpan.Zero);
}
