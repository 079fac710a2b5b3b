using System.Text;
using ProcessManager.Flow.Testing;
using ProcessManager.Language;
using ProcessManager.Tests.Plans;
using Xunit;

namespace ProcessManager.Tests.PlanTests;

/// <summary>Whatever a test does to whatever plan: a result in words, never an exception.</summary>
public class EverythingTests
{
    private static readonly string[] OfSteps =
    [
        "complete: {0}", "approve: {0}", "reject: {0}", "acknowledge: {0}", "answer: {0}", "{{ answer: {0}, failed: true }}", "{{ child: {0}, closes: lost }}", "bypass: {0}", "reopen: {0}",
        "{{ due: {0}, to: 1 day }}", "{{ assign: {0}, to: manager }}", "refuse: {{ complete: {0} }}", "refuse: {{ bypass: {0} }}",
        "expect: {{ due: {{ {0}: 1 day }}, overdue: [{0}], assigned: {{ {0}: manager }}, priority: {{ {0}: low }}, alerted: {{ manager: {0} }}, times: {{ {0}: 9 }}, children: {{ {0}: won }} }}",
    ];

    private static readonly string[] OfProjects =
        ["pass: 3 weeks", "hold: A reason", "resume:", "close: won", "reopen-project:", "set: { title: Another }", "until: 2 days after start", "expect: { faulted: endless }"];

    public static TheoryData<string> Folders => [.. GoldenFolder.Names];

    [Theory, MemberData(nameof(Folders))]
    public void Every_verb_on_every_step_of_every_plan_gives_a_result_in_words(string name)
    {
        var folder = new GoldenFolder(name);
        if (PlanCompiler.Compile(folder.Definitions, folder.Plan).Plan is not { } plan || folder.Definitions.Organisation is null) { return; }
        var lines = plan.Steps.Take(8).SelectMany(s => OfSteps.Select(v => string.Format(System.Globalization.CultureInfo.InvariantCulture, v, s.Id)))
            .Concat(OfProjects).Concat(plan.Stages.Select(s => $"move: {s.Id}")).Where(l => IsValid(folder.Definitions, plan, l)).ToList();
        var tests = new StringBuilder("tests:\n");
        for (var i = 0; i < lines.Count; i++)
        {
            // Alone, then after time and after something else was done.
            var before = i % 3 == 0 ? [] : i % 3 == 1 ? new[] { "pass: 1 day" } : [lines[i * 7 % lines.Count]];
            tests.Append(System.Globalization.CultureInfo.InvariantCulture, $"  t{i}:\n    do:\n");
            foreach (var line in before.Append(lines[i])) { tests.Append("      - ").Append(line).Append('\n'); }
        }

        var read = PlanTestCompiler.Compile(folder.Definitions, plan, File(tests.ToString()));
        Assert.False(read.HasErrors, DiagnosticPrinter.Print(read.Diagnostics, _ => tests.ToString()));
        var report = PlanTester.Run(folder.Definitions, plan, read.Tests);
        Assert.All(report.Results.Select(r => r.Failure).OfType<PlanTestFailure>(), f =>
        {
            Assert.False(string.IsNullOrWhiteSpace(f.Expected) || string.IsNullOrWhiteSpace(f.Found));
            Assert.True(f.At.StartLine > 1);
        });
    }

    private static bool IsValid(Definitions definitions, Plan plan, string line) =>
        !PlanTestCompiler.Compile(definitions, plan, File($"tests:\n  t:\n    do:\n      - {line}\n")).HasErrors;

    private static DefinitionFile File(string text) => new("tests.yaml", Encoding.UTF8.GetBytes(text));
}
