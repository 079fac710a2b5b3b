using ProcessManager.Flow;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>Section 7: repeating reminders keep their rhythm; stage deadlines move and remind again.</summary>
public class RhythmTests
{
    private const string Dated = "fields:\n  day: { kind: date }";

    [Fact]
    public void A_monthly_reminder_stays_on_its_day_after_a_short_month()
    {
        var project = new Project(Plans.OfSteps("a: { task: A, due: 1 hour, remind: [every 1 month after due at most 4] }"), at: At(2026, 1, 30, 9)).Start();
        project.Until(At(2026, 12, 1, 9));
        Assert.Equal([At(2026, 2, 28, 10), At(2026, 3, 30, 9), At(2026, 4, 30, 9), At(2026, 5, 30, 9)], Fired(project));
    }

    [Fact]
    public void It_stays_on_its_day_also_where_the_host_was_down_for_months()
    {
        var project = new Project(Plans.OfSteps("a: { task: A, due: 1 hour, remind: [every 1 month after due at most 9] }"), at: At(2026, 1, 31, 9)).Start();
        project.Now = At(2026, 4, 15, 0);
        project.Do(new Command.FireTimers());
        Assert.Equal(1, project.Reminders("a"));
        Assert.Equal((At(2026, 4, 30, 9), 2), (project.Timer(TimerKind.Remind).Due, project.Timer(TimerKind.Remind).Count));
        project.Until(At(2026, 5, 31, 9));
        Assert.Equal((At(2026, 6, 30, 9), 4), (project.Timer(TimerKind.Remind).Due, project.Timer(TimerKind.Remind).Count));
    }

    [Fact]
    public void What_was_missed_counts_among_the_most_that_may_come()
    {
        var project = Project.Of("a: { task: A, due: 1 day, remind: [every 1 day after due at most 3] }");
        project.Now = Plans.Monday.AddDays(30);
        project.Do(new Command.FireTimers());
        Assert.Equal(1, project.Reminders("a"));
        Assert.Empty(project.State.Timers);
    }

    [Fact]
    public void An_hourly_reminder_keeps_its_minute_after_being_late()
    {
        var project = Project.Of("a: { task: A, due: 1 hour, remind: [every 1 hour after due at most 20] }");
        project.Now = Plans.Monday.AddHours(5).AddMinutes(17);
        project.Do(new Command.FireTimers());
        Assert.Equal(Plans.Monday.AddHours(6), project.Timer(TimerKind.Remind).Due);
    }

    [Fact]
    public void A_beat_before_due_of_a_working_day_rhythm_lands_in_working_hours()
    {
        var project = Project.Of("a: { task: A, due: 4 working days, remind: [every 2 working days after due at most 3] }");
        project.PassDays(60);
        Assert.Equal([At(2026, 3, 10, 8), At(2026, 3, 12, 8), At(2026, 3, 16, 8)], Fired(project));
    }

    [Fact]
    public void When_due_moves_earlier_past_beats_are_not_sent_again()
    {
        var project = Project.Of("a: { task: A, due: 10 days, remind: [every 1 day after due at most 5] }").PassDays(12);
        Assert.Equal(2, project.Reminders("a"));
        project.Do(new Command.SetDue(1, Plans.Monday.AddDays(9).AddHours(1)) { Actor = "owen" });
        Assert.Equal((Plans.Monday.AddDays(12).AddHours(1), 2), (project.Timer(TimerKind.Remind).Due, project.Timer(TimerKind.Remind).Count));
        Assert.Equal(5, project.PassDays(30).Reminders("a"));
    }

    [Fact]
    public void When_due_moves_later_the_rhythm_begins_anew()
    {
        var project = Project.Of("a: { task: A, due: 1 day, remind: [every 1 day after due at most 2] }").PassDays(3);
        Assert.Equal(2, project.Reminders("a"));
        project.Do(new Command.SetDue(1, Plans.Monday.AddDays(10)) { Actor = "owen" });
        Assert.Equal(Plans.Monday.AddDays(11), project.Timer(TimerKind.Remind).Due);
        Assert.Equal(4, project.PassDays(30).Reminders("a"));
    }

    [Fact]
    public void On_resume_an_overdue_rhythm_goes_on_from_where_it_stood()
    {
        var project = Project.Of("a: { task: A, due: 1 day, remind: [every 1 day after due at most 4] }").Pass(TimeSpan.FromHours(60));
        Assert.Equal(1, project.Reminders("a"));
        Hold(project, TimeSpan.FromDays(5));
        Assert.Equal(Plans.Monday.AddDays(8), project.Timer(TimerKind.Remind).Due);
        Assert.Equal(Plans.Monday.AddDays(1), project.Task("a").Due);
        project.PassDays(30);
        Assert.Equal([Plans.Monday.AddDays(2), Plans.Monday.AddDays(8), Plans.Monday.AddDays(9), Plans.Monday.AddDays(10)], Fired(project));
    }

    [Fact]
    public void A_rhythm_and_what_a_stage_reminded_of_are_kept_with_the_state()
    {
        var project = Project.Of("a: { task: A, due: 1 day, remind: [every 1 day after due at most 4] }", stage: "within: 2 days\nremind: [1 day before due]").Pass(TimeSpan.FromHours(60));
        Hold(project, TimeSpan.FromDays(5));
        var read = ProjectStateJson.Read(ProjectStateJson.Write(project.State), project.Plan);
        Assert.Equal(new Rhythm(Plans.Monday.AddDays(8), 1), project.Timer(TimerKind.Remind).Rhythm);
        Assert.Equal(project.Timer(TimerKind.Remind), read.Timers.Single(t => t.Kind == TimerKind.Remind));
        Assert.Equal([0], read.StageReminded.AsEnumerable());
    }

    [Fact]
    public void A_stages_deadline_moves_with_its_field_and_takes_its_reminders_and_escalations_along()
    {
        var project = Project.Of("a: { task: A }", Dated, "within: 1 day before field:day\nremind: [2 days before due, 1 day after due]\nescalate: [{ after: 2 days, alert: manager }]");
        Assert.Null(project.State.StageDue);
        project.Set(("day", new DateOnly(2026, 3, 13)));
        var due = At(2026, 3, 12, 16);
        Assert.Equal(due, project.State.StageDue);
        project.Until(due.AddDays(-2));
        Assert.Equal(1, StageReminders(project));
        project.Set(("day", new DateOnly(2026, 3, 20)));
        Assert.Equal(due.AddDays(7), project.State.StageDue);
        Assert.Equal(due.AddDays(8), project.Timer(TimerKind.StageRemind).Due);
        Assert.Equal(due.AddDays(9), project.Timer(TimerKind.StageEscalate).Due);
        Assert.Equal(2, StageReminders(project.PassDays(30)));
    }

    [Fact]
    public void A_stages_reminder_that_was_skipped_comes_when_the_deadline_moves_later_and_one_that_went_out_does_not()
    {
        var project = Project.Of("a: { task: A }", Dated, "within: at field:day\nremind: [10 days before due, 1 day before due]");
        project.Set(("day", new DateOnly(2026, 3, 5)));
        Assert.Equal(At(2026, 3, 4, 16), project.Timer(TimerKind.StageRemind).Due);
        project.Set(("day", new DateOnly(2026, 3, 20)));
        Assert.Equal([At(2026, 3, 10, 16), At(2026, 3, 19, 16)], project.State.Timers.Select(t => t.Due!.Value).Order());
        project.Until(At(2026, 3, 11, 8)).Set(("day", new DateOnly(2026, 4, 10)));
        Assert.Equal(At(2026, 4, 9, 15), Assert.Single(project.State.Timers).Due);
    }

    [Fact]
    public void A_new_visit_of_a_stage_reminds_again()
    {
        var project = Project.Of(
            "a: { task: A, outcomes: { fine: , again: { goto: one } } }", stage: "within: 2 days\nremind: [1 day before due]").PassDays(1);
        Assert.Equal(1, StageReminders(project));
        project.Complete("a", "again").PassDays(1);
        Assert.Equal(2, StageReminders(project));
    }

    [Fact]
    public void On_resume_a_stages_reminders_keep_their_distance_from_its_deadline()
    {
        var project = Project.Of("a: { task: A }", stage: "within: 4 working days\nremind: [1 working day before due, 1 day after opened]\nescalate: [{ after: 2 days, alert: manager }]");
        Hold(project, TimeSpan.FromDays(4));
        Assert.Equal(At(2026, 3, 11, 16), project.State.StageDue);
        Assert.Equal([At(2026, 3, 7, 8), At(2026, 3, 10, 16)], project.State.Timers.Where(t => t.Kind == TimerKind.StageRemind).Select(t => t.Due!.Value).Order());
        Assert.Equal(At(2026, 3, 13, 16), project.Timer(TimerKind.StageEscalate).Due);
    }

    internal static Project Hold(Project project, TimeSpan time)
    {
        project.Do(new Command.PutOnHold("Wait") { Actor = "owen" });
        project.Now += time;
        return project.Do(new Command.Resume { Actor = "owen" });
    }

    private static DateTimeOffset[] Fired(Project project) =>
        [.. project.Events<FlowEvent.TimerFired>().Where(t => t.Timer.Kind == TimerKind.Remind).Select(t => t.Timer.Due!.Value)];

    private static int StageReminders(Project project) => project.Events<FlowEvent.AlertRaised>().Count(a => a.Cause == AlertCause.Reminder && a.Step is null);

    private static DateTimeOffset At(int year, int month, int day, int hour) => new(year, month, day, hour, 0, 0, TimeSpan.Zero);
}
