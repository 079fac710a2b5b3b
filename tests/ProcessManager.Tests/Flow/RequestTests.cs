using System.Collections.Immutable;
using ProcessManager.Flow;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Flow;

/// <summary>What a plan asks of the world: letters, HTTP requests and child projects, with answers in time and too late.</summary>
public class RequestTests
{
    private const string Two = """
        two:
          name: Two
          steps:
            last: { task: Last, outcomes: { fine: , back: { goto: one } } }
        """;

    private const string Leave = "out: { task: Out, outcomes: { fine: , leave: { goto: two } } }";

    [Fact]
    public void A_letter_is_asked_for_with_what_stands_in_it_and_done_when_it_is_filed()
    {
        var project = new Project(Plans.OfSteps("s: { letter: quote }\nb: { task: B, after: s }")).Start(("amount", 12000m));
        var asked = project.Events<FlowEvent.LetterRequested>().Single();
        Assert.Equal(("s", 1, "quote", null), (asked.Step, asked.Occurrence, asked.Template, asked.Member));
        Assert.Equal(("Ada Ltd", "12,000", "Owen Owner"), (asked.Values["prospect.name"], asked.Values["amount"], asked.Values["owner"]));
        Assert.Equal(("open", "waiting"), (project.Phase("s"), project.Phase("b")));
        project.Do(new Command.Filed("s", 1, null, "doc-7", "Quote.docx") { Request = asked.Key });
        Assert.Equal(("done", "open", "doc-7"), (project["s"].Outcome, project.Phase("b"), project["s"].Document));
        Assert.Equal("Quote.docx", project.Latest.OfType<FlowEvent.DocumentFiled>().Single().Name);
        project.Do(new Command.Filed("s", 1, null, "doc-7", "Quote.docx"));
        Assert.Empty(project.Latest);
    }

    [Fact]
    public void A_letter_that_cannot_be_made_stops_the_project_and_is_asked_for_again_once_that_is_resolved()
    {
        var project = Project.Of("s: { letter: quote }\nb: { task: B, after: s }");
        project.Do(new Command.Failed("s", 1, null, "the template has no body"));
        Assert.Contains("could not be made: the template has no body", project.State.Fault, StringComparison.Ordinal);
        project.Do(new Command.ResolveFault("mended") { Actor = "ada" });
        var keys = project.Events<FlowEvent.LetterRequested>().Select(e => e.Key).ToArray();
        Assert.Equal(2, keys.Distinct().Count());
        project.Do(new Command.Filed("s", 2, null, "doc-8", "Quote.docx") { Request = keys[1] });
        Assert.Equal("open", project.Phase("b"));
    }

    [Fact]
    public void A_letter_that_comes_after_its_stage_was_left_is_recorded_and_changes_nothing()
    {
        var project = Project.Of($"s: {{ letter: quote }}\n{Leave}", more: Two).Complete("out", "leave");
        project.Do(new Command.Filed("s", 1, null, "doc-7", "Quote.docx"));
        Assert.Equal("doc-7", Assert.IsType<FlowEvent.DocumentFiled>(Assert.Single(project.Latest)).Document);
        Assert.Equal("two", project.State.Stage);
        project.Do(new Command.Failed("s", 1, null, "too late"));
        Assert.Null(project.State.Fault);
    }

    [Fact]
    public void The_result_of_an_earlier_visit_is_not_taken_for_this_one()
    {
        var project = Project.Of($"s: {{ letter: quote }}\n{Leave}", more: Two).Complete("out", "leave").Complete("last", "back");
        var keys = project.Events<FlowEvent.LetterRequested>().Select(e => e.Key).ToArray();
        Assert.Equal(2, keys.Distinct().Count());
        project.Do(new Command.Filed("s", 1, null, "old", "Old.docx") { Request = keys[0] });
        Assert.Equal("open", project.Phase("s"));
        project.Do(new Command.Filed("s", 1, null, "new", "New.docx") { Request = keys[1] });
        Assert.Equal(("done", "new"), (project.Phase("s"), project["s"].Document));
    }

    [Fact]
    public void A_request_is_sent_with_its_values_and_the_answer_fills_fields()
    {
        var project = Started("""
            h:
              http: POST https://example.org/orders/{{title}}?a={{amount}}
              body: { customer: prospect.name, amount: amount, day: '@"2026-05-01"', lines: '[1, "two", null]' }
              into: { number: response.order.number, product: response.name }
              retry: 5
            b: { task: B, after: h }
            """);
        var asked = project.Events<FlowEvent.HttpRequested>().Single();
        Assert.Equal(("POST", "https://example.org/orders/a%20%26%20b?a=12000", 5), (asked.Method, asked.Url, asked.Retries));
        Assert.Equal("""{"customer":"Ada Ltd","amount":12000,"day":"2026-05-01","lines":[1,"two",null]}""", asked.Body);
        project.Do(new Command.Answered("h", 1, null, true, Response(("order", Response(("number", 7m))), ("name", "Gold")), null) { Request = asked.Key });
        Assert.Equal(("done", 7m, "Gold", "open"), (project["h"].Outcome, project.State.Fields["number"], project.State.Fields["product"], project.Phase("b")));
        Assert.True(project.Latest.OfType<FlowEvent.HttpAnswered>().Single().Succeeded);
        var why = project.Latest.OfType<FlowEvent.FieldChanged>().First(f => f.Field == "number").Why!;
        Assert.Equal(("into: number: response.order.number", null), (why.Rule, why.Values));   // what others send is not repeated in the history
    }

    [Fact]
    public void A_request_that_fails_for_good_settles_as_failed_and_alerts_the_owner_unless_the_plan_waits_for_that()
    {
        const string steps = "h: { http: GET https://example.org/, into: { number: response.n } }\nb: { task: B, after: h }";
        var project = Started(steps).Do(new Command.Answered("h", 1, null, false, null, "503 Service Unavailable"));
        Assert.Equal(("failed", "open"), (project["h"].Outcome, project.Phase("b")));
        Assert.Contains("503", project.Latest.OfType<FlowEvent.AlertRaised>().Single(a => a.Cause == AlertCause.Trouble).Text, StringComparison.Ordinal);
        var handled = Started(steps.Replace("after: h", "after: h.failed", StringComparison.Ordinal)).Do(new Command.Answered("h", 1, null, false, null, "503"));
        Assert.Empty(handled.Latest.OfType<FlowEvent.AlertRaised>());
        Assert.Equal("open", handled.Phase("b"));
    }

    [Fact]
    public void An_answer_that_does_not_fit_its_field_leaves_it_and_says_so()
    {
        var project = Started("h: { http: GET https://example.org/, into: { number: response.n, product: response.p } }\nb: { task: B, after: h }");
        project.Do(new Command.Answered("h", 1, null, true, Response(("n", "many"), ("p", "Gold")), null));
        Assert.Equal(("done", false, "Gold"), (project["h"].Outcome, project.State.Fields.ContainsKey("number"), project.State.Fields["product"]));
        Assert.Contains("must be a number", project.Latest.OfType<FlowEvent.AlertRaised>().Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_late_answer_is_recorded_and_changes_nothing()
    {
        var project = Started($"h: {{ http: GET https://example.org/, into: {{ number: response.n }} }}\n{Leave}", Two).Complete("out", "leave");
        project.Do(new Command.Answered("h", 1, null, true, Response(("n", 5m)), null));
        Assert.IsType<FlowEvent.HttpAnswered>(Assert.Single(project.Latest));
        Assert.False(project.State.Fields.ContainsKey("number"));
    }

    [Fact]
    public void A_child_that_is_not_waited_for_settles_with_its_start()
    {
        var project = Started("d: { start: deliver-order, fields: { product: product, pieces: amount / 1000 } }\nb: { task: B, after: d }");
        var asked = project.Events<FlowEvent.ChildRequested>().Single();
        Assert.Equal(("deliver-order", 12m, false), (asked.Plan, asked.Fields["pieces"], asked.Awaited));
        project.Do(new Command.ChildStarted("d", 1, null, "child-1") { Request = asked.Key });
        Assert.Equal(("started", "open"), (project["d"].Outcome, project.Phase("b")));
        project.Do(new Command.ChildClosed("d", 1, null, "child-1", CloseResult.Lost));
        Assert.Equal("started", project["d"].Outcome);
        Assert.IsType<FlowEvent.ChildClosed>(Assert.Single(project.Latest));
    }

    [Theory]
    [InlineData(CloseResult.Won, "won")]
    [InlineData(CloseResult.Lost, "lost")]
    [InlineData(CloseResult.Cancelled, "cancelled")]
    public void A_child_that_is_waited_for_settles_with_its_result(CloseResult result, string outcome)
    {
        var project = Waiting();
        Assert.Equal(("open", "child-1"), (project.Phase("d"), project["d"].Child));
        project.Do(new Command.ChildClosed("d", 1, null, "child-1", result));
        Assert.Equal((outcome, outcome == "won" ? "open" : "dead"), (project["d"].Outcome, project.Phase("b")));
    }

    [Fact]
    public void A_child_is_closed_when_its_step_is_set_back_left_or_cancelled()
    {
        var back = Waiting("a: { task: A, outcomes: { fine: , again: { redo: a } } }\nd: { start: deliver-order, until: closed }\nw: { task: W, outcomes: { fine: , again: { redo: d } }, after: d }");
        back.Do(new Command.ChildClosed("d", 1, null, "child-1", CloseResult.Won)).Complete("w", "again");
        Assert.Empty(back.Latest.OfType<FlowEvent.ChildDropped>());   // it has closed already
        var left = Waiting(more: Two).Complete("out", "leave");
        Assert.Equal("child-1", left.Latest.OfType<FlowEvent.ChildDropped>().Single().Child);
        left.Do(new Command.ChildClosed("d", 1, null, "child-1", CloseResult.Cancelled));
        Assert.IsType<FlowEvent.ChildClosed>(Assert.Single(left.Latest));
        var closed = Waiting().Do(new Command.Close(CloseResult.Lost, null, null) { Actor = "owen" });
        Assert.Single(closed.Latest.OfType<FlowEvent.ChildDropped>());
        var open = Project.Of("x: { task: X, outcomes: { fine: , again: { redo: x } } }\nd: { start: deliver-order, until: closed, after: { first: [x, y] } }\ny: { task: Y, outcomes: { fine: , again: { redo: y } } }\nz: { task: Z, outcomes: { fine: , again: { redo: x } }, after: x }");
        open.Complete("x", "fine").Do(new Command.ChildStarted("d", 1, null, "child-2")).Complete("z", "again");
        Assert.Equal("child-2", open.Latest.OfType<FlowEvent.ChildDropped>().Single().Child);
    }

    [Fact]
    public void A_child_that_starts_when_nobody_waits_for_it_any_more_is_dropped_at_once()
    {
        var project = Project.Of($"d: {{ start: deliver-order, until: closed }}\n{Leave}", more: Two).Complete("out", "leave");
        Assert.Empty(project.Latest.OfType<FlowEvent.ChildDropped>());
        project.Do(new Command.ChildStarted("d", 1, null, "child-9"));
        Assert.Equal("child-9", project.Latest.OfType<FlowEvent.ChildDropped>().Single().Child);
        var closed = Project.Of("d: { start: deliver-order, until: closed }\nb: { task: B }").Do(new Command.Close(CloseResult.Lost, null, null) { Actor = "owen" });
        Assert.Single(closed.Do(new Command.ChildStarted("d", 1, null, "child-9")).Latest.OfType<FlowEvent.ChildDropped>());
    }

    [Fact]
    public void A_child_that_cannot_be_started_stops_the_project()
    {
        var project = Project.Of("d: { start: deliver-order }\nb: { task: B }").Do(new Command.Failed("d", 1, null, "Please fill Product."));
        Assert.Contains("could not be started: Please fill Product.", project.State.Fault, StringComparison.Ordinal);
        Assert.Equal("open", project.Bypass("d").Do(new Command.ResolveFault("left out") { Actor = "ada" }).Phase("b"));
    }

    [Fact]
    public void At_most_ten_projects_stand_above_one_another()
    {
        var none = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;
        var plan = Plans.OfSteps("d: { start: deliver-order }\nb: { task: B }");
        Decision At(int depth) => Stepper.Advance(plan, null, new Command.Start("owen", Project.Fields(), none) { Depth = depth }, Plans.Facts, Plans.Monday);
        Assert.Single(Assert.IsType<Decision.Accepted>(At(9)).Events.OfType<FlowEvent.ChildRequested>());
        var deepest = Assert.IsType<Decision.Accepted>(At(10));
        Assert.Empty(deepest.Events.OfType<FlowEvent.ChildRequested>());
        Assert.Contains("10 projects stand above", deepest.State.Fault, StringComparison.Ordinal);
        Assert.Contains("no more", Assert.IsType<Decision.Refused>(At(11)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_are_taken_on_hold_and_the_flow_goes_on_when_the_project_does()
    {
        var project = Project.Of("s: { letter: quote }\nb: { task: B, after: s }").Do(new Command.PutOnHold("Holidays") { Actor = "owen" });
        project.Do(new Command.Filed("s", 1, null, "doc", "Quote.docx"));
        Assert.Equal(("done", "waiting"), (project.Phase("s"), project.Phase("b")));
        Assert.Equal("open", project.Do(new Command.Resume { Actor = "owen" }).Phase("b"));
    }

    [Fact]
    public void A_step_that_is_no_such_step_is_refused()
    {
        var project = Project.Of("a: { task: A }");
        project.Refuses(new Command.Filed("a", 1, null, "d", "n"), Refusal.NotFound, "a");
        project.Refuses(new Command.Answered("x", 1, null, true, null, null), Refusal.NotFound, "x");
        project.Refuses(new Command.ChildStarted("a", 1, null, "c"), Refusal.NotFound, "a");
        project.Refuses(new Command.ChildClosed("a", 1, null, "c", CloseResult.Won), Refusal.NotFound, "a");
        project.Refuses(new Command.Failed("a", 1, null, "c"), Refusal.NotFound, "a");
    }

    private static Project Waiting(string? steps = null, string more = "") =>
        Project.Of(steps ?? $"d: {{ start: deliver-order, until: closed }}\nb: {{ task: B, after: d.won }}\n{(more.Length > 0 ? Leave : "other: { task: Other }")}", more: more)
            .Do(new Command.ChildStarted("d", 1, null, "child-1"));

    private static Project Started(string steps, string more = "") =>
        new Project(Plans.OfSteps(steps, "fields:\n  number: { kind: number, label: Number }\n  product: { kind: text }", more: more)).Start(("amount", 12000m), ("title", "a & b"));

    private static Dictionary<string, object?> Response(params (string Name, object? Value)[] entries) => entries.ToDictionary(e => e.Name, e => e.Value);
}
