using System.Collections.Immutable;
using ProcessManager.Flow;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>Steps that open once per member of a role or list field.</summary>
public class EachTests
{
    private const string Head = """
        fields:
          people: { kind: persons }
          colours: { kind: choices, of: [red, green, blue] }
          guests: { kind: contacts }
          grade: { kind: number }
        roles:
          reviewer: { label: Reviewer }
        """;

    [Fact]
    public void Each_member_gets_a_task_of_their_own_and_the_step_is_done_with_the_last()
    {
        var project = Reviewed("a: { task: \"Review for {{item}}\", each: role:reviewer }\nb: { task: B, after: a }", "sam", "sue");
        Assert.Equal([("sam", "sam"), ("sue", "sue")], project["a"].Tasks.Select(t => (t.Member!, t.Assignee!)));
        Assert.Equal(["Review for Sam Seller", "Review for Sue Seller"], project.Events<FlowEvent.TaskOpened>().Where(e => e.Step == "a").Select(e => e.Title));
        Done(project, "sam");
        Assert.Equal(("open", "waiting"), (project.Phase("a"), project.Phase("b")));
        Done(project, "sue");
        Assert.Equal(("done", "done", "sue", "open"), (project.Phase("a"), project["a"].Outcome, project["a"].By, project.Phase("b")));
        Assert.Equal(["sam", "sue"], project.Events<FlowEvent.MemberSettled>().Select(e => e.Member));
    }

    [Fact]
    public void Any_or_a_number_is_enough_and_the_rest_is_cancelled()
    {
        var any = Reviewed("a: { task: A, each: role:reviewer, need: any, outcomes: [good, bad] }\nb: { task: B, after: a }", "sam", "sue", "lea");
        Done(any, "sue", "bad");
        Assert.Equal(("done", "open"), (any["a"].Outcome, any.Phase("b")));
        Assert.Equal([StepPhase.Cancelled, StepPhase.Done, StepPhase.Cancelled], any["a"].Members.Select(m => m.Phase));
        Assert.All(any["a"].Tasks, t => Assert.NotEqual(TaskPhase.Open, t.Phase));
        var two = Reviewed("a: { task: A, each: role:reviewer, need: 2 }\nb: { task: B, after: a }", "sam", "sue", "lea");
        Done(two, "sam");
        Assert.Equal("open", two.Phase("a"));
        Assert.Equal("done", Done(two, "lea").Phase("a"));
    }

    [Fact]
    public void An_outcome_that_is_needed_settles_the_step_or_there_are_too_few_as_soon_as_that_is_certain()
    {
        const string steps = """
            a: { task: A, each: role:reviewer, need: 2 accept, outcomes: [accept, decline] }
            yes: { task: Yes, after: a.accept }
            no: { task: No, after: a.too-few }
            """;
        var accepted = Reviewed(steps, "sam", "sue", "lea");
        Done(Done(accepted, "sam", "accept"), "lea", "accept");
        Assert.Equal(("accept", "open", "dead"), (accepted["a"].Outcome, accepted.Phase("yes"), accepted.Phase("no")));
        var few = Reviewed(steps, "sam", "sue", "lea");
        Done(few, "sam", "decline");
        Assert.Equal("open", few.Phase("a"));
        Done(few, "sue", "decline");
        Assert.Equal(("too-few", "dead", "open"), (few["a"].Outcome, few.Phase("yes"), few.Phase("no")));
        Assert.Contains("0 of 3 chose accept, 2 needed", few.Events<FlowEvent.StepSettled>().Last(e => e.Step == "a").Why!.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void The_steps_outcomes_act_and_one_members_answer_does_not()
    {
        var project = Reviewed("a: { task: A, each: role:reviewer, need: 2 accept, outcomes: { accept: , decline: , too-few: { close: lost, reason: price } } }\nb: { task: B, after: a }", "sam", "sue");
        Done(project, "sam", "decline");
        Assert.Equal(CloseResult.Lost, project.State.Closed);
    }

    [Fact]
    public void An_empty_list_passes_the_step_or_is_too_few_where_an_outcome_is_needed()
    {
        var passed = Reviewed("a: { task: A, each: role:reviewer }\nb: { task: B, after: a }");
        Assert.Equal(("passed", "done", "open"), (passed.Phase("a"), passed["a"].Outcome, passed.Phase("b")));
        var few = Reviewed("a: { task: A, each: role:reviewer, need: 1 accept, outcomes: [accept, decline] }\nb: { task: B, after: a.too-few }");
        Assert.Equal(("passed", "too-few", "open"), (few.Phase("a"), few["a"].Outcome, few.Phase("b")));
    }

    [Fact]
    public void A_need_above_the_number_of_members_means_all()
    {
        var project = Reviewed("a: { task: A, each: role:reviewer, need: 5 }\nb: { task: B, after: a }", "sam", "sue");
        Assert.Equal("open", Done(project, "sam").Phase("a"));
        Assert.Equal("done", Done(project, "sue").Phase("a"));
        var outcome = Reviewed("a: { task: A, each: role:reviewer, need: 5 accept, outcomes: [accept, decline] }\nb: { task: B, after: a.accept }", "sam");
        Assert.Equal("accept", Done(outcome, "sam", "accept")["a"].Outcome);
    }

    [Fact]
    public void While_open_it_follows_its_role_new_members_get_a_part_and_removed_ones_are_cancelled()
    {
        var project = Reviewed("a: { task: A, each: role:reviewer, need: 2 }\nb: { task: B, after: a }", "sam", "sue");
        Role(project, "sue", "lea", "fay");
        Assert.Equal([("sam", StepPhase.Cancelled), ("sue", StepPhase.Open), ("lea", StepPhase.Open), ("fay", StepPhase.Open)], project["a"].Members.Select(m => (m.Id, m.Phase)));
        Assert.Equal([TaskPhase.Cancelled, TaskPhase.Open, TaskPhase.Open, TaskPhase.Open], project["a"].Tasks.Select(t => t.Phase));
        Done(project, "sue");
        Role(project, "sue");
        Assert.Equal(("done", "open"), (project.Phase("a"), project.Phase("b")));   // a need above the number of members means all
    }

    [Fact]
    public void Need_is_counted_again_when_members_go()
    {
        var project = Reviewed("a: { task: A, each: role:reviewer }\nb: { task: B, after: a }", "sam", "sue");
        Done(project, "sam");
        Assert.Equal("done", Role(project, "sam").Phase("a"));
        var all = Reviewed("a: { task: A, each: role:reviewer }\nb: { task: B, after: a }", "sam", "sue");
        Assert.Equal(("passed", "open"), (Role(all).Phase("a"), all.Phase("b")));
    }

    [Fact]
    public void A_member_who_is_removed_and_named_again_gets_a_new_part()
    {
        var project = Reviewed("s: { letter: quote, each: role:reviewer }\nb: { task: B, after: s }", "sam", "sue");
        Role(project, "sue");
        Role(project, "sue", "sam");
        var keys = project.Events<FlowEvent.LetterRequested>().Select(e => e.Key).ToArray();
        Assert.Equal(3, keys.Distinct().Count());
        project.Do(new Command.Filed("s", 1, "sam", "old", "Old.docx") { Request = keys[0] });
        Assert.Equal(StepPhase.Open, project["s"].Members.Last(m => m.Id == "sam").Phase);
        project.Do(new Command.Filed("s", 1, "sam", "new", "New.docx") { Request = keys[2] });
        Assert.Equal("new", project["s"].Members.Last(m => m.Id == "sam").Document);
    }

    [Fact]
    public void It_follows_a_field_also_where_a_member_changes_the_list_with_their_answer()
    {
        var project = Started("a: { task: A, each: people, form: [people] }\nb: { task: B, after: a }", ("people", new[] { "sam", "sue" }));
        project.Do(new Command.Complete(project.Task("a", "sam").Number, null, Project.Fields(("people", new[] { "sue", "lea" }))) { Actor = "sam" });
        Assert.Equal([("sam", StepPhase.Done), ("sue", StepPhase.Open), ("lea", StepPhase.Open)], project["a"].Members.Select(m => (m.Id, m.Phase)));
        var last = Started("a: { task: A, each: people, form: [people] }\nb: { task: B, after: a }", ("people", new[] { "sam" }));
        last.Do(new Command.Complete(last.Task("a", "sam").Number, null, Project.Fields(("people", new[] { "sam", "lea" }))) { Actor = "sam" });
        Assert.Equal("open", last.Phase("a"));
        Assert.Equal("done", Done(last, "lea").Phase("a"));
    }

    [Fact]
    public void A_list_that_changes_on_hold_is_followed_at_resume()
    {
        var project = Reviewed("a: { task: A, each: role:reviewer }\nb: { task: B, after: a }", "sam").Do(new Command.PutOnHold("Holidays") { Actor = "owen" });
        Role(project, "sam", "sue");
        Assert.Single(project["a"].Members);
        Assert.Equal(2, project.Do(new Command.Resume { Actor = "owen" })["a"].Members.Length);
    }

    [Fact]
    public void Expiry_reminders_and_escalations_count_for_each_member()
    {
        var project = Reviewed("""
            a:
              task: A
              each: role:reviewer
              due: 1 day
              remind: [at due]
              escalate: [{ after: 1 day, alert: item }]
              expire: { after: 3 days, outcome: silent }
              outcomes: [fine, silent]
            b: { task: B, after: a }
            """, "sam");
        project.PassDays(1);
        Role(project, "sam", "sue");
        Assert.Equal(["sam"], project.Events<FlowEvent.AlertRaised>().SelectMany(e => e.To));
        project.PassDays(1);
        Assert.Equal([("Reminder", "sam"), ("Escalation", "sam"), ("Reminder", "sue")], project.Events<FlowEvent.AlertRaised>().Select(e => ($"{e.Cause}", e.To[0])).ToArray().OrderBy(x => x.Item2).ThenByDescending(x => x.Item1));
        project.PassDays(1);
        Assert.Equal([("sam", "silent"), ("sue", null)], project["a"].Members.Select(m => (m.Id, m.Outcome)));
        Assert.Equal("open", project.Phase("a"));
        project.PassDays(1);
        Assert.Equal("done", project.Phase("a"));
        Assert.Empty(project.State.Timers);
    }

    [Fact]
    public void Bypass_is_of_the_step()
    {
        var project = Reviewed("a: { task: A, each: role:reviewer, due: 1 day, remind: [at due] }\nb: { task: B, after: a }", "sam", "sue").Bypass("a");
        Assert.Equal(("passed", "open"), (project.Phase("a"), project.Phase("b")));
        Assert.All(project["a"].Members, m => Assert.Equal(StepPhase.Cancelled, m.Phase));
        Assert.Empty(project.State.Timers);
    }

    [Fact]
    public void Redo_starts_again_with_the_list_as_it_is_then()
    {
        var project = Reviewed("a: { task: A, each: role:reviewer }\nb: { task: B, after: a, outcomes: { fine: , again: { redo: a } } }", "sam", "sue");
        Done(Done(project, "sam"), "sue");
        Role(project, "sue", "lea");
        Assert.Equal("open", project.Phase("b"));
        project.Complete("b", "again");
        Assert.Equal((2, "open"), (project["a"].Occurrence, project.Phase("a")));
        Assert.Equal(["sue", "lea"], project["a"].Members.Select(m => m.Id));
    }

    [Fact]
    public void What_members_chose_can_be_read_in_expressions()
    {
        var project = Reviewed("""
            a: { task: A, each: role:reviewer, outcomes: [good, bad] }
            b: { task: B, after: a, when: 'count(a.outcomes[item = "bad"]) > 1' }
            c: { task: C, after: a, when: 'count(a.outcomes[item = "bad"]) = 1' }
            """, "sam", "sue");
        Done(Done(project, "sam", "good"), "sue", "bad");
        Assert.Equal(("passed", "open"), (project.Phase("b"), project.Phase("c")));
    }

    [Fact]
    public void A_member_who_is_away_is_substituted_and_one_without_substitute_falls_back_to_the_owner()
    {
        var facts = PeopleTests.Away(PeopleTests.Away(Plans.Facts, "sam", "lea"), "sue", null);
        var project = Reviewed("a: { task: A, each: role:reviewer }\nb: { task: B, after: a }", facts, "", "sam", "sue");
        Assert.Equal([("sam", "lea"), ("sue", "owen")], project["a"].Tasks.Select(t => (t.Member!, t.Assignee!)));
    }

    [Fact]
    public void The_work_of_a_member_can_be_handed_over_like_any_other()
    {
        var project = Reviewed("a: { task: A, each: role:reviewer }\nb: { task: B, after: a }", "sam", "sue");
        project.Do(new Command.Assign(project.Task("a", "sam").Number, "sue", null) { Actor = "sam" });
        Assert.Equal("sue", project.Task("a", "sam").Assignee);
        project.Do(new Command.Assign(project.Task("a", "sam").Number, null, "sales") { Actor = "sue" });
        project.Do(new Command.Complete(project.Task("a", "sam").Number, null, Project.Fields()) { Actor = "sue" });
        Assert.Equal(("sue", StepPhase.Done), (project["a"].Members[0].By, project["a"].Members[0].Phase));
    }

    [Fact]
    public void Alerts_and_mails_go_to_each_member()
    {
        var project = Reviewed("a: { alert: \"Hello {{item}}\", to: item, each: role:reviewer }\nm: { email: brochure, to: item, each: role:reviewer, after: a }\nb: { task: B, after: m }", "sam", "sue");
        Assert.Equal([("Hello Sam Seller", "sam"), ("Hello Sue Seller", "sue")], project.Events<FlowEvent.AlertRaised>().Select(e => (e.Text, e.To.Single())));
        var mails = project.Events<FlowEvent.MailRequested>().ToArray();
        Assert.Equal(["sam@example.org", "sue@example.org"], mails.Select(m => m.To.Single()));
        Assert.Equal(["sam", "sue"], mails.Select(m => m.Member!));
        Assert.Equal(4, project.Events<FlowEvent.AlertRaised>().Select(e => e.Key).Concat(mails.Select(m => m.Key)).Distinct().Count());
        Assert.Equal("open", project.Phase("b"));
    }

    [Fact]
    public void A_mail_to_each_waits_for_every_delivery_where_somebody_waits()
    {
        var project = Reviewed("m: { email: brochure, to: item, wait: true, each: role:reviewer }\nb: { task: B, after: m }", "sam", "sue");
        project.Do(new Command.Delivered("m", 1, true, null) { Member = "sue" });
        Assert.Equal("open", project.Phase("m"));
        project.Do(new Command.Delivered("m", 1, false, "mailbox is full") { Member = "sam" });
        Assert.Equal(["failed", "sent"], project["m"].Members.Select(m => m.Outcome!));
        Assert.Equal("open", project.Phase("b"));
    }

    [Fact]
    public void Contacts_get_mails_at_their_own_address_and_by_their_own_name()
    {
        var facts = Plans.Facts with { Contacts = ImmutableDictionary<string, ContactFacts>.Empty.Add("c1", new("Carl Guest", "carl@example.org")).Add("c2", new("Dora Guest", null)) };
        var project = Started("m: { email: item, to: item, each: guests }\nb: { task: B, after: m }", facts, ("guests", new[] { "c1", "c2" }));
        var mail = project.Events<FlowEvent.MailRequested>().Single();
        Assert.Equal(("For Carl Guest", "carl@example.org"), (mail.Subject, mail.To.Single()));
        Assert.Contains("no email address", project.Events<FlowEvent.AlertRaised>().Single().Text, StringComparison.Ordinal);
        Assert.Equal("open", project.Phase("b"));
    }

    [Fact]
    public void Choices_open_a_part_each_for_whoever_the_rule_names()
    {
        var project = Started("a: { task: \"Paint it {{item}}\", each: colours }\nb: { task: B, after: a }", ("colours", new[] { "red", "blue" }));
        Assert.Equal([("Paint it red", "owen"), ("Paint it blue", "owen")], project.Events<FlowEvent.TaskOpened>().Select(e => (e.Title, e.Task.Assignee!)));
    }

    [Fact]
    public void Requests_and_children_run_for_each_member_and_the_rest_is_dropped()
    {
        var project = Started("h: { http: \"GET https://example.org/{{item}}\", each: colours }\nd: { start: deliver-order, fields: { product: item }, until: closed, each: colours, need: 1 won, after: h }\nb: { task: B, after: d.won }", ("colours", new[] { "red", "blue" }));
        Assert.Equal(["https://example.org/red", "https://example.org/blue"], project.Events<FlowEvent.HttpRequested>().Select(e => e.Url));
        project.Do(new Command.Answered("h", 1, "blue", true, null, null)).Do(new Command.Answered("h", 1, "red", false, null, "no"));
        Assert.Equal("done", project["h"].Outcome);
        Assert.Equal(["red", "blue"], project.Events<FlowEvent.ChildRequested>().Select(e => (string)e.Fields["product"]!));
        project.Do(new Command.ChildStarted("d", 1, "red", "c-red")).Do(new Command.ChildStarted("d", 1, "blue", "c-blue"));
        project.Do(new Command.ChildClosed("d", 1, "blue", "c-blue", CloseResult.Won));
        Assert.Equal(("won", "open"), (project["d"].Outcome, project.Phase("b")));
        Assert.Equal(("red", "c-red"), project.Latest.OfType<FlowEvent.ChildDropped>().Select(e => (e.Member!, e.Child)).Single());
    }

    [Fact]
    public void Messages_are_taken_by_one_member_after_the_other()
    {
        var project = Started("r: { receive: x, each: colours, expire: { after: 1 day, outcome: timed-out } }\nb: { task: B, after: r }", ("colours", new[] { "red", "blue" }));
        project.Do(ReceiveTests.Message("x", "m1"));
        Assert.Equal(["received", null], project["r"].Members.Select(m => m.Outcome));
        Assert.Equal("blue", Assert.Single(project.State.Timers).Member);
        project.PassDays(1);
        Assert.Equal(["received", "timed-out"], project["r"].Members.Select(m => m.Outcome));
        Assert.Equal("open", project.Phase("b"));
    }

    [Fact]
    public void A_letter_that_fails_for_one_member_is_asked_for_again_for_that_one_alone()
    {
        var project = Reviewed("s: { letter: quote, each: role:reviewer }\nb: { task: B, after: s }", "sam", "sue");
        project.Do(new Command.Filed("s", 1, "sam", "d1", "Sam.docx")).Do(new Command.Failed("s", 1, "sue", "no paper"));
        Assert.Contains("for Sue Seller could not be made: no paper", project.State.Fault, StringComparison.Ordinal);
        project.Do(new Command.ResolveFault("bought paper") { Actor = "ada" });
        Assert.Equal(["sam", "sue", "sue"], project.Events<FlowEvent.LetterRequested>().Select(e => e.Member!));
        Assert.Equal("open", project.Do(new Command.Filed("s", 1, "sue", "d2", "Sue.docx")).Phase("b"));
    }

    [Fact]
    public void Leaving_the_stage_cancels_every_part()
    {
        var project = Reviewed("a: { task: A, each: role:reviewer }\nout: { task: Out, outcomes: { fine: , leave: { goto: two } } }", Plans.Facts, "two:\n  name: Two\n  steps:\n    last: { task: Last }", "sam", "sue").Complete("out", "leave");
        Assert.Equal(["sam", "sue"], project.Latest.OfType<FlowEvent.MemberSettled>().Where(e => e.Phase == StepPhase.Cancelled).Select(e => e.Member));
        Assert.Equal(2, project.Latest.OfType<FlowEvent.TaskSettled>().Count(e => e.Step == "a" && e.Phase == TaskPhase.Cancelled));
    }

    private static Project Reviewed(string steps, params string[] reviewers) => Reviewed(steps, Plans.Facts, "", reviewers);

    private static Project Reviewed(string steps, Facts facts, string more, params string[] reviewers)
    {
        var project = new Project(Plans.OfSteps(steps, Head, more: more), facts);
        var roles = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("reviewer", [.. reviewers]);
        return project.Do(new Command.Start("owen", Project.Fields(), roles) { Actor = "owen" });
    }

    private static Project Started(string steps, params (string, object?)[] fields) => Started(steps, Plans.Facts, fields);

    private static Project Started(string steps, Facts facts, params (string, object?)[] fields) => new Project(Plans.OfSteps(steps, Head), facts).Start(fields);

    private static Project Role(Project project, params string[] people) => project.Do(new Command.SetRole("reviewer", [.. people]) { Actor = "owen" });

    private static Project Done(Project project, string member, string? outcome = null) =>
        project.Do(new Command.Complete(project.Task("a", member).Number, outcome, Project.Fields()) { Actor = project.Task("a", member).Assignee });
}
