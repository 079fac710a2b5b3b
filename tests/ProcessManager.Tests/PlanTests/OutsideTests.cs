using System.Text;
using ProcessManager.Flow;
using ProcessManager.Flow.Testing;
using ProcessManager.Language;
using ProcessManager.Language.Time;
using Xunit;

namespace ProcessManager.Tests.PlanTests;

/// <summary>What comes from outside when a test says so: messages, answers, other projects; and steps for each member.</summary>
public class OutsideTests
{
    private const string Plan = """
        plan: outside
        name: Outside
        type: sales
        fields:
          product: { kind: text }
          number: { kind: number }
          extras: { kind: choices, of: [milk, sugar, lemon] }
        roles:
          taster: { label: Taster }
        stages:
          talk:
            name: Talk
            probability: 10
            steps:
              reply: { receive: customer-replied, form: [product], expire: { after: 5 days, outcome: timed-out }, outcomes: { received: , timed-out: { close: lost, reason: price } } }
          order:
            name: Order
            probability: 50
            steps:
              book: { http: "POST https://example.org/book", body: { what: product }, into: { number: response.number }, retry: 1 }
              phone: { task: Phone them, after: book.failed }
              deliver: { start: child, until: closed, after: book.done, outcomes: { lost: { redo: deliver } } }
              tell: { start: child, after: deliver.won }
          taste:
            name: Taste
            probability: 80
            steps:
              taste: { task: Taste, each: "role:taster", assign: "role:taster", need: 2 good, outcomes: [good, bad], due: 1 day }
              buy: { task: "Buy {{item}}", each: extras, after: taste.good }
        """;

    private const string Child = "plan: child\nname: Child\ntype: sales\nstages:\n  one:\n    name: One\n    probability: 5\n    steps:\n      do: { task: Do it }\n";

    private const string Start = "{ fields: { extras: [milk, lemon] }, roles: { taster: [ann, bob, cid] }, people: { ann: , bob: , cid: , owen: }, by: owen }";

    private static readonly Definitions Definitions = Testing.Definitions.With(new DefinitionFile("plans/child/plan.yaml", Encoding.UTF8.GetBytes(Child)));

    private static readonly Plan Compiled = Compile();

    private static Plan Compile()
    {
        var compiled = PlanCompiler.Compile(Definitions, new DefinitionFile("plan.yaml", Encoding.UTF8.GetBytes(Plan)));
        Assert.True(compiled.Plan is not null, DiagnosticPrinter.Print(compiled));
        return compiled.Plan;
    }

    private static PlanTestReport Run(params string[] lines)
    {
        var text = $"tests:\n  it:\n    start: {Start}\n    do:\n{string.Concat(lines.Select(l => $"      - {l}\n"))}";
        var read = PlanTestCompiler.Compile(Definitions, Compiled, new DefinitionFile("tests.yaml", Encoding.UTF8.GetBytes(text)));
        Assert.True(!read.HasErrors, DiagnosticPrinter.Print(read.Diagnostics, _ => text));
        return PlanTester.Run(Definitions, Compiled, read.Tests);
    }

    private static void Passes(params string[] lines)
    {
        var failure = Run(lines).Results.Single().Failure;
        Assert.True(failure is null, failure is null ? "" : $"{failure.At}: expected {failure.Expected}, found {failure.Found}\n{failure.Story}");
    }

    private static readonly string[] Ordered = ["{ receive: customer-replied, with: { product: Tea } }", "{ answer: book, with: { number: 12 } }"];

    private static readonly string[] Delivered = [.. Ordered, "{ child: deliver, closes: won }"];

    [Fact]
    public void A_message_comes_with_its_fields() =>
        Passes("expect: { open: [reply] }", Ordered[0], "expect: { stage: order, done: [reply.received], fields: { product: Tea } }");

    [Fact]
    public void Without_a_message_the_step_times_out() =>
        Passes("pass: 5 days", "expect: { closed: lost, reason: price, done: [reply.timed-out] }");

    [Fact]
    public void An_answer_fills_fields_and_a_failed_request_takes_the_other_way()
    {
        Passes([.. Ordered, "expect: { called: [book], fields: { number: 12 }, dead: [phone], open: [deliver] }"]);
        Passes(Ordered[0], "{ answer: book, failed: true }", "expect: { done: [book.failed], open: [phone], dead: [deliver] }");
        Passes(Ordered[0], "{ refuse: { answer: phone } }");
    }

    [Fact]
    public void A_child_starts_at_once_and_closes_as_the_test_says() =>
        Passes([.. Ordered, "expect: { started: [child, deliver], children: { deliver: open } }", "{ child: , step: deliver, closes: lost }",
            "expect: { times: { deliver: 2 }, children: { deliver: open } }", "{ child: deliver, closes: won }", "expect: { children: { deliver: won, tell: open }, stage: taste }"]);

    [Fact]
    public void A_child_of_a_step_that_has_started_none_is_refused()
    {
        var failure = Run("{ child: deliver, closes: won }").Results.Single().Failure;
        Assert.Contains("deliver", failure!.Found, StringComparison.Ordinal);
        Assert.StartsWith("the project of deliver: won", Run("expect: { children: { deliver: won } }").Results.Single().Failure!.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_member_does_their_part_by_name_or_all_do_theirs()
    {
        Passes([.. Delivered, "expect: { open: [taste] }", "{ complete: taste, for: ann, outcome: good }", "expect: { open: [taste] }",
            "{ complete: taste, for: bob, outcome: good }", "expect: { done: [taste.good], open: [buy] }", "complete: buy", "expect: { closed: won }"]);
        Passes([.. Delivered, "{ complete: taste, for: ann, outcome: bad }", "{ complete: taste, for: cid, outcome: bad }", "expect: { done: [taste.too-few], dead: [buy], closed: won }"]);
    }

    [Fact]
    public void Outcomes_of_members_and_of_the_whole_are_covered_each_for_itself()
    {
        var report = Run([.. Delivered, "{ complete: taste, for: ann, outcome: bad }"]);
        Assert.True(report.Passed);
        var missing = report.Coverage.Missing.Select(m => m.Name).ToList();
        Assert.DoesNotContain("taste.bad", missing);
        Assert.Contains("taste.too-few", missing);
        Assert.DoesNotContain(report.Coverage.Items, i => i.Name is "deliver.started" or "tell.won");
        Assert.Contains("tell.started", report.Coverage.Items.Select(i => i.Name));
    }

    [Fact]
    public void A_rehearsal_plays_messages_answers_children_and_members_too()
    {
        var text = "roles: { taster: [ann, bob, cid] }\npeople: { ann: , bob: , cid: , owen: }\nby: owen\nfields: { extras: [milk] }\n";
        var (start, diagnostics) = PlanTestCompiler.World(Definitions, Compiled, new DefinitionFile("people.yaml", Encoding.UTF8.GetBytes(text)));
        Assert.Empty(diagnostics);
        var settings = new SimulationSettings
        {
            Projects = 150, From = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero), Every = Duration.Zero, By = start.By, Fields = start.Fields, Roles = start.Roles,
            Chances = System.Collections.Immutable.ImmutableSortedDictionary<string, double>.Empty.Add("book.failed", 0.2),
        };
        var projects = Simulation.Run(Compiled, PlanTester.FactsOf(Definitions, Compiled, start), settings);
        Assert.All(projects, p => Assert.True(p.End is not (SimulationEnd.Faulted or SimulationEnd.Unfinished), $"{p.Trouble}\n{p.Journal}"));
        var steps = projects.SelectMany(p => p.Work).Select(w => w.Step).Distinct().Order();
        Assert.Equal(["buy", "phone", "taste"], steps);
        Assert.Contains(projects, p => p.End == SimulationEnd.Lost);
        Assert.Contains(projects, p => p.End == SimulationEnd.Cancelled || p.End == SimulationEnd.Won);
    }
}
