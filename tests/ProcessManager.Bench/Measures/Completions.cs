using ProcessManager.Bench.Setting;

namespace ProcessManager.Bench.Measures;

/// <summary>P1: one caller completes tasks, one commit each.</summary>
internal sealed class CompleteAlone(World world) : Measure(world)
{
    private PlainEf? plainEf;

    public override string Id => "P1";

    public override string What => "complete a task, one caller";

    public override string Goal => "≥ 0.60 × raw";

    protected override int Size => Calls.Alone;

    protected override Task<Sample> ProductAsync(int count) =>
        OneAfterTheOtherAsync(count, _ => World.CompleteAsync(World.Calls.NextOfProduct()));

    protected override Task<Sample> RawAsync(int count) => Task.FromResult(OneAfterTheOther(
        count, _ => World.Raw.ReplayAlone(World.CompleteCall, World.Calls.NextOfRaw(), World.NewCommandId())));

    protected override async Task<Sample?> PlainEfAsync(int count)
    {
        var plain = plainEf ??= await PlainEf.ReadAsync(World);
        return await OneAfterTheOtherAsync(count, _ => plain.CompleteAsync(World.Calls.NextOfRaw(), World.NewCommandId()));
    }
}

/// <summary>P2: the same by 64 callers at once, against a bare program that commits 64 at once.</summary>
internal sealed class CompleteTogether(World world) : Measure(world)
{
    private const int Callers = 64;

    public override string Id => "P2";

    public override string What => "complete a task, 64 callers";

    public override string Goal => "≥ 0.60 × raw, p99 ≤ 3 × raw";

    protected override int Size => Calls.Together;

    protected override Task<Sample> ProductAsync(int count) =>
        TogetherAsync(count, Callers, () => World.CompleteAsync(World.Calls.NextOfProduct()));

    protected override Task<Sample> RawAsync(int count) => Task.FromResult(InTransactionsOf(
        Callers, count, () => World.Raw.Replay(World.CompleteCall, World.Calls.NextOfRaw(), World.NewCommandId())));
}
