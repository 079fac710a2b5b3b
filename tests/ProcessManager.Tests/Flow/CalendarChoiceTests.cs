using System.Collections.Immutable;
using ProcessManager.Flow;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>Section 7: whose working time counts, and that leave is none.</summary>
public class CalendarChoiceTests
{
    private const string Due = "due: 2 working days";

    [Fact]
    public void An_assignees_own_calendar_counts_before_the_groups_the_plans_and_the_organisations()
    {
        Assert.Equal(Day(3, 4), DueOf("assign: user:owen", World()));
        Assert.Equal(Day(3, 4), DueOf("assign: group:sales", World()));
        Assert.Equal(Night(3, 4), DueOf("assign: group:shipping", World()));
        Assert.Equal(Saturdays(3, 21), DueOf("assign: user:fay", World()));
        Assert.Equal(Saturdays(3, 21), DueOf("assign: user:fay", World(), head: "calendar: night"));
        Assert.Equal(Night(3, 4), DueOf("assign: user:owen", World(), head: "calendar: night"));
        Assert.Equal(Night(3, 4), DueOf("assign: group:sales", World(), head: "calendar: night"));
        Assert.Equal(Day(3, 4), DueOf("assign: group:shipping", World() with
        {
            Organisation = World().Organisation with { GroupCalendars = ImmutableDictionary<string, string>.Empty },
        }));
    }

    [Fact]
    public void A_member_picked_from_a_group_brings_their_own_calendar_else_works_by_the_groups()
    {
        Assert.Equal(Night(3, 4), DueOf("assign: group:shipping\n  share: round-robin", World()));
        Assert.Equal(Saturdays(3, 21), DueOf("assign: group:shipping\n  share: round-robin", With(World(), "shaw", m => m with { Calendar = "saturdays" })));
    }

    [Fact]
    public void A_calendar_that_is_not_there_any_more_is_passed_over() =>
        Assert.Equal(Day(3, 4), DueOf("assign: user:owen", With(World(), "owen", m => m with { Calendar = "gone" })));

    [Fact]
    public void Due_skips_the_assignees_leave_and_says_so()
    {
        var project = Of($"a: {{ task: A, assign: user:sam, {Due} }}", Away(World(), "sam", Day(3, 3).AddHours(-9), Day(3, 5).AddHours(-9)));
        Assert.Equal(Day(3, 6), project.Task("a").Due);
        var note = project.Events<FlowEvent.TaskOpened>().Single().Why!.Note!;
        Assert.Contains("2 working days from Mon 2 Mar 09:00: Thu 5 Mar, Fri 6 Mar; not worked: Tue 3 Mar (away), Wed 4 Mar (away) (Office)", note, StringComparison.Ordinal);
    }

    [Fact]
    public void Leave_of_one_member_does_not_move_the_due_date_of_a_groups_queue() =>
        Assert.Equal(Day(3, 4), DueOf("assign: group:sales", Away(World(), "sam", Day(3, 3).AddHours(-9), Day(3, 5).AddHours(-9))));

    [Fact]
    public void Leave_without_end_is_not_waited_for() =>
        Assert.Equal(Day(3, 4), DueOf("assign: user:owen", Away(World(), "owen", Day(3, 3), Day(3, 3).AddYears(20))));

    [Fact]
    public void Each_voter_of_an_approval_has_their_own_due_date()
    {
        var project = Of($"a: {{ approval: A, assign: group:finance, need: 2, {Due} }}", Away(World(), "fred", Day(3, 3).AddHours(-9), Day(3, 4).AddHours(-9)));
        Assert.Equal((Saturdays(3, 21), Day(3, 5), Day(3, 4)), (project.Task("a", "fay").Due, project.Task("a", "fred").Due, project.Task("a", "fritz").Due));
    }

    [Fact]
    public void Reminders_escalations_and_expiry_count_in_the_assignees_calendar_too()
    {
        var project = Of("""
            a:
              task: A
              assign: user:fay
              due: 1 working day
              remind: [1 working day before due, 1 working day after due]
              escalate: [{ after: 2 working days, alert: manager }]
              expire: { after: 4 working days, outcome: late }
              outcomes: [fine, late]
            """, World());
        Assert.Equal(Saturdays(3, 14), project.Task("a").Due);
        Assert.Equal([Saturdays(3, 7), Saturdays(3, 21)], project.State.Timers.Where(t => t.Kind == TimerKind.Remind).Select(t => t.Due!.Value));
        Assert.Equal(Saturdays(3, 28), project.Timer(TimerKind.Escalate).Due);
        Assert.Equal(Saturdays(4, 4).AddHours(-1), project.Timer(TimerKind.Expire).Due);
    }

    [Fact]
    public void Waits_and_openings_of_work_that_nobody_has_yet_count_in_the_plans_calendar()
    {
        var project = Of("w: { wait: 2 working days }\na: { task: A, assign: user:fay, starts: 3 working days }", World());
        Assert.Equal((Day(3, 4), Day(3, 5)), (project.Timer(TimerKind.Wait).Due, project.Timer(TimerKind.Open).Due));
    }

    [Fact]
    public void Reassigning_moves_no_dates_and_restarts_no_escalation()
    {
        var project = Of($"a: {{ task: A, assign: user:sam, {Due}, remind: [at due], escalate: [{{ after: 1 working day, alert: manager }}] }}", World());
        var timers = project.State.Timers;
        project.Do(new Command.Assign(1, "fay", null) { Actor = "owen" });
        Assert.Equal((Day(3, 4), "fay"), (project.Task("a").Due, project.Task("a").Assignee));
        Assert.True(timers.SequenceEqual(project.State.Timers));
        Assert.DoesNotContain(project.Latest, e => e is FlowEvent.TimerSet or FlowEvent.TimerMoved or FlowEvent.TimerCancelled or FlowEvent.TaskDueChanged);
    }

    [Fact]
    public void A_date_that_moves_after_a_reassignment_is_counted_for_whoever_has_the_work_now()
    {
        var project = Of("a: { task: A, assign: user:sam, due: 1 working day after field:day }", World(), head: "fields:\n  day: { kind: date }");
        project.Set(("day", new DateOnly(2026, 3, 3)));
        Assert.Equal(Day(3, 4).AddHours(8), project.Task("a").Due);
        project.Do(new Command.Assign(1, "fay", null) { Actor = "owen" }).Set(("day", new DateOnly(2026, 3, 2)));
        Assert.Equal(Saturdays(3, 14).AddHours(3), project.Task("a").Due);
        Assert.Equal("1 working day after Mon 2 Mar, counted from Sat 7 Mar: Sat 14 Mar 13:00, the closing (Saturdays)", project.Latest.OfType<FlowEvent.TaskDueChanged>().Single().Why!.Note);
    }

    private static DateTimeOffset? DueOf(string assign, Facts facts, string head = "") =>
        Of($"a:\n  task: A\n  {assign}\n  {Due}", facts, head).Task("a").Due;

    private static Project Of(string steps, Facts facts, string head = "") =>
        new Project(PlanOf(steps, head), facts).Start();

    private static Language.Plan PlanOf(string steps, string head)
    {
        // The plans of these tests may name a calendar that their own folder hasn't.
        var plan = Plans.OfSteps(steps, head.Replace("calendar: night", "", StringComparison.Ordinal));
        return head.Contains("calendar: night", StringComparison.Ordinal) ? plan with { Calendar = "night" } : plan;
    }

    private static Facts World()
    {
        var facts = Plans.Facts with
        {
            Calendars = Plans.Facts.Calendars
                .Add("night", Time.Calendars.Named("night"))
                .Add("saturdays", Time.Calendars.Made(Time.Calendars.Definition("Saturdays", "Europe/Vienna", Time.Calendars.Week([DayOfWeek.Saturday], "10:00-13:00")))),
            Organisation = Plans.Facts.Organisation with { GroupCalendars = ImmutableDictionary<string, string>.Empty.Add("shipping", "night") },
        };
        return With(facts, "fay", m => m with { Calendar = "saturdays" });
    }

    private static Facts Away(Facts facts, string name, DateTimeOffset from, DateTimeOffset until) =>
        With(facts, name, m => m with { Away = [new ProcessManager.Flow.Absence(from, until, null)] });

    private static Facts With(Facts facts, string name, Func<Member, Member> change) => facts with
    {
        Directory = facts.Directory with { People = facts.Directory.People.SetItem(name, change(facts.Directory.People[name])) },
    };

    /// <summary>09:00 in Vienna in March 2026, before the change to summer time.</summary>
    private static DateTimeOffset Day(int month, int day) => new(2026, month, day, 8, 0, 0, TimeSpan.Zero);

    /// <summary>22:00: two shifts after Monday's, which Monday at 09:00 counts from.</summary>
    private static DateTimeOffset Night(int month, int day) => new(2026, month, day, 21, 0, 0, TimeSpan.Zero);

    private static DateTimeOffset Saturdays(int month, int day) => new(2026, month, day, 9, 0, 0, TimeSpan.Zero);
}
