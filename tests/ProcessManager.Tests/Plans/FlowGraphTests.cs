using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Plans;

public class FlowGraphTests
{
    [Fact]
    public void A_redo_sets_back_its_step_and_all_that_rest_on_it_in_file_order()
    {
        var plan = Stage("""
            quote: { task: Quote }
            beside: { task: Beside }
            review: { task: Review, after: quote, outcomes: { fine: , again: { redo: quote } } }
            both: { gate: {}, after: { any: [review, beside] } }
            last: { task: Last, after: both }
            """);

        var redo = (Effect.Redo)plan.FindStep("review")!.FindOutcome("again")!.Effect;

        Assert.Equal(["quote", "review", "both", "last"], Ids(plan, redo.SetsBack));
    }

    [Fact]
    public void A_race_cancels_the_named_steps_and_what_leads_only_to_them()
    {
        var plan = Stage("""
            only-a: { task: Leads to a alone }
            shared: { task: Leads to a and elsewhere }
            a: { task: A, after: [only-a, shared] }
            b: { task: B }
            elsewhere: { task: Elsewhere, after: shared }
            race: { task: Race, after: { first: [a, b], cancel: rest } }
            calm: { task: Calm, after: { first: [a, b] } }
            """);

        Assert.Equal(["only-a", "a", "b"], Ids(plan, ((Join.First)plan.FindStep("race")!.After).Cancels));
        Assert.Empty(((Join.First)plan.FindStep("calm")!.After).Cancels);
    }

    [Fact]
    public void A_step_knows_those_that_wait_for_it()
    {
        var plan = Stage("""
            a: { task: A, outcomes: [yes, no] }
            b: { task: B, after: a.yes }
            c: { task: C, after: { first: [a.no, b] } }
            """);

        Assert.Equal(["b", "c"], Ids(plan, plan.FindStep("a")!.Followers));
        Assert.Equal(["c"], Ids(plan, plan.FindStep("b")!.Followers));
        Assert.Empty(plan.FindStep("c")!.Followers);
    }

    [Theory]
    [InlineData("after: { any: [y, n] }", "a")]            // both ways come from a
    [InlineData("after: [y, b]", "a")]                      // all: a and b are done
    [InlineData("after: [y, b]", "b")]
    [InlineData("after: { first: [y, b], need: 2 }", "b")]  // two of two
    public void A_step_that_is_done_on_every_way_can_be_redone(string after, string redo) => Assert.Empty(Redoing(after, redo));

    [Theory]
    [InlineData("after: { any: [y, n] }", "y")]
    [InlineData("after: { first: [y, b] }", "a")]
    [InlineData("after: { first: [y, b, c], need: 2 }", "b")]
    [InlineData("after: y", "b")]
    [InlineData("after: y", "n")]
    public void A_step_that_may_not_have_been_done_cannot_be_redone(string after, string redo) =>
        Assert.Equal([Errors.RedoNotBefore.Code], Redoing(after, redo));

    [Fact]
    public void Two_of_three_ways_of_which_two_come_from_one_step_make_that_step_certain() =>
        Assert.Empty(Redoing("after: { first: [y, n, b], need: 2 }", "a"));

    private static IEnumerable<string> Redoing(string after, string redo) => Compile($$"""
            a: { task: A, outcomes: [yes, no] }
            y: { task: Y, after: a.yes }
            n: { task: N, after: a.no }
            b: { task: B }
            c: { task: C }
            s: { task: S, {{after}}, outcomes: { fine: , again: { redo: {{redo}} } } }
            """).Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Code);

    private static IEnumerable<string> Ids(Plan plan, IEnumerable<int> steps) => steps.Select(i => plan.Steps[i].Id);

    private static Plan Stage(string steps)
    {
        var compilation = Compile(steps);
        Assert.False(compilation.HasErrors, DiagnosticPrinter.Print(compilation));
        return compilation.Plan!;
    }

    private static Compilation Compile(string steps) => Plans.Compile(
        "plan: x\nname: X\ntype: sales\nstages:\n  one:\n    steps:\n" + string.Join('\n', steps.Split('\n').Select(l => "      " + l)) + "\n");
}
