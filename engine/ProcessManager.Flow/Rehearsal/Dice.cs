namespace ProcessManager.Flow;

/// <summary>Chance from a seed (SplitMix64): the same seed gives the same throws everywhere.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    /// <summary>From 0 up to but not including 1.</summary>
    public double Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    public bool Chance(double share) => Next() < share;

    public double Between(double from, double to) => from + ((to - from) * Next());

    /// <param name="below">At least 1.</param>
    public int Index(int below) => (int)(Next() * below);

    public T Of<T>(IReadOnlyList<T> any) => any[Index(any.Count)];

    /// <summary>A generator of its own for a part, so that what one part throws changes nothing for the others.</summary>
    public static Dice For(ulong seed, int part) => new(seed ^ (((ulong)part + 1) * 0xD1342543DE82EF95));
}
