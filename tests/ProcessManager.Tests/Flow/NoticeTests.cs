using ProcessManager.Flow;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>Who asked to hear of a piece of work hears of it.</summary>
public class NoticeTests
{
    private const string Steps = """
        a:
          task: Call
          assign: group:sales
          due: 1 day
          notify: { opened: group:sales-leads, claimed: manager, overdue: [owner, group:sales-leads], done: creator }
          outcomes: { reached: { label: Reached them }, not: }
        b: { task: B, after: a }
        """;

    [Fact]
    public void Opened_claimed_and_done_are_told_as_they_happen()
    {
        var project = Project.Of(Steps);
        Assert.Equal([("lea", "Call: for Sales, due on Tue 3 Mar at 09:00")], Told(project));
        project.Do(new Command.Claim(1) { Actor = "sam" });
        Assert.Equal(("mia", "Call: claimed by Sam Seller"), Told(project)[1]);
        project.Complete("a", "reached");
        Assert.Equal(("owen", "Call: done by Sam Seller (Reached them)"), Told(project)[2]);
        Assert.Equal(3, project.Events<FlowEvent.AlertRaised>().Select(e => e.Key).Distinct().Count());
        Assert.All(project.Events<FlowEvent.AlertRaised>(), e => Assert.StartsWith("notify: ", e.Why!.Rule, StringComparison.Ordinal));
    }

    [Fact]
    public void Overdue_is_told_at_the_due_moment_and_again_where_a_later_one_is_missed_too()
    {
        var project = Project.Of(Steps);
        Assert.Equal(Plans.Monday.AddDays(1), project.Timer(TimerKind.Overdue).Due);
        project.Do(new Command.SetDue(1, Plans.Monday.AddDays(2)) { Actor = "owen" });
        Assert.Equal(Plans.Monday.AddDays(2), project.Timer(TimerKind.Overdue).Due);
        project.PassDays(2);
        Assert.Equal(["lea", "owen", "lea"], project.Events<FlowEvent.AlertRaised>().SelectMany(e => e.To));
        Assert.Empty(project.State.Timers);
        project.Do(new Command.SetDue(1, Plans.Monday.AddDays(4)) { Actor = "owen" }).PassDays(3);
        Assert.Equal(3, project.Events<FlowEvent.AlertRaised>().Count());
    }

    [Fact]
    public void Done_in_time_is_never_overdue()
    {
        var project = Project.Of(Steps).Complete("a", "not", "sam");
        Assert.DoesNotContain(project.State.Timers, t => t.Kind == TimerKind.Overdue);
        Assert.Equal(2, project.PassDays(3).Events<FlowEvent.AlertRaised>().Count());   // opened and done
    }

    [Fact]
    public void An_approval_is_told_as_one_thing_when_it_is_decided()
    {
        var project = Project.Of("a: { approval: Approve, assign: group:finance, need: 2, notify: { done: owner } }\nb: { task: B, after: a }");
        project.Vote("a", "fay", true);
        Assert.Empty(Told(project));
        project.Vote("a", "fred", true);
        Assert.Equal([("owen", "Approve: done (Approved)")], Told(project));
    }

    [Fact]
    public void An_expiry_is_told_as_done_without_anybody()
    {
        var project = Project.Of("a: { task: A, outcomes: [yes, silent], expire: { after: 1 day, outcome: silent }, notify: { done: owner } }\nb: { task: B, after: a }").PassDays(1);
        Assert.Equal([("owen", "A: done (Silent)")], Told(project));
    }

    [Fact]
    public void On_hold_nobody_is_told_and_the_notice_moves_with_the_due_date()
    {
        var project = Project.Of("a: { task: A, due: 2 days, remind: [every 1 day after due at most 2], notify: { overdue: owner } }\nr: { receive: x, expire: { after: 2 days, outcome: timed-out } }\nb: { task: B, after: [a, r] }");
        project.PassDays(1).Do(new Command.PutOnHold("Holidays") { Actor = "owen" });
        project.Now = project.Now.AddDays(5);
        project.Do(new Command.Resume { Actor = "owen" });
        Assert.Equal(Plans.Monday.AddDays(7), project.Task("a").Due);
        Assert.Equal((Plans.Monday.AddDays(7), null), (project.Timer(TimerKind.Overdue).Due, project.Timer(TimerKind.Overdue).Rhythm));
        Assert.Equal(Plans.Monday.AddDays(7), project.Timer(TimerKind.Expire).Due);
        Assert.Empty(Told(project));
        project.PassDays(1);
        Assert.Equal([("owen", "A: was due at 09:00 (with Owen Owner)")], Told(project));
        Assert.Equal("timed-out", project["r"].Outcome);
    }

    private static List<(string, string)> Told(Project project) =>
        [.. project.Events<FlowEvent.AlertRaised>().Where(e => e.Cause == AlertCause.Notice).Select(e => (e.To[0], e.Text))];
}
