using ProcessManager.Bench.Setting;
using ProcessManager.Language;
using YamlDotNet.Core;

namespace ProcessManager.Bench.Measures;

/// <summary>
/// A plan of 1,000 steps is read, checked and compiled. The baseline is the YAML library that the reader stands on: it
/// walks over the events of the same file and keeps nothing.
/// </summary>
internal sealed class Compiling(World world) : Measure(world)
{
    private readonly Definitions definitions = Definitions.Read(BenchPlans.Files());
    private readonly DefinitionFile file = LargePlan.File();
    private readonly string text = LargePlan.Text();

    public override string Id => "P17";

    public override string What => "compile a plan of 1,000 steps";

    public override string Goal => "≥ 0.25 × raw (at most 4 times as long)";

    protected override int Size => 100;

    protected override Task<Sample> ProductAsync(int count) => Task.FromResult(OneAfterTheOther(count, _ =>
    {
        if (PlanCompiler.Compile(definitions, file).Plan is null) { throw new InvalidOperationException("The plan of the measurement has errors."); }
    }));

    protected override Task<Sample> RawAsync(int count) => Task.FromResult(OneAfterTheOther(count, _ =>
    {
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext()) { }
    }));
}
