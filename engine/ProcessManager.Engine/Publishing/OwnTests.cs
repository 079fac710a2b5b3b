using System.Collections.Immutable;
using ProcessManager.Flow.Testing;
using ProcessManager.Language;

namespace ProcessManager.Engine.Publishing;

/// <summary>The tests that stand beside a plan: with one that fails the plan is not published.</summary>
internal static class OwnTests
{
    /// <returns>Errors only: what is wrong in the file of tests, or one for each test that fails.</returns>
    public static ImmutableArray<Diagnostic> Problems(Definitions definitions, Plan plan)
    {
        var tests = PlanTestCompiler.Compile(definitions, plan);
        return tests.HasErrors
            ? [.. tests.Diagnostics.Where(d => d.Severity == Severity.Error)]
            : [.. PlanTester.Run(definitions, plan, tests.Tests).Results.Where(r => !r.Passed).Select(r => Errors.TestsFail.At(
                r.Failure!.At, $"The test “{r.Test.Name}” fails: expected {r.Failure.Expected}, found {r.Failure.Found}."))];
    }

    /// <summary>What is written into a version that was published although its tests fail.</summary>
    public static string Recorded(string? note, int problems) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{note}{(note is null ? "" : " ")}(Published although its tests fail: {problems} {(problems == 1 ? "problem" : "problems")}.)");
}
