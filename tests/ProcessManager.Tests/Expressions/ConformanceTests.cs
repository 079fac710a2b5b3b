using System.Globalization;
using System.Xml.Linq;
using ProcessManager.Language;
using ProcessManager.Language.Expressions;
using Xunit;
using Xunit.Abstractions;

namespace ProcessManager.Tests.Expressions;

/// <summary>
/// The FEEL cases of the DMN TCK as an outside yardstick. They aren't part of this repository: set DMN_TCK to the
/// folder TestCases of a copy of github.com/dmn-tck/tck to run them; DMN_TCK_REPORT names a file for what differs.
/// </summary>
public class ConformanceTests(ITestOutputHelper output)
{
    /// <summary>How many cases must be inside the subset: a wider exclusion shall not pass for a better result.</summary>
    private const int LeastInside = 2_600;

    /// <summary>How many typing may refuse that the standard answers with a value.</summary>
    private const int MostRefused = 40;

    private static readonly XNamespace Types = "http://www.w3.org/2001/XMLSchema-instance";

    private sealed record Case(string Folder, string Name, string Text, IReadOnlyDictionary<string, object?> Inputs, object? Expected);

    [Fact]
    public void Single_expressions_of_the_DMN_TCK_give_what_it_expects()
    {
        if (Environment.GetEnvironmentVariable("DMN_TCK") is not { } folder)
        {
            output.WriteLine("DMN_TCK isn't set.");
            return;
        }

        var cases = Directory.EnumerateFiles(folder, "*.dmn", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(CasesOf)
            .Select(c => (Case: c, Text: Difference(c, out var outside), Outside: outside)).ToList();
        var inside = cases.Where(c => c.Outside is null).ToList();
        var wrong = inside.Where(c => c.Text is not null).ToList();
        output.WriteLine($"{cases.Count(c => c.Text is null)} of {cases.Count} cases pass; {inside.Count - wrong.Count} of {inside.Count} inside the subset");
        foreach (var reason in cases.Where(c => c.Outside is not null).GroupBy(c => c.Outside).OrderByDescending(g => g.Count()))
        {
            output.WriteLine($"outside, {reason.Count()} cases, of which {reason.Count(c => c.Text is null)} pass: {reason.Key}");
        }

        if (Environment.GetEnvironmentVariable("DMN_TCK_REPORT") is { } report)
        {
            File.WriteAllLines(report, cases.Where(c => c.Text is not null)
                .Select(c => $"{c.Case.Folder} {c.Case.Name} ({c.Outside ?? "inside"})\n    {c.Case.Text.ReplaceLineEndings(" ")}\n    {c.Text}"));
        }

        Assert.True(inside.Count >= LeastInside, $"only {inside.Count} cases are inside the subset");
        Assert.InRange(cases.Count(c => c.Outside == Subset.Typing), 0, MostRefused);
        Assert.Equal([], wrong.Select(c => $"{c.Case.Folder} {c.Case.Name}: {c.Case.Text} {c.Text}"));
    }

    private static string? Difference(Case c, out string? outside)
    {
        var scope = new TypeScope(c.Inputs.ToDictionary(i => i.Key, _ => FeelType.AnyType));
        var compiled = Sample.TryCompile(c.Text, out var diagnostics, scope);
        outside = Subset.Reason(c.Folder, c.Text, diagnostics, c.Expected is null);
        var evaluation = compiled?.Evaluate(Sample.Context(c.Inputs)) ?? new Evaluation(null, diagnostics[0].ToString());
        var expected = c.Expected;
        var same = expected is decimal wanted && evaluation.Value is decimal got
            ? Math.Abs(wanted - got) < 0.00000001m
            : Comparing.Equal(Run.Probe(), evaluation.Value, expected) == true;
        return same ? null : $"gave {Write(evaluation.Value)}, expected {Write(expected)} {evaluation.Problem}";
    }

    private static string Write(object? value) => ValueText.Of(Run.Probe(), value) as string ?? "null";

    /// <summary>The decisions that are one expression over inputs at most.</summary>
    private static IEnumerable<Case> CasesOf(string file)
    {
        var model = XDocument.Load(file, LoadOptions.PreserveWhitespace).Root!;
        var ns = model.Name.Namespace;
        var decisions = model.Elements(ns + "decision")
            .Where(d => d.Element(ns + "literalExpression")?.Element(ns + "text") is not null &&
                !d.Elements(ns + "knowledgeRequirement").Any() && !d.Descendants(ns + "requiredDecision").Any())
            .ToDictionary(d => (string)d.Attribute("name")!, d => d.Element(ns + "literalExpression")!.Element(ns + "text")!.Value);
        foreach (var tests in Directory.EnumerateFiles(Path.GetDirectoryName(file)!, "*test*.xml").Order(StringComparer.Ordinal))
        {
            var root = XDocument.Load(tests, LoadOptions.PreserveWhitespace).Root!;
            var t = root.Name.Namespace;
            if (root.Element(t + "modelName")?.Value != Path.GetFileName(file))
            {
                continue;
            }

            foreach (var test in root.Elements(t + "testCase"))
            {
                var inputs = test.Elements(t + "inputNode").ToDictionary(i => (string)i.Attribute("name")!, ValueOf);
                foreach (var result in test.Elements(t + "resultNode"))
                {
                    if (decisions.TryGetValue((string)result.Attribute("name")!, out var text) && inputs.Keys.All(k => !k.Contains(' ', StringComparison.Ordinal)))
                    {
                        yield return new Case(Path.GetFileName(Path.GetDirectoryName(file)!), $"{test.Attribute("id")?.Value}", text, inputs,
                            result.Element(t + "expected") is { } expected ? ValueOf(expected) : null);
                    }
                }
            }
        }
    }

    private static object? ValueOf(XElement holder)
    {
        var ns = holder.Name.Namespace;
        if (holder.Element(ns + "list") is { } list)
        {
            return (bool?)list.Attribute(Types + "nil") == true ? null : list.Elements(ns + "item").Select(ValueOf).ToList();
        }

        if (holder.Elements(ns + "component").Any())
        {
            return holder.Elements(ns + "component").ToDictionary(c => (string)c.Attribute("name")!, ValueOf);
        }

        if (holder.Element(ns + "value") is not { } value || (bool?)value.Attribute(Types + "nil") == true)
        {
            return null;
        }

        var text = value.Value;
        return ((string?)value.Attribute(Types + "type"))?.Split(':')[^1] switch
        {
            "string" => text,
            "decimal" or "double" or "integer" => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? n : null,
            "boolean" => text is "true" or "1",
            "date" => DateText.Date(text),
            "time" => DateText.Time(text),
            "dateTime" => DateText.DateTime(text)?.In(Sample.Vienna),
            "duration" => DurationText.Parse(text),
            _ => text,
        };
    }
}
