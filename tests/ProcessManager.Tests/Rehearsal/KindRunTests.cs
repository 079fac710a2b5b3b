using System.Text;
using ProcessManager.Language;
using ProcessManager.Tests.Plans;
using Xunit;

namespace ProcessManager.Tests.Rehearsing;

/// <summary>
/// Runs of plans that show a kind of step from beginning to end: a plan, a script and the journal it gives. A change in one of
/// them is a change that users see. <c>UPDATE_GOLDEN=1</c> accepts what is there now.
/// </summary>
public sealed class KindRunTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "ProcessManager.Tests", "Rehearsal", "Kinds");

    public static TheoryData<string> Runs => [.. System.IO.Directory.GetFiles(Folder, "*.script").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_kind_of_step_runs_as_it_is_told(string run)
    {
        var definitions = Flow.Plans.Definitions;
        var compiled = PlanCompiler.Compile(definitions, new DefinitionFile($"{run}.yaml", Encoding.UTF8.GetBytes(File.ReadAllText(Path.Combine(Folder, $"{run}.yaml")))));
        Assert.True(compiled.Plan is not null, string.Join("\n", compiled.Diagnostics));
        var actual = Script.Run(compiled.Plan, definitions, File.ReadAllLines(Path.Combine(Folder, $"{run}.script"))).Journal.ToString();
        var golden = Path.Combine(Folder, $"{run}.txt");
        if (GoldenFolder.Accepts) { File.WriteAllText(golden, actual); }

        Assert.Equal(File.Exists(golden) ? File.ReadAllText(golden) : "", actual);
    }
}
