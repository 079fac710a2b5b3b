using ProcessManager.Flow;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>The table of section 6: when a step opens.</summary>
public class JoinTests
{
    [Fact]
    public void Steps_without_after_open_when_the_stage_is_entered_in_file_order()
    {
        var project = Project.Of("a: { task: A }\nb: { task: B }\nc: { task: C, after: a }");
        Assert.Equal(["a", "b"], project.Events<FlowEvent.StepOpened>().Select(e => e.Step));
        Assert.Equal("waiting", project.Phase("c"));
    }

    [Fact]
    public void After_a_step_opens_when_it_is_settled()
    {
        var project = Project.Of("a: { task: A }\nb: { task: B, after: a }").Complete("a");
        Assert.Equal("open", project.Phase("b"));
    }

    [Fact]
    public void After_an_outcome_opens_with_it_and_is_dead_otherwise()
    {
        const string steps = """
            a: { task: A, outcomes: [yes, no] }
            b: { task: B, after: a.yes }
            c: { task: C, after: a.no }
            """;
        var yes = Project.Of(steps).Complete("a", "yes");
        Assert.Equal(("open", "dead"), (yes.Phase("b"), yes.Phase("c")));
        var no = Project.Of(steps).Complete("a", "no");
        Assert.Equal(("dead", "open"), (no.Phase("b"), no.Phase("c")));
    }

    [Fact]
    public void A_list_opens_when_all_are_live_and_is_dead_as_soon_as_one_is_dead()
    {
        const string steps = """
            a: { task: A }
            b: { task: B, outcomes: [yes, no] }
            c: { task: C, after: [a, b.yes] }
            d: { task: D, after: b.no }
            """;
        var live = Project.Of(steps).Complete("b", "yes");
        Assert.Equal("waiting", live.Phase("c"));
        Assert.Equal("open", live.Complete("a").Phase("c"));
        var dead = Project.Of(steps).Complete("b", "no");
        Assert.Equal("open", dead.Phase("a"));
        Assert.Equal("dead", dead.Phase("c"));
    }

    [Fact]
    public void Any_waits_for_all_and_needs_one_live()
    {
        const string steps = """
            a: { task: A, outcomes: [yes, no] }
            b: { task: B, outcomes: [yes, no] }
            c: { task: C, after: { any: [a.yes, b.yes] } }
            d: { task: D, after: a.no, optional: true }
            e: { task: E, after: b.no, optional: true }
            """;
        var one = Project.Of(steps).Complete("a", "yes");
        Assert.Equal("waiting", one.Phase("c"));
        Assert.Equal("open", one.Complete("b", "no").Phase("c"));
        var none = Project.Of(steps + "\nf: { task: F }").Complete("a", "no").Complete("b", "no");
        Assert.Equal("dead", none.Phase("c"));
    }

    [Fact]
    public void First_opens_with_the_first_live_way_and_later_arrivals_change_nothing()
    {
        var project = Project.Of("a: { task: A }\nb: { task: B }\nc: { task: C, after: { first: [a, b] } }").Complete("b");
        Assert.Equal(("open", "open"), (project.Phase("c"), project.Phase("a")));
        project.Complete("c").Complete("a");
        Assert.Single(project.Events<FlowEvent.StepOpened>(), e => e.Step == "c");
    }

    [Fact]
    public void First_is_dead_when_all_ways_are_dead()
    {
        const string steps = """
            a: { task: A, outcomes: [yes, no] }
            b: { task: B, outcomes: [yes, no] }
            c: { task: C, after: { first: [a.yes, b.yes] } }
            d: { task: D, after: [a.no, b.no] }
            """;
        var project = Project.Of(steps).Complete("a", "no");
        Assert.Equal("waiting", project.Phase("c"));
        Assert.Equal("dead", project.Complete("b", "no").Phase("c"));
    }

    [Fact]
    public void First_with_a_need_opens_when_as_many_are_live_and_is_dead_as_soon_as_that_is_impossible()
    {
        const string steps = """
            a: { task: A, outcomes: [yes, no] }
            b: { task: B, outcomes: [yes, no] }
            c: { task: C, outcomes: [yes, no] }
            d: { task: D, after: { first: [a.yes, b.yes, c.yes], need: 2 } }
            e: { task: E, after: { any: [a.no, b.no, c.no] }, optional: true }
            """;
        var two = Project.Of(steps).Complete("a", "yes");
        Assert.Equal("waiting", two.Phase("d"));
        Assert.Equal("open", two.Complete("c", "yes").Phase("d"));
        var impossible = Project.Of(steps).Complete("a", "no").Complete("b", "no");
        Assert.Equal("dead", impossible.Phase("d"));
    }

    [Fact]
    public void Cancel_rest_cancels_the_named_steps_and_what_leads_only_to_them()
    {
        const string steps = """
            phone: { task: Phone }
            look-up: { task: Look up the address }
            write: { task: Write, after: look-up }
            file: { task: File the address, after: look-up, optional: true }
            ask-around: { task: Ask around }
            visit: { task: Visit, after: ask-around }
            reached: { task: Reached, after: { first: [phone, write, visit], cancel: rest } }
            """;
        var project = Project.Of(steps).Complete("phone");
        Assert.Equal("open", project.Phase("reached"));
        Assert.Equal(("cancelled", "cancelled", "cancelled"), (project.Phase("write"), project.Phase("visit"), project.Phase("ask-around")));
        Assert.Equal("open", project.Phase("look-up"));
        Assert.Contains(project.Events<FlowEvent.TaskSettled>(), t => t.Step == "ask-around" && t.Phase == TaskPhase.Cancelled);
    }

    [Fact]
    public void Dead_ways_are_worked_out_at_once_through_every_join()
    {
        const string steps = """
            a: { task: A, outcomes: [yes, no] }
            b: { task: B, after: a.yes }
            c: { task: C, after: b }
            d: { task: D, after: { any: [c, a.no] } }
            """;
        var project = Project.Of(steps).Complete("a", "no");
        Assert.Equal(("dead", "dead", "open"), (project.Phase("b"), project.Phase("c"), project.Phase("d")));
    }

    [Fact]
    public void A_gate_joins_ways_and_settles_by_itself()
    {
        var project = Project.Of("a: { task: A }\nb: { task: B }\ng: { gate: Both, after: [a, b] }\nc: { task: C, after: g }");
        project.Complete("a").Complete("b");
        Assert.Equal(("done", "open"), (project.Phase("g"), project.Phase("c")));
    }
}
