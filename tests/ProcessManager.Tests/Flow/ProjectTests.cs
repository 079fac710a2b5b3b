using System.Collections.Immutable;
using ProcessManager.Flow;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>Stages, probability, fields and the project as a whole.</summary>
public class ProjectTests
{
    private static readonly ImmutableSortedDictionary<string, ImmutableArray<string>> NoRoles =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    [Fact]
    public void A_stage_completes_when_its_required_steps_are_settled_and_the_last_closes_as_won()
    {
        var project = Project.Of("a: { task: A }\nb: { task: B }", more: "two:\n  name: Two\n  steps:\n    c: { task: C }").Complete("b");
        Assert.Equal("one", project.State.Stage);
        Assert.Equal("two", project.Complete("a").State.Stage);
        project.Complete("c");
        Assert.Equal((CloseResult.Won, 100), (project.State.Closed, project.State.Probability));
        Assert.Empty(project.State.Timers);
    }

    [Fact]
    public void A_stage_whose_required_steps_are_all_passed_completes_at_once()
    {
        var project = Project.Of("a: { task: A, when: amount > 1 }", more: "two:\n  name: Two\n  steps:\n    c: { task: C }");
        Assert.Equal("two", project.State.Stage);
    }

    [Fact]
    public void A_stage_whose_required_steps_are_all_dead_or_passed_completes_at_once()
    {
        var project = Project.Of("go: { task: Go }", more: """
            two:
              name: Two
              steps:
                a: { task: A, when: amount > 10, passes-as: small, outcomes: [small, big] }
                b: { task: B, after: a.big }
                c: { task: C, after: b }
            three:
              name: Three
              steps:
                last: { task: Last }
            """).Complete("go");
        Assert.Equal("three", project.State.Stage);
        Assert.Equal([("a", StepPhase.Passed), ("b", StepPhase.Dead), ("c", StepPhase.Dead)], project.Latest.OfType<FlowEvent.StepSettled>().Where(e => e.Step != "go").Select(e => (e.Step, e.Phase)));
    }

    [Theory]
    [InlineData(500, "board")]
    [InlineData(5, "contract")]
    public void Next_takes_the_first_rule_that_holds(int amount, string stage)
    {
        var project = Project.Of("a: { task: A }", stage: """
            next:
              - { when: amount >= 100, stage: board }
              - { when: amount = 0, close: cancelled, reason: nothing-to-do }
              - { stage: contract }
            """, more: """
            contract: { name: Contract, steps: { c: { task: C } } }
            board: { name: Board, steps: { d: { task: D } } }
            """).Set(("amount", amount)).Complete("a");
        Assert.Equal(stage, project.State.Stage);
    }

    [Fact]
    public void Next_can_close_the_project()
    {
        var project = Project.Of("a: { task: A }", stage: """
            next:
              - { when: amount = 0, close: cancelled, reason: nothing-to-do }
              - { close: won }
            """).Set(("amount", 0m)).Complete("a");
        Assert.Equal((CloseResult.Cancelled, "nothing-to-do", 0), (project.State.Closed, project.State.CloseReason, project.State.Probability));
    }

    [Fact]
    public void Probability_follows_stages_and_steps_and_the_result()
    {
        var project = Project.Of("""
            a: { task: A, probability: 30, outcomes: { fine: , again: { redo: a } } }
            b: { task: B, probability: 35, when: amount > 1, after: a }
            c: { task: C, probability: 90, after: b, optional: true }
            d: { task: D, after: b }
            """, stage: "probability: 10", more: "two: { name: Two, probability: 50, steps: { x: { task: X, outcomes: { fine: , stop: { close: lost, reason: price } } } } }");
        Assert.Equal(10, project.State.Probability);
        Assert.Equal(10, project.Complete("a", "again").State.Probability);
        Assert.Equal(35, project.Complete("a", "fine").State.Probability);
        Assert.Equal(50, project.Complete("d").State.Probability);
        Assert.Equal(0, project.Complete("x", "stop").State.Probability);
        Assert.Equal([(0, 10), (10, 30), (30, 35), (35, 50), (50, 0)], project.Events<FlowEvent.ProbabilityChanged>().Select(p => (p.From, p.To)));
        Assert.All(project.Events<FlowEvent.ProbabilityChanged>(), p => Assert.NotNull(p.Why));
    }

    [Fact]
    public void An_override_hides_the_plans_changes_until_it_is_taken_back_or_the_project_closes()
    {
        var project = Project.Of("a: { task: A, probability: 30 }\nb: { task: B }").Do(new Command.OverrideProbability(80) { Actor = "owen" });
        project.Complete("a");
        Assert.Equal((80, 30), (project.State.Probability, project.State.PlanProbability));
        Assert.Empty(project.Latest.OfType<FlowEvent.ProbabilityChanged>());
        Assert.Equal(30, project.Do(new Command.OverrideProbability(null) { Actor = "owen" }).State.Probability);
        project.Do(new Command.OverrideProbability(70) { Actor = "owen" }).Complete("b");
        Assert.Equal((100, null), (project.State.Probability, project.State.ProbabilityOverride));
        project.Refuses(new Command.OverrideProbability(101), Refusal.Conflict, "closed as won");
    }

    [Fact]
    public void The_status_of_a_stage_is_taken_on_entering()
    {
        var project = Project.Of("a: { task: A }", stage: "status: active", more: "two: { name: Two, status: waiting, steps: { b: { task: B } } }").Complete("a");
        Assert.Equal([(null, "active"), ("active", "waiting")], project.Events<FlowEvent.StatusChanged>().Select(s => (s.From, s.To)));
    }

    [Fact]
    public void A_form_names_everything_that_is_missing_at_once()
    {
        const string head = """
            fields:
              product: { kind: choice, label: Product, of: [Gold, Silver] }
              size: { kind: number, label: Size, min: 1, max: 9 }
              why: { kind: text, label: Why }
            """;
        var project = Project.Of("a: { task: A, form: [product!, size], outcomes: { fine: , no: { ask: [why!] } } }\nb: { task: B }", head);
        project.Refuses(project.Complete_("a", "no"), Refusal.Invalid, "Please fill Product and Why.");
        project.Refuses(
            project.Complete_("a", "fine", null, ("product", "Bronze"), ("size", 12m)), Refusal.Invalid, "Product must be Gold or Silver.", "Size must be at most 9.");
        project.Refuses(project.Complete_("a", "fine", null, ("product", "Gold"), ("title", "x")), Refusal.Invalid, "Title isn't asked here");
        project.Complete("a", "fine", null, ("product", "Gold"), ("size", "7"));
        Assert.Equal(("Gold", 7m), (project.State.Fields["product"], project.State.Fields["size"]));
        Assert.All(project.Latest.OfType<FlowEvent.FieldChanged>(), e => Assert.Null(e.Why));
    }

    [Theory]
    [InlineData("text", "x", "x")]
    [InlineData("number", "1.5", "1.5")]
    [InlineData("number", "one", null)]
    [InlineData("date", "2026-02-28", "2026-02-28")]
    [InlineData("date", "2026-02-30", null)]
    [InlineData("time", "2026-03-02 10:00", "2026-03-02 09:00Z")]
    [InlineData("time", "2026-03-02T10:00:00Z", "2026-03-02 10:00Z")]
    [InlineData("yes-no", "yes", "true")]
    [InlineData("yes-no", "perhaps", null)]
    [InlineData("person", "sam", "sam")]
    [InlineData("person", "stranger", null)]
    [InlineData("link", "https://example.org/x", "https://example.org/x")]
    [InlineData("link", "javascript:alert(1)", null)]
    public void Values_are_brought_into_the_form_of_their_field(string kind, string given, string? kept)
    {
        var project = Project.Of("a: { task: A }", head: $"fields:\n  f: {{ kind: {kind} }}");
        var decision = project.Try(new Command.SetFields(Project.Fields(("f", given))) { Actor = "owen" });
        Assert.Equal(kept is not null, decision is Decision.Accepted);
        if (kept is not null) { Assert.Equal(kept, Words.Value(project.State.Fields["f"])); }
    }

    [Fact]
    public void Choices_and_patterns_are_checked()
    {
        var project = Project.Of("a: { task: A }", head: """
            fields:
              tags: { kind: choices, of: [red, green] }
              code: { kind: text, label: Code, pattern: "[A-Z]{2}-[0-9]+" }
            """);
        project.Set(("tags", new[] { "red", "green" }), ("code", "AB-12"));
        project.Refuses(new Command.SetFields(Project.Fields(("tags", new[] { "blue" }), ("code", "xAB-12"))), Refusal.Invalid, "red and green", "Code must look like");
        project.Refuses(new Command.SetFields(Project.Fields(("nonsense", 1m))), Refusal.Invalid, "nonsense");
    }

    [Fact]
    public void Required_fields_are_asked_at_the_start_and_from_their_stage_on()
    {
        var plan = Plans.OfSteps("a: { task: A }", head: """
            fields:
              name: { kind: text, label: Name, required: always }
              sum: { kind: money, label: Sum, required: two }
            """, more: "two: { name: Two, steps: { b: { task: B, form: [sum] } } }");
        var refused = Stepper.Advance(plan, null, new Command.Start("owen", Project.Fields(), NoRoles), Plans.Facts, Plans.Monday);
        Assert.Contains("Name", Assert.IsType<Decision.Refused>(refused).Message, StringComparison.Ordinal);
        var project = new Project(plan).Start(("name", "X"));
        project.Refuses(new Command.SetFields(Project.Fields(("name", null))), Refusal.Invalid, "Name can't be emptied");
        project.Set(("sum", 1m)).Set(("sum", null)).Complete("a");
        project.Refuses(project.Complete_("b"), Refusal.Invalid, "Please fill Sum.");
        project.Complete("b", null, null, ("sum", 2m));
        Assert.Equal(CloseResult.Won, project.State.Closed);
    }

    [Fact]
    public void Defaults_fill_what_the_start_leaves_open()
    {
        var plan = Plans.OfSteps("a: { task: A }", head: "fields:\n  product: { kind: choice, of: [Gold, Silver], default: Silver }\n  size: { kind: number, default: 3 }");
        Assert.Equal(("Silver", 3m), (new Project(plan).Start().State.Fields["product"], new Project(plan).Start().State.Fields["size"]));
        Assert.Equal("Gold", new Project(plan).Start(("product", "Gold")).State.Fields["product"]);
    }

    [Fact]
    public void A_person_closes_with_a_reason_of_the_list_and_everything_open_is_cancelled()
    {
        var project = Project.Of("a: { task: A, due: 1 day, remind: [at due] }");
        project.Refuses(new Command.Close(CloseResult.Lost, "boredom", null) { Actor = "owen" }, Refusal.Invalid, "boredom", "price");
        project.Do(new Command.Close(CloseResult.Lost, "price", "Too dear") { Actor = "owen" });
        Assert.Equal((CloseResult.Lost, "price"), (project.State.Closed, project.State.CloseReason));
        Assert.Equal("Too dear", project.Events<FlowEvent.ProjectClosed>().Single().Note);
        Assert.Equal("cancelled", project.Phase("a"));
        Assert.Empty(project.State.Timers);
        project.Now = project.Now.AddMinutes(5);
        project.Refuses(new Command.Complete(1, null, Project.Fields()) { Actor = "owen" }, Refusal.Conflict, "closed as lost at 09:00");
    }

    [Fact]
    public void The_owner_changes_to_somebody_who_works_here()
    {
        var project = Project.Of("a: { task: A }").Do(new Command.SetOwner("sam") { Actor = "ada" });
        Assert.Equal("sam", project.State.Owner);
        project.Refuses(new Command.SetOwner("stranger") { Actor = "ada" }, Refusal.Invalid, "stranger");
    }

    [Fact]
    public void Hold_and_resume_are_refused_where_they_do_not_apply()
    {
        var project = Project.Of("a: { task: A }");
        project.Refuses(new Command.Resume(), Refusal.Conflict, "isn't on hold");
        project.Refuses(new Command.PutOnHold(" "), Refusal.Invalid, "why");
        project.Do(new Command.PutOnHold("Holidays") { Actor = "owen" });
        project.Refuses(new Command.PutOnHold("Again"), Refusal.Conflict, "put on hold at 09:00: Holidays");
    }

    [Fact]
    public void A_command_that_changes_nothing_leaves_the_state_as_it_is()
    {
        var project = Project.Of("a: { task: A, assign: user:sam }");
        var before = project.State;
        project.Do(new Command.FireTimers()).Do(new Command.Assign(1, "sam", null) { Actor = "sam" }).Do(new Command.SetOwner("owen"));
        Assert.Same(before, project.State);
    }

    [Fact]
    public void A_project_starts_once()
    {
        var project = Project.Of("a: { task: A }");
        project.Refuses(new Command.Start("owen", Project.Fields(), NoRoles), Refusal.Conflict, "started already");
        var missing = Stepper.Advance(project.Plan, null, new Command.FireTimers(), Plans.Facts, Plans.Monday);
        Assert.Equal(Refusal.NotFound, Assert.IsType<Decision.Refused>(missing).Reason);
    }

    [Fact]
    public void Whoever_is_slower_reads_who_did_the_task_that_closed_the_project()
    {
        var project = Project.Of("a: { task: A, outcomes: { on: , off: { close: lost } } }");
        project.Do(new Command.Complete(1, "off", Project.Fields()) { Actor = "owen" });

        project.Refuses(new Command.Complete(1, "on", Project.Fields()) { Actor = "owen" }, Refusal.Conflict, "Task 1 was completed by");
    }
}
