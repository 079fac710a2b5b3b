using System.Collections.Immutable;

namespace ProcessManager.Language.Expressions;

/// <summary>Every built-in function, by name. Adding one is one entry in a list below.</summary>
internal static class FunctionCatalogue
{
    /// <summary>In the order of the reference.</summary>
    public static readonly ImmutableArray<(string Topic, ImmutableArray<Signature> Functions)> Topics =
    [
        ("Logic", LogicFunctions.All),
        ("Numbers", NumberFunctions.All),
        ("Texts", [.. TextFunctions.All, .. PatternFunctions.All]),
        ("Lists", [.. ListFunctions.All, .. TotalFunctions.All]),
        ("Dates, times and durations", DateFunctions.All),
        ("Ranges", RangeFunctions.All),
        ("Contexts", ContextFunctions.All),
    ];

    private static readonly Dictionary<string, ImmutableArray<Signature>> ByName = Topics
        .SelectMany(t => t.Functions)
        .GroupBy(f => f.Name)
        .ToDictionary(g => g.Key, g => g.ToImmutableArray());

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static bool Has(string name) => ByName.ContainsKey(name);

    public static ImmutableArray<Signature> Find(string name) => ByName.GetValueOrDefault(name, []);
}
