using System.Collections.Immutable;
using ProcessManager.Language.Binding;
using ProcessManager.Language.Shaping;

namespace ProcessManager.Language;

/// <summary>
/// The door from a plan's <c>tests.yaml</c> to <see cref="PlanTests"/>. Like the compiler of plans it finds all mistakes and
/// never throws for what a person wrote.
/// </summary>
public static class PlanTestCompiler
{
    /// <summary>The path of a plan's tests in the definitions folder.</summary>
    public static string PathOf(string plan) => $"plans/{plan}/tests.yaml";

    /// <summary>Compiles the tests that stand beside a plan; none where there is no such file.</summary>
    public static PlanTests Compile(Definitions definitions, Plan plan) =>
        definitions.Files.TryGetValue(PathOf(plan.Id), out var file) ? Compile(definitions, plan, file) : new PlanTests([], [], null);

    /// <summary>Compiles tests from a file that need not stand in the definitions folder, such as a draft.</summary>
    public static PlanTests Compile(Definitions definitions, Plan plan, DefinitionFile file)
    {
        var diagnostics = new List<Diagnostic>();
        ImmutableArray<PlanTest> tests = [];
        if (PlanFile.Read(file, TestsShape.File, diagnostics) is { } root)
        {
            tests = new PlanTestBinder(definitions, plan, diagnostics).Bind(root);
        }

        var broken = diagnostics.Exists(d => d.Severity == Severity.Error);
        return new PlanTests(broken ? [] : tests,
            [.. diagnostics.DistinctBy(d => (d.Code, d.Span, d.Message)).OrderBy(d => d.Span.Start).Take(PlanCompiler.MaxDiagnostics)], file);
    }

    /// <summary>The world of a rehearsal: a file with the keys of a test's <c>start</c>, or the one that tests have without it.</summary>
    /// <returns>The start, to be used only where no diagnostic is an error.</returns>
    public static (TestStart Start, ImmutableArray<Diagnostic> Diagnostics) World(Definitions definitions, Plan plan, DefinitionFile? file)
    {
        var diagnostics = new List<Diagnostic>();
        var root = file is null ? null : PlanFile.Read(file, TestsShape.Start, diagnostics);
        var start = new PlanTestBinder(definitions, plan, diagnostics).Start(root, SourceSpan.StartOf(file?.Path ?? ""));
        return (start, [.. diagnostics]);
    }
}
