using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ProcessManager.Bench.Setting;
using ProcessManager.Flow;
using ProcessManager.Flow.Testing;
using ProcessManager.Language;

namespace ProcessManager.Bench.Measures;

/// <summary>
/// A test of a plan with 40 steps: every step is completed, a day passes after each, and each is expected to be done. The baseline is
/// the same commands and timers by the bare stepper, without a history in words, without coverage and without comparing anything.
/// </summary>
internal sealed class PlanTesting(World world) : Measure(world)
{
    private const int Steps = 40;
    private const int Stages = 4;

    private readonly Lazy<Case> built = new(Case.Build);

    public override string Id => "plan-tests";

    public override string What => "run a test of a plan with 40 steps";

    public override string Goal => "200 in 2 s (≥ 100 /s)";

    protected override int Size => 200;

    protected override Task<Sample> ProductAsync(int count) => Task.FromResult(OneAfterTheOther(count, _ =>
    {
        if (!PlanTester.Run(built.Value.Definitions, built.Value.Plan, built.Value.Tests).Passed) { throw new InvalidOperationException("The measured test fails."); }
    }));

    protected override Task<Sample> RawAsync(int count) => Task.FromResult(OneAfterTheOther(count, _ => built.Value.Bare()));

    private sealed record Case(Definitions Definitions, Plan Plan, ImmutableArray<PlanTest> Tests, Facts Facts)
    {
        public static Case Build()
        {
            var definitions = Definitions.Read(BenchPlans.Files());
            var plan = PlanCompiler.Compile(definitions, File("plan.yaml", PlanText())).Plan ?? throw new InvalidOperationException("The plan of the measurement has errors.");
            var tests = PlanTestCompiler.Compile(definitions, plan, File("tests.yaml", TestText()));
            if (tests.HasErrors) { throw new InvalidOperationException(string.Join("\n", tests.Diagnostics)); }
            return new Case(definitions, plan, tests.Tests, PlanTester.FactsOf(definitions, plan, tests.Tests[0].Start));
        }

        public void Bare()
        {
            var now = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
            var none = ImmutableSortedDictionary<string, object?>.Empty;
            ProjectState? state = null;
            Advance(new Command.Start(null, none, ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty) { Actor = "owner" });
            for (var task = 1; task <= Steps; task++)
            {
                Advance(new Command.Complete(task, null, none) { Actor = "owner" });
                var until = now.AddDays(1);
                while (state!.Closed is null && state.Timers.Min(t => t.Due) is { } due && due <= until)
                {
                    now = due;
                    Advance(new Command.FireTimers());
                }

                now = until;
            }

            if (state!.Closed is null) { throw new InvalidOperationException("The bare run does not come to an end."); }
            void Advance(Command command) => state = Stepper.Advance(Plan, state, command, Facts, now) is Decision.Accepted accepted
                ? accepted.State : throw new InvalidOperationException("The bare run is refused.");
        }

        private static DefinitionFile File(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

        private static string PlanText()
        {
            var text = new StringBuilder("plan: measured\nname: Measured\ntype: sales\nfields: { note: { kind: text } }\nstages:\n");
            for (var stage = 0; stage < Stages; stage++)
            {
                text.Append(CultureInfo.InvariantCulture, $"  s{stage}:\n    name: Stage {stage}\n    probability: {10 + (stage * 20)}\n    steps:\n");
                for (var step = 0; step < Steps / Stages; step++)
                {
                    var number = (stage * Steps / Stages) + step;
                    var after = step == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", after: t{number - 1}");
                    text.Append(CultureInfo.InvariantCulture, $"      t{number}: {{ task: Do {number}, assign: owner, due: 12 hours{after}, remind: [2 hours before due, at due], form: [note] }}\n");
                }
            }

            return text.ToString();
        }

        private static string TestText()
        {
            var text = new StringBuilder("tests:\n  all of it:\n    start: { at: 2026-03-02 09:00 }\n    do:\n");
            for (var step = 0; step < Steps; step++)
            {
                text.Append(CultureInfo.InvariantCulture, $"      - complete: t{step}\n      - expect: {{ done: [t{step}], reminded: {{ t{step}: {(step == 0 ? 0 : 2)} }} }}\n      - pass: 1 day\n");
            }

            return text.Append("      - expect: { closed: won }\n").ToString();
        }
    }
}
