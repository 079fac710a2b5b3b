using ProcessManager.Language;
using ProcessManager.Language.Expressions;
using Xunit;

namespace ProcessManager.Tests.Expressions;

public class CanonicalTests
{
    public static TheoryData<string, string> CanonicalCases => Cases.Read("canonical.txt");

    public static TheoryData<string> AllExpressions() => [.. Cases.Expressions];

    public static TheoryData<string, string> CellCases => Cases.Read("cells.txt");

    [Theory]
    [MemberData(nameof(CanonicalCases))]
    public void Spelling_doesnt_change_the_canonical_text(string expression, string canonical)
    {
        Assert.Equal(canonical, Sample.Compile(expression).Canonical);
        Assert.Equal(canonical, Sample.Compile(canonical).Canonical);
    }

    [Theory]
    [MemberData(nameof(AllExpressions))]
    public void The_canonical_text_compiles_to_the_same_meaning(string text)
    {
        var expression = Sample.Compile(text);
        var again = Sample.Compile(expression.Canonical);

        Assert.Equal(expression.Canonical, again.Canonical);
        Assert.Equal(expression.Uses.AsEnumerable(), again.Uses.AsEnumerable());
        var (first, second) = (expression.Evaluate(Sample.Context()), again.Evaluate(Sample.Context()));
        Assert.True(Comparing.Equal(Run.Probe(), first.Value, second.Value) == true);
        Assert.Equal(first.Problem, second.Problem);
    }

    [Theory]
    [MemberData(nameof(CellCases))]
    public void The_canonical_text_of_a_cell_compiles_to_the_same_cell(string inputAndCell, string _)
    {
        var at = inputAndCell.IndexOf(" | ", StringComparison.Ordinal);
        var type = Sample.Compile(inputAndCell[..at]).Type;
        var canonical = Cell(inputAndCell[(at + 3)..], type is FeelType.Null ? FeelType.NumberType : type);

        Assert.Equal(canonical, Cell(canonical, type is FeelType.Null ? FeelType.NumberType : type));
    }

    [Fact]
    public void A_cell_that_is_the_opposite_of_a_value_keeps_its_parentheses()
    {
        Assert.Equal("(not(urgent))", Cell("(not(urgent))", FeelType.YesNoType));
        Assert.Equal("not(urgent)", Cell("not( urgent )", FeelType.YesNoType));
        Assert.Equal("-", Cell(" - ", FeelType.YesNoType));
    }

    private static string Cell(string text, FeelType input)
    {
        var diagnostics = new List<Diagnostic>();
        var cell = ExpressionCompiler.CompileUnaryTests(SourceText.Of(text), Sample.Scope, input, diagnostics);
        Assert.True(cell is not null, $"{text}\n{string.Join('\n', diagnostics)}");
        return cell.Canonical;
    }
}
