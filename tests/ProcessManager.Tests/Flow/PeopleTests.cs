using System.Collections.Immutable;
using ProcessManager.Flow;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>Who does it: rules, groups, absences, substitutes, fallbacks, and what people may do with a task.</summary>
public class PeopleTests
{
    [Fact]
    public void Work_goes_to_the_owner_where_nobody_is_named()
    {
        Assert.Equal(("owen", null), Holder(Project.Of("a: { task: A }")));
    }

    [Fact]
    public void A_group_task_is_claimed_by_one_member_only()
    {
        var project = Project.Of("a: { task: A, assign: group:sales }");
        Assert.Equal((null, "sales"), Holder(project));
        project.Do(new Command.Claim(1) { Actor = "sam" });
        Assert.Equal(("sam", "sales"), Holder(project));
        project.Now = project.Now.AddMinutes(42);
        project.Refuses(new Command.Claim(1) { Actor = "sue" }, Refusal.Conflict, "claimed by Sam Seller at 09:00");
        project.Refuses(new Command.Claim(1) { Actor = "sam" }, Refusal.Conflict, "yours already");
        project.Refuses(new Command.Complete(1, null, Project.Fields()) { Actor = "sue" }, Refusal.Forbidden, "Sam Seller");
        project.Do(new Command.Release(1) { Actor = "sam" });
        Assert.Equal((null, "sales"), Holder(project));
    }

    [Fact]
    public void A_task_is_claimed_by_members_only()
    {
        var project = Project.Of("a: { task: A, assign: group:sales }");
        project.Refuses(new Command.Claim(1) { Actor = "fay" }, Refusal.Forbidden, "Sales", "Fay Finance");
        project.Refuses(new Command.Complete(1, null, Project.Fields()) { Actor = "fay" }, Refusal.Forbidden, "Sales");
    }

    [Fact]
    public void A_member_who_completes_an_unclaimed_task_claims_it()
    {
        var project = Project.Of("a: { task: A, assign: group:sales }\nb: { task: B }").Complete("a", by: "sue");
        Assert.Equal(("sue", "sue"), (project["a"].By, project["a"].Tasks[0].Assignee));
        Assert.Contains(project.Latest.OfType<FlowEvent.TaskAssigned>(), e => e.ToPerson == "sue");
    }

    [Theory]
    [InlineData("sam", true)]
    [InlineData("owen", true)]
    [InlineData("mia", true)]
    [InlineData("ada", true)]
    [InlineData("sue", false)]
    [InlineData("stranger", false)]
    public void The_assignee_the_owner_the_manager_and_administrators_may_complete(string who, bool may)
    {
        var decision = Project.Of("a: { task: A, assign: user:sam }").Try(new Command.Complete(1, null, Project.Fields()) { Actor = who });
        Assert.Equal(may, decision is Decision.Accepted);
        if (decision is Decision.Refused refused) { Assert.Equal(Refusal.Forbidden, refused.Reason); }
    }

    [Fact]
    public void A_settled_task_is_refused_with_who_and_when()
    {
        var project = Project.Of("a: { task: A }\nb: { task: B }").Complete("a");
        project.Now = project.Now.AddHours(2);
        project.Refuses(new Command.Complete(1, null, Project.Fields()) { Actor = "mia" }, Refusal.Conflict, "Task 1 was completed by Owen Owner at 09:00.");
        project.Now = project.Now.AddDays(2);
        project.Refuses(new Command.Claim(1) { Actor = "mia" }, Refusal.Conflict, "on Mon 2 Mar at 09:00");
        project.Refuses(new Command.Complete(99, null, Project.Fields()) { Actor = "mia" }, Refusal.NotFound, "task 99");
    }

    [Fact]
    public void A_task_of_a_stage_that_was_left_is_refused_in_words()
    {
        var project = Project.Of("a: { task: A }", more: "two:\n  name: Two\n  steps:\n    b: { task: B }").Complete("a");
        project.Refuses(new Command.Complete(1, null, Project.Fields()) { Actor = "owen" }, Refusal.Conflict, "Task 1 is over");
    }

    [Fact]
    public void Round_robin_takes_turns_and_says_whose_is_next()
    {
        var project = Project.Of("""
            a: { task: A, assign: group:finance, share: round-robin }
            b: { task: B, assign: group:finance, share: round-robin }
            c: { task: C, assign: group:finance, share: round-robin }
            """, facts: Plans.Facts with { Rotation = ImmutableDictionary<string, long>.Empty.Add("finance", 4) });
        Assert.Equal(["fred", "fritz", "fay"], new[] { "a", "b", "c" }.Select(s => project.Task(s).Assignee!));
        Assert.Equal([5L, 6L, 7L], project.Events<FlowEvent.RotationAdvanced>().Select(e => e.Next));
    }

    [Fact]
    public void Least_busy_counts_open_tasks_and_what_this_decision_gave_out()
    {
        var project = Project.Of("""
            a: { task: A, assign: group:finance, share: least-busy }
            b: { task: B, assign: group:finance, share: least-busy }
            c: { task: C, assign: group:finance, share: least-busy }
            """, facts: Plans.Facts with { Workload = ImmutableDictionary<string, int>.Empty.Add("fay", 2).Add("fred", 1).Add("fritz", 1) });
        Assert.Equal(["fred", "fritz", "fay"], new[] { "a", "b", "c" }.Select(s => project.Task(s).Assignee!));
        Assert.Contains("fewest open tasks (1)", project.Events<FlowEvent.TaskOpened>().First().Why!.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_is_tried_in_order_and_except_leaves_people_out()
    {
        const string head = "roles:\n  helper: { label: Helper }";
        Assert.Equal("sam", Holder(Project.Of("a: { task: A, assign: [role:helper, user:sam] }", head)).Person);
        Assert.Equal("sam", Holder(Project.Of("a: { task: A, assign: [user:owen, user:sam], except: [owner] }")).Person);
        var project = Project.Of("a: { task: A, assign: group:sales }\nb: { task: B, assign: group:sales, except: [a], after: a }").Complete("a", by: "sam");
        project.Refuses(new Command.Claim(2) { Actor = "sam" }, Refusal.Forbidden, "left out");
        project.Refuses(new Command.Complete(2, null, Project.Fields()) { Actor = "sam" }, Refusal.Forbidden, "left out");
        project.Refuses(new Command.Assign(2, "sam", null) { Actor = "owen" }, Refusal.Invalid, "left out");
        project.Do(new Command.Claim(2) { Actor = "sue" });
    }

    [Fact]
    public void By_names_whoever_did_a_step_of_an_earlier_stage_too()
    {
        var project = Project.Of("a: { task: A, assign: group:sales }", more: "two:\n  name: Two\n  steps:\n    b: { task: B, assign: 'by:a' }").Complete("a", by: "sue");
        Assert.Equal("sue", project.Task("b").Assignee);
    }

    [Fact]
    public void Somebody_on_leave_is_passed_over_and_the_substitute_used()
    {
        var facts = Away(Plans.Facts, "sam", "lea");
        var project = Project.Of("a: { task: A, assign: user:sam }", facts: facts);
        Assert.Equal("lea", Holder(project).Person);
        Assert.Contains("Sam Seller is away, Lea Lead substitutes", project.Events<FlowEvent.TaskOpened>().Single().Why!.Note, StringComparison.Ordinal);
        var back = new Project(Plans.OfSteps("a: { task: A, assign: user:sam }"), facts, Plans.Monday.AddDays(30)).Start();
        Assert.Equal("sam", Holder(back).Person);
    }

    [Fact]
    public void A_rule_that_finds_nobody_falls_back_to_the_owner_then_to_an_administrator_and_says_so()
    {
        var owner = Project.Of("a: { task: A, assign: group:nobody }");
        Assert.Equal(("owen", null), Holder(owner));
        Assert.Contains("fell back to the owner, Owen Owner", owner.Events<FlowEvent.TaskOpened>().Single().Why!.Note, StringComparison.Ordinal);
        var administrator = Project.Of("a: { task: A, assign: group:nobody }", facts: Away(Plans.Facts, "owen", null));
        Assert.Equal(("ada", null), Holder(administrator));
        var last = Project.Of("a: { task: A, assign: group:nobody }", facts: Away(Away(Plans.Facts, "owen", null), "ada", null));
        Assert.Equal("owen", Holder(last).Person);
    }

    [Fact]
    public void The_manager_is_the_owners_manager_for_work_and_an_account_manager_comes_from_the_prospect()
    {
        Assert.Equal("mia", Holder(Project.Of("a: { task: A, assign: manager }")).Person);
        var facts = Plans.Facts with { Prospect = new Dictionary<string, object?>(Plans.Facts.Prospect!) { ["account-manager"] = "sue" } };
        Assert.Equal("sue", Holder(Project.Of("a: { task: A, assign: account-manager }", facts: facts)).Person);
    }

    [Fact]
    public void A_task_is_handed_over_by_those_who_may_and_to_people_who_work_here()
    {
        var project = Project.Of("a: { task: A, assign: user:sam, due: 1 day }");
        project.Refuses(new Command.Assign(1, "sue", null) { Actor = "sue" }, Refusal.Forbidden, "Sam Seller");
        project.Refuses(new Command.Assign(1, "stranger", null) { Actor = "sam" }, Refusal.Invalid, "stranger");
        project.Refuses(new Command.Assign(1, "sue", "sales") { Actor = "sam" }, Refusal.Invalid, "a person or a group");
        var (due, timers) = (project.Task("a").Due, project.State.Timers);
        project.Do(new Command.Assign(1, "sue", null) { Actor = "sam" });
        Assert.Equal(("sue", due), (project.Task("a").Assignee, project.Task("a").Due));
        Assert.Equal(timers.AsEnumerable(), project.State.Timers);
        project.Do(new Command.Assign(1, null, "finance") { Actor = "sue" });
        Assert.Equal((null, "finance"), Holder(project));
    }

    [Fact]
    public void The_owner_is_the_creator_unless_the_plan_or_the_command_says_otherwise()
    {
        var plan = Plans.OfSteps("a: { task: A }");
        var none = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;
        var started = Stepper.Advance(plan, null, new Command.Start(null, Project.Fields(), none) { Actor = "sam" }, Plans.Facts, Plans.Monday);
        Assert.Equal("sam", Assert.IsType<Decision.Accepted>(started).State.Owner);
        var byPlan = Plans.OfSteps("a: { task: A }", head: "owner: user:lea");
        started = Stepper.Advance(byPlan, null, new Command.Start(null, Project.Fields(), none) { Actor = "sam" }, Plans.Facts, Plans.Monday);
        Assert.Equal("lea", Assert.IsType<Decision.Accepted>(started).State.Owner);
        var unknown = Stepper.Advance(plan, null, new Command.Start("stranger", Project.Fields(), none), Plans.Facts, Plans.Monday);
        Assert.Equal(Refusal.Invalid, Assert.IsType<Decision.Refused>(unknown).Reason);
        var nobody = Stepper.Advance(plan, null, new Command.Start(null, Project.Fields(), none), Plans.Facts, Plans.Monday);
        Assert.Equal("ada", Assert.IsType<Decision.Accepted>(nobody).State.Owner);
    }

    [Fact]
    public void Roles_are_filled_by_hand_and_by_rule()
    {
        var project = Project.Of("a: { task: A, assign: role:approver }", head: "roles:\n  approver: { label: Approver, from: group:finance }");
        Assert.Equal(["fay", "fred", "fritz"], project.State.Roles["approver"].ToArray());
        project.Do(new Command.SetRole("approver", ["lea"]) { Actor = "owen" });
        Assert.Equal(["lea"], project.State.Roles["approver"].ToArray());
        project.Refuses(new Command.SetRole("x", ["lea"]) { Actor = "owen" }, Refusal.NotFound, "x");
    }

    internal static Facts Away(Facts facts, string person, string? substitute) => facts with
    {
        Directory = facts.Directory with
        {
            People = facts.Directory.People.SetItem(person, facts.Directory.People[person] with
            {
                Away = [new Absence(Plans.Monday.AddDays(-1), Plans.Monday.AddDays(14), substitute)],
            }),
        },
    };

    private static (string? Person, string? Group) Holder(Project project) => (project.Task("a").Assignee, project.Task("a").Group);
}
