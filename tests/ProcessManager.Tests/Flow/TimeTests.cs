using ProcessManager.Flow;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>Section 7: due dates, reminders, escalations, expiry and hold.</summary>
public class TimeTests
{
    private const string Dated = "fields:\n  day: { kind: date }";

    [Fact]
    public void Working_days_are_counted_in_the_plans_calendar_and_explained()
    {
        var project = Project.Of("a: { task: A, due: 2 working days }");
        Assert.Equal(Plans.Monday.AddDays(2), project.Task("a").Due);
        var why = project.Events<FlowEvent.TaskOpened>().Single().Why!;
        Assert.Contains("2 working days", why.Note, StringComparison.Ordinal);
        var friday = new Project(Plans.OfSteps("a: { task: A, due: 2 working days }"), at: Plans.Monday.AddDays(4)).Start();
        Assert.Equal(Plans.Monday.AddDays(8), friday.Task("a").Due);
    }

    [Fact]
    public void Reminders_come_before_at_and_after_due_and_after_opening()
    {
        var project = Project.Of("a: { task: A, due: 3 days, remind: [1 day before due, at due, 1 day after due, 1 hour after opened] }");
        project.Pass(TimeSpan.FromHours(1));
        Assert.Equal(1, project.Reminders("a"));
        project.Until(Plans.Monday.AddDays(2));
        Assert.Equal(2, project.Reminders("a"));
        project.Until(Plans.Monday.AddDays(3));
        Assert.Equal(3, project.Reminders("a"));
        Assert.Equal(4, project.Until(Plans.Monday.AddDays(4)).Reminders("a"));
        Assert.Empty(project.State.Timers);
    }

    [Fact]
    public void A_repeating_reminder_comes_at_most_as_often_as_it_says()
    {
        var project = Project.Of("a: { task: A, due: 1 day, remind: [every 1 day after due at most 3] }").PassDays(1);
        Assert.Equal(0, project.Reminders("a"));
        Assert.Equal(3, project.PassDays(20).Reminders("a"));
        Assert.Empty(project.State.Timers);
        Assert.Equal(3, project.Events<FlowEvent.AlertRaised>().Select(a => a.Key).Distinct().Count());
    }

    [Fact]
    public void A_late_repeating_reminder_fires_once_for_all_it_missed_and_keeps_its_rhythm()
    {
        var project = Project.Of("a: { task: A, due: 1 day, remind: [every 1 day after due at most 9] }");
        project.Now = Plans.Monday.AddDays(4).AddHours(3);
        project.Do(new Command.FireTimers());
        Assert.Equal(1, project.Reminders("a"));
        Assert.Equal(Plans.Monday.AddDays(5), project.Timer(TimerKind.Remind).Due);
    }

    [Fact]
    public void Reminders_go_to_whoever_is_responsible_at_that_moment()
    {
        var project = Project.Of("a: { task: A, assign: group:sales, due: 5 days, remind: [1 day after opened, 2 days after opened, 3 days after opened] }").PassDays(1);
        Assert.Equal(["sam", "sue"], Reminded(project));
        project.Do(new Command.Claim(1) { Actor = "sue" }).PassDays(1);
        Assert.Equal(["sue"], Reminded(project));
        project.Do(new Command.Assign(1, "lea", null) { Actor = "owen" }).PassDays(1);
        Assert.Equal(["lea"], Reminded(project));
    }

    [Fact]
    public void Completing_cancels_all_timers_of_the_step()
    {
        var project = Project.Of("""
            a: { task: A, due: 1 day, remind: [at due, every 1 day after due at most 3], escalate: [{ after: 1 day, alert: manager }], expire: { after: 9 days, outcome: late }, outcomes: [fine, late] }
            b: { task: B }
            """);
        Assert.Equal(4, project.State.Timers.Length);
        project.Complete("a", "fine");
        Assert.Empty(project.State.Timers);
        Assert.Equal(4, project.Latest.OfType<FlowEvent.TimerCancelled>().Count());
    }

    [Fact]
    public void Escalations_count_from_due_and_alert_reassign_and_raise()
    {
        var project = Project.Of("""
            a:
              task: A
              assign: user:sam
              due: 1 day
              escalate: [{ after: 1 day, alert: manager }, { after: 2 days, priority: urgent }, { after: 3 days, reassign: group:sales-leads }]
            """).PassDays(2);
        var alert = project.Events<FlowEvent.AlertRaised>().Single();
        Assert.Equal((AlertCause.Escalation, "mia"), (alert.Cause, Assert.Single(alert.To)));
        Assert.Equal(Priority.Urgent, project.PassDays(1).Task("a").Priority);
        var due = project.Task("a").Due;
        project.PassDays(1);
        Assert.Equal((null, "sales-leads", due), (project.Task("a").Assignee, project.Task("a").Group, project.Task("a").Due));
        Assert.StartsWith("escalate:", project.Events<FlowEvent.TaskAssigned>().Single().Why!.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void Expiry_takes_its_outcome_and_counts_from_opening()
    {
        var project = Project.Of("a: { task: A, expire: { after: 2 days, outcome: late }, outcomes: [fine, late] }\nb: { task: B, after: a.late }").PassDays(2);
        Assert.Equal(("done", "late", "open"), (project.Phase("a"), project["a"].Outcome, project.Phase("b")));
        Assert.Null(project["a"].By);
        Assert.Equal(TaskPhase.Cancelled, project["a"].Tasks.Single().Phase);
    }

    [Fact]
    public void A_wait_settles_when_its_time_has_come()
    {
        var project = Project.Of("w: { wait: 2 days }\nb: { task: B, after: w }").PassDays(1);
        Assert.Equal("open", project.Phase("w"));
        project.PassDays(1);
        Assert.Equal(("done", "open"), (project.Phase("w"), project.Phase("b")));
    }

    [Fact]
    public void At_one_instant_expiry_comes_first_then_waits_openings_escalations_reminders()
    {
        var project = Project.Of("""
            r: { task: R, due: 1 day, remind: [at due], escalate: [{ after: 0 days, priority: high }] }
            o: { task: O, starts: 1 day }
            w: { wait: 1 day }
            e: { task: E, expire: { after: 1 day, outcome: late }, outcomes: [fine, late] }
            """).PassDays(1);
        Assert.Equal(
            [TimerKind.Expire, TimerKind.Wait, TimerKind.Open, TimerKind.Escalate, TimerKind.Remind],
            project.Events<FlowEvent.TimerFired>().Select(t => t.Timer.Kind));
    }

    [Fact]
    public void Of_one_sort_the_stages_timer_comes_before_those_of_its_steps_and_these_come_in_file_order()
    {
        var project = Project.Of("""
            late: { task: Late, due: 1 day after start, remind: [at due], escalate: [{ after: 0 days, priority: high }], after: first }
            early: { task: Early, due: 1 day, remind: [at due], escalate: [{ after: 0 days, priority: high }], notify: { overdue: owner } }
            first: { task: First }
            """, stage: "within: 1 day\nremind: [at due]\nescalate: [{ after: 0 days, alert: manager }]").Complete("first").PassDays(1);
        Assert.Equal(
            ["StageEscalate ", "Escalate late", "Escalate early", "StageRemind ", "Remind late", "Remind early", "Overdue early"],
            project.Events<FlowEvent.TimerFired>().Select(t => $"{t.Timer.Kind} {t.Timer.Step}"));
    }

    [Fact]
    public void Of_several_members_the_one_who_has_waited_longest_expires_first()
    {
        var names = Enumerable.Range(1, 12).Select(i => $"p{i}").ToArray();
        var facts = Plans.Facts with { Directory = Plans.Facts.Directory with { People = Plans.Facts.Directory.People.AddRange(names.Select(n => new KeyValuePair<string, Member>(n, Plans.Person(n, n)))) } };
        var project = new Project(Plans.OfSteps("r: { receive: x, each: people, expire: { after: 1 day, outcome: timed-out } }\nb: { task: B, after: r }", "fields:\n  people: { kind: persons }"), facts)
            .Start(("people", names)).PassDays(1);
        Assert.Equal(names, project.Events<FlowEvent.MemberSettled>().Select(e => e.Member));
    }

    [Fact]
    public void A_goto_step_waits_for_other_timers_of_the_same_instant()
    {
        var project = Project.Of("""
            w: { wait: 1 day }
            leave: { goto: two, after: w }
            x: { wait: 1 day }
            s: { set: { amount: "7" }, after: x }
            """, more: "two:\n  name: Two\n  steps:\n    last: { task: Last }").PassDays(1);
        Assert.Equal(("two", 7m), (project.State.Stage, project.State.Fields["amount"]));
    }

    [Fact]
    public void When_a_date_field_changes_due_and_what_hangs_on_it_moves()
    {
        var project = Project.Of("a: { task: A, due: 2 working days before field:day, remind: [1 working day before due], escalate: [{ after: 1 day, alert: manager }] }", head: Dated);
        Assert.Null(project.Task("a").Due);
        Assert.All(project.State.Timers, t => Assert.Null(t.Due));
        project.Set(("day", new DateOnly(2026, 3, 13)));
        var due = project.Task("a").Due;
        Assert.Equal(new DateTimeOffset(2026, 3, 11, 16, 0, 0, TimeSpan.Zero), due);
        Assert.Equal(due!.Value.AddDays(-1), project.Timer(TimerKind.Remind).Due);
        Assert.Equal(due.Value.AddDays(1), project.Timer(TimerKind.Escalate).Due);
        project.Set(("day", new DateOnly(2026, 3, 20)));
        Assert.Equal(due.Value.AddDays(7), project.Task("a").Due);
        Assert.Equal(due.Value.AddDays(6), project.Timer(TimerKind.Remind).Due);
        Assert.All(project.Latest.OfType<FlowEvent.TaskDueChanged>(), e => Assert.False(e.ByHand));
    }

    [Fact]
    public void A_date_that_a_person_set_no_longer_moves_with_its_anchor()
    {
        var project = Project.Of("a: { task: A, due: at field:day, remind: [1 day before due] }", head: Dated);
        project.Set(("day", new DateOnly(2026, 3, 13)));
        var byHand = Plans.Monday.AddDays(3);
        project.Do(new Command.SetDue(1, byHand) { Actor = "owen" });
        Assert.Equal(byHand.AddDays(-1), project.Timer(TimerKind.Remind).Due);
        project.Set(("day", new DateOnly(2026, 3, 20)));
        Assert.Equal(byHand, project.Task("a").Due);
        Assert.True(project.Task("a").DueByHand);
    }

    [Fact]
    public void What_fired_stays_fired_and_reminders_in_the_past_are_skipped_when_a_date_moves()
    {
        var project = Project.Of("a: { task: A, due: 10 days, remind: [5 days before due, 1 day before due] }").PassDays(6);
        Assert.Equal(1, project.Reminders("a"));
        project.Do(new Command.SetDue(1, Plans.Monday.AddDays(30)) { Actor = "owen" });
        Assert.Equal(Plans.Monday.AddDays(29), project.Timer(TimerKind.Remind).Due);
        project.Do(new Command.SetDue(1, Plans.Monday.AddDays(6).AddHours(2)) { Actor = "owen" });
        Assert.Empty(project.State.Timers);
        project.Do(new Command.SetDue(1, Plans.Monday.AddDays(20)) { Actor = "owen" });
        Assert.Equal(Plans.Monday.AddDays(19), project.Timer(TimerKind.Remind).Due);
        Assert.Equal(2, project.PassDays(30).Reminders("a"));
    }

    [Fact]
    public void Reminders_after_due_can_come_again_when_due_moves_later()
    {
        var project = Project.Of("a: { task: A, due: 1 day, remind: [1 day after due] }").PassDays(2);
        Assert.Equal(1, project.Reminders("a"));
        project.Do(new Command.SetDue(1, Plans.Monday.AddDays(5)) { Actor = "owen" });
        Assert.Equal(2, project.PassDays(10).Reminders("a"));
    }

    [Fact]
    public void Timer_keys_are_never_used_twice()
    {
        var project = Project.Of("a: { task: A, due: 1 day, remind: [1 day after due, every 1 day after due at most 3], outcomes: { fine: , again: { redo: a } } }");
        for (var i = 0; i < 4; i++)
        {
            project.PassDays(3).Do(new Command.SetDue(project.Task("a").Number, project.Now.AddDays(2)) { Actor = "owen" });
            project.PassDays(4).Complete("a", "again");
        }

        var keys = project.Events<FlowEvent.TimerSet>().Select(e => e.Timer.Key).ToArray();
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void A_step_that_opens_after_its_due_moment_counts_from_its_opening()
    {
        var project = Project.Of(
            "a: { task: A }\nb: { task: B, after: a, due: 1 day after start, remind: [1 hour before due, at due, 1 day after due], escalate: [{ after: 2 days, alert: manager }] }")
            .PassDays(5).Complete("a");
        Assert.Equal(Plans.Monday.AddDays(1), project.Task("b").Due);
        Assert.Equal(Plans.Monday.AddDays(6), project.Timer(TimerKind.Remind).Due);
        Assert.Equal(Plans.Monday.AddDays(7), project.Timer(TimerKind.Escalate).Due);
    }

    [Fact]
    public void Due_after_a_step_is_unset_until_that_step_settles()
    {
        var project = Project.Of("a: { task: A }\nb: { task: B, due: 2 days after a }");
        Assert.Null(project.Task("b").Due);
        project.PassDays(3).Complete("a");
        Assert.Equal(Plans.Monday.AddDays(5), project.Task("b").Due);
    }

    [Fact]
    public void What_has_no_date_yet_is_shown_as_the_plan_writes_it()
    {
        var project = Project.Of("""
            a:
              task: A
              due: 2 weeks before field:day
              remind: [1 day before due]
              escalate: [{ after: 3 days, alert: manager }, { after: 1 day after field:day, alert: manager }]
              expire: { after: 1 week after field:day, outcome: late }
              outcomes: { fine: , late: , again: { redo: a, on: field:call, ask: [call] } }
            b: { task: B, starts: at field:day }
            w: { wait: 1 month before field:day }
            """, "fields:\n  day: { kind: date, label: Conference date }\n  call: { kind: date, label: Call on }", "within: 3 days before field:day\nremind: [1 day before due]\nescalate: [{ after: 2 days, alert: manager }]");
        var texts = project.State.Timers.Select(t => $"{t.Kind} {UnsetMoments.TextOf(project.Plan, project.State, t)}").Order(StringComparer.Ordinal);
        Assert.All(project.State.Timers, t => Assert.Null(t.Due));
        Assert.Equal(
            ["Escalate 1 day after Conference date", "Escalate 3 days", "Expire 1 week after Conference date", "Open at Conference date", "Remind 1 day before due", "StageEscalate 2 days", "StageRemind 1 day before due", "Wait 1 month before Conference date"],
            texts);
        Assert.Equal("2 weeks before Conference date", UnsetMoments.DueOf(project.Plan, "a", project.Task("a")));
        project.Set(("day", new DateOnly(2026, 5, 4)));
        Assert.All(project.State.Timers, t => Assert.NotNull(t.Due));
        Assert.Null(UnsetMoments.DueOf(project.Plan, "a", project.Task("a")));
        project.Complete("a", "again", with: ("call", new DateOnly(2026, 3, 20)));
        Assert.Equal("at Call on", UnsetMoments.TextOf(project.Plan, project.State, project.Timer(TimerKind.Open, "a")));
    }

    [Fact]
    public void A_stage_deadline_reminds_the_owner_and_escalates()
    {
        var project = Project.Of("a: { task: A, assign: user:sam }", stage: "within: 2 days\nremind: [1 day before due]\nescalate: [{ after: 1 day, alert: manager }]");
        Assert.Equal(Plans.Monday.AddDays(2), project.State.StageDue);
        project.PassDays(1);
        Assert.Equal(["owen"], Reminded(project));
        project.PassDays(2);
        Assert.Equal("mia", Assert.Single(project.Events<FlowEvent.AlertRaised>().Single(a => a.Cause == AlertCause.Escalation).To));
    }

    [Fact]
    public void On_hold_timers_stand_still_and_tasks_cannot_be_completed()
    {
        var project = Project.Of("a: { task: A, due: 1 day, remind: [at due] }").Do(new Command.PutOnHold("Customer is away") { Actor = "owen" });
        project.Now = Plans.Monday.AddDays(2);
        project.Do(new Command.FireTimers());
        Assert.Empty(project.Latest);
        project.Refuses(project.Complete_("a"), Refusal.Conflict, "on hold", "Customer is away");
        project.Set(("amount", 3m)).Do(new Command.Resume { Actor = "owen" });
        Assert.Equal(Plans.Monday.AddDays(3), project.Task("a").Due);
        Assert.Equal(Plans.Monday.AddDays(3), project.Timer(TimerKind.Remind).Due);
        Assert.Equal(1, project.PassDays(1).Reminders("a"));
    }

    [Fact]
    public void On_resume_working_time_keeps_what_was_left_and_moments_on_fields_stay()
    {
        var project = Project.Of("""
            a: { task: A, due: 2 working days, remind: [1 working day before due] }
            b: { task: B, due: at field:day, remind: [1 day before due] }
            w: { wait: at field:day }
            c: { wait: 10 days }
            """, head: Dated).Set(("day", new DateOnly(2026, 3, 20)));
        var fixedTimers = project.State.Timers.Where(t => t.Step is "b" or "w").ToArray();
        project.Do(new Command.PutOnHold("Wait") { Actor = "owen" });
        project.Now = Plans.Monday.AddDays(4);
        project.Do(new Command.Resume { Actor = "owen" });
        Assert.Equal(fixedTimers, project.State.Timers.Where(t => t.Step is "b" or "w"));
        Assert.Equal(new DateTimeOffset(2026, 3, 9, 16, 0, 0, TimeSpan.Zero), project.Task("a").Due!.Value);
        Assert.Equal(Plans.Monday.AddDays(14), project.Timer(TimerKind.Wait, "c").Due);
    }

    private static string[] Reminded(Project project) =>
        [.. project.Events<FlowEvent.AlertRaised>().Last(a => a.Cause == AlertCause.Reminder).To];
}
