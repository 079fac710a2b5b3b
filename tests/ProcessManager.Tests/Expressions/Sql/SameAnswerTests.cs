using System.Globalization;
using ProcessManager.Language;
using ProcessManager.Language.Expressions;
using Xunit;
using Xunit.Abstractions;

namespace ProcessManager.Tests.Expressions.Sql;

/// <summary>
/// A filter finds the rows for which the expression is true in memory, whatever the expression and the rows; so do its opposite and
/// the question whether it is known at all. SEARCH_ROUNDS sets how many expressions are tried, SEARCH_SEED which.
/// </summary>
public sealed class SameAnswerTests(ITestOutputHelper output)
{
    private const int RowCount = 60;

    private static readonly int Rounds = Setting("SEARCH_ROUNDS", 800);

    private static readonly int Seed = Setting("SEARCH_SEED", 20260302);

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    [Fact]
    public void SQLite_finds_the_rows_that_memory_finds() => Compare(SqlTarget.Sqlite, "");

    [PostgresFact]
    public void PostgreSQL_finds_the_rows_that_memory_finds()
    {
        using var server = new Postgres();
        Compare(SqlTarget.Postgres, server.ConnectionString);
    }

    private void Compare(SqlTarget target, string postgres)
    {
        var data = Enumerable.Range(0, RowCount).Select(i => new RandomSearch(Seed - 1 - i).Row()).ToList();
        using var rows = new Rows(target, postgres, data);
        var (compared, refused) = (0, 0);
        for (var i = 0; i < Rounds; i++)
        {
            var random = new RandomSearch(Seed + i);
            var condition = random.Condition(1 + (i % 4));
            foreach (var text in new[] { condition, $"not({condition})", $"is defined({condition})" })
            {
                var source = SourceText.Of(text);
                var diagnostics = new List<Diagnostic>();
                if (ExpressionCompiler.Compile(source, Rows.Columns.Scope, FeelType.YesNoType, diagnostics) is not { } expression) { continue; }
                if (SqlTranslation.Translate(expression, source, Rows.Columns, target, Sample.Now, Sample.Vienna, diagnostics) is not { } filter)
                {
                    refused++;
                    Assert.Single(diagnostics);
                    continue;
                }

                compared++;
                Check(rows, data, expression, filter, $"SEARCH_SEED={Seed + i}");
            }
        }

        output.WriteLine($"{compared} of {Rounds * 3} filters compared on {RowCount} rows, {refused} refused");
        Assert.True(compared > Rounds * 2, $"only {compared} compared");
        Assert.True(refused < compared / 10, $"{refused} refused");
    }

    private static void Check(Rows rows, List<IReadOnlyDictionary<string, object?>> data, Expression expression, SqlFilter filter, string seed)
    {
        var wanted = Enumerable.Range(0, data.Count)
            .Where(i => expression.IsTrue(new EvaluationContext(new RowValues(data[i]), Sample.Now, Sample.Vienna))).ToList();
        IReadOnlyList<int> found;
        try
        {
            found = rows.Found(filter);
        }
        catch (System.Data.Common.DbException e)
        {
            Assert.Fail($"{seed}: {expression.Text}\n{filter.Text}\n{e.Message}");
            return;
        }

        if (wanted.SequenceEqual(found)) { return; }
        var row = wanted.Except(found).Concat(found.Except(wanted)).First();
        Assert.Fail($"{seed}: {expression.Text}\n{filter.Text}\n{string.Join(", ", filter.Parameters)}\nrow {row} is {(found.Contains(row) ? "" : "not ")}found: " +
            string.Join(", ", data[row].Select(f => $"{f.Key}={(f.Value is List<object?> l ? string.Join('|', l) : f.Value is Dictionary<string, object?> d ? d["city"] : f.Value)}")));
    }
}
