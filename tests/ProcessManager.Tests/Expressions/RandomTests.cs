using System.Globalization;
using ProcessManager.Language;
using ProcessManager.Language.Expressions;
using Xunit;
using Xunit.Abstractions;

namespace ProcessManager.Tests.Expressions;

/// <summary>
/// What must hold for every text. EXPRESSION_ROUNDS sets how many are tried, EXPRESSION_SEED which.
/// </summary>
public class RandomTests(ITestOutputHelper output)
{
    private static readonly int Rounds = Setting("EXPRESSION_ROUNDS", 4_000);

    private static readonly int Seed = Setting("EXPRESSION_SEED", 20260302);

    private static readonly string[] Valid = [.. Cases.Expressions];

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    [Fact]
    public void An_expression_that_compiles_evaluates_on_any_values_without_throwing()
    {
        var compiled = 0;
        ForEach(random => random.Expression(random.Next(5)), (random, text, expression) =>
        {
            compiled++;
            var again = Sample.TryCompile(expression.Canonical, out var diagnostics);
            Assert.True(again is not null, $"{text}\n{expression.Canonical}\n{string.Join('\n', diagnostics)}");
            Assert.Equal(expression.Canonical, again.Canonical);
            for (var i = 0; i < 3; i++)
            {
                var context = Sample.Context(random.Values());
                var (first, second) = (expression.Evaluate(context), again.Evaluate(context));
                Assert.Equal(first.Problem, second.Problem);
                Assert.True(first.Value is null == second.Value is null);
                Assert.True(Comparing.Equal(Run.Probe(), first.Value, second.Value) != false || !Comparable(first.Value), text);
            }
        });
        output.WriteLine($"{compiled} of {Rounds} compiled");
        Assert.True(compiled > Rounds / 20);
    }

    [Fact]
    public void Damaged_expressions_never_throw() =>
        ForEach(random => random.Damage(random.Pick(Valid)), (random, _, expression) => expression.Evaluate(Sample.Context(random.Values())));

    [Fact]
    public void Garbage_never_throws() =>
        ForEach(random => random.Garbage(), (random, _, expression) => expression.Evaluate(Sample.Context(random.Values())));

    [Fact]
    public void Damaged_cells_and_templates_never_throw()
    {
        var random = new RandomExpression(Seed);
        for (var i = 0; i < Rounds; i++)
        {
            var text = random.Damage(random.Pick(["< 5", "-", "not(1, 2)", "[1..5]", "? > 3", "\"a\", \"b\"", "]1..2["]));
            var cell = ExpressionCompiler.CompileUnaryTests(SourceText.Of(text), Sample.Scope, FeelType.NumberType, []);
            cell?.Evaluate(Sample.Context(random.Values()));

            text = random.Damage("Call {{prospect.name}} on {{ call-on }} {{ {a: \"}}\"}.a }}");
            TextTemplate.Compile(SourceText.Of(text), Sample.Scope, [])?.Render(Sample.Context(random.Values()));
        }
    }

    [Fact]
    public void Every_place_of_a_diagnostic_lies_in_the_text()
    {
        var random = new RandomExpression(Seed);
        for (var i = 0; i < Rounds; i++)
        {
            var text = random.Damage(random.Pick(Valid));
            Sample.TryCompile(text, out var diagnostics);
            Assert.All(diagnostics, d => Assert.True(
                d.Span.Start >= 0 && d.Span.Start <= d.Span.End && d.Span.End <= text.Length, $"{text}\n{d}"));
        }
    }

    private static void ForEach(Func<RandomExpression, string> text, Action<RandomExpression, string, Expression> check)
    {
        for (var i = 0; i < Rounds; i++)
        {
            var random = new RandomExpression(Seed + i);
            var written = text(random);
            try
            {
                if (Sample.TryCompile(written, out var diagnostics) is { } expression)
                {
                    check(random, written, expression);
                }
                else
                {
                    Assert.NotEmpty(diagnostics);
                }
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"EXPRESSION_SEED={Seed + i}: {written}\n{e}");
            }
        }
    }

    private static bool Comparable(object? value) => value is null or decimal or string or bool;
}
