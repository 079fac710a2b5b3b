using ProcessManager.Bench.Setting;

namespace ProcessManager.Bench.Measures;

/// <summary>P4: one caller starts projects, one commit each.</summary>
internal sealed class StartAlone(World world) : Measure(world)
{
    private int owner;

    public override string Id => "P4";

    public override string What => "start a project, one caller";

    public override string Goal => "≥ 0.50 × raw";

    protected override int Size => 500;

    protected override Task<Sample> ProductAsync(int count) =>
        OneAfterTheOtherAsync(count, _ => World.StartAsync(BenchPlans.Sale, ++owner % Staff.Count));

    protected override Task<Sample> RawAsync(int count) => Task.FromResult(OneAfterTheOther(
        count, _ => World.Raw.ReplayAlone(World.StartSale, null, World.NewCommandId())));
}

/// <summary>P4: ten thousand projects started in one go by 64 callers.</summary>
internal sealed class Import(World world) : Measure(world)
{
    private const int Callers = 64;
    private int owner;

    public override string Id => "P4";

    public override string What => "start 10,000 projects, 64 callers";

    public override string Goal => "≥ 2,000 /s (10,000 in 5 s)";

    protected override int Size => 10_000;

    protected override int Slices => 5;

    protected override Task<Sample> ProductAsync(int count) =>
        TogetherAsync(count, Callers, () => World.StartAsync(BenchPlans.Sale, Interlocked.Increment(ref owner) % Staff.Count));

    protected override Task<Sample> RawAsync(int count) => Task.FromResult(InTransactionsOf(
        Callers, count, () => World.Raw.Replay(World.StartSale, null, World.NewCommandId())));
}
