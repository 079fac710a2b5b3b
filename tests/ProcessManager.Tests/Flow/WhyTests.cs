using ProcessManager.Flow;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>Everything that a rule made says which rule, where, and what it read.</summary>
public class WhyTests
{
    [Fact]
    public void Every_event_that_a_rule_made_has_a_why()
    {
        var project = Project.Of("""
            a: { task: A, due: 1 day, remind: [at due], escalate: [{ after: 1 day, priority: high }], outcomes: { fine: , again: { redo: a } }, milestone: true, probability: 20 }
            s: { set: { amount: "5" }, after: a }
            d: { decide: [{ when: amount > 1, outcome: big }, { outcome: small }], after: s }
            t: { alert: T, to: owner, after: d.big }
            m: { email: brochure, to: prospect, after: d.big }
            n: { task: N, after: d.small }
            o: { task: O, optional: true }
            """, stage: "probability: 10\nmilestone: true", more: "two: { name: Two, status: active, steps: { x: { task: X } } }")
            .PassDays(3).Complete("a", "again").Complete("a", "fine");
        var mute = project.All.Where(e => e is not (FlowEvent.ProjectStarted or FlowEvent.TimerCancelled or FlowEvent.TimerFired)
            && e is not FlowEvent.TaskSettled { Phase: TaskPhase.Done } && e is not FlowEvent.StepSettled { Step: "a" });
        Assert.All(mute, e => Assert.True(e.Why is not null, e.ToString()));
    }

    [Fact]
    public void A_why_holds_rule_place_and_the_values_that_it_read()
    {
        var project = new Project(Plans.OfSteps("a: { task: A, when: amount > 100 }\nb: { task: B }")).Start(("amount", 50m));
        var why = project.Events<FlowEvent.StepSettled>().Single(e => e.Step == "a").Why!;
        Assert.Equal(("when: amount > 100", "50"), (why.Rule, why.Values!["amount"]));
        Assert.Equal("draft.yaml", why.At!.Value.File);
        Assert.True(why.At.Value.StartLine > 5);
    }

    [Fact]
    public void The_value_of_a_sensitive_field_is_kept_out_of_every_why()
    {
        var project = new Project(Plans.OfSteps("""
            a: { task: A, when: secret = "canary" }
            d: { decide: { inputs: [secret], rules: [['"canary"', yes], ["-", no]] }, after: a }
            z: { task: Z }
            """, head: "fields:\n  secret: { kind: text, sensitive: true }")).Start(("secret", "canary")).Complete("a");
        var whys = project.All.Select(e => e.Why).Where(w => w is not null).ToArray();
        Assert.Contains(whys, w => w!.Values?.ContainsValue("(hidden)") == true);
        Assert.DoesNotContain(whys, w => w!.Values?.ContainsValue("canary") == true);
    }
}
