using ProcessManager.Flow;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>When a project changes hands, what its owner had as owner goes along.</summary>
public class OwnerTests
{
    [Fact]
    public void The_owners_open_tasks_go_to_the_new_owner()
    {
        var project = Project.Of("a: { task: A, due: 1 day, remind: [at due] }\nb: { note: B, assign: [role:x, owner] }\nc: { task: C, assign: user:owen }\nd: { task: D, assign: group:sales }", "roles:\n  x: { label: X }");
        var timers = project.State.Timers;
        project.Do(new Command.SetOwner("lea") { Actor = "owen" });
        Assert.Equal(("lea", "lea", "owen", null), (project.Task("a").Assignee, project.Task("b").Assignee, project.Task("c").Assignee, project.Task("d").Assignee));
        Assert.Equal(timers.AsEnumerable(), project.State.Timers);
        Assert.Equal("the project has a new owner", project.Latest.OfType<FlowEvent.TaskAssigned>().First().Why!.Rule);
        project.Do(new Command.SetOwner("mia") { Actor = "lea" });
        Assert.Equal("mia", project.Task("a").Assignee);
    }

    [Fact]
    public void What_somebody_gave_to_somebody_by_hand_stays_there()
    {
        var project = Project.Of("a: { task: A }\nb: { task: B }\nc: { task: C }");
        project.Do(new Command.Assign(1, "sam", null) { Actor = "owen" });
        project.Do(new Command.Assign(2, "sam", null) { Actor = "owen" }).Do(new Command.Assign(2, "owen", null) { Actor = "owen" });
        project.Do(new Command.SetOwner("lea") { Actor = "owen" });
        Assert.Equal(("sam", "owen", "lea"), (project.Task("a").Assignee, project.Task("b").Assignee, project.Task("c").Assignee));
    }

    [Fact]
    public void What_fell_back_to_the_owner_goes_along_and_what_was_settled_stays()
    {
        var project = Project.Of("a: { task: A, assign: group:nobody }\nb: { task: B }\nc: { task: C, after: b }").Complete("b");
        project.Do(new Command.SetOwner("lea") { Actor = "owen" });
        Assert.Equal(("lea", "owen", "lea"), (project.Task("a").Assignee, project["b"].Tasks[0].Assignee, project.Task("c").Assignee));
    }

    [Fact]
    public void A_substitute_hands_the_work_of_an_owner_who_is_away_to_the_new_owner()
    {
        var project = Project.Of("a: { task: A }", facts: PeopleTests.Away(Plans.Facts, "owen", "sam"));
        Assert.Equal("sam", project.Task("a").Assignee);
        Assert.Equal("lea", project.Do(new Command.SetOwner("lea") { Actor = "owen" }).Task("a").Assignee);
    }

    [Fact]
    public void Four_eyes_hold_when_the_owner_changes()
    {
        var project = Project.Of("a: { task: A, assign: user:sam }\nb: { task: B, except: [a], after: a }".Replace("except: [a]", "assign: owner, except: [a]", StringComparison.Ordinal)).Complete("a", by: "sam");
        Assert.Equal("owen", project.Task("b").Assignee);
        project.Do(new Command.SetOwner("sam") { Actor = "owen" });
        Assert.Equal("ada", project.Task("b").Assignee);
    }

    [Fact]
    public void A_vote_of_the_owner_goes_along_unless_the_new_one_votes_already()
    {
        var project = Project.Of("v: { approval: V, assign: owner }\nb: { task: B }").Do(new Command.SetOwner("lea") { Actor = "owen" });
        Assert.Equal("lea", project.Task("v").Assignee);
    }

    [Fact]
    public void Tasks_added_for_the_owner_go_along_and_those_for_a_person_stay()
    {
        var project = Project.Of("a: { task: A }");
        project.Do(new Command.AddTask("T", null, null, null, null, Language.Priority.Normal) { Actor = "owen" });
        project.Do(new Command.AddTask("U", null, "owen", null, null, Language.Priority.Normal) { Actor = "owen" });
        project.Do(new Command.SetOwner("lea") { Actor = "owen" });
        Assert.Equal(["lea", "owen"], project.State.Extra.Select(t => t.Assignee!));
    }
}
