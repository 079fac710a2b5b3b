using System.Collections.Immutable;
using ProcessManager.Language.Binding;
using ProcessManager.Language.Shaping;

namespace ProcessManager.Language;

/// <summary>
/// The door from text to a <see cref="Plan"/>. Finds all mistakes of a plan, never stops at the first one, and never
/// throws for anything that a person wrote. The same files give the same plan.
/// </summary>
public static class PlanCompiler
{
    /// <summary>The most diagnostics that are reported of one plan; the rest follows once these are mended.</summary>
    public const int MaxDiagnostics = 100;

    /// <summary>Compiles a plan of the definitions folder.</summary>
    /// <param name="planId">The name of the plan's folder.</param>
    public static Compilation Compile(Definitions definitions, string planId)
    {
        if (definitions.Files.TryGetValue(Definitions.PathOfPlan(planId), out var file))
        {
            return Compile(definitions, file);
        }

        var diagnostics = new List<Diagnostic>();
        new BindingContext(definitions, diagnostics).Unknown(Errors.UnknownPlan, SourceSpan.StartOf(Definitions.PathOfPlan(planId)),
            planId, $"There is no plan “{planId}”", definitions.PlanIds, "definitions/plans holds none");
        return new Compilation(null, [diagnostics[0] with { Fix = null }], []);
    }

    /// <summary>
    /// Compiles a plan from a file that need not be in the definitions folder, such as a draft in the designer. A path
    /// such as <c>plans/x/plan.yaml</c> says that the plan's id must be x.
    /// </summary>
    public static Compilation Compile(Definitions definitions, DefinitionFile file)
    {
        var diagnostics = new List<Diagnostic>();
        Plan? plan = null;
        IReadOnlySet<string> used = ImmutableHashSet<string>.Empty;
        if (PlanFile.Read(file, PlanShape.Plan, diagnostics) is { } root)
        {
            var binder = new PlanBinder(definitions, root, diagnostics);
            plan = binder.Bind(Definitions.PlanIdOf(file.Path));
            used = binder.UsedPaths;
        }

        if (diagnostics.Exists(d => d.Severity == Severity.Error))
        {
            plan = null;
        }

        return new Compilation(plan, Told(diagnostics), Sources(definitions, file, used));
    }

    /// <summary>In the order of the files, each once; errors first where not all can be told.</summary>
    private static ImmutableArray<Diagnostic> Told(List<Diagnostic> diagnostics) =>
        [.. diagnostics
            .DistinctBy(d => (d.Code, d.Span, d.Message))
            .OrderByDescending(d => d.Severity)
            .ThenBy(d => d.Span.Start)
            .Take(MaxDiagnostics)
            .OrderBy(d => d.Span.File, StringComparer.Ordinal)
            .ThenBy(d => d.Span.Start)
            .ThenBy(d => d.Code, StringComparer.Ordinal)];

    private static ImmutableArray<DefinitionFile> Sources(Definitions definitions, DefinitionFile plan, IReadOnlySet<string> used) =>
        [plan, .. definitions.Files.Values
            .Where(f => f.Path == "organisation.yaml" || f.Path.StartsWith("calendars/", StringComparison.Ordinal) || used.Contains(f.Path))
            .Where(f => f.Path != plan.Path)
            .OrderBy(f => f.Path, StringComparer.Ordinal)];
}
