using System.Text;
using ProcessManager.Flow.Testing;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.PlanTests;

using Plans = ProcessManager.Tests.Flow.Plans;

/// <summary>A small plan, and tests of it written in a test.</summary>
internal static class Testing
{
    /// <summary>A call, a vote of two, an alert and an exit; enough to say something wrong of each.</summary>
    public const string Plan = """
        plan: tea
        name: Tea
        type: sales
        fields:
          product: { kind: choice, of: [Green, Black] }
          cups: { kind: number, min: 1 }
          on: { kind: date }
          at: { kind: time }
          hot: { kind: yes-no }
          extras: { kind: choices, of: [milk, sugar] }
        roles:
          taster: { label: Taster }
        stages:
          order:
            name: Order
            probability: 20
            status: active
            within: 10 days
            steps:
              call:
                task: Call
                assign: group:sales
                priority: high
                due: 1 working day
                remind: [at due, every 1 working day after due at most 2]
                escalate: [{ after: 2 working days, alert: manager }, { after: 3 working days, reassign: group:sales-leads }]
                expire: { after: 60 days, outcome: gone }
                form: [product, cups]
                outcomes:
                  yes:
                  again: { redo: call, on: field:on, ask: [on] }
                  no: { close: lost, reason: no-interest }
                  gone: { close: cancelled, reason: nothing-to-do }
              vote: { approval: Take it?, assign: group:finance, need: 2, after: call, outcomes: { approved: , rejected: { redo: call } } }
              tell: { alert: It is on, to: [owner, group:shipping], acknowledge: true, after: vote }
              rules: { note: Read the rules, after: vote, when: cups > 2 }
          brew:
            name: Brew
            probability: 80
            steps:
              brew: { task: Brew, assign: owner }
              pour: { task: Pour, after: brew, optional: true }
              mail: { email: brochure, to: prospect, after: brew }
        """;

    public static Definitions Definitions => Plans.Definitions;

    public static Plan Compiled { get; } = Compile(Plan);

    public static Plan Compile(string yaml)
    {
        var compiled = PlanCompiler.Compile(Definitions, new DefinitionFile("plan.yaml", Encoding.UTF8.GetBytes(yaml)));
        Assert.True(compiled.Plan is not null, DiagnosticPrinter.Print(compiled));
        return compiled.Plan;
    }

    public static Language.PlanTests Read(string tests, Plan? plan = null) =>
        PlanTestCompiler.Compile(Definitions, plan ?? Compiled, new DefinitionFile("tests.yaml", Encoding.UTF8.GetBytes(tests)));

    /// <summary>The tests of a file that must be without errors.</summary>
    public static PlanTestReport Run(string tests, Plan? plan = null)
    {
        var read = Read(tests, plan);
        Assert.True(!read.HasErrors, DiagnosticPrinter.Print(read.Diagnostics, _ => tests));
        return PlanTester.Run(Definitions, plan ?? Compiled, read.Tests);
    }

    /// <summary>One test from the items of its <c>do</c>, one a line; null where it passed.</summary>
    public static PlanTestFailure? Play(params string[] lines) => Play(Compiled, "{ at: 2026-03-02 09:00 }", lines);

    public static PlanTestFailure? Play(Plan plan, string start, params string[] lines)
    {
        var report = Run($"tests:\n  it:\n    start: {start}\n    do:\n{string.Concat(lines.Select(l => $"      - {l}\n"))}", plan);
        return report.Results.Single().Failure;
    }

    public static void Passes(params string[] lines) => Passes(Compiled, "{ at: 2026-03-02 09:00 }", lines);

    public static void Passes(Plan plan, string start, params string[] lines)
    {
        var failure = Play(plan, start, lines);
        Assert.True(failure is null, failure is null ? "" : $"{failure.At}: expected {failure.Expected}, found {failure.Found}\n{failure.Story}");
    }
}
