using System.Collections.Immutable;
using ProcessManager.Flow;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>Messages about a project: taken at once, kept, and each used once.</summary>
public class ReceiveTests
{
    private const string Head = "fields:\n  product: { kind: choice, of: [Bronze, Gold] }\n  day: { kind: date }\n  secret: { kind: text }";

    private const string Reply = "r: { receive: customer-replied, form: [product!, day] }\nb: { task: B, after: r }";

    [Fact]
    public void A_message_settles_the_receive_that_is_open_and_sets_its_fields()
    {
        var project = Project.Of(Reply, Head);
        Assert.Equal("open", project.Phase("r"));
        project.Do(Message("customer-replied", "m1", ("product", "Gold"), ("day", "2026-04-01")));
        Assert.Equal(("done", "received", "open"), (project.Phase("r"), project["r"].Outcome, project.Phase("b")));
        Assert.Equal(("Gold", new DateOnly(2026, 4, 1)), (project.State.Fields["product"], project.State.Fields["day"]));
        Assert.Equal("r", project.Latest.OfType<FlowEvent.MessageReceived>().Single().Step);
    }

    [Fact]
    public void A_message_that_nobody_waits_for_yet_is_kept_until_a_receive_opens()
    {
        var project = Project.Of("a: { task: A }\nr: { receive: customer-replied, form: [product], after: a }\nb: { task: B, after: r }", Head);
        project.Do(Message("customer-replied", "m1", ("product", "Gold"))).Do(Message("customer-replied", "m2", ("product", "Bronze")));
        Assert.Equal(["m1", "m2"], project.State.Messages.Select(m => m.Key));
        Assert.Null(project.Latest.OfType<FlowEvent.MessageReceived>().Single().Step);
        project.Complete("a");
        Assert.Equal(("done", "open", "Gold"), (project.Phase("r"), project.Phase("b"), project.State.Fields["product"]));
        Assert.Equal("m1", project.Latest.OfType<FlowEvent.MessageTaken>().Single().Key);
        Assert.Equal("m2", Assert.Single(project.State.Messages).Key);
    }

    [Fact]
    public void The_same_key_twice_changes_nothing_whether_kept_or_taken()
    {
        var project = Project.Of("a: { task: A }\nr: { receive: x, after: a }\ns: { receive: x, after: r }\nb: { task: B, after: s }");
        project.Do(Message("x", "m1")).Do(Message("x", "m1"));
        Assert.Empty(project.Latest);
        Assert.Single(project.State.Messages);
        project.Complete("a");
        Assert.Equal(("done", "open"), (project.Phase("r"), project.Phase("s")));
        project.Do(Message("x", "m1"));
        Assert.Empty(project.Latest);
        Assert.Equal("open", project.Phase("s"));
        Assert.Equal("done", project.Do(Message("x", "m2")).Phase("s"));
    }

    [Fact]
    public void A_message_is_taken_by_the_receive_that_has_been_open_longest()
    {
        var project = Project.Of("a: { task: A }\nlate: { receive: x, after: a }\nearly: { receive: x, starts: 1 hour }\nb: { task: B, after: [late, early] }");
        project.Pass(TimeSpan.FromHours(1));
        project.Pass(TimeSpan.FromHours(1));
        project.Complete("a").Do(Message("x", "m1"));
        Assert.Equal(("done", "open"), (project.Phase("early"), project.Phase("late")));
    }

    [Fact]
    public void A_field_that_is_unknown_unfit_missing_or_not_asked_for_is_refused_and_nothing_is_lost()
    {
        var project = Project.Of(Reply, Head);
        project.Refuses(Message("customer-replied", "m1", ("prodct", "Gold")), Refusal.Invalid, "prodct");
        project.Refuses(Message("customer-replied", "m1", ("product", "Tin")), Refusal.Invalid, "Bronze or Gold");
        project.Refuses(Message("customer-replied", "m1", ("product", "Gold"), ("secret", "x")), Refusal.Invalid, "isn't asked");
        project.Refuses(Message("customer-replied", "m1"), Refusal.Invalid, "fill", "Product");
        Assert.Equal("open", project.Phase("r"));
        Assert.Equal("done", project.Do(Message("customer-replied", "m1", ("product", "Gold"))).Phase("r"));
    }

    [Fact]
    public void A_message_goes_to_the_next_receive_where_its_fields_do_not_fit_the_first()
    {
        var project = Project.Of("r: { receive: x, form: [product] }\ns: { receive: x, form: [day] }\nb: { task: B, after: [r, s] }", Head);
        project.Do(Message("x", "m1", ("day", "2026-04-01")));
        Assert.Equal(("open", "done"), (project.Phase("r"), project.Phase("s")));
    }

    [Fact]
    public void A_name_that_no_step_waits_for_is_refused_with_those_there_are()
    {
        Project.Of(Reply, Head).Refuses(Message("customer-phoned", "m1"), Refusal.NotFound, "customer-phoned", "customer-replied");
        Project.Of("a: { task: A }").Refuses(Message("x", "m1"), Refusal.NotFound, "x");
    }

    [Fact]
    public void It_times_out_with_its_outcome_and_a_message_that_comes_later_is_kept()
    {
        var project = Project.Of("""
            r: { receive: x, expire: { after: 5 working days, outcome: timed-out } }
            b: { task: B, after: r.timed-out }
            c: { task: C, after: r.received }
            """);
        project.PassDays(7);
        Assert.Equal(("timed-out", "open", "dead"), (project["r"].Outcome, project.Phase("b"), project.Phase("c")));
        Assert.Empty(project.State.Timers);
        project.Do(Message("x", "m1"));
        Assert.Single(project.State.Messages);
    }

    [Fact]
    public void A_message_in_time_takes_the_time_out_away()
    {
        var project = Project.Of("r: { receive: x, expire: { after: 1 day, outcome: timed-out } }\nb: { task: B, after: r }").Do(Message("x", "m1"));
        Assert.Empty(project.State.Timers);
        Assert.Equal("received", project.PassDays(2)["r"].Outcome);
    }

    [Fact]
    public void On_hold_messages_are_kept_and_taken_at_resume()
    {
        var project = Project.Of(Reply, Head).Do(new Command.PutOnHold("Holidays") { Actor = "owen" });
        project.Do(Message("customer-replied", "m1", ("product", "Gold")));
        Assert.Equal("open", project.Phase("r"));
        Assert.Single(project.State.Messages);
        project.Do(new Command.Resume { Actor = "owen" });
        Assert.Equal(("done", "open"), (project.Phase("r"), project.Phase("b")));
        Assert.Empty(project.State.Messages);
    }

    [Fact]
    public void Kept_messages_are_gone_when_the_project_closes_and_a_closed_project_takes_none()
    {
        var project = Project.Of("a: { task: A }\nr: { receive: x, after: a }\n").Do(Message("x", "m1"));
        project.Do(new Command.Close(CloseResult.Cancelled, null, null) { Actor = "owen" });
        Assert.Empty(project.State.Messages);
        project.Refuses(Message("x", "m2"), Refusal.Conflict, "closed as cancelled");
    }

    [Fact]
    public void A_message_kept_in_one_stage_is_taken_in_a_later_one()
    {
        var project = Project.Of("a: { task: A }", more: """
            two:
              name: Two
              steps:
                r: { receive: x }
                b: { task: B, after: r }
            """).Do(Message("x", "m1")).Complete("a");
        Assert.Equal(("two", "done", "open"), (project.State.Stage, project.Phase("r"), project.Phase("b")));
    }

    [Fact]
    public void Whoever_sent_it_settled_the_step()
    {
        var project = Project.Of("r: { receive: x }\nb: { task: B, after: r }").Do(Message("x", "m1") with { Actor = "sam" });
        Assert.Equal("sam", project["r"].By);
    }

    internal static Command.Receive Message(string name, string key, params (string, object?)[] fields) => new(name, key, Project.Fields(fields));
}
