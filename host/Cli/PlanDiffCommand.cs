using System.CommandLine;
using System.Text.Json.Nodes;
using ProcessManager.Language;

namespace ProcessManager.Host.Cli;

/// <summary><c>pm plan diff</c>: what changed between plans, in the words of people who know them.</summary>
internal static class PlanDiffCommand
{
    public static Command Create()
    {
        var before = new Argument<string>("BEFORE") { Description = "A plan's id or file, a folder, or a git revision with a path such as HEAD~1:definitions" };
        var after = new Argument<string>("AFTER") { Description = "The same of what is there now" };
        var json = new Option<bool>("--json") { Description = "Write a JSON array with one entry a plan" };
        var markdown = new Option<bool>("--markdown") { Description = "Write Markdown, for a pull request" };
        var exitCode = new Option<bool>("--exit-code") { Description = "End with 1 where there are differences" };
        var command = new Command("diff", "Say what changed between two plans or folders: stages, steps, who, when, probability, texts") { before, after, json, markdown, exitCode };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json) && parsed.GetValue(markdown))
            {
                Console.Error.WriteLine("Choose one of --json and --markdown.");
                return 2;
            }

            if (Files(parsed.GetValue(before)!) is not { } was || Files(parsed.GetValue(after)!) is not { } now) { return 2; }
            if (Compiled(was, now) is not { } olds || Compiled(now, was) is not { } news) { return 1; }
            var (pairs, gone) = Pairs(olds, news);
            if (parsed.GetValue(json)) { Json(pairs, gone); }
            else if (parsed.GetValue(markdown)) { Markdown(pairs, gone); }
            else { Text(pairs, gone); }
            var differs = gone.Count > 0 || pairs.Exists(p => p.Old is null || p.Old.Hash != p.New.Hash);
            return differs && parsed.GetValue(exitCode) ? 1 : 0;
        });
        return command;
    }

    /// <summary>The plan files at a path, or null with the reason on standard error.</summary>
    private static PlanFiles? Files(string path)
    {
        if ((PlanFiles.Find(path) ?? GitRevision.Find(path)) is not { } files)
        {
            Console.Error.WriteLine($"{path}: there is no such plan, file, folder or revision with plans (such as HEAD~1:definitions).");
            return null;
        }

        if (files.Wanted.Count > 0) { return files; }
        Console.Error.WriteLine($"{path}: there are no plans (plans/<id>/plan.yaml) in it.");
        return null;
    }

    /// <summary>The plans, or null with their mistakes on standard error.</summary>
    /// <param name="other">The other side, to whose organisation and templates a plan belongs that stands alone.</param>
    private static List<Plan>? Compiled(PlanFiles files, PlanFiles other)
    {
        var definitions = Definitions.Read(files.All.Count == 0 ? other.All : files.All);
        List<Plan> plans = [];
        var broken = false;
        foreach (var compilation in files.Wanted.Select(w => PlanCompiler.Compile(definitions, w)))
        {
            if (compilation.Plan is { } plan) { plans.Add(plan); }
            else
            {
                broken = true;
                Console.Error.Write(DiagnosticPrinter.Print(compilation));
            }
        }

        return broken ? null : plans;
    }

    /// <summary>Plans by id; two single plans are a pair whatever their ids.</summary>
    private static (List<(Plan? Old, Plan New)> Pairs, List<Plan> Gone) Pairs(List<Plan> olds, List<Plan> news)
    {
        if (olds is [var one] && news is [var other]) { return ([(one, other)], []); }
        return ([.. news.Select(n => (olds.Find(o => o.Id == n.Id), n))], olds.FindAll(o => !news.Exists(n => n.Id == o.Id)));
    }

    private static void Text(List<(Plan? Old, Plan New)> pairs, List<Plan> gone)
    {
        var told = 0;
        foreach (var (old, made) in pairs.Where(p => p.Old?.Hash != p.New.Hash))
        {
            Console.Out.Write(old is null ? $"{made.Name}: a new plan ({made.Id})\n" : PlanDifference.Of(old, made).ToText());
            told++;
        }

        foreach (var plan in gone) { Console.Out.WriteLine($"{plan.Name}: removed ({plan.Id})"); }
        if (told + gone.Count == 0) { Console.Out.WriteLine(pairs.Count == 1 ? "The two mean the same." : $"{pairs.Count} plans mean the same."); }
    }

    private static void Markdown(List<(Plan? Old, Plan New)> pairs, List<Plan> gone)
    {
        var parts = pairs.Where(p => p.Old?.Hash != p.New.Hash)
            .Select(p => p.Old is null ? $"### {p.New.Name} (`{p.New.Id}`)\n\nA new plan.\n" : PlanDifference.Of(p.Old, p.New).ToMarkdown())
            .Concat(gone.Select(p => $"### {p.Name} (`{p.Id}`)\n\nThe plan was removed.\n"))
            .ToList();
        Console.Out.Write(parts.Count == 0 ? "No plan changed what it means.\n" : string.Join('\n', parts));
    }

    private static void Json(List<(Plan? Old, Plan New)> pairs, List<Plan> gone)
    {
        var all = new JsonArray();
        foreach (var (old, made) in pairs)
        {
            all.Add(old is null
                ? new JsonObject { ["plan"] = made.Id, ["name"] = made.Name, ["before"] = null, ["after"] = made.Hash }
                : JsonNode.Parse(PlanDifference.Of(old, made).ToJson()));
        }

        foreach (var plan in gone) { all.Add(new JsonObject { ["plan"] = plan.Id, ["name"] = plan.Name, ["before"] = plan.Hash, ["after"] = null }); }
        Console.Out.WriteLine(all.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }
}
