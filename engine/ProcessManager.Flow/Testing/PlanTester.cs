using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Flow.Testing;

/// <summary>Why a test failed.</summary>
/// <param name="At">The line of the test.</param>
/// <param name="Expected">What the test wanted, in words.</param>
/// <param name="Found">What was there instead, in words.</param>
/// <param name="Story">Everything that happened until then, as text.</param>
public sealed record PlanTestFailure(SourceSpan At, string Expected, string Found, string Story);

/// <summary>What came of one test.</summary>
/// <param name="Failure">Null where it passed.</param>
public sealed record PlanTestResult(PlanTest Test, PlanTestFailure? Failure)
{
    public bool Passed => Failure is null;
}

/// <summary>What came of the tests of one plan.</summary>
/// <param name="Coverage">What the tests that were run reached, failed ones included.</param>
public sealed record PlanTestReport(Plan Plan, ImmutableArray<PlanTestResult> Results, PlanCoverage Coverage)
{
    public bool Passed => Results.All(r => r.Passed);
}

/// <summary>
/// The door of plan tests: runs them through the same stepper as production, on a clock that moves only as the test says.
/// The same plan, tests and definitions give the same report.
/// </summary>
public static class PlanTester
{
    /// <param name="definitions">Organisation and calendars, which must be without errors.</param>
    public static PlanTestReport Run(Definitions definitions, Plan plan, IEnumerable<PlanTest> tests)
    {
        var reached = new Trail();
        ImmutableArray<PlanTestResult> results = [.. tests.Select(t => Run(definitions, plan, t, reached))];
        return new PlanTestReport(plan, results, PlanCoverage.Of(plan, reached));
    }

    /// <summary>The people, calendars and prospect of a test's start.</summary>
    public static Facts FactsOf(Definitions definitions, Plan plan, TestStart start) => TestFacts.Of(definitions, plan, start);

    private static PlanTestResult Run(Definitions definitions, Plan plan, PlanTest test, Trail reached)
    {
        var run = new TestRun(plan, test, TestFacts.Of(definitions, plan, test.Start), reached);
        return new PlanTestResult(test, run.Play());
    }
}
