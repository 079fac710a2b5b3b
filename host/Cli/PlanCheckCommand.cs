using System.CommandLine;
using ProcessManager.Language;

namespace ProcessManager.Host.Cli;

/// <summary><c>pm plan check</c>: what is wrong in plans, for people, programs and build servers.</summary>
internal static class PlanCheckCommand
{
    private const int MostShown = 100;

    public static Command Create()
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
}
