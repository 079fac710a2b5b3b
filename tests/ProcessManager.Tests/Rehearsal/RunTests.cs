using ProcessManager.Flow;
using ProcessManager.Language;
using ProcessManager.Tests.Plans;
using Xunit;

namespace ProcessManager.Tests.Rehearsing;

/// <summary>
/// What the shipped plans do, told line by line: a folder per plan with scripts and the journals they give. A change in one of
/// them is a change that users see. <c>UPDATE_GOLDEN=1</c> accepts what is there now.
/// </summary>
public sealed class RunTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "ProcessManager.Tests", "Rehearsal", "Runs");
    private static readonly Definitions Shipped = Repository.Definitions;

    private static readonly string[] Names =
        [.. System.IO.Directory.GetFiles(Folder, "*.script", SearchOption.AllDirectories)
            .Select(f => Path.ChangeExtension(Path.GetRelativePath(Folder, f), null).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

    public static TheoryData<string> Runs => [.. Names];

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_shipped_plan_runs_as_it_is_told(string run)
    {
        var script = Path.Combine(Folder, $"{run}.script");
        var actual = Play(run.Split('/')[0], script).Journal.ToString();
        var golden = Path.ChangeExtension(script, "txt");
        if (GoldenFolder.Accepts) { File.WriteAllText(golden, actual); }

        Assert.Equal(File.Exists(golden) ? File.ReadAllText(golden) : "", actual);
    }

    [Fact]
    public void Every_shipped_plan_has_a_run() =>
        Assert.Empty(Shipped.PlanIds.Except(Names.Select(r => r.Split('/')[0])));

    private static Rehearsal Play(string planId, string script)
    {
        var compiled = PlanCompiler.Compile(Shipped, planId);
        Assert.True(compiled.Plan is not null, string.Join("\n", compiled.Diagnostics));
        return Script.Run(compiled.Plan, Shipped, File.ReadAllLines(script));
    }
}
