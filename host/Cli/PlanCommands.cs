using System.CommandLine;
using ProcessManager.Language;
using ProcessManager.Language.Drawing;

namespace ProcessManager.Host.Cli;

/// <summary><c>pm plan check</c> and <c>pm plan diagram</c>: for people who keep plans as files.</summary>
internal static class PlanCommands
{
    private const int MostShown = 100;

    public static Command Create() => new("plan", "Check and draw plan files") { Check(), Diagram() };

    private static Command Check()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Plan files, plan folders or a definitions folder", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "Write the problems as a JSON array" };
        var command = new Command("check", "Say what is wrong in plans: exit code 0 without errors, 1 with errors") { paths, json };
        command.SetAction(parsed =>
        {
            List<Diagnostic> all = [];
            List<PlanFiles> sets = [];
            foreach (var path in parsed.GetValue(paths)!)
            {
                if (PlanFiles.Find(path) is not { } files)
                {
                    Console.Error.WriteLine($"{path}: there is no such file or folder.");
                    return 2;
                }

                if (files.Wanted.Count == 0)
                {
                    Console.Error.WriteLine($"{path}: there are no plans (plans/<id>/plan.yaml) in it.");
                    return 2;
                }

                sets.Add(files);
            }

            var plans = 0;
            foreach (var files in sets)
            {
                var definitions = Definitions.Read(files.All);
                all.AddRange(definitions.Diagnostics);
                foreach (var wanted in files.Wanted)
                {
                    all.AddRange(PlanCompiler.Compile(definitions, wanted).Diagnostics);
                    plans++;
                }
            }

            var shown = all.Distinct().ToList();
            if (parsed.GetValue(json)) { Console.Out.WriteLine(DiagnosticPrinter.Json(shown)); }
            else { Print(shown, sets, plans); }
            return shown.Exists(d => d.Severity == Severity.Error) ? 1 : 0;
        });
        return command;
    }

    private static void Print(List<Diagnostic> shown, List<PlanFiles> sets, int plans)
    {
        if (shown.Count == 0)
        {
            Console.Out.WriteLine($"{plans} {(plans == 1 ? "plan" : "plans")} checked: no problems.");
            return;
        }

        var texts = sets.SelectMany(s => s.All.Concat(s.Wanted)).DistinctBy(f => f.Path).ToDictionary(f => f.Path);
        Console.Out.Write(DiagnosticPrinter.Print([.. shown.Take(MostShown)], path =>
            texts.TryGetValue(path, out var file) && file.Content.Length <= PlanFiles.MostBytes ? System.Text.Encoding.UTF8.GetString(file.Content.Span) : null));
        if (shown.Count > MostShown) { Console.Out.WriteLine($"… and {shown.Count - MostShown} more."); }
    }

    private static Command Diagram()
    {
        var path = new Argument<string>("PATH") { Description = "A plan file or its folder" };
        var svg = new Option<bool>("--svg") { Description = "Write SVG instead of Mermaid" };
        var command = new Command("diagram", "Write a plan as a diagram (Mermaid)") { path, svg };
        command.SetAction(parsed =>
        {
            var given = parsed.GetValue(path)!;
            if (PlanFiles.Find(given) is not { Wanted: [var wanted] } files)
            {
                Console.Error.WriteLine($"{given}: name one plan file or its folder.");
                return 2;
            }

            var compilation = PlanCompiler.Compile(Definitions.Read(files.All), wanted);
            if (compilation.Plan is not { } plan)
            {
                Console.Error.Write(DiagnosticPrinter.Print(compilation));
                return 1;
            }

            Console.Out.WriteLine(parsed.GetValue(svg) ? PlanDrawing.SvgFile(plan) : PlanDrawing.Mermaid(plan));
            return 0;
        });
        return command;
    }
}

/// <summary>Plan files on disk together with the definitions folder that they stand in.</summary>
/// <param name="All">Every file of the definitions folder; none where the plan stands alone.</param>
/// <param name="Wanted">The plans that were asked for.</param>
internal sealed record PlanFiles(IReadOnlyList<DefinitionFile> All, IReadOnlyList<DefinitionFile> Wanted)
{
    /// <summary>One byte more than the language allows is enough to refuse a file; the rest of it is not read.</summary>
    public const int MostBytes = (1 << 20) + 1;

    /// <summary>Null where there is nothing at the path.</summary>
    public static PlanFiles? Find(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full) && File.Exists(Path.Combine(full, "plan.yaml"))) { full = Path.Combine(full, "plan.yaml"); }
        if (File.Exists(full))
        {
            var root = RootOf(Path.GetDirectoryName(full)!);
            if (root is null) { return new PlanFiles([], [Read(full, Path.GetFileName(full))]); }
            var wanted = Read(full, Relative(root, full));
            return new PlanFiles(ReadAll(root), [wanted]);
        }

        if (!Directory.Exists(full)) { return null; }
        var folder = RootOf(full) ?? full;
        var all = ReadAll(folder);
        var below = Relative(folder, full);
        return new PlanFiles(all, [.. all.Where(f => f.Path.EndsWith("/plan.yaml", StringComparison.Ordinal)
            && (below == "." || f.Path.StartsWith(below + "/", StringComparison.Ordinal)))]);
    }

    /// <summary>The nearest folder above that holds organisation.yaml.</summary>
    private static string? RootOf(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "organisation.yaml"))) { return at.FullName; }
        }

        return null;
    }

    private static List<DefinitionFile> ReadAll(string root) =>
        [.. Directory.EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 4 })
            .Where(f => f.EndsWith(".yaml", StringComparison.Ordinal) || f.EndsWith(".email.md", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(f => Read(f, Relative(root, f)))];

    private static DefinitionFile Read(string file, string name)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[(int)Math.Min(stream.CanSeek ? stream.Length : MostBytes, MostBytes)];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return new DefinitionFile(name, bytes.AsMemory(0, read));
    }

    private static string Relative(string root, string path) => Path.GetRelativePath(root, path).Replace('\\', '/');
}
