using System.Text;
using ProcessManager.Flow.Testing;
using ProcessManager.Language;
using ProcessManager.Tests.Plans;
using Xunit;

namespace ProcessManager.Tests.PlanTests;

/// <summary>The example of the language and its tests, as the description of the language has them.</summary>
public class LanguageExampleTests
{
    private const string Tests = """
        # definitions/plans/prospect-to-customer/tests.yaml
        tests:
          a sale, from call to follow-up:
            start:
              at: 2026-03-02 09:00
              prospect: { name: Ada Ltd, kind: organisation }
              people: { ann: { groups: [finance] }, bob: { groups: [finance] }, sam: { groups: [sales] } }
            do:
              - expect: { stage: enquiry, probability: 10, open: [call] }
              - complete: call
                outcome: interested
                with: { product: Gold, amount: 12000 }
              - expect: { stage: offer, probability: 40, sent: [brochure] }
              - complete: quote
              - approve: review
                by: [ann, bob]
              - expect: { filed: [quote], probability: 60 }
              - complete: decision
                outcome: sold
              - complete: ship
              - expect: { alerted: { owner: tell-seller }, not-open: [follow-up] }
              - pass: 1 week
              - expect: { open: [follow-up] }
          nobody calls:
            start: { at: 2026-03-02 09:00 }
            do:
              - pass: 3 working days
              - expect: { reminded: { call: 3 }, alerted: { manager: call } }
        """;

    [Fact]
    public void The_tests_of_the_description_pass_word_for_word()
    {
        var folder = new GoldenFolder("example-with-letter");
        var plan = PlanCompiler.Compile(folder.Definitions, folder.Plan).Plan!;
        var tests = PlanTestCompiler.Compile(folder.Definitions, plan, new DefinitionFile("tests.yaml", Encoding.UTF8.GetBytes(Tests)));
        Assert.True(!tests.HasErrors, DiagnosticPrinter.Print(tests.Diagnostics, _ => Tests));
        var report = PlanTester.Run(folder.Definitions, plan, tests.Tests);
        Assert.Equal(2, report.Results.Length);
        Assert.All(report.Results, r => Assert.True(r.Passed, $"{r.Failure?.At}: expected {r.Failure?.Expected}, found {r.Failure?.Found}\n{r.Failure?.Story}"));
        Assert.Equal(
            ["call.not-interested", "call.call-again", "escalation 2 of call", "review.rejected", "decision.refused", "follow-up.done"],
            report.Coverage.Missing.Select(m => m.Name));
    }
}
