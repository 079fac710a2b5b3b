using System.Collections.Immutable;
using ProcessManager.Flow;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>What each kind of step does and settles with.</summary>
public class KindTests
{
    [Fact]
    public void A_task_settles_with_the_chosen_outcome_or_done()
    {
        Assert.Equal("done", Project.Of("a: { task: A }\nz: { task: Z }").Complete("a")["a"].Outcome);
        var project = Project.Of("a: { task: A, outcomes: [yes, no] }\nz: { task: Z }");
        project.Refuses(project.Complete_("a"), Refusal.Invalid, "yes or no");
        project.Refuses(project.Complete_("a", "perhaps"), Refusal.Invalid, "perhaps", "yes or no");
        Assert.Equal("no", project.Complete("a", "no")["a"].Outcome);
    }

    [Fact]
    public void A_note_is_read_and_acknowledged()
    {
        var project = Project.Of("n: { note: Mind the gap, assign: group:sales }\nb: { task: B, after: n }").Complete("n", by: "sam");
        Assert.Equal(("done", "open"), (project["n"].Outcome, project.Phase("b")));
    }

    [Fact]
    public void Titles_and_instructions_are_rendered_with_the_values_of_the_moment()
    {
        var project = Project.Of("a: { task: \"Call {{prospect.name}}\", instructions: \"The owner is {{owner}}.\" }");
        var opened = project.Events<FlowEvent.TaskOpened>().Single();
        Assert.Equal(("Call Ada Ltd", "The owner is Owen Owner."), (opened.Title, opened.Instructions));
    }

    [Fact]
    public void An_alert_tells_everybody_it_names_and_never_blocks()
    {
        var project = Project.Of("a: { alert: \"Sold to {{prospect.name}}\", to: [owner, group:sales], acknowledge: true }\nb: { task: B, after: a }");
        var alert = project.Events<FlowEvent.AlertRaised>().Single();
        Assert.Equal(["owen", "sam", "sue"], alert.To.ToArray());
        Assert.Equal(("Sold to Ada Ltd", true, AlertCause.Alert, "a"), (alert.Text, alert.Acknowledge, alert.Cause, alert.Step));
        Assert.Equal(("done", "open"), (project.Phase("a"), project.Phase("b")));
    }

    [Fact]
    public void An_email_is_rendered_and_sent_as_soon_as_it_is_committed()
    {
        var project = Project.Of("m: { email: brochure, to: prospect }\nb: { task: B, after: m }");
        var mail = project.Events<FlowEvent.MailRequested>().Single();
        Assert.Equal(["ada@example.org"], mail.To.ToArray());
        Assert.Equal(("For Ada Ltd", false), (mail.Subject, mail.Awaited));
        Assert.Contains("the owner is Owen Owner", mail.BodyMarkdown, StringComparison.Ordinal);
        Assert.Equal(("sent", "open"), (project["m"].Outcome, project.Phase("b")));
    }

    [Fact]
    public void An_email_whose_failing_somebody_waits_for_waits_for_delivery()
    {
        const string steps = """
            m: { email: brochure, to: prospect }
            ok: { task: Go on, after: m.sent }
            bad: { task: Find the address, after: m.failed }
            """;
        var sent = Project.Of(steps);
        Assert.Equal("open", sent.Phase("m"));
        Assert.True(sent.Events<FlowEvent.MailRequested>().Single().Awaited);
        sent.Do(new Command.Delivered("m", 1, true, null));
        Assert.Equal(("open", "dead"), (sent.Phase("ok"), sent.Phase("bad")));
        var failed = Project.Of(steps).Do(new Command.Delivered("m", 1, false, "mailbox is full"));
        Assert.Equal(("dead", "open"), (failed.Phase("ok"), failed.Phase("bad")));
        Assert.Contains("mailbox is full", failed.Events<FlowEvent.AlertRaised>().Single().Text, StringComparison.Ordinal);
        failed.Do(new Command.Delivered("m", 1, true, null));
        Assert.Equal("failed", failed["m"].Outcome);
    }

    [Fact]
    public void A_delivery_that_fails_for_good_alerts_the_owner()
    {
        var project = Project.Of("m: { email: brochure, to: prospect }\nb: { task: B }").Do(new Command.Delivered("m", 1, false, "no such host"));
        var alert = project.Events<FlowEvent.AlertRaised>().Single();
        Assert.Equal((AlertCause.Trouble, "owen"), (alert.Cause, Assert.Single(alert.To)));
        Assert.Equal("sent", project["m"].Outcome);
    }

    [Fact]
    public void An_email_without_address_alerts_the_owner_and_the_flow_goes_on()
    {
        var project = Project.Of("m: { email: brochure, to: prospect }\nb: { task: B, after: m }", facts: Plans.Facts with { Prospect = null });
        Assert.Empty(project.Events<FlowEvent.MailRequested>());
        Assert.Contains("no email address", project.Events<FlowEvent.AlertRaised>().Single().Text, StringComparison.Ordinal);
        Assert.Equal("open", project.Phase("b"));
    }

    [Fact]
    public void Mail_goes_to_people_roles_and_addresses_each_once()
    {
        var project = Project.Of("m: { email: brochure, to: [prospect, role:team, owner, desk@example.org] }\nb: { task: B }", head: "roles:\n  team: { label: Team, from: group:sales }");
        Assert.Equal(
            ["ada@example.org", "sam@example.org", "sue@example.org", "owen@example.org", "desk@example.org"],
            project.Events<FlowEvent.MailRequested>().Single().To.ToArray());
    }

    [Fact]
    public void Set_works_out_every_value_before_it_writes_the_first()
    {
        var project = new Project(Plans.OfSteps(
            "s: { set: { amount: amount * 2, second: amount } }\nb: { task: B, after: s }", head: "fields:\n  second: { kind: number }"))
            .Start(("amount", 10m));
        Assert.Equal((20m, 10m), (project.State.Fields["amount"], project.State.Fields["second"]));
        var why = project.Events<FlowEvent.FieldChanged>().Single(f => f.Field == "second").Why!;
        Assert.Equal("10", why.Values!["amount"]);
    }

    [Fact]
    public void Set_leaves_a_field_as_it_was_where_the_value_does_not_fit_and_says_so()
    {
        var project = new Project(Plans.OfSteps(
            "s: { set: { second: amount * 100 } }\nb: { task: B, after: s }", head: "fields:\n  second: { kind: number, label: Second, max: 100 }"))
            .Start(("amount", 10m), ("second", 5m));
        Assert.Equal(5m, project.State.Fields["second"]);
        Assert.Contains("Second must be at most 100", project.Events<FlowEvent.AlertRaised>().Single().Text, StringComparison.Ordinal);
        Assert.Equal("open", project.Phase("b"));
    }

    [Theory]
    [InlineData(5, "small")]
    [InlineData(50, "middle")]
    [InlineData(500, "big")]
    public void Decide_takes_the_first_rule_that_holds(int amount, string outcome)
    {
        var rules = new Project(Plans.OfSteps("""
            d: { decide: [{ when: amount < 10, outcome: small }, { when: amount < 100, outcome: middle }, { outcome: big }] }
            z: { task: Z }
            """)).Start(("amount", amount));
        Assert.Equal(outcome, rules["d"].Outcome);
        var table = new Project(Plans.OfSteps("""
            d:
              decide:
                inputs: [amount, prospect.kind]
                rules:
                  - ["< 10", '"organisation"', small]
                  - ["[10..100)", "-", middle]
                  - ["-", "-", big]
            z: { task: Z }
            """)).Start(("amount", amount));
        Assert.Equal(outcome, table["d"].Outcome);
    }

    [Fact]
    public void Steps_can_be_read_in_expressions_after_they_settled_and_after_their_stage_was_left()
    {
        var project = Project.Of("a: { task: A, outcomes: [yes, no] }", more: """
            two:
              name: Two
              steps:
                b: { task: B, when: 'a.outcome = "yes" and a.by = "owen" and a.count = 1 and a.state = "done"' }
                c: { task: C, when: a.outcome = "no" }
                z: { task: Z }
            """).Complete("a", "yes");
        Assert.Equal(("open", "passed"), (project.Phase("b"), project.Phase("c")));
    }

    [Fact]
    public void A_milestone_is_reached_by_a_stage_and_by_a_step()
    {
        var project = Project.Of("a: { task: A, milestone: true }\nb: { task: B, milestone: true, when: amount > 1 }\nz: { task: Z }", stage: "milestone: true").Complete("a");
        Assert.Equal([(null, "one"), ("a", null)], project.Events<FlowEvent.MilestoneReached>().Select(m => (m.Step, m.Stage)));
    }

    [Fact]
    public void An_external_driver_gets_ready_steps_and_opens_them()
    {
        var project = new Project(Plans.OfSteps("""
            a: { task: A }
            g: { gate: G, after: a }
            b: { task: B, after: g, when: amount > 10 }
            c: { task: C, after: g, optional: true }
            """), driver: Driver.External).Start();
        Assert.Equal("ready", project.Phase("a"));
        project.Refuses(new Command.Open("a", 2), Refusal.Conflict, "ready");
        project.Do(new Command.Open("a", 1)).Complete("a").Do(new Command.Open("g", 1));
        Assert.Equal(("ready", "ready", "one"), (project.Phase("b"), project.Phase("c"), project.State.Stage));
        project.Refuses(new Command.Open("a", 1), Refusal.Conflict, "done by Owen Owner");
        project.Do(new Command.Open("b", 1));
        Assert.Equal(("passed", null), (project.Phase("b"), project.State.Closed));
        project.Do(new Command.Open("c", 1));
        Assert.Equal(CloseResult.Won, project.State.Closed);
    }

    [Fact]
    public void Both_drivers_make_the_same_events()
    {
        const string steps = """
            a: { task: A, due: 1 day, outcomes: [yes, no] }
            s: { set: { amount: "12" }, after: a }
            t: { alert: T, to: owner, after: a.yes }
            b: { task: B, after: s, when: amount > 10 }
            stop: { close: won, after: b }
            """;
        var embedded = Project.Of(steps).Complete("a", "yes").Complete("b");
        var external = new Project(Plans.OfSteps(steps), driver: Driver.External).Start();
        OpenAll(external);
        external.Complete("a", "yes");
        OpenAll(external);
        external.Complete("b");
        OpenAll(external);
        Assert.Equal(Story(embedded), Story(external));
    }

    [Fact]
    public void Both_drivers_make_the_same_events_of_members_messages_and_results()
    {
        const string steps = """
            n: { alert: "Hello {{item}}", to: item, each: people }
            a: { task: A, each: people, need: 1 yes, outcomes: { yes: , no: , too-few: { redo: a } }, after: n }
            r: { receive: x, after: a.yes }
            s: { letter: quote, after: r }
            h: { http: GET https://example.org/, after: s, outcomes: { done: , failed: { redo: h } } }
            d: { start: deliver-order, until: closed, after: h }
            b: { task: B, after: d.won }
            """;
        Action<Project>[] life =
        [
            p => p.Do(ReceiveTests.Message("x", "m1")),
            p => p.Do(new Command.Complete(p.Task("a", "sam").Number, "no", Project.Fields()) { Actor = "sam" }),
            p => p.Do(new Command.Complete(p.Task("a", "sue").Number, "no", Project.Fields()) { Actor = "sue" }),
            p => p.Set(("people", new[] { "sue" })),
            p => p.Do(new Command.Complete(p.Task("a", "sue").Number, "yes", Project.Fields()) { Actor = "sue" }),
            p => p.Do(new Command.Filed("s", 1, null, "doc", "n")),
            p => p.Do(new Command.Answered("h", 1, null, false, null, "no")),
            p => p.Do(new Command.Answered("h", 2, null, true, null, null)),
            p => p.Do(new Command.ChildStarted("d", 1, null, "c")),
            p => p.Do(new Command.ChildClosed("d", 1, null, "c", CloseResult.Won)),
        ];
        var plan = Plans.OfSteps(steps, "fields:\n  people: { kind: persons }");
        var (embedded, external) = (new Project(plan).Start(("people", new[] { "sam", "sue" })), new Project(plan, driver: Driver.External).Start(("people", new[] { "sam", "sue" })));
        OpenAll(external);
        foreach (var step in life)
        {
            step(embedded);
            step(external);
            OpenAll(external);
        }

        Assert.Equal("open", embedded.Phase("b"));
        Assert.Equal(Story(embedded), Story(external));
    }

    private static void OpenAll(Project project)
    {
        while (project.State.Steps.FirstOrDefault(s => s.Phase == StepPhase.Ready) is { } ready)
        {
            project.Do(new Command.Open(ready.Id, ready.Occurrence + 1));
        }
    }

    private static string[] Story(Project project) =>
        [.. project.All.Where(e => e is not FlowEvent.StepReady).Select(e => $"{e.GetType().Name} {(e as FlowEvent.StepSettled)?.Step}{(e as FlowEvent.StepOpened)?.Step}")];
}
