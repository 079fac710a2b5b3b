using ProcessManager.Flow;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>The plan of section 1 of the plan language, walked through step by step (without the letter).</summary>
public class ProspectToCustomerTests
{
    private static readonly Plan Plan = Plans.Compile("""
        plan: prospect-to-customer
        name: Prospect to customer
        type: sales
        calendar: office
        fields:
          product: { kind: choice, of: [Bronze, Silver, Gold] }
          amount:  { kind: money, label: Expected order }
          call-on: { kind: date, label: Call again on }
        roles:
          approver: { label: Approver, from: group:finance, at-least: 2 }
        stages:
          enquiry:
            name: Enquiry
            probability: 10
            steps:
              call:
                task: Call {{prospect.name}} back
                instructions: |
                  Answer the questions they have about the brochure.
                assign: group:sales
                share: least-busy
                due: 1 working day
                remind: [2 working hours before due, every 1 working day after due at most 3]
                escalate:
                  - { after: 1 working day, alert: manager }
                  - { after: 3 working days, reassign: group:sales-leads }
                form: [product, amount]
                outcomes:
                  interested:
                  not-interested: { close: lost, reason: no-interest }
                  call-again: { redo: call, on: field:call-on, ask: [call-on] }
              brochure:
                email: brochure
                to: prospect
                after: call.interested
          offer:
            name: Offer
            probability: 40
            within: 30 days
            steps:
              quote:
                task: Prepare the quote
                due: 2 working days
              review:
                approval: Approve a quote above 10,000
                assign: role:approver
                need: 2
                when: amount > 10000
                after: quote
                outcomes:
                  approved:
                  rejected: { redo: quote }
              send:
                email: brochure
                to: prospect
                after: review
                probability: 60
              decision:
                task: Record the customer's decision
                after: send
                outcomes:
                  sold:
                  refused: { close: lost, reason: price }
          delivery:
            name: Delivery
            probability: 90
            steps:
              ship:
                task: Ship the order
                assign: group:shipping
                due: 2 working days
              tell-seller:
                alert: The order of {{prospect.name}} was sent
                to: owner
                after: ship
              follow-up:
                task: Ask how it went
                after: ship
                starts: 1 week after ship
        """);

    [Fact]
    public void A_sale_from_call_to_follow_up()
    {
        var project = new Project(Plan).Start();
        Assert.Equal(("enquiry", 10, "sam"), (project.State.Stage, project.State.Probability, project.Task("call").Assignee));
        project.Complete("call", "interested", null, ("product", "Gold"), ("amount", 12000m));
        Assert.Equal(("offer", 40), (project.State.Stage, project.State.Probability));
        Assert.Single(project.Events<FlowEvent.MailRequested>(), m => m.Step == "brochure");
        project.Complete("quote").Vote("review", "fay", true);
        Assert.Equal("open", project.Phase("review"));
        project.Vote("review", "fred", true);
        Assert.Equal(60, project.State.Probability);
        project.Complete("decision", "sold").Complete("ship");
        Assert.Equal("owen", Assert.Single(project.Events<FlowEvent.AlertRaised>().Single(a => a.Step == "tell-seller").To));
        Assert.Equal("waiting", project.Phase("follow-up"));
        project.PassDays(7);
        Assert.Equal("open", project.Phase("follow-up"));
        project.Complete("follow-up");
        Assert.Equal((CloseResult.Won, 100), (project.State.Closed, project.State.Probability));
    }

    [Fact]
    public void Nobody_calls()
    {
        var project = new Project(Plan).Start();
        project.Until(Plans.Monday.AddDays(3));
        Assert.Equal(3, project.Reminders("call"));
        Assert.Equal("mia", Assert.Single(project.Events<FlowEvent.AlertRaised>().Single(a => a.Cause == AlertCause.Escalation).To));
        project.Until(Plans.Monday.AddDays(7));
        Assert.Equal(4, project.Reminders("call"));
        Assert.Equal((null, "sales-leads"), (project.Task("call").Assignee, project.Task("call").Group));
        Assert.Empty(project.State.Timers);
    }

    [Fact]
    public void A_small_order_needs_no_review()
    {
        var project = new Project(Plan).Start().Complete("call", "interested", null, ("amount", 500m)).Complete("quote");
        Assert.Equal(("passed", "approved", "open"), (project.Phase("review"), project["review"].Outcome, project.Phase("decision")));
    }

    [Fact]
    public void They_want_to_be_called_again_and_are_not_interested_then()
    {
        var project = new Project(Plan).Start().Complete("call", "call-again", null, ("call-on", new DateOnly(2026, 3, 9)));
        Assert.Equal("waiting", project.Phase("call"));
        project.PassDays(7);
        Assert.Equal(("open", 2), (project.Phase("call"), project["call"].Occurrence));
        project.Complete("call", "not-interested");
        Assert.Equal((CloseResult.Lost, "no-interest", 0), (project.State.Closed, project.State.CloseReason, project.State.Probability));
    }
}
