using System.Text;
using ProcessManager.Language;

namespace ProcessManager.Tests.Plans;

/// <summary>Plans of the folder tests/Plans, and plans written in a test, with the shared organisation.</summary>
internal static class Plans
{
    private static readonly Lazy<Definitions> Shared = new(() => GoldenFolder.Shared);

    /// <summary>All that compile, shipped ones among them.</summary>
    public static IEnumerable<Plan> All => GoldenFolder.Names.Select(n => new GoldenFolder(n))
        .Select(f => PlanCompiler.Compile(f.Definitions, f.Plan).Plan)
        .Concat(Repository.Definitions.PlanIds.Select(id => PlanCompiler.Compile(Repository.Definitions, id).Plan))
        .OfType<Plan>();

    public static string Text(string folder) => Encoding.UTF8.GetString(new GoldenFolder(folder).Plan.Content.Span);

    public static Plan Compiled(string folder) => Compile(Text(folder)).Plan!;

    public static Compilation Compile(string text) => Compile(Encoding.UTF8.GetBytes(text));

    public static Compilation Compile(byte[] content) => PlanCompiler.Compile(Shared.Value, new DefinitionFile("plan.yaml", content));
}
