using ProcessManager.Language;
using ProcessManager.Language.Expressions;
using Xunit;

namespace ProcessManager.Tests.Expressions;

public class DiagnosticTests
{
    public static TheoryData<string, string> ErrorCases => Cases.Read("errors.txt");

    public static TheoryData<string, string> FixCases => Cases.Read("fixes.txt");

    [Theory]
    [MemberData(nameof(ErrorCases))]
    public void A_mistake_is_told_with_its_place(string expression, string expected)
    {
        var compiled = Sample.TryCompile(expression, out var diagnostics);

        Assert.Null(compiled);
        Assert.Equal(expected, Cases.Describe(diagnostics));
    }

    [Theory]
    [MemberData(nameof(FixCases))]
    public void A_fix_mends_the_expression(string expression, string expected)
    {
        Sample.TryCompile(expression, out var diagnostics);
        var edit = Assert.Single(Assert.Single(diagnostics).Fix!.Edits);

        var mended = expression[..edit.Span.Start] + edit.NewText + expression[edit.Span.End..];

        Assert.Equal(expected, mended);
        Sample.Compile(mended);
    }

    [Fact]
    public void Places_lead_to_the_file_that_the_text_is_a_part_of()
    {
        var file = SourceText.Of("stages:\n  - when: amuont > 5\n", "plan.yaml");
        var diagnostics = new List<Diagnostic>();

        ExpressionCompiler.Compile(file.Part(18, 10), Sample.Scope, null, diagnostics);

        Assert.Equal("plan.yaml:2:11: error PM1510: “amuont” isn't known; did you mean “amount”?", Assert.Single(diagnostics).ToString());
        Assert.Equal((2, 17), (diagnostics[0].Span.EndLine, diagnostics[0].Span.EndColumn));
    }

    [Fact]
    public void Every_mistake_of_types_is_told_at_once()
    {
        Sample.TryCompile("amuont > 5 and product > 5 and lenght(product) = 1", out var diagnostics);

        Assert.Equal(["PM1510", "PM1512", "PM1521"], diagnostics.Select(d => d.Code).Order());
    }

    [Fact]
    public void An_expression_that_gives_another_type_than_needed_is_refused()
    {
        Assert.Null(Sample.TryCompile("amount + 1", out var diagnostics, expected: FeelType.YesNoType));
        Assert.Equal("PM1523 0+10 Yes or no is needed here, but this is a number.", Cases.Describe(diagnostics));
        Assert.NotNull(Sample.TryCompile("anything", out _, expected: FeelType.YesNoType));
        Assert.NotNull(Sample.TryCompile("null", out _, expected: FeelType.NumberType));
    }

    [Theory]
    [InlineData("5", "\"a\"", "PM1521 0+3 A number can't be compared with a text.")]
    [InlineData("5", "< @\"2026-03-01\"", "PM1521 2+13 A number can't be compared with a date.")]
    [InlineData("5", "?.name", "PM1511 2+4 “?” has no “name”: it is a number.")]
    [InlineData("5", "? + 1", "PM1522 0+5 A test that speaks of ? is yes or no, but this is a number.")]
    [InlineData("5", "1 2", "PM1502 2+1 An operator such as = or and is missing before “2”.")]
    [InlineData("5", "", "PM1501 0+0 An expression is missing here.")]
    [InlineData("5", "-,", "PM1502 1+1 A value is missing here, found “,”.")]
    [InlineData("5", "10,000", null)]
    public void A_mistake_in_a_cell_is_told_with_its_place(string input, string cell, string? expected)
    {
        var diagnostics = new List<Diagnostic>();
        ExpressionCompiler.CompileUnaryTests(SourceText.Of(cell), Sample.Scope, Sample.Compile(input).Type, diagnostics);

        Assert.Equal(expected ?? "", Cases.Describe(diagnostics));
    }

    [Fact]
    public void A_text_beyond_the_limit_is_refused_and_one_at_it_is_not()
    {
        var names = new string(' ', ExpressionCompiler.MaxLength - 1) + "1";
        Assert.NotNull(Sample.TryCompile(names, out _));
        Assert.Null(Sample.TryCompile(names + "1", out var diagnostics));
        Assert.Equal("PM1507", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_refused_and_at_the_limit_is_not()
    {
        static string Nested(int levels) => new string('(', levels) + "1" + new string(')', levels);

        Assert.NotNull(Sample.TryCompile(Nested(99), out _));
        Assert.Null(Sample.TryCompile(Nested(100), out var diagnostics));
        Assert.Equal("PM1506", Assert.Single(diagnostics).Code);
    }

    public static TheoryData<string> Towers => new(
    [
        "(", "[", "{a:", "-", "not(", "count(", "1+", "1 in (", "]1..", "[1..", "(1..", "if true then ", "if true then 1 else ", "a.", "a[1].", "1 in <(",
        "for x in ", "some x in [1] satisfies ", "{a:{", "1**", "a and ", "a and (b or ", "1 = ", "x instance of list<", "date(", "\"", "@\"", "/*", "1 between 1 and ", "(<", "1..", "[", "[[1..(",
    ]);

    [Theory]
    [MemberData(nameof(Towers))]
    public void No_tower_of_anything_brings_the_compiler_down(string piece)
    {
        foreach (var count in new[] { 99, 100, 399, 401, ExpressionCompiler.MaxLength / piece.Length, 100_000 })
        {
            foreach (var end in new[] { "1", ")" })
            {
                Sample.TryCompile(string.Concat(Enumerable.Repeat(piece, count)) + end, out _);
            }
        }
    }

    [Fact]
    public void The_deepest_trees_need_a_small_part_of_a_thread_s_stack()
    {
        const int stack = 512 * 1024;
        string[] deepest =
        [
            "amount" + string.Concat(Enumerable.Repeat(" + 1", 398)),
            "anything" + string.Concat(Enumerable.Repeat("[1]", 10)) + string.Concat(Enumerable.Repeat(" = true", 380)),
            Tower("(1 + ", "1", ")", 99),
            Tower("[", "1", "]", 99),
            Tower("count([", "1", "])", 49),
            Tower("abs(", "amount", ")", 99),
            Tower("if urgent then ", "1", " else 2", 99),
            Tower("for x in [1] return ", "x", "", 98),
            Tower("{a: ", "1", "}", 99),
            Tower("true in (", "true", ")", 99),
            Tower("-(", "amount", ")", 99),
        ];
        var reached = 0;
        var thread = new Thread(
            () =>
            {
                foreach (var text in deepest)
                {
                    reached += Sample.TryCompile(text, out _) is { } expression && Sample.TryCompile(expression.Canonical, out _) is not null ? 1 : 0;
                    Sample.TryCompile(text, out _)?.Evaluate(Sample.Context());
                }
            },
            stack);
        thread.Start();
        thread.Join();

        Assert.Equal(deepest.Length, reached);

        static string Tower(string open, string inner, string close, int levels) =>
            string.Concat(Enumerable.Repeat(open, levels)) + inner + string.Concat(Enumerable.Repeat(close, levels));
    }

    [Fact]
    public void A_long_chain_of_conditions_is_one_level()
    {
        var chain = string.Join(" or ", Enumerable.Range(0, 1_500).Select(i => $"amount = {i}"));

        Assert.False(Sample.Compile(chain).IsTrue(Sample.Context()));
    }

    [Fact]
    public void Every_code_of_the_catalogue_is_met_by_a_test()
    {
        var met = Cases.Read("errors.txt").Concat(Cases.Read("searches.txt")).SelectMany(c => ((string)c[1]).Split(" ¦ ")).Select(m => m[..6]).ToHashSet();
        met.UnionWith(["PM1501", "PM1506", "PM1507", "PM1523", "PM1530"]);

        Assert.Equal([], Errors.All.Select(e => e.Code).Where(c => c.StartsWith("PM15", StringComparison.Ordinal)).Except(met));
    }
}
