using System.Collections.Immutable;

namespace ProcessManager.Engine.Verifying;

/// <summary>Collects findings, up to a number of each kind.</summary>
internal sealed class Findings(int mostOfOneCheck)
{
    private readonly ImmutableArray<Finding>.Builder all = ImmutableArray.CreateBuilder<Finding>();
    private readonly Dictionary<string, int> counts = [];

    public ImmutableArray<Finding> All => all.ToImmutable();

    public void Add(string check, string where, string what)
    {
        var count = counts[check] = counts.GetValueOrDefault(check) + 1;
        if (count < mostOfOneCheck) { all.Add(new Finding(check, where, what)); }
        else if (count == mostOfOneCheck) { all.Add(new Finding(check, where, $"{what} (and there are more of this kind)")); }
    }
}
