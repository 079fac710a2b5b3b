using System.Collections.Immutable;
using ProcessManager.Flow;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>From a rule to people, where absences, substitutes, four eyes, shares and fallbacks meet.</summary>
public class WhoTests
{
    [Fact]
    public void A_substitute_who_is_away_too_is_substituted_in_turn()
    {
        var facts = PeopleTests.Away(PeopleTests.Away(Plans.Facts, "sam", "sue"), "sue", "lea");
        var project = Project.Of("a: { task: A, assign: user:sam }", facts: facts);
        Assert.Equal("lea", project.Task("a").Assignee);
        Assert.Contains("Sam Seller is away, Lea Lead substitutes", Note(project), StringComparison.Ordinal);
    }

    [Fact]
    public void Substitutes_who_stand_in_for_each_other_end_in_the_fallback_and_not_in_a_loop()
    {
        var facts = PeopleTests.Away(PeopleTests.Away(Plans.Facts, "sam", "sue"), "sue", "sam");
        var project = Project.Of("a: { task: A, assign: user:sam }", facts: facts);
        Assert.Equal("owen", project.Task("a").Assignee);
        Assert.Contains("fell back to the owner, Owen Owner", Note(project), StringComparison.Ordinal);
    }

    [Fact]
    public void Four_eyes_leave_out_a_person_also_as_somebodys_substitute_and_the_substitute_of_who_is_left_out()
    {
        const string steps = "a: { task: A, assign: user:sam }\nb: { task: B, assign: [user:sue, user:fay], except: [a], after: a }";
        var stands = Project.Of(steps, facts: PeopleTests.Away(Plans.Facts, "sue", "sam")).Complete("a", by: "sam");
        Assert.Equal("fay", stands.Task("b").Assignee);
        var left = Project.Of("a: { task: A, assign: user:sam }\nb: { task: B, assign: [user:sam, user:fay], except: [a], after: a }").Complete("a", by: "sam");
        left.Facts = PeopleTests.Away(left.Facts, "sam", "lea");
        Assert.Equal("fay", left.Task("b").Assignee);
    }

    [Fact]
    public void Turns_and_loads_pass_over_who_is_away_and_take_the_substitute()
    {
        var facts = PeopleTests.Away(Plans.Facts, "fred", "lea");
        var turns = Project.Of("a: { task: A, assign: group:finance, share: round-robin }\nb: { task: B, assign: group:finance, share: round-robin }\nc: { task: C, assign: group:finance, share: round-robin }\nd: { task: D, assign: group:finance, share: round-robin }", facts: facts);
        Assert.Equal(["fay", "lea", "fritz", "fay"], new[] { "a", "b", "c", "d" }.Select(s => turns.Task(s).Assignee!));
        var busy = Project.Of("a: { task: A, assign: group:finance, share: least-busy }\nb: { task: B, assign: group:finance, share: least-busy }", facts: PeopleTests.Away(Plans.Facts, "fay", null) with { Workload = ImmutableDictionary<string, int>.Empty.Add("fred", 3).Add("fritz", 3) });
        Assert.Equal(["fred", "fritz"], new[] { "a", "b" }.Select(s => busy.Task(s).Assignee!));   // alike, in the order of the group
    }

    [Fact]
    public void Who_left_the_house_is_passed_over()
    {
        var facts = Plans.Facts with { Directory = Plans.Facts.Directory with { People = Plans.Facts.Directory.People.SetItem("sam", Plans.Facts.Directory.People["sam"] with { Disabled = true }) } };
        Assert.Equal("owen", Project.Of("a: { task: A, assign: user:sam }", facts: facts).Task("a").Assignee);
        Assert.Equal("sue", Project.Of("a: { task: A, assign: group:sales, share: round-robin }", facts: facts).Task("a").Assignee);
    }

    [Fact]
    public void The_manager_of_an_escalation_is_the_assignees_else_the_owners()
    {
        const string steps = "a: { task: A, assign: group:sales, due: 1 day, escalate: [{ after: 1 day, alert: manager }] }";
        var claimed = Project.Of(steps).Do(new Command.Claim(1) { Actor = "sue" }).PassDays(2);
        Assert.Equal("lea", claimed.Events<FlowEvent.AlertRaised>().Single().To.Single());
        var unclaimed = Project.Of(steps).PassDays(2);
        Assert.Equal("mia", unclaimed.Events<FlowEvent.AlertRaised>().Single().To.Single());
        var none = Project.Of("a: { task: A, assign: user:shaw, due: 1 day, escalate: [{ after: 1 day, alert: manager }] }").PassDays(2);
        Assert.Equal("mia", none.Events<FlowEvent.AlertRaised>().Single().To.Single());   // Shaw has no manager
    }

    [Fact]
    public void By_a_step_that_nobody_did_and_an_account_manager_who_is_not_there_fall_back()
    {
        var passed = Project.Of("a: { task: A, when: amount > 10 }\nb: { task: B, assign: \"by: a\", after: a }");
        Assert.Equal("owen", passed.Task("b").Assignee);
        Assert.Contains("who did a: nobody", Note(passed), StringComparison.Ordinal);
        Assert.Contains("account manager: nobody", Note(Project.Of("a: { task: A, assign: account-manager }")), StringComparison.Ordinal);
        Assert.Equal("owen", Project.Of("a: { task: A, assign: account-manager }", facts: Plans.Facts with { Prospect = null }).Task("a").Assignee);
    }

    [Fact]
    public void The_fallback_is_the_owner_then_the_types_administrator_then_any()
    {
        var organisation = Plans.Facts.Organisation;
        var facts = PeopleTests.Away(Plans.Facts, "owen", null) with
        {
            Organisation = organisation with { Types = [.. organisation.Types.Select(t => t.Id == "sales" ? t with { Administrator = "fay" } : t)] },
        };
        Assert.Equal("fay", Project.Of("a: { task: A, assign: group:nobody }", facts: facts).Task("a").Assignee);
        var substituted = Project.Of("a: { task: A, assign: group:nobody }", facts: PeopleTests.Away(facts, "fay", "fred"));
        Assert.Equal("fred", substituted.Task("a").Assignee);
        var any = Project.Of("a: { task: A, assign: group:nobody }", facts: PeopleTests.Away(facts, "fay", null));
        Assert.Equal("ada", any.Task("a").Assignee);
        Assert.Contains("fell back to an administrator, Ada Admin", Note(any), StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_all_of_whom_are_away_without_substitute_counts_as_nobody_and_one_substitute_gets_the_work()
    {
        var away = PeopleTests.Away(PeopleTests.Away(Plans.Facts, "sam", null), "sue", null);
        Assert.Equal("owen", Project.Of("a: { task: A, assign: group:sales }", facts: away).Task("a").Assignee);
        var one = PeopleTests.Away(PeopleTests.Away(Plans.Facts, "sam", "fay"), "sue", null);
        Assert.Equal(("fay", "sales"), (Project.Of("a: { task: A, assign: group:sales }", facts: one).Task("a").Assignee, Project.Of("a: { task: A, assign: group:sales }", facts: one).Task("a").Group));
    }

    private static string Note(Project project) => project.Events<FlowEvent.TaskOpened>().Last().Why!.Note!;
}
