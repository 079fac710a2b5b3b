using ProcessManager.Flow;
using ProcessManager.Flow.Versions;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Flow;

public sealed class PlanMoveTests
{
    private const string Two = """
        call: { task: Call, due: 2 working days, remind: [2 working hours before due], outcomes: { yes: , no: } }
        print: { task: Print, after: call.yes }
        """;

    [Fact]
    public void The_same_version_changes_nothing()
    {
        var project = Project.Of(Two);
        var move = Assert.IsType<MovePreview.Possible>(project.Preview(Plans.OfSteps(Two)));
        Assert.Empty(move.Events);
        Assert.Empty(move.Differences);
        Assert.Equal(ProjectStateJson.Write(project.State), ProjectStateJson.Write(move.State));
    }

    [Fact]
    public void An_open_task_keeps_assignee_date_and_reminders_under_its_new_name()
    {
        var project = Project.Of(Two);
        var (task, timer) = (project.Task("call"), project.Timer(TimerKind.Remind));
        project.Do(new Command.SetDue(task.Number, project.Now.AddDays(9)) { Actor = "owen" });
        var moved = project.MovedTo(Plans.OfSteps(Two.Replace("call:", "ring:", StringComparison.Ordinal).Replace("{ task: Call,", "{ task: Ring, was: call,", StringComparison.Ordinal).Replace("call.yes", "ring.yes", StringComparison.Ordinal)));
        Assert.Equal(project.Task("call"), moved.Task("ring"));
        Assert.Equal((timer.Key, "ring"), (moved.Timer(TimerKind.Remind).Key, moved.Timer(TimerKind.Remind).Step));
        Assert.Empty(moved.Latest);
        moved.Complete("ring", "yes");
        Assert.Equal("open", moved.Phase("print"));
    }

    [Fact]
    public void What_is_settled_is_never_run_again_and_new_steps_whose_way_is_live_open()
    {
        var project = Project.Of(Two).Complete("call", "yes");
        var moved = project.MovedTo(Plans.OfSteps(Two + "\nlog: { task: Log the call, after: call }\nlater: { task: Later, after: print }"));
        Assert.Equal(("done", "open", "open", "waiting"), (moved.Phase("call"), moved.Phase("print"), moved.Phase("log"), moved.Phase("later")));
        Assert.DoesNotContain(moved.Latest, e => e is FlowEvent.StepOpened { Step: "call" or "print" });
    }

    [Fact]
    public void Open_work_of_a_step_that_is_gone_is_cancelled_with_the_move_as_reason()
    {
        var project = Project.Of("a: { task: A }\nb: { task: B, due: 1 day, remind: [at due] }");
        var to = Plans.OfSteps("a: { task: A }");
        var move = Assert.IsType<MovePreview.Possible>(project.Preview(to));
        Assert.False(move.IsClean);
        Assert.Contains(move.Differences, d => d is { Change: MoveChange.StepCancelled, Step: "b" });
        var settled = Assert.Single(move.Events.OfType<FlowEvent.TaskSettled>());
        Assert.Equal((TaskPhase.Cancelled, PlanMove.Rule), (settled.Phase, settled.Why!.Rule));
        Assert.Empty(move.State.Timers);
    }

    [Fact]
    public void Retired_says_which_step_takes_over_the_live_work()
    {
        var project = Project.Of("a: { task: A, due: 3 days }\nb: { task: B }");
        var move = Assert.IsType<MovePreview.Possible>(project.Preview(Plans.OfSteps("b: { task: B }\nc: { task: C }", head: "retired: { a: c }")));
        Assert.Equal(project.Task("a"), move.State.FindStep("c")!.Tasks.Single());
        Assert.Equal("c", move.Renamed["a"]);
        Assert.True(move.IsClean);
        var taken = Assert.IsType<MovePreview.Possible>(project.Preview(Plans.OfSteps("b: { task: B }", head: "retired: { a: b }")));
        Assert.Contains(taken.Differences, d => d is { Change: MoveChange.StepCancelled, Step: "a" });
    }

    [Fact]
    public void A_timer_that_still_exists_keeps_its_moment_one_that_is_gone_is_cancelled_and_a_new_one_counts_from_now()
    {
        var project = Project.Of("a: { task: A, due: 2 days, remind: [1 day before due, at due], expire: { after: 5 days, outcome: done } }").PassDays(1);
        var before = project.State.Timers.ToDictionary(t => t.Key);
        var moved = project.MovedTo(Plans.OfSteps("a: { task: A, due: 2 days, remind: [at due, 3 hours after opened], expire: { after: 9 days, outcome: done }, escalate: [{ after: 1 day, priority: high }] }"));
        Assert.Equal(before.Values.Single(t => t.Kind == TimerKind.Expire).Due, moved.Timer(TimerKind.Expire).Due);
        var kept = moved.State.Timers.Single(t => t is { Kind: TimerKind.Remind, Rule: 0 });
        Assert.Equal(before[kept.Key].Due, kept.Due);
        Assert.Equal(project.Now.AddHours(3), moved.State.Timers.Single(t => t is { Kind: TimerKind.Remind, Rule: 1 }).Due);
        Assert.Equal(moved.Task("a").Due!.Value.AddDays(1), moved.Timer(TimerKind.Escalate).Due);
    }

    [Fact]
    public void What_is_set_while_the_project_is_on_hold_stands_still_with_it()
    {
        var project = Project.Of("a: { task: A }").Do(new Command.PutOnHold("holidays") { Actor = "owen" }).PassDays(3);
        var moved = project.MovedTo(Plans.OfSteps("a: { task: A, expire: { after: 2 days, outcome: done } }\nb: { task: B }"));
        Assert.Equal("waiting", moved.Phase("b"));
        moved.Do(new Command.Resume { Actor = "owen" });
        Assert.Equal("open", moved.Phase("b"));
        Assert.Equal(moved.Now.AddDays(2), moved.Timer(TimerKind.Expire).Due);
    }

    [Fact]
    public void A_step_of_another_kind_takes_its_work_back_and_opens_as_what_it_is_now()
    {
        var moved = Project.Of("a: { task: A }\nb: { task: B, after: a }").MovedTo(Plans.OfSteps("a: { approval: A, assign: group:finance }\nb: { task: B, after: a }"));
        Assert.Equal(("open", 2, 3), (moved.Phase("a"), moved["a"].Occurrence, moved["a"].Tasks.Length));
        Assert.Contains(moved.Latest, e => e is FlowEvent.TaskSettled { Number: 1, Phase: TaskPhase.Cancelled });
    }

    [Fact]
    public void Fields_roles_and_stages_go_on_under_their_new_names_and_new_ones_are_filled()
    {
        var project = Project.Of("a: { task: A }", head: "fields: { size: { kind: number }, old: { kind: text } }\nroles: { boss: { label: Boss } }");
        project.Set(("size", 3m), ("old", "x")).Do(new Command.SetRole("boss", ["mia"]) { Actor = "owen" });
        var to = Plans.Compile("""
            plan: test
            name: Test
            type: sales
            fields: { length: { kind: number, was: size }, colour: { kind: text, default: red } }
            roles: { lead: { label: Lead, was: boss }, money: { label: Money, from: group:finance } }
            stages:
              first: { name: First, was: one, probability: 30, steps: { a: { task: A } } }
            """);
        var move = Assert.IsType<MovePreview.Possible>(project.Preview(to));
        Assert.Equal((3m, "red", "first", 30), (move.State.Fields["length"], move.State.Fields["colour"], move.State.Stage, move.State.Probability));
        Assert.Equal((["mia"], 3), (move.State.Roles["lead"].AsEnumerable(), move.State.Roles["money"].Length), new PairOfPeople());
        Assert.False(move.State.Fields.ContainsKey("old"));
        Assert.Contains(move.Differences, d => d is { Change: MoveChange.FieldDropped, From: "old" });
        Assert.Contains(move.Differences, d => d is { Change: MoveChange.ProbabilityMoves, From: "0", To: "30" });
    }

    [Theory]
    [InlineData("stages: { other: { name: Other, steps: { a: { task: A } } } }", "in the stage “One”, which is gone")]
    [InlineData("fields: { size: { kind: date } }\nstages: { one: { name: One, steps: { a: { task: A } } } }", "must be a date")]
    [InlineData("stages: { one: { name: One, steps: { b: { task: B } } }, two: { name: Two, steps: { done-one: { task: D } } } }", "it would be done again")]
    public void A_project_that_cannot_be_moved_says_why(string rest, string why)
    {
        var project = Project.Of("a: { task: A }\ndone-one: { task: D }", head: "fields: { size: { kind: number } }").Complete("done-one").Set(("size", 1m));
        var impossible = Assert.IsType<MovePreview.Impossible>(project.Preview(Plans.Compile($"plan: test\nname: Test\ntype: sales\n{rest}\n")));
        Assert.Contains(why, impossible.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_project_stays_on_its_version() => Assert.Contains(
        "closed",
        Assert.IsType<MovePreview.Impossible>(Project.Of("a: { task: A }").Complete("a").Preview(Plans.OfSteps("a: { task: A }\nb: { task: B }"))).Because,
        StringComparison.Ordinal);

    [Fact]
    public void A_renamed_step_that_waits_for_an_answer_is_moved_once_that_has_come()
    {
        var project = Project.Of("a: { letter: quote }\nb: { task: B, after: a }");
        var to = Plans.OfSteps("c: { letter: quote, was: a }\nb: { task: B, after: c }");
        Assert.Contains("waits for an answer", Assert.IsType<MovePreview.Impossible>(project.Preview(to)).Because, StringComparison.Ordinal);
        project.Do(new Command.Filed("a", 1, null, "1", "quote.docx"));
        Assert.Equal(("done", "open"), (project.MovedTo(to).Phase("c"), project.MovedTo(to).Phase("b")));
    }

    [Fact]
    public void An_approval_whose_need_is_met_now_is_approved_by_the_votes_that_were_given()
    {
        var project = Project.Of("a: { approval: A, assign: group:finance, need: 2 }\nb: { task: B, after: a.approved }").Vote("a", "fay", approve: true);
        Assert.Equal("open", project.Phase("a"));
        var moved = project.MovedTo(Plans.OfSteps("a: { approval: A, assign: group:finance, need: 1 }\nb: { task: B, after: a.approved }"));
        Assert.Equal(("done", "open"), (moved.Phase("a"), moved.Phase("b")));
    }

    private sealed class PairOfPeople : IEqualityComparer<(IEnumerable<string>, int)>
    {
        public bool Equals((IEnumerable<string>, int) x, (IEnumerable<string>, int) y) => x.Item1.SequenceEqual(y.Item1) && x.Item2 == y.Item2;

        public int GetHashCode((IEnumerable<string>, int) obj) => obj.Item2;
    }
}
