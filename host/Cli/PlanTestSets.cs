using ProcessManager.Flow.Testing;
using ProcessManager.Language;

namespace ProcessManager.Host.Cli;

/// <summary>Finds the plans that are meant by ids, files and folders.</summary>
internal static class PlanTestSets
{
    /// <summary>Null where something is meant that is not there, which is said.</summary>
    public static List<PlanFiles>? Find(IReadOnlyList<string> given, TextWriter errors)
    {
        var sets = new List<PlanFiles>();
        foreach (var path in given.Count == 0 ? [PlanFiles.Home] : given)
        {
            if (PlanFiles.Find(Place(path)) is not { } files)
            {
                errors.WriteLine($"{path}: there is no such plan, file or folder.");
                return null;
            }

            if (files.Wanted.Count == 0)
            {
                errors.WriteLine($"{path}: there are no plans (plans/<id>/plan.yaml) in it.");
                return null;
            }

            sets.Add(files);
        }

        return sets;
    }

    /// <summary>The folders in which something can change.</summary>
    public static IReadOnlyList<string> Folders(IReadOnlyList<string> given) =>
        [.. (given.Count == 0 ? [PlanFiles.Home] : given).Select(p => Root(Path.GetFullPath(Place(p)))).Distinct()];

    /// <summary>A plan's id means its folder; its tests stand for the plan.</summary>
    private static string Place(string given) =>
        Path.GetFileName(given) == "tests.yaml" && File.Exists(given) ? Path.GetDirectoryName(Path.GetFullPath(given))! : PlanFiles.Place(given);

    private static string Root(string place)
    {
        var folder = Directory.Exists(place) ? place : Path.GetDirectoryName(place)!;
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "organisation.yaml"))) { return at.FullName; }
        }

        return folder;
    }
}

/// <summary>What came of one plan's tests.</summary>
/// <param name="Report">Null where plan or tests have an error.</param>
/// <param name="Shown">The path under which one finds a file, from its path in the definitions folder.</param>
/// <param name="Took">All of its tests together, with reading and compiling.</param>
internal sealed record PlanOutcome(
    string Plan, string File, IReadOnlyList<Diagnostic> Diagnostics, PlanTestReport? Report, bool HasTests, TimeSpan Took, IReadOnlyDictionary<string, DefinitionFile> Files, Func<string, string> Shown)
{
    public bool IsBroken => Diagnostics.Any(d => d.Severity == Severity.Error);

    /// <summary>The text of a file by the path under which it is shown.</summary>
    public string? TextOf(string shown) => Files.FirstOrDefault(f => Shown(f.Key) == shown).Value is { } file && file.Content.Length <= PlanFiles.MostBytes ? PlanFiles.Text(file) : null;

    /// <summary>A place as people and programs find it.</summary>
    public SourceSpan At(SourceSpan span) => span with { File = Shown(span.File) };

    public IReadOnlyList<Diagnostic> Told => [.. Diagnostics.Select(d => d with
    {
        Span = At(d.Span),
        Fix = d.Fix is null ? null : d.Fix with { Edits = [.. d.Fix.Edits.Select(e => e with { Span = At(e.Span) })] },
    })];

    public decimal Percent => Report?.Coverage.Percent ?? 0;

    public bool IsBelow(decimal? least) => least is { } percent && !IsBroken && Percent < percent;

    public static IEnumerable<PlanOutcome> RunAll(PlanFiles set, string? filter, TimeProvider clock)
    {
        var definitions = Definitions.Read(set.All);
        foreach (var wanted in set.Wanted) { yield return Run(definitions, wanted, filter, clock, set.Shown); }
    }

    private static PlanOutcome Run(Definitions definitions, DefinitionFile wanted, string? filter, TimeProvider clock, Func<string, string> shown)
    {
        var began = clock.GetTimestamp();
        var compilation = PlanCompiler.Compile(definitions, wanted);
        var name = wanted.Path.Split('/') is [.., var folder, _] ? folder : wanted.Path;
        var problems = definitions.Diagnostics.Concat(compilation.Diagnostics).Where(d => d.Severity == Severity.Error).ToList();
        if (compilation.Plan is not { } plan || problems.Count > 0)
        {
            return new PlanOutcome(name, wanted.Path, problems, null, false, clock.GetElapsedTime(began), definitions.Files.SetItem(wanted.Path, wanted), shown);
        }

        var tests = PlanTestCompiler.Compile(definitions, plan);
        var chosen = tests.Tests.Where(t => filter is null || $"{name}: {t.Name}".Contains(filter, StringComparison.OrdinalIgnoreCase));
        var report = tests.HasErrors ? null : PlanTester.Run(definitions, plan, chosen);
        return new PlanOutcome(name, tests.Source?.Path ?? wanted.Path, [.. tests.Diagnostics], report, tests.Source is not null, clock.GetElapsedTime(began), definitions.Files, shown);
    }
}
