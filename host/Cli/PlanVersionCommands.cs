using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Flow.Versions;
using ProcessManager.Host.Data;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Language;

namespace ProcessManager.Host.Cli;

/// <summary>
/// <c>pm plan publish|versions|preview|move|undo</c>: the versions in the data, and the projects that run on them. They take the
/// engine's place for as long as they run: while a host serves the same data its API does the same.
/// </summary>
internal static class PlanVersionCommands
{
    private static readonly Argument<string> Plan = new("PLAN") { Description = "The plan's id" };
    private static readonly Argument<int> Number = new("NUMBER") { Description = "The number of the version" };
    private static readonly Option<string> By = new("--by") { Description = "The sign-in name of who does it (default: the name on this computer)", DefaultValueFactory = _ => Environment.UserName };
    private static readonly Option<string?> Note = new("--note") { Description = "What is kept with it" };
    private static readonly Option<long[]> Projects = new("--project") { Description = "The number of a project; may be repeated" };

    public static IEnumerable<Command> Create() => [Publish(), Versions(), Preview(), Move(), Undo()];

    private static Command Publish()
    {
        var despite = new Option<bool>("--despite-tests") { Description = "Also plans whose own tests fail; the version says so" };
        var move = new Option<bool>("--move") { Description = "Then move the open projects that lose nothing; refused where some stand on what is gone and the plan does not say where they go" };
        var command = new Command("publish", "Publish each plan of the definitions folder whose meaning changed") { By, Note, despite, move, CommandLine.DefinitionsFolder };
        command.SetAction((parsed, cancellation) => WithEngineAsync(parsed, async engine =>
        {
            var (by, note) = (parsed.GetValue(By)!, parsed.GetValue(Note));
            if (parsed.GetValue(move)) { return await PublishAndMoveAsync(engine, new MoveOrder(by, note, $"cli-{Guid.NewGuid():N}", OnlyClean: true), parsed.GetValue(despite), cancellation); }
            var results = await (parsed.GetValue(despite) ? engine.PublishDespiteTestsAsync(by, note, cancellation) : engine.PublishAsync(by, note, cancellation));
            var broken = false;
            foreach (var result in results) { broken |= await IsBrokenAsync(result); }

            if (!results.Any(r => r.IsNew)) { Say("No plan has changed."); }
            return broken ? 1 : 0;
        }, cancellation));
        return command;
    }

    private static async Task<int> PublishAndMoveAsync(ProcessEngine engine, MoveOrder order, bool despiteTests, CancellationToken cancellation)
    {
        var results = await engine.Versions.PublishAndMoveAsync(order, despiteTests, cancellation);
        var broken = false;
        foreach (var (published, moves) in results)
        {
            broken |= await IsBrokenAsync(published);
            foreach (var stays in moves.OfType<MoveResult.Refused>()) { await Console.Error.WriteLineAsync(FormattableString.Invariant($"{stays.Project} stays: {stays.Message}")); }
        }

        if (!results.Any(r => r.Published.IsNew)) { Say("No plan has changed."); }
        var moved = results.Sum(r => r.Moves.OfType<MoveResult.Done>().Count());
        Say($"{moved} {(moved == 1 ? "project" : "projects")} moved; undo with: pm plan undo {order.Batch}");
        return broken ? 1 : 0;
    }

    private static async Task<bool> IsBrokenAsync(PublishResult result)
    {
        if (result.IsNew) { Say($"{result.Plan}: version {result.Version}"); }
        var broken = false;
        foreach (var diagnostic in result.Diagnostics)
        {
            broken |= diagnostic.Severity == Severity.Error;
            if (result.IsNew || diagnostic.Severity == Severity.Error) { await Console.Error.WriteLineAsync(diagnostic.ToString()); }
        }

        return broken;
    }

    private static Command Versions()
    {
        var command = new Command("versions", "List the versions of a plan, and how many open projects run on each") { Plan };
        command.SetAction(async (parsed, cancellation) =>
        {
            var file = Path.Combine(Path.GetFullPath(parsed.GetValue(CommandLine.Data)!), "pm.db");
            if (!File.Exists(file)) { return await RefuseAsync($"There is no data in {Path.GetDirectoryName(file)}: pm.db is missing. Name the folder with --data.", 2); }
            var plan = parsed.GetValue(Plan);
            await using var db = new SqliteDb(Databases.Sqlite(file));
            var live = await db.Set<ProjectRow>().AsNoTracking().Where(p => p.Plan == plan && p.Result == null).GroupBy(p => p.PlanVersionId)
                .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
            var versions = await db.Set<PlanVersionRow>().AsNoTracking().Where(v => v.Plan == plan).OrderByDescending(v => v.Number)
                .Select(v => new { v.Id, v.Number, v.PublishedAt, v.PublishedBy, v.Note, v.Commit }).ToListAsync(cancellation);
            foreach (var v in versions)
            {
                var commit = v.Commit is { Length: > 10 } known ? known[..10] : "";
                Say($"{v.Number,4}  {v.PublishedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC  {v.PublishedBy ?? "the engine",-16} {commit,-10}  {live.GetValueOrDefault(v.Id),6} open  {v.Note}");
            }

            return versions.Count > 0 ? 0 : await RefuseAsync($"There is no plan “{plan}”.", 1);
        });
        return command;
    }

    private static Command Preview()
    {
        var command = new Command("preview", "Show what moving open projects to a version would change") { Plan, Number, Projects };
        command.SetAction((parsed, cancellation) => WithVersionAsync(parsed, async (engine, version, projects) =>
        {
            var (clean, lossy, impossible) = (0, 0, 0);
            await foreach (var preview in engine.Versions.PreviewAsync(version, projects, cancellation))
            {
                Say($"{preview.Project} {preview.Title} (version {preview.From})");
                if (preview.Move is MovePreview.Impossible no) { impossible++; Say($"    can't be moved: {no.Because}"); continue; }
                var move = (MovePreview.Possible)preview.Move;
                if (move.IsClean) { clean++; } else { lossy++; }
                foreach (var difference in move.Differences) { Say($"  {(difference.Loses ? "!" : " ")} {difference.Text}"); }
            }

            Say($"{clean} lose nothing, {lossy} lose something, {impossible} can't be moved.");
            return 0;
        }, cancellation));
        return command;
    }

    private static Command Move()
    {
        var lossy = new Option<bool>("--lossy") { Description = "Also projects that lose open work or a value; otherwise they stay where they are" };
        var command = new Command("move", "Move open projects to a version: those named, or all that run on another one") { Plan, Number, Projects, lossy, By, Note };
        command.SetAction((parsed, cancellation) => WithVersionAsync(parsed, async (engine, version, projects) =>
        {
            var batch = $"cli-{Guid.NewGuid():N}";
            var order = new MoveOrder(parsed.GetValue(By)!, parsed.GetValue(Note), batch, OnlyClean: !parsed.GetValue(lossy));
            return await ReportAsync(engine.Versions.MoveAsync(version, projects, order, cancellation), $"moved; undo with: pm plan undo {batch}");
        }, cancellation));
        return command;
    }

    private static Command Undo()
    {
        var batch = new Argument<string>("BATCH") { Description = "What pm plan move printed" };
        var command = new Command("undo", "Put back what a move changed, where nothing has happened since") { batch, By };
        command.SetAction((parsed, cancellation) => WithEngineAsync(parsed, async engine =>
        {
            var projects = engine.Versions.ProjectsOf(parsed.GetValue(batch)!);
            return projects.Count == 0 ? await RefuseAsync($"Nothing is left to put back of {parsed.GetValue(batch)}.", 1)
                : await ReportAsync(engine.Versions.UndoAsync(projects, parsed.GetValue(By)!, cancellation), "put back");
        }, cancellation));
        return command;
    }

    private static async Task<int> ReportAsync(IAsyncEnumerable<MoveResult> results, string what)
    {
        var (done, refused) = (0, 0);
        await foreach (var result in results)
        {
            if (result is not MoveResult.Refused no) { done++; continue; }
            refused++;
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{no.Project} stays: {no.Message}"));
        }

        Say($"{done} {(done == 1 ? "project" : "projects")} {what}");
        return refused == 0 ? 0 : 1;
    }

    private static Task<int> WithVersionAsync(
        ParseResult parsed, Func<ProcessEngine, long, IReadOnlyList<long>, Task<int>> work, CancellationToken cancellation) => WithEngineAsync(parsed, async engine =>
    {
        var (plan, number) = (parsed.GetValue(Plan)!, parsed.GetValue(Number));
        if (engine.Versions.Find(plan, number) is not { } version) { return await RefuseAsync($"There is no version {number} of a plan “{plan}”.", 1); }
        return await work(engine, version, parsed.GetValue(Projects) is { Length: > 0 } named ? named : engine.Versions.ProjectsElsewhere(plan, number));
    }, cancellation);

    /// <summary>Opens the engine without its worker and without publishing by itself.</summary>
    private static async Task<int> WithEngineAsync(ParseResult parsed, Func<ProcessEngine, Task<int>> work, CancellationToken cancellation)
    {
        List<string> settings = [$"--data={parsed.GetValue(CommandLine.Data)}", "--Logging:LogLevel:Default=None", "--Definitions:Publish=false"];
        if (parsed.CommandResult.Command.Options.Contains(CommandLine.DefinitionsFolder) && parsed.GetValue(CommandLine.DefinitionsFolder) is { } definitions)
        {
            settings.Add($"--definitions={definitions}");
        }

        await using var app = HostApp.Build([.. settings]);
        await app.Services.GetServices<IHostedService>().OfType<SchemaUpdate>().Single().StartingAsync(cancellation);
        var engine = app.Services.GetRequiredService<ProcessEngine>();
        await engine.OpenAsync(cancellation);
        return await work(engine);
    }

    private static async Task<int> RefuseAsync(string sentence, int code)
    {
        await Console.Error.WriteLineAsync(sentence);
        return code;
    }

    private static void Say(FormattableString line) => Console.Out.WriteLine(FormattableString.Invariant(line).TrimEnd());

    private static void Say(string line) => Console.Out.WriteLine(line);
}
