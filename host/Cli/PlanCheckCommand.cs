using System.CommandLine;
using System.Reflection;
using System.Text;
using ProcessManager.Language;

namespace ProcessManager.Host.Cli;

/// <summary><c>pm plan check</c>: what is wrong in plans, for people, programs and build servers.</summary>
internal static class PlanCheckCommand
{
    private const int MostShown = 100;

    /// <summary>A fix can bring another mistake to light, and that one may have a fix; more rounds than this would go in a circle.</summary>
    private const int MostRounds = 10;

    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Plan files, plan folders, ids of plans or a definitions folder", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "Write the problems as a JSON array" };
        var sarif = new Option<bool>("--sarif") { Description = "Write the problems as SARIF 2.1.0, for code hosts and editors" };
        var fix = new Option<bool>("--fix") { Description = "Make the fixes that the problems come with, then check again" };
        var command = new Command("check", "Say what is wrong in plans: exit code 0 without errors, 1 with errors") { paths, json, sarif, fix };
        command.SetAction(parsed =>
        {
            var (asJson, asSarif) = (parsed.GetValue(json), parsed.GetValue(sarif));
            if (asJson && asSarif)
            {
                Console.Error.WriteLine("Choose one of --json and --sarif.");
                return 2;
            }

            if (PlanFiles.FindAll(parsed.GetValue(paths)!) is not { } sets) { return 2; }
            if (parsed.GetValue(fix))
            {
                Mend(sets, quiet: asJson || asSarif);
                sets = PlanFiles.FindAll(parsed.GetValue(paths)!)!;
            }

            var shown = sets.SelectMany(Check).Distinct().ToList();
            if (asJson) { Console.Out.WriteLine(DiagnosticPrinter.Json(shown)); }
            else if (asSarif) { Console.Out.WriteLine(SarifReport.Write(shown, Version)); }
            else { Print(shown, sets, sets.Sum(s => s.Wanted.Count)); }
            return shown.Exists(d => d.Severity == Severity.Error) ? 1 : 0;
        });
        return command;
    }

    private static string? Version =>
        typeof(PlanCheckCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    /// <summary>The problems of a set, by the paths under which one finds the files.</summary>
    private static IEnumerable<Diagnostic> Check(PlanFiles files) => Found(files).Select(d => d with
    {
        Span = Shown(files, d.Span),
        Fix = d.Fix is null ? null : d.Fix with { Edits = [.. d.Fix.Edits.Select(e => e with { Span = Shown(files, e.Span) })] },
    });

    private static SourceSpan Shown(PlanFiles files, SourceSpan span) => span with { File = files.Shown(span.File) };

    private static IEnumerable<Diagnostic> Found(PlanFiles files)
    {
        var definitions = Definitions.Read(files.All);
        return [.. definitions.Diagnostics, .. files.Wanted.SelectMany(w => Found(definitions, w))];
    }

    /// <summary>Of a plan and, where it compiles, of the tests beside it.</summary>
    private static IEnumerable<Diagnostic> Found(Definitions definitions, DefinitionFile wanted)
    {
        var compilation = PlanCompiler.Compile(definitions, wanted);
        return compilation.Plan is { } plan ? compilation.Diagnostics.Concat(PlanTestCompiler.Compile(definitions, plan).Diagnostics) : compilation.Diagnostics;
    }

    private static void Print(List<Diagnostic> shown, List<PlanFiles> sets, int plans)
    {
        if (shown.Count == 0)
        {
            Console.Out.WriteLine($"{plans} {(plans == 1 ? "plan" : "plans")} checked: no problems.");
            return;
        }

        var texts = sets.SelectMany(s => s.All.Concat(s.Wanted).Select(f => (Path: s.Shown(f.Path), File: f))).DistinctBy(f => f.Path).ToDictionary(f => f.Path, f => f.File);
        Console.Out.Write(DiagnosticPrinter.Print([.. shown.Take(MostShown)], path =>
            texts.TryGetValue(path, out var file) && file.Content.Length <= PlanFiles.MostBytes ? PlanFiles.Text(file) : null, Terminals.ShowColours));
        if (shown.Count > MostShown) { Console.Out.WriteLine($"… and {shown.Count - MostShown} more."); }
        if (shown.Count(d => d.Fix is not null) is > 0 and var mendable)
        {
            Console.Out.WriteLine(mendable == 1 ? "One of them can be mended with --fix." : $"{mendable} of them can be mended with --fix.");
        }
    }

    private static void Mend(List<PlanFiles> sets, bool quiet)
    {
        foreach (var found in sets)
        {
            var files = found;
            for (var round = 0; round < MostRounds && MendOnce(files, quiet) is { } mended; round++)
            {
                files = mended;
            }
        }
    }

    /// <summary>One round over the files of a set; null where there was nothing to mend.</summary>
    private static PlanFiles? MendOnce(PlanFiles files, bool quiet)
    {
        var mended = files;
        foreach (var found in Found(files).Distinct().Where(d => d.Fix is not null).GroupBy(d => d.Span.File).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (files.All.Concat(files.Wanted).FirstOrDefault(f => f.Path == found.Key) is not { } file || file.Content.Length >= PlanFiles.MostBytes) { continue; }
            var (text, made) = QuickFixes.Make(file.Path, PlanFiles.Text(file), found);
            if (made.IsEmpty) { continue; }
            byte[] content = [.. file.Content.Span.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble : [], .. Encoding.UTF8.GetBytes(text)];
            File.WriteAllBytes(files.Whole(file.Path), content);
            mended = mended.With(new DefinitionFile(file.Path, content));
            if (quiet) { continue; }
            foreach (var fix in made) { Console.Out.WriteLine($"{files.Shown(file.Path)}:{fix.Span.StartLine}: {fix.Fix!.Title}"); }
        }

        return ReferenceEquals(mended, files) ? null : mended;
    }
}
