using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Plans;

public class PlanFolderTests
{
    public static TheoryData<string> Folders => [.. GoldenFolder.Names];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_plan_compiles_to_what_was_accepted(string name)
    {
        var folder = new GoldenFolder(name);
        var compilation = PlanCompiler.Compile(folder.Definitions, folder.Plan);
        folder.Check("plan.json", compilation.Plan is { } plan ? PlanJson.Write(plan) + "\n" : null);
        Assert.True(compilation.HasErrors == compilation.Plan is null);
        Console.WriteLine(name + "\n" + string.Join("\n", compilation.Diagnostics));
    }
    public static TheoryData<string> Shipped => [.. Directory.GetDirectories(Path.Combine(Repository.Root, "definitions", "plans")).Select(Path.GetFileName).OfType<string>()];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_shipped_plan_has_no_errors(string plan)
    {
        var compilation = PlanCompiler.Compile(Repository.Definitions, plan);
        Console.WriteLine(plan + "\n" + string.Join("\n", compilation.Diagnostics));
        Assert.False(compilation.HasErrors, string.Join("\n", compilation.Diagnostics));
    }
}
