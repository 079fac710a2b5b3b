using ProcessManager.Language.Expressions;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Expressions;

public class EvaluationTests
{
    public static TheoryData<string, string> ValueCases => Cases.Read("values.txt");

    public static TheoryData<string, string> ProblemCases => Cases.Read("problems.txt");

    public static TheoryData<string, string> CellCases => Cases.Read("cells.txt");

    public static TheoryData<string, string> Examples()
    {
        var data = new TheoryData<string, string>();
        foreach (var function in FunctionCatalogue.Topics.SelectMany(t => t.Functions))
        {
            data.Add(function.ToString(), function.Example);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(ValueCases))]
    public void An_expression_gives_its_value(string expression, string expected)
    {
        var (actual, wanted) = (Sample.Value(expression), Sample.Value(expected));

        Assert.True(Comparing.Equal(Run.Probe(), actual, wanted) == true, $"{expression} gave {Text(actual)}, expected {Text(wanted)}");
    }

    [Theory]
    [MemberData(nameof(ProblemCases))]
    public void What_has_no_value_says_why(string expression, string problem)
    {
        var evaluation = Sample.Compile(expression).Evaluate(Sample.Context());

        Assert.Null(evaluation.Value);
        Assert.Equal(problem, evaluation.Problem);
    }

    [Theory]
    [MemberData(nameof(CellCases))]
    public void A_cell_of_a_decision_table_is_tested_against_its_column(string inputAndCell, string expected)
    {
        var at = inputAndCell.IndexOf(" | ", StringComparison.Ordinal);
        var input = Sample.Compile(inputAndCell[..at]);
        var diagnostics = new List<Diagnostic>();
        var type = input.Type is FeelType.Null ? FeelType.NumberType : input.Type;
        var cell = ExpressionCompiler.CompileUnaryTests(SourceText.Of(inputAndCell[(at + 3)..].Trim()), Sample.Scope, type, diagnostics);
        Assert.True(cell is not null, string.Join('\n', diagnostics));

        var values = new Dictionary<string, object?>(Sample.Values) { ["?"] = input.Evaluate(Sample.Context()).Value };

        Assert.Equal(Sample.Value(expected), cell.Evaluate(Sample.Context(values)).Value);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_example_of_every_function_is_true(string function, string example)
    {
        var diagnostics = new List<Diagnostic>();
        var compiled = ExpressionCompiler.Compile(SourceText.Of(example), TypeScope.Empty, FeelType.YesNoType, diagnostics);

        Assert.True(compiled is not null, $"{function}\n{string.Join('\n', diagnostics)}");
        Assert.True(compiled.IsTrue(Sample.Context()), $"{function}: {example} gave {compiled.Evaluate(Sample.Context())}");
    }

    [Fact]
    public void And_and_or_follow_the_complete_table_of_three_valued_logic()
    {
        bool?[] values = [true, false, null];
        foreach (var left in values)
        {
            foreach (var right in values)
            {
                bool? both = left == false || right == false ? false : left is null || right is null ? null : true;
                bool? either = left == true || right == true ? true : left is null || right is null ? null : false;
                Assert.Equal((object?)both, Sample.Value($"{Word(left)} and {Word(right)}"));
                Assert.Equal((object?)either, Sample.Value($"{Word(left)} or {Word(right)}"));
            }

            Assert.Equal((object?)!left, Sample.Value($"not({Word(left)})"));
        }
    }

    [Fact]
    public void A_condition_that_is_null_counts_as_no()
    {
        Assert.False(Sample.Compile("nothing > 5").IsTrue(Sample.Context()));
        Assert.False(Sample.Compile("not(nothing > 5)").IsTrue(Sample.Context()));
    }

    [Fact]
    public void A_null_input_is_no_problem()
    {
        Assert.Equal(new Evaluation(null, null), Sample.Compile("nothing + 1").Evaluate(Sample.Context()));
    }

    [Fact]
    public void A_value_of_another_kind_than_declared_gives_null_with_the_reason()
    {
        var values = new Dictionary<string, object?> { ["amount"] = "a lot" };

        var evaluation = Sample.Compile("amount > 5").Evaluate(Sample.Context(values));

        Assert.Equal(new Evaluation(null, "A text can't be compared with a number."), evaluation);
    }

    [Fact]
    public void Uses_names_what_is_read_and_no_more()
    {
        Assert.Equal("amount prospect.city prospect.owner.name",
            Uses("""prospect.city = "Graz" and amount > 5 and amount < 9 and prospect.owner.name != "x" """));
        Assert.Equal("prospect", Uses("is defined(prospect)"));
        Assert.Equal("started", Uses("started.year"));
        Assert.Equal("people prospect.city", Uses("people[name = prospect.city]"));
        Assert.Equal("", Uses("for x in [1, 2] return x"));

        static string Uses(string expression) => string.Join(' ', Sample.Compile(expression).Uses);
    }

    [Fact]
    public void Evaluating_twice_gives_the_same()
    {
        var expression = Sample.Compile("for x in scores return x * amount");

        Assert.Equal(expression.Evaluate(Sample.Context()).Value, expression.Evaluate(Sample.Context()).Value);
    }

    private static string Word(bool? value) => value switch { true => "true", false => "false", null => "null" };

    private static string Text(object? value) => ValueText.Of(Run.Probe(), value) as string ?? "null";
}
