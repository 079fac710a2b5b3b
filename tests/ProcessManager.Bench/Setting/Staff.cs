using System.Collections.Immutable;
using ProcessManager.Engine;
using ProcessManager.Flow;

namespace ProcessManager.Bench.Setting;

/// <summary>Five hundred people who want their reminders by mail, too; twenty of them are sales.</summary>
internal sealed class Staff : IDirectorySource
{
    public const int Count = 500;

    private const int OfSales = 20;

    private readonly DirectorySnapshot everybody = new(
        new ProcessManager.Flow.Directory
        {
            People = Enumerable.Range(0, Count).Select(i => new Member(Name(i), $"Person {i}", $"{Name(i)}@example.org", null, false, false, []))
                .ToImmutableDictionary(m => m.Name),
            Groups = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("sales", [.. Enumerable.Range(0, OfSales).Select(Name)]),
        },
        [.. Enumerable.Range(0, Count).Select(Name)]);

    public static string Name(int i) => $"p{i}";

    public Task<DirectorySnapshot> ReadAsync(CancellationToken cancellation) => Task.FromResult(everybody);
}
