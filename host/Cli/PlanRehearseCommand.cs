using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using ProcessManager.Flow;
using ProcessManager.Flow.Testing;
using ProcessManager.Language;
using ProcessManager.Language.Time;
using Command = System.CommandLine.Command;

namespace ProcessManager.Host.Cli;

/// <summary><c>pm plan rehearse</c>: plays projects of a plan through, to see where it leads and how long it takes.</summary>
internal static class PlanRehearseCommand
{
    private static readonly Option<int> Projects = new("--projects") { Description = "How many projects to play through", DefaultValueFactory = _ => 1, HelpName = "N" };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "The same seed gives the same result", DefaultValueFactory = _ => 1, HelpName = "S" };
    private static readonly Option<string?> From = new("--from") { Description = "When the first project starts: 2026-03-02 or \"2026-03-02 09:00\" (default: the next working day)", HelpName = "DATE" };
    private static readonly Option<string> Every = new("--every") { Description = "How long after each other projects start", DefaultValueFactory = _ => "1 working day", HelpName = "DURATION" };
    private static readonly Option<string?> People = new("--people") { Description = "A file with the keys of a test's start: people, prospect, fields, roles, by", HelpName = "FILE" };
    private static readonly Option<string[]> Chance = new("--chance") { Description = "How often an outcome comes: call.sale=0.3 (others share the rest)", HelpName = "STEP.OUTCOME=P" };
    private static readonly Option<bool> Story = new("--story") { Description = "Tell everything that happens in the first project" };
    private static readonly Option<bool> Json = new("--json") { Description = "Write the figures as JSON" };

    public static Command Create()
    {
        var plan = new Argument<string>("PLAN") { Description = "The id, file or folder of a plan" };
        var command = new Command("rehearse", "Play projects of a plan through by chance: dates, work and results") { plan, Projects, Seed, From, Every, People, Chance, Story, Json };
        Projects.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > Simulation.MostProjects) { result.AddError(FormattableString.Invariant($"--projects is a number from 1 to {Simulation.MostProjects}.")); }
        });
        command.SetAction(parsed => Run(parsed, parsed.GetValue(plan)!, TimeProvider.System));
        return command;
    }

    private static int Run(ParseResult parsed, string given, TimeProvider clock)
    {
        if (PlanTestSets.Find([given], Console.Error) is not [var files]) { return 2; }
        if (files.Wanted is not [var wanted])
        {
            Console.Error.WriteLine($"{given}: name one plan.");
            return 2;
        }

        var definitions = Definitions.Read(files.All);
        var compilation = PlanCompiler.Compile(definitions, wanted);
        if (compilation.Plan is not { } plan)
        {
            Console.Error.Write(DiagnosticPrinter.Print(compilation));
            return 1;
        }

        if (World(definitions, plan, parsed.GetValue(People)) is not { } start) { return 2; }
        var facts = PlanTester.FactsOf(definitions, plan, start);
        var calendar = definitions.Calendars[plan.Calendar ?? definitions.Organisation!.Calendar];
        if (Settings(parsed, plan, start, calendar, clock) is not { } settings) { return 2; }
        var projects = Simulation.Run(plan, facts, settings);
        var printer = new RehearsalPrinter(plan, calendar.Zone, settings.Seed, Console.Out);
        if (parsed.GetValue(Json)) { printer.Json(projects); }
        else { printer.Table(projects, parsed.GetValue(Story)); }
        return projects.Any(p => p.End == SimulationEnd.Faulted) ? 1 : 0;
    }

    /// <returns>Null where the file can't be used, which is said.</returns>
    private static TestStart? World(Definitions definitions, Plan plan, string? path)
    {
        if (path is not null && !File.Exists(path))
        {
            Console.Error.WriteLine($"{path}: there is no such file.");
            return null;
        }

        var file = path is null ? null : new DefinitionFile(path, File.ReadAllBytes(path));
        var (start, diagnostics) = PlanTestCompiler.World(definitions, plan, file);
        if (!diagnostics.Any(d => d.Severity == Severity.Error)) { return start; }
        Console.Error.Write(DiagnosticPrinter.Print(diagnostics, p => p == path ? System.Text.Encoding.UTF8.GetString(file!.Content.Span) : null));
        return null;
    }

    private static SimulationSettings? Settings(ParseResult parsed, Plan plan, TestStart start, WorkingCalendar calendar, TimeProvider clock)
    {
        var problems = new List<Diagnostic>();
        var every = DurationParser.Parse(SourceText.Of(parsed.GetValue(Every)!, "--every"), problems);
        var from = Beginning(parsed.GetValue(From), calendar, clock);
        var chances = Chances(parsed.GetValue(Chance) ?? [], plan);
        foreach (var problem in problems) { Console.Error.WriteLine(problem.Message); }
        if (from is null) { Console.Error.WriteLine("--from is a date such as 2026-03-02, or with a time \"2026-03-02 09:00\"."); }
        return every is null || from is null || chances is null ? null : new SimulationSettings
        {
            Projects = parsed.GetValue(Projects), Seed = parsed.GetValue(Seed), From = from.Value, Every = every,
            By = start.By, Chances = chances, Fields = start.Fields, Roles = start.Roles,
        };
    }

    private static DateTimeOffset? Beginning(string? text, WorkingCalendar calendar, TimeProvider clock)
    {
        if (text is null) { return calendar.StartOfWorkingDay(calendar.WorkingDayFrom(DateOnly.FromDateTime(calendar.LocalTime(clock.GetUtcNow())), 1)); }
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) { return calendar.StartOfWorkingDay(day); }
        return DateTime.TryParseExact(text.Replace('T', ' '), "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? calendar.InstantOf(local) : null;
    }

    /// <returns>Null where one of them can't be used, which is said.</returns>
    private static ImmutableSortedDictionary<string, double>? Chances(string[] given, Plan plan)
    {
        var chances = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        var known = plan.Steps.SelectMany(s => s.Outcomes.Concat(s.Each?.Choices ?? []).Select(o => $"{s.Id}.{o.Id}")).Distinct().ToList();
        foreach (var text in given)
        {
            var parts = text.Split('=');
            if (parts.Length != 2 || !double.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var chance) || chance is < 0 or > 1)
            {
                Console.Error.WriteLine($"{text}: a chance is written as step.outcome=0.3, from 0 to 1.");
                return null;
            }

            if (!known.Contains(parts[0]))
            {
                var near = Language.Shaping.Words.Nearest(parts[0], known);
                Console.Error.WriteLine($"{parts[0]}: the plan has no such outcome{(near is null ? "." : $"; did you mean {near}?")}");
                return null;
            }

            chances[parts[0]] = chance;
        }

        return chances.ToImmutable();
    }
}
