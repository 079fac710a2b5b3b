namespace ProcessManager.Language.Binding;

/// <summary>A set of steps of one stage, as bits: the flow checks join and cut thousands of them.</summary>
internal sealed class StepSet
{
    private readonly ulong[] bits;

    public StepSet(int size) => bits = new ulong[(size + 63) / 64];

    private StepSet(ulong[] bits) => this.bits = bits;

    public bool Contains(int step) => (bits[step >> 6] & (1UL << (step & 63))) != 0;

    public void Add(int step) => bits[step >> 6] |= 1UL << (step & 63);

    public void UnionWith(StepSet other)
    {
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] |= other.bits[i];
        }
    }

    public void IntersectWith(StepSet other)
    {
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] &= other.bits[i];
        }
    }

    public StepSet Copy() => new([.. bits]);
}
