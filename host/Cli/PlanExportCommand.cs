using System.CommandLine;
using ProcessManager.Language;
using ProcessManager.Language.Drawing;
using ProcessManager.Language.Shaping;

namespace ProcessManager.Host.Cli;

/// <summary><c>pm plan export</c>: a plan in the forms that other programs read.</summary>
internal static class PlanExportCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PLAN") { Description = "The id, file or folder of a plan" };
        var elsa = new Option<bool>("--elsa") { Description = "A workflow definition of Elsa 3 (JSON)" };
        var version = new Option<int>("--version-number") { Description = "The number of the Elsa definition's version", DefaultValueFactory = _ => 1 };
        var svg = new Option<bool>("--svg") { Description = "The diagram as SVG" };
        var mermaid = new Option<bool>("--mermaid") { Description = "The diagram as Mermaid" };
        var docs = new Option<bool>("--docs") { Description = "The page to print (HTML)" };
        var json = new Option<bool>("--json") { Description = "The compiled plan in canonical form (JSON)" };
        var output = new Option<string?>("--out") { Description = "The file to write; standard output where it is missing", HelpName = "FILE" };
        var command = new Command("export", "Write a plan for another program: --elsa, --svg, --mermaid, --docs or --json") { path, elsa, version, svg, mermaid, docs, json, output };
        command.SetAction(parsed =>
        {
            Option<bool>[] forms = [.. new[] { elsa, svg, mermaid, docs, json }.Where(parsed.GetValue)];
            if (forms is not [var form])
            {
                Console.Error.WriteLine("Choose one of --elsa, --svg, --mermaid, --docs and --json.");
                return 2;
            }

            if (parsed.GetValue(version) < 1)
            {
                Console.Error.WriteLine("Versions are counted from 1.");
                return 2;
            }

            if (PlanFiles.FindPlan(parsed.GetValue(path)!, out var exit) is not var (plan, definitions)) { return exit; }
            var text = form.Name switch
            {
                "--elsa" => ElsaExport.Write(plan, parsed.GetValue(version)),
                "--svg" => PlanDrawing.SvgFile(plan),
                "--mermaid" => PlanDrawing.Mermaid(plan),
                "--docs" => PlanDocsCommand.Page(plan, definitions.Organisation!, markdown: false),
                _ => PlanJson.Write(plan),
            };
            return Output.Write(text, parsed.GetValue(output));
        });
        return command;
    }
}

/// <summary><c>pm schema</c>: what editors complete and check definitions with.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Description = "One schema, such as plan; all where it is missing", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string?>("--out") { Description = "The folder to write the schemas to", HelpName = "DIR" };
        var command = new Command("schema", "Write the JSON schemas of plan, organisation, calendar and test files, for editors") { name, output };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetValue(name);
            var schemas = SchemaWriter.All.Where(s => wanted is null || s.Key == wanted || s.Key == wanted + ".schema.json").ToList();
            if (schemas.Count == 0)
            {
                Console.Error.WriteLine($"There is no schema “{wanted}”. There are {string.Join(", ", SchemaWriter.All.Keys.Select(k => k.Split('.')[0]))}.");
                return 2;
            }

            if (parsed.GetValue(output) is { } folder)
            {
                foreach (var (file, text) in schemas) { Output.Write(text, Path.Combine(folder, file)); }
                Console.Out.WriteLine($"{schemas.Count} {(schemas.Count == 1 ? "schema" : "schemas")} written to {folder}.");
                return 0;
            }

            if (schemas is not [var (_, only)])
            {
                Console.Error.WriteLine($"Name one of {string.Join(", ", SchemaWriter.All.Keys.Select(k => k.Split('.')[0]))}, or a folder with --out.");
                return 2;
            }

            Console.Out.Write(only);
            return 0;
        });
        return command;
    }
}
