using System.Text;
using ProcessManager.Flow.Testing;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.PlanTests;

/// <summary>The plans that are shipped pass their own tests, which reach all of their steps and outcomes.</summary>
public class ShippedPlanTests
{
    private static readonly Definitions Shipped = Plans.Repository.Definitions;

    public static TheoryData<string> All => [.. Shipped.PlanIds];

    [Theory, MemberData(nameof(All))]
    public void A_shipped_plan_passes_its_tests_and_they_reach_every_step_and_outcome(string id)
    {
        var compilation = PlanCompiler.Compile(Shipped, id);
        Assert.True(compilation.Plan is not null, DiagnosticPrinter.Print(compilation));
        var tests = PlanTestCompiler.Compile(Shipped, compilation.Plan);
        Assert.True(!tests.HasErrors, DiagnosticPrinter.Print(tests.Diagnostics, path => Encoding.UTF8.GetString(Shipped.Files[path].Content.Span)));
        var report = PlanTester.Run(Shipped, compilation.Plan, tests.Tests);
        var failed = report.Results.Where(r => !r.Passed).Select(r => $"{r.Test.Name} ({r.Failure!.At})\n  expected {r.Failure.Expected}\n  found {r.Failure.Found}\n{r.Failure.Story}");
        Assert.True(report.Passed, string.Join("\n", failed));
        var missing = report.Coverage.Missing.Where(m => m.Kind is CoverageKind.Stage or CoverageKind.Step or CoverageKind.Outcome).Select(m => $"{m.Kind} {m.Name}");
        Assert.True(report.Coverage.PercentOf(CoverageKind.Stage, CoverageKind.Step, CoverageKind.Outcome) == 100, $"No test of {id} reaches: {string.Join(", ", missing)}");
    }
}
