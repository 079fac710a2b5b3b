using System.Diagnostics;
using ProcessManager.Language;
using ProcessManager.Language.Expressions;
using Xunit;
using Xunit.Abstractions;

namespace ProcessManager.Tests.Expressions;

/// <summary>
/// The worst that a text can ask for: each evaluation ends, with a value or because its budget is spent, and what a step does is bounded,
/// too. Memory is what is counted, because it is the same on a busy machine; times are printed for whoever looks.
/// </summary>
public class BudgetTests(ITestOutputHelper output)
{
    private const long MostAllocated = 96 << 20;

    /// <summary>A text of a megabyte in a and another in b; what follows may use both.</summary>
    private const string Big = "{a: string join(for i in 1..8000 return \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"), b: a + \"\", ";

    public static TheoryData<string> Attacks =>
    [
        "string join(for i in 1..100000 return \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\")",
        "for i in 1..40 return if i = 1 then \"ab\" else partial[-1] + partial[-1]",
        "for i in 1..40 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])",
        "for i in 1..2000 return flatten(partial)",
        "for i in 1..2000 return string(partial)",
        "for i in 1..2000 return distinct values(for j in 1..100 return j)",
        "for i in 1..2000 return sort(for j in 1..100 return -j)",
        "distinct values(for i in 1..30000 return i)",
        "duplicate values(for i in 1..30000 return i)",
        "union(for i in 1..20000 return i, for i in 1..20000 return -i)",
        "index of(for i in 1..30000 return 1, 1)",
        "mode(for i in 1..30000 return i)",
        "median(for i in 1..30000 return -i)",
        "every x in (for i in 1..300 return i), y in (for i in 1..300 return i), z in 1..300 satisfies x + y + z > 0",
        "replace(string join(for i in 1..9000 return \"aaaaaaaaaa\"), \"a\", \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\")",
        "split(string join(for i in 1..9000 return \"a,a,a,a,a,\"), \",\")",
        "matches(string join(for i in 1..9000 return \"aaaaaaaaaa\"), \"(a*)*(a*)*(a*)*b\")",
        "matches(\"a\", string join(for i in 1..9000 return \"(a|b)*\"))",
        "for i in 1..100000 return matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", \"(a?){30}a{30}\")",
        "matches(string join(for i in 1..900 return \"aaaaaaaaaa\"), \"(a?){500}(a){500}\")",
        "9.9 ** 999999999",
        "for i in 1..20000 return 1.000001 ** 999999",
        "for i in 1..20000 return sqrt(i) + exp(40) + log(i)",
        "for i in 1..20000 return decimal(i / 7, 28) ** 17",
        "for i in @\"0001-01-01\"..@\"9999-12-31\" return i",
        "for i in 1..20000 return @\"0001-01-01\" + duration(\"P\" + string(i) + \"D\")",
        "for i in 1..5000 return @\"2026-03-29T02:30:00@Europe/Vienna\" + @\"P1M\"",
        Big + "c: for i in 1..15000 return a = b}.c",
        Big + "c: for i in 1..15000 return a < b}.c",
        Big + "c: for i in 1..15000 return a in (b, b, b)}.c",
        Big + "c: for i in 1..15000 return [a, a] = [b, b]}.c",
        Big + "c: for i in 1..15000 return list contains([a], b)}.c",
        Big + "c: for i in 1..15000 return a between b and b}.c",
        Big + "c: for i in 1..15000 return max(a, b)}.c",
        Big + "c: for i in 1..15000 return during(a, [b..b])}.c",
        Big + "c: for i in 1..15000 return is(a, b)}.c",
        Big + "c: sort(for i in 1..5000 return a + \"\")}.c",
        Big + "c: for i in 1..15000 return upper case(a)}.c",
        Big + "c: for i in 1..15000 return contains(a, \"b\")}.c",
        Big + "c: for i in 1..15000 return ends with(a, a)}.c",
        Big + "c: for i in 1..15000 return substring(a, 5)}.c",
        Big + "c: for i in 1..15000 return substring before(a, \"b\")}.c",
        Big + "c: for i in 1..15000 return string length(a)}.c",
        Big + "c: for i in 1..15000 return string(a)}.c",
        Big + "c: for i in 1..15000 return number(a)}.c",
        Big + "c: for i in 1..15000 return number(a, \",\", \".\")}.c",
        Big + "c: for i in 1..15000 return duration(a)}.c",
        Big + "c: for i in 1..15000 return date(a)}.c",
        Big + "c: for i in 1..15000 return time(a)}.c",
        Big + "c: for i in 1..15000 return date and time(a)}.c",
        Big + "c: for i in 1..15000 return get value({x: 1}, a)}.c",
        Big + "c: for i in 1..15000 return context put({x: 1}, a, 2)}.c",
        Big + "c: for i in 1..15000 return context([{key: a, value: 1}])}.c",
        Big + "c: for i in 1..15000 return get entries({x: a})}.c",
        Big + "c: for i in 1..15000 return matches(\"x\", a)}.c",
        Big + "c: for i in 1..15000 return replace(\"x\", \"x\", a)}.c",
        Big + "c: for i in 1..15000 return split(a, \"b\")}.c",
        Big + "c: for i in 1..15000 return string join([a, a], a)}.c",
    ];

    [Theory, MemberData(nameof(Attacks))]
    public void An_attack_ends_by_its_budget(string text)
    {
        var expression = Sample.Compile(text);
        expression.Evaluate(Sample.Context());
        var (before, started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        var answer = expression.Evaluate(Sample.Context());
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        output.WriteLine($"{Stopwatch.GetElapsedTime(started).TotalMilliseconds,8:F1} ms {allocated >> 10,8} KiB {(answer.Value is null ? answer.Problem : "a value")} {text[Math.Max(0, text.Length - 60)..]}");
        Assert.True(allocated <= MostAllocated, $"{allocated >> 20} MiB");
    }

    [Fact]
    public void A_result_that_names_one_long_text_a_thousand_times_is_too_large()
    {
        foreach (var text in new[] { Big + "c: for i in 1..15000 return a}.c", Big + "c: {x: [a, a, [a, {y: a}], a, a], z: a..b}}.c", "for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]]" }.Where(t => Sample.TryCompile(t, out _) is not null))
        {
            Assert.Equal("The result is too large.", Sample.Compile(text).Evaluate(Sample.Context()).Problem);
        }

        Assert.Equal(20_000m, Sample.Value("count(for i in 1..20000 return i)"));
        Assert.Equal(20_000, Assert.IsAssignableFrom<IReadOnlyList<object?>>(Sample.Value("for i in 1..20000 return i")).Count);
    }

    [Fact]
    public void A_text_with_too_many_holes_is_refused_and_holes_share_a_budget()
    {
        var diagnostics = new List<Diagnostic>();
        Assert.Null(TextTemplate.Compile(SourceText.Of(string.Concat(Enumerable.Repeat("{{amount}}", TextTemplate.MaxHoles + 1))), Sample.Scope, diagnostics));
        Assert.Equal("A text has at most 1000 holes.", Assert.Single(diagnostics).Message);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var greedy = TextTemplate.Compile(SourceText.Of(string.Concat(Enumerable.Repeat("{{for i in 1..19000 return 1}}", 1_000)) + "end"), Sample.Scope, [])!.Render(Sample.Context());
        Assert.EndsWith("end", greedy, StringComparison.Ordinal);
        Assert.InRange(greedy.Length, 1_000, 1 << 20);

        TextTemplate.Compile(SourceText.Of(string.Concat(Enumerable.Repeat("{{\"", 500_000))), Sample.Scope, diagnostics);
        TextTemplate.Compile(SourceText.Of(string.Concat(Enumerable.Repeat("{{{", 300_000))), Sample.Scope, diagnostics);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * MostAllocated);
    }
}
