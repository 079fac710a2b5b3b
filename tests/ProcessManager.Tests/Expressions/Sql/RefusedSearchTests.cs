using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Language;
using ProcessManager.Language.Expressions;
using Xunit;

namespace ProcessManager.Tests.Expressions.Sql;

public sealed class RefusedSearchTests
{
    public static TheoryData<string, string> Refused => Cases.Read("searches.txt");

    [Theory, MemberData(nameof(Refused))]
    public void What_a_database_can_not_answer_is_refused_with_place_and_reason(string text, string expected)
    {
        foreach (var target in Enum.GetValues<SqlTarget>())
        {
            Assert.Null(Compile(text, target, out var diagnostics));
            Assert.Equal(expected, Cases.Describe(diagnostics));
        }
    }

    [Fact]
    public void Every_function_is_translated_or_refused_by_name()
    {
        foreach (var function in FunctionCatalogue.Topics.SelectMany(t => t.Functions))
        {
            var diagnostics = new List<Diagnostic>();
            var text = function.Example.Trim();
            Assert.True(
                SqlTranslation.Compile(SourceText.Of(text), Rows.Columns, SqlTarget.Sqlite, Sample.Now, Sample.Vienna, diagnostics) is not null || diagnostics.Count == 1, text);
        }
    }

    [Fact]
    public void Nothing_that_a_person_wrote_stands_in_the_SQL()
    {
        const string hostile = "x'); drop table r; --";
        var filter = Compile($"title = \"{hostile}\" or \"{hostile}\" in tags or starts with(note, \"{hostile}\") or (some t in [\"{hostile}\"] satisfies t = title)", SqlTarget.Sqlite, out _)!;
        Assert.DoesNotContain("drop", filter.Text, StringComparison.Ordinal);
        Assert.Equal(hostile, Assert.Single(filter.Parameters).Value);
    }

    [Fact]
    public void An_equality_that_only_has_to_be_true_is_one_that_an_index_answers()
    {
        Assert.Equal("((r.title = @x0) and (r.chance > @x1))", Compile("title = \"a\" and probability > 40", SqlTarget.Sqlite, out _)!.Text);
        Assert.Equal("(not (r.title is @x0))", Compile("not(title = \"a\")", SqlTarget.Sqlite, out _)!.Text);
    }

    [Fact]
    public void A_search_over_columns_of_a_wider_scope_says_what_it_can_not_search_by()
    {
        var source = SourceText.Of("probability > 5 and call.count > 1");
        var scope = Rows.Columns.Scope.With("call", new FeelType.Context(
            new Dictionary<string, FeelType> { ["count"] = FeelType.NumberType }.ToImmutableDictionary(), Closed: true));
        List<Diagnostic> diagnostics = [];
        var expression = ExpressionCompiler.Compile(source, scope, FeelType.YesNoType, diagnostics)!;
        Assert.Null(SqlTranslation.Translate(expression, source, Rows.Columns, SqlTarget.Sqlite, Sample.Now, Sample.Vienna, diagnostics));
        Assert.Equal("PM1525 20+10 “call.count” can't be searched by.", Cases.Describe(diagnostics));
    }

    [Fact]
    public void Long_and_deep_searches_are_answered_or_refused_and_never_break_the_database()
    {
        using var rows = new Rows(SqlTarget.Sqlite, "", [new RandomSearch(1).Row()]);
        var chain = Enumerable.Range(0, 400).ToList();
        string[] texts =
        [
            string.Join(" or ", chain.Select(i => $"probability = {i}")),
            string.Join(" and ", chain.Select(i => $"title != \"{i}\"")),
            $"probability in ({string.Join(", ", chain)})",
            $"probability in [{string.Join(", ", chain)}]",
            $"probability in [{string.Join(", ", Enumerable.Range(0, 5000))}]",
            string.Join(" or ", Enumerable.Range(0, 5000).Select(i => $"title = \"{i}\"")),
            Tower("not(", "urgent", ")", 50),
            Tower("not(", "urgent", ")", 90),
            $"{Tower("(", "rate", " / 3)", 55)} > 1",
            $"{Tower("upper case(", "note", ")", 55)} = \"A\"",
            $"{Tower("substring before(", "note", ", \"x\")", 55)} = \"A\"",
            $"{Tower("if urgent then ", "ready", " else ready", 55)}",
            $"\"a\" in ({Tower("if urgent then ", "tags", " else tags", 40)})",
            $"{string.Join(" + ", Enumerable.Repeat("rate", 300))} > 1",
            $"some t in tags satisfies {Tower("(t = title or ", "urgent", ")", 50)}",
        ];
        var answered = 0;
        foreach (var text in texts)
        {
            var filter = Compile(text, SqlTarget.Sqlite, out var diagnostics);
            Assert.True(filter is not null || diagnostics.Count == 1, text);
            if (filter is not null)
            {
                rows.Found(filter);
                answered++;
            }
        }

        Assert.InRange(answered, 6, texts.Length - 4);
    }

    [Fact]
    public void Capitals_are_those_of_memory_for_every_character()
    {
        for (var i = 1; i < 0x11_0000; i++)
        {
            if (!System.Text.Rune.TryCreate(i, out var rune)) { continue; }
            var text = rune.ToString();
            var (upper, lower) = (System.Text.Rune.ToUpperInvariant(rune).ToString(), System.Text.Rune.ToLowerInvariant(rune).ToString());
            Assert.True(string.Equals(text.ToUpperInvariant(), upper, StringComparison.Ordinal) && string.Equals(text.ToLowerInvariant(), lower, StringComparison.Ordinal),
                i.ToString("X", CultureInfo.InvariantCulture));
        }
    }

    private static string Tower(string open, string inner, string close, int levels) =>
        string.Concat(Enumerable.Repeat(open, levels)) + inner + string.Concat(Enumerable.Repeat(close, levels));

    private static SqlFilter? Compile(string text, SqlTarget target, out List<Diagnostic> diagnostics)
    {
        diagnostics = [];
        return SqlTranslation.Compile(SourceText.Of(text), Rows.Columns, target, Sample.Now, Sample.Vienna, diagnostics);
    }
}
