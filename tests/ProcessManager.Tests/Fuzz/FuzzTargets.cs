using System.Text;
using ProcessManager.Language;
using ProcessManager.Language.Binding;
using ProcessManager.Language.Drawing;
using ProcessManager.Language.Expressions;
using ProcessManager.Language.Reading;
using ProcessManager.Language.Time;
using ProcessManager.Tests.Expressions;
using ProcessManager.Tests.Plans;
using ProcessManager.Tests.Time;
using Xunit;

namespace ProcessManager.Tests.Fuzz;

/// <summary>Something that reads what people write, with inputs to damage and how often it is tried.</summary>
/// <param name="Weight">Of a thousand cases.</param>
internal sealed record FuzzTarget(string Name, int Weight, IReadOnlyList<byte[]> Inputs, Action<byte[], Mutator> Try)
{
    public static IReadOnlyList<FuzzTarget> All { get; } = Make();

    private static List<FuzzTarget> Make()
    {
        var shared = GoldenFolder.Shared;
        var files = GoldenFolder.FilesIn(Path.Combine(Repository.Root, "tests", "Plans")).Concat(GoldenFolder.FilesIn(Path.Combine(Repository.Root, "definitions"))).ToList();
        IReadOnlyList<byte[]> Of(Func<string, bool> wanted) => [.. files.Where(f => wanted(f.Path)).Select(f => f.Content.ToArray())];
        var plans = Of(p => p.EndsWith("plan.yaml", StringComparison.Ordinal));
        var tests = Of(p => p.EndsWith("tests.yaml", StringComparison.Ordinal));
        var definitions = Repository.Definitions;
        var brochure = PlanCompiler.Compile(definitions, "brochure-to-customer").Plan!;
        var expressions = Texts(Cases.Expressions.Concat(Cases.Read("errors.txt").Concat(Cases.Read("searches.txt")).Select(c => (string)c[0])));
        return
        [
            new("plan", 150, plans, (bytes, _) => Plan(shared, bytes)),
            new("formatter", 40, [.. plans, .. tests], (bytes, _) => Format(bytes)),
            new("plan tests", 40, tests, (bytes, _) => Told(bytes, PlanTestCompiler.Compile(definitions, brochure, new DefinitionFile("tests.yaml", bytes)).Diagnostics)),
            new("organisation", 10, Of(p => p.EndsWith("organisation.yaml", StringComparison.Ordinal)), (bytes, _) => Defined(shared, bytes, "organisation.yaml")),
            new("calendar", 10, Of(p => p.Contains("calendars/", StringComparison.Ordinal) && p.EndsWith(".yaml", StringComparison.Ordinal)), (bytes, _) => Defined(shared, bytes, "calendars/office.yaml")),
            new("holidays", 30, Of(p => p.EndsWith(".ics", StringComparison.Ordinal)), (bytes, _) => Holidays(bytes)),
            new("email", 10, Of(p => p.EndsWith(".email.md", StringComparison.Ordinal)), (bytes, _) => Templated(shared, "templates/brochure.email.md", bytes)),
            new("letter", 20, Of(p => p.EndsWith(".docx", StringComparison.Ordinal)), (bytes, _) => WordFields.Read(bytes)),
            new("YAML", 60, [.. plans, .. tests], (bytes, _) => Told(bytes, Collect(d => YamlReader.Read("any.yaml", bytes, d)))),
            new("expression", 280, expressions, (bytes, random) => Expression(Text(bytes), random)),
            new("search", 120, expressions, (bytes, _) => Search(Text(bytes))),
            new("cell", 40, Texts(["< 1000", "-", "\"AT\", \"CH\"", "[1..5]", "not(\"x\")", "? > 3 and ? < amount", "]1..2["]), (bytes, _) => Cell(Text(bytes))),
            new("template", 40, Texts(["Call {{prospect.name}} on {{ call-on }} {{ {a: \"}}\"}.a }}", "\\{{ {{amount}}", "{{if urgent then \"!\" else \"\"}}"]), (bytes, _) => Template(Text(bytes))),
            new("time", 120, Texts(Enumerable.Range(0, 400).Select(i => new RandomTime(i).Garbage()).Concat(
                ["2 weeks before field:conference-date", "1 working day", "every 1 working day after due at most 3", "at 2027-01-31 09:00", "monday at 08:00", "P1DT6H", "2 working hours before due"])), (bytes, _) => Time(Text(bytes))),
        ];
    }

    private static IReadOnlyList<byte[]> Texts(IEnumerable<string> texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static List<Diagnostic> Collect(Action<List<Diagnostic>> read)
    {
        var diagnostics = new List<Diagnostic>();
        read(diagnostics);
        return diagnostics;
    }

    /// <summary>Every place lies in the file, and every message is one that a person can read.</summary>
    private static void Told(byte[] bytes, IReadOnlyCollection<Diagnostic> diagnostics)
    {
        foreach (var d in diagnostics)
        {
            Assert.True(d.Span.Start >= 0 && d.Span.Start <= d.Span.End && d.Span.End <= bytes.Length + 1 && d.Span.StartLine >= 1 && d.Span.StartColumn >= 1, d.ToString());
            Assert.InRange(d.Message.Length, 1, 1_001);
        }
    }

    private static void Plan(Definitions shared, byte[] bytes)
    {
        var compilation = PlanCompiler.Compile(shared, new DefinitionFile("plan.yaml", bytes));
        Assert.Equal(compilation.Plan is null, compilation.HasErrors);
        Assert.InRange(compilation.Diagnostics.Length, 0, PlanCompiler.MaxDiagnostics);
        Told(bytes, [.. compilation.Diagnostics.Where(d => d.Span.File == "plan.yaml")]);
        if (compilation.Plan is { } plan)
        {
            PlanJson.Write(plan);
            PlanDrawing.Mermaid(plan);
        }
    }

    private static void Format(byte[] bytes)
    {
        var once = PlanFormatter.Format("plan.yaml", Text(bytes));
        Assert.Equal(once.Text, PlanFormatter.Format("plan.yaml", once.Text).Text);
    }

    private static void Defined(Definitions shared, byte[] bytes, string path) =>
        Told(bytes, [.. shared.With(new DefinitionFile(path, bytes)).Diagnostics.Where(d => d.Span.File == path)]);

    private static void Holidays(byte[] bytes) => Definitions.Read(
    [
        new("organisation.yaml", "zone: Europe/Vienna\n"u8.ToArray()),
        new("calendars/office.yaml", "hours: { monday: 09:00-17:00 }\nholidays: [a.ics]\n"u8.ToArray()),
        new("calendars/a.ics", bytes),
    ]);

    private static void Templated(Definitions shared, string path, byte[] bytes) => PlanCompiler.Compile(
        shared.With(new DefinitionFile(path, bytes)),
        new DefinitionFile("plan.yaml", "plan: p\nname: P\ntype: sales\nstages:\n  one:\n    steps:\n      send: { email: brochure, to: prospect }\n"u8.ToArray()));

    private static void Expression(string text, Mutator random)
    {
        var expression = Sample.TryCompile(text, out var diagnostics);
        Assert.Equal(expression is null, diagnostics.Count > 0);
        Told(Encoding.UTF8.GetBytes(text), diagnostics);
        if (expression is null) { return; }
        Assert.NotNull(Sample.TryCompile(expression.Canonical, out _));
        expression.Evaluate(Sample.Context(random.Next(2) == 0 ? null : new RandomExpression(random.Next(int.MaxValue)).Values()));
    }

    private static void Search(string text)
    {
        foreach (var target in Enum.GetValues<SqlTarget>())
        {
            var diagnostics = new List<Diagnostic>();
            var filter = SqlTranslation.Compile(SourceText.Of(text), ProcessManager.Tests.Expressions.Sql.Rows.Columns, target, Sample.Now, Sample.Vienna, diagnostics);
            Assert.Equal(filter is null, diagnostics.Count > 0);
        }
    }

    private static void Cell(string text) =>
        ExpressionCompiler.CompileUnaryTests(SourceText.Of(text), Sample.Scope, FeelType.NumberType, [])?.Evaluate(Sample.Context());

    private static void Template(string text) => TextTemplate.Compile(SourceText.Of(text), Sample.Scope, [])?.Render(Sample.Context());

    private static void Time(string text)
    {
        Answered(d => MomentParser.Parse(SourceText.Of(text), MomentUse.Due, d));
        Answered(d => DurationParser.Parse(SourceText.Of(text), d));
        Answered(d => ReminderParser.Parse(SourceText.Of(text), d));
        Answered(d => ScheduleParser.Parse(SourceText.Of(text), d));
    }

    private static void Answered(Func<List<Diagnostic>, object?> parse)
    {
        var diagnostics = new List<Diagnostic>();
        Assert.Equal(parse(diagnostics) is null, diagnostics.Count > 0);
    }
}
