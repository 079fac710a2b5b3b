using ProcessManager.Flow;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>Decisions by everybody whom the rule names.</summary>
public class ApprovalTests
{
    [Fact]
    public void Everybody_gets_a_task_and_one_approval_is_enough_by_default()
    {
        var project = Project.Of("a: { approval: A, assign: group:finance }\nb: { task: B, after: a.approved }");
        Assert.Equal(["fay", "fred", "fritz"], project["a"].Tasks.Select(t => t.Member!));
        project.Vote("a", "fred", true);
        Assert.Equal(("done", "approved", "fred", "open"), (project.Phase("a"), project["a"].Outcome, project["a"].By, project.Phase("b")));
        Assert.Equal([TaskPhase.Cancelled, TaskPhase.Done, TaskPhase.Cancelled], project["a"].Tasks.Select(t => t.Phase));
    }

    [Theory]
    [InlineData("2", "yes no yes", "approved", 3)]
    [InlineData("2", "no no", "rejected", 2)]
    [InlineData("3", "no", "rejected", 1)]
    [InlineData("all", "yes yes yes", "approved", 3)]
    [InlineData("all", "yes no", "rejected", 2)]
    [InlineData("majority", "yes yes", "approved", 2)]
    [InlineData("majority", "yes no no", "rejected", 3)]
    [InlineData("1", "no no no", "rejected", 3)]
    public void It_settles_as_soon_as_the_result_is_certain(string need, string votes, string outcome, int after)
    {
        var project = Project.Of($"a: {{ approval: A, assign: group:finance, need: {need} }}\nz: {{ task: Z }}");
        string[] voters = ["fay", "fred", "fritz"];
        var answers = votes.Split(' ');
        for (var i = 0; i < after; i++)
        {
            Assert.Equal("open", project.Phase("a"));
            project.Vote("a", voters[i], answers[i] == "yes");
        }

        Assert.Equal(("done", outcome), (project.Phase("a"), project["a"].Outcome));
    }

    [Fact]
    public void A_tie_is_rejected()
    {
        var project = Project.Of("a: { approval: A, assign: role:pair, need: majority }\nz: { task: Z }", head: "roles:\n  pair: { label: Pair, from: [group:sales] }");
        project.Vote("a", "sam", true);
        Assert.Equal("open", project.Phase("a"));
        Assert.Equal("rejected", project.Vote("a", "sue", false)["a"].Outcome);
    }

    [Fact]
    public void With_too_few_people_it_stays_open_says_so_and_need_is_never_lowered()
    {
        var project = Project.Of("a: { approval: A, assign: role:pair, need: 3 }\nz: { task: Z }", head: "roles:\n  pair: { label: Pair, from: group:sales }");
        var trouble = project.Events<FlowEvent.AlertRaised>().Single(a => a.Cause == AlertCause.Trouble);
        Assert.Equal(["owen", "ada"], trouble.To.ToArray());
        Assert.Contains("3 must approve, but only 2", trouble.Text, StringComparison.Ordinal);
        project.Vote("a", "sam", true).Vote("a", "sue", false);
        Assert.Equal("open", project.Phase("a"));
        project.Do(new Command.SetRole("pair", ["sam", "sue", "lea", "shaw"]) { Actor = "owen" });
        Assert.Equal(["lea", "shaw"], project["a"].Tasks.Skip(2).Select(t => t.Member!));
        Assert.Equal("approved", project.Vote("a", "lea", true).Vote("a", "shaw", true)["a"].Outcome);
    }

    [Fact]
    public void A_person_has_one_vote_also_as_somebodys_substitute()
    {
        var project = Project.Of("a: { approval: A, assign: group:finance, need: 2 }\nz: { task: Z }", facts: PeopleTests.Away(Plans.Facts, "fay", "fred"));
        Assert.Equal(["fred", "fritz"], project["a"].Tasks.Select(t => t.Member!));
        project.Vote("a", "fred", true);
        project.Facts = PeopleTests.Away(Plans.Facts, "fritz", "fred");
        project.Refuses(new Command.Vote(project.Task("a").Number, true, Project.Fields()) { Actor = "fred" }, Refusal.Conflict, "one vote");
    }

    [Fact]
    public void Only_the_voter_a_substitute_or_an_administrator_casts_a_vote()
    {
        var project = Project.Of("a: { approval: A, assign: group:finance, need: 2 }\nz: { task: Z }");
        project.Refuses(new Command.Vote(1, true, Project.Fields()) { Actor = "owen" }, Refusal.Forbidden, "vote of Fay Finance");
        project.Refuses(new Command.Vote(1, true, Project.Fields()) { Actor = "fred" }, Refusal.Forbidden, "vote of Fay Finance");
        project.Do(new Command.Vote(1, true, Project.Fields()) { Actor = "ada" });
        project.Refuses(new Command.Complete(2, "approved", Project.Fields()) { Actor = "fred" }, Refusal.Invalid, "approve or reject");
    }

    [Fact]
    public void A_vote_can_be_handed_to_somebody_else_but_not_to_another_voter()
    {
        var project = Project.Of("a: { approval: A, assign: group:finance, need: 2 }\nz: { task: Z }");
        project.Refuses(new Command.Assign(1, "fred", null) { Actor = "fay" }, Refusal.Invalid, "votes already");
        project.Refuses(new Command.Assign(1, null, "sales") { Actor = "fay" }, Refusal.Invalid, "vote");
        project.Do(new Command.Assign(1, "lea", null) { Actor = "fay" }).Do(new Command.Vote(1, true, Project.Fields()) { Actor = "lea" });
        Assert.Equal("lea", project["a"].Tasks[0].By);
    }

    [Fact]
    public void With_a_share_one_person_decides()
    {
        var project = Project.Of("a: { approval: A, assign: group:finance, share: round-robin }\nz: { task: Z }");
        Assert.Equal("fay", Assert.Single(project["a"].Tasks).Member);
    }

    [Fact]
    public void An_outcomes_action_follows_the_result_and_never_one_persons_answer()
    {
        var project = Project.Of("""
            q: { task: Q }
            a: { approval: A, assign: group:finance, need: 2, after: q, outcomes: { approved: , rejected: { redo: q } } }
            """).Complete("q").Vote("a", "fay", false);
        Assert.Equal(("open", "done"), (project.Phase("a"), project.Phase("q")));
        project.Vote("a", "fred", false);
        Assert.Equal(("waiting", "open", 2), (project.Phase("a"), project.Phase("q"), project["q"].Occurrence));
        Assert.Equal(3, project.Complete("q")["a"].Tasks.Count(t => t.Phase == TaskPhase.Open));
    }
}
