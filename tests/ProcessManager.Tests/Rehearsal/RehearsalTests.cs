using System.Collections.Immutable;
using ProcessManager.Flow;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Rehearsing;

using Plans = ProcessManager.Tests.Flow.Plans;

public sealed class RehearsalTests
{
    [Fact]
    public void Time_passed_fires_each_timer_at_its_own_moment()
    {
        var rehearsal = Started("""
            a: { task: A, due: 1 day, remind: [at due, every 1 day after due at most 2] }
            """);
        rehearsal.Until(Plans.Monday.AddDays(10));
        Assert.Equal([1, 2, 3], Reminders(rehearsal).Select(r => (r.At - Plans.Monday).Days));
        Assert.Equal(Plans.Monday.AddDays(10), rehearsal.Now);
    }

    [Fact]
    public void The_clock_never_goes_back()
    {
        var rehearsal = Started("a: { task: A }");
        rehearsal.Until(Plans.Monday.AddDays(-1));
        Assert.Equal(Plans.Monday, rehearsal.Now);
    }

    [Fact]
    public void What_is_due_after_a_command_happens_with_it()
    {
        var rehearsal = Started("a: { wait: at field:day }", "fields: { day: { kind: date } }");
        Assert.Equal(StepPhase.Open, rehearsal.State!.FindStep("a")!.Phase);
        rehearsal.Do(new Command.SetFields(Fields("day", new DateOnly(2026, 1, 1))) { Actor = "owen" });
        Assert.Equal(CloseResult.Won, rehearsal.State.Closed);
    }

    [Fact]
    public void On_hold_time_passes_and_nothing_fires()
    {
        var rehearsal = Started("a: { task: A, due: 1 day, remind: [at due] }");
        rehearsal.Do(new Command.PutOnHold("holidays") { Actor = "owen" });
        rehearsal.Until(Plans.Monday.AddDays(30));
        Assert.Empty(Reminders(rehearsal));
        Assert.Null(rehearsal.NextTimer);
        rehearsal.Do(new Command.Resume { Actor = "owen" });
        Assert.Equal(Plans.Monday.AddDays(31), rehearsal.NextTimer);
    }

    [Fact]
    public void What_is_refused_changes_nothing_but_is_told()
    {
        var rehearsal = Started("a: { task: A }\nb: { task: B, after: a }");
        var before = rehearsal.State;
        Assert.IsType<Decision.Refused>(rehearsal.Complete("b"));
        Assert.IsType<Decision.Refused>(rehearsal.Complete("nowhere"));
        Assert.Same(before, rehearsal.State);
        Assert.Contains("! b: The step “b” has no open task: it is waiting.", rehearsal.Journal.ToString(), StringComparison.Ordinal);
        Assert.Contains("! nowhere: The plan has no step “nowhere”.", rehearsal.Journal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fork_goes_its_own_way()
    {
        var rehearsal = Started("a: { task: A, outcomes: { yes: , no: { close: lost } } }");
        var fork = rehearsal.Fork();
        fork.Complete("a", "no");
        Assert.Equal((null, CloseResult.Lost), (rehearsal.State!.Closed, fork.State!.Closed));
        Assert.True(fork.Journal.Entries.Length > rehearsal.Journal.Entries.Length);
    }

    [Fact]
    public void Each_turn_of_a_group_is_taken_by_the_next_member()
    {
        var rehearsal = Started("""
            a: { task: A, assign: group:sales, share: round-robin }
            b: { task: B, assign: group:sales, share: round-robin, after: a }
            """);
        var first = rehearsal.OpenTask("a")!.Assignee;
        rehearsal.Complete("a");
        Assert.NotEqual(first, rehearsal.OpenTask("b")!.Assignee);
    }

    [Fact]
    public void What_the_project_gave_to_people_counts_as_their_workload()
    {
        var rehearsal = Started("""
            a: { task: A, assign: group:sales, share: least-busy }
            b: { task: B, assign: group:sales, share: least-busy }
            """);
        Assert.NotEqual(rehearsal.OpenTask("a")!.Assignee, rehearsal.OpenTask("b")!.Assignee);
        Assert.All(rehearsal.Facts.Workload.Values, tasks => Assert.Equal(1, tasks));
        rehearsal.Complete("a");
        Assert.Single(rehearsal.Facts.Workload);
    }

    [Fact]
    public void A_plan_that_writes_letters_for_ever_stops_with_a_fault_and_the_rehearsal_ends()
    {
        var rehearsal = Started("s: { letter: quote }\nagain: { goto: one, after: s, when: title = null }\nend: { task: End, after: s }");
        Assert.Contains("1,000", rehearsal.State!.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Letters_are_filed_and_children_start_at_once_unless_they_are_given_by_hand()
    {
        var rehearsal = Started("s: { letter: quote }\nd: { start: deliver-order, until: closed, after: s }\nb: { task: B, after: d.won }");
        Assert.Equal(StepPhase.Open, rehearsal.State!.FindStep("d")!.Phase);
        Assert.NotNull(rehearsal.State.FindStep("d")!.Child);
        rehearsal.CloseChild("d", CloseResult.Won);
        Assert.NotNull(rehearsal.OpenTask("b"));
        var byHand = new Rehearsal(rehearsal.Plan, Plans.Facts, Plans.Monday) { ServesAtOnce = false };
        byHand.Do(new Command.Start("owen", Fields(), ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty) { Actor = "owen" });
        Assert.Equal(StepPhase.Open, byHand.State!.FindStep("s")!.Phase);
        byHand.Do(new Command.Filed("s", 1, null, "d", "n"));
        Assert.Equal((StepPhase.Open, null), (byHand.State.FindStep("d")!.Phase, byHand.State.FindStep("d")!.Child));
    }

    [Fact]
    public void A_journal_tells_times_in_the_zone_of_the_calendar()
    {
        var rehearsal = Started("a: { task: A, due: 1 day }");
        Assert.StartsWith(new Sentences(rehearsal.Calendar.Zone).Moment(Plans.Monday) + "\n> owen: start", rehearsal.Journal.ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<JournalEntry> Reminders(Rehearsal rehearsal) =>
        rehearsal.Journal.Entries.Where(e => e.Event is FlowEvent.AlertRaised { Cause: AlertCause.Reminder });

    private static Rehearsal Started(string steps, string head = "")
    {
        var rehearsal = new Rehearsal(Plans.OfSteps(steps, head), Plans.Facts, Plans.Monday);
        rehearsal.Do(new Command.Start("owen", Fields(), ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty) { Actor = "owen" });
        return rehearsal;
    }

    private static ImmutableSortedDictionary<string, object?> Fields(string? id = null, object? value = null) =>
        id is null ? ImmutableSortedDictionary<string, object?>.Empty : ImmutableSortedDictionary<string, object?>.Empty.Add(id, value);
}
