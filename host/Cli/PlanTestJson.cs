using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using ProcessManager.Flow.Testing;
using ProcessManager.Language;

namespace ProcessManager.Host.Cli;

/// <summary>The results of plan tests for programs.</summary>
internal static class PlanTestJson
{
    public static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IEnumerable<PlanOutcome> outcomes) =>
        new JsonArray([.. outcomes.Select(Plan)]).ToJsonString(Indented);

    private static JsonObject Plan(PlanOutcome outcome) => new()
    {
        ["plan"] = outcome.Plan,
        ["passed"] = outcome.Report?.Passed ?? false,
        ["milliseconds"] = Math.Round(outcome.Took.TotalMilliseconds, 3),
        ["diagnostics"] = JsonNode.Parse(DiagnosticPrinter.Json(outcome.Told)),
        ["tests"] = new JsonArray([.. (outcome.Report?.Results ?? []).Select(r => Test(r, outcome))]),
        ["coverage"] = outcome.Report is null ? null : Coverage(outcome.Report.Coverage, outcome),
    };

    private static JsonObject Test(PlanTestResult result, PlanOutcome outcome) => new()
    {
        ["name"] = result.Test.Name,
        ["line"] = result.Test.Span.StartLine,
        ["passed"] = result.Passed,
        ["failure"] = result.Failure is not { } failure ? null : new JsonObject
        {
            ["file"] = outcome.Shown(failure.At.File),
            ["line"] = failure.At.StartLine,
            ["column"] = failure.At.StartColumn,
            ["expected"] = failure.Expected,
            ["found"] = failure.Found,
            ["story"] = failure.Story,
        },
    };

    private static JsonObject Coverage(PlanCoverage coverage, PlanOutcome outcome) => new()
    {
        ["percent"] = coverage.Percent,
        ["stages"] = coverage.PercentOf(CoverageKind.Stage),
        ["steps"] = coverage.PercentOf(CoverageKind.Step),
        ["outcomes"] = coverage.PercentOf(CoverageKind.Outcome),
        ["timers"] = coverage.PercentOf(CoverageKind.Timer),
        ["missing"] = new JsonArray([.. coverage.Missing.Select(m => new JsonObject
        {
            ["kind"] = m.Kind.ToString().ToLowerInvariant(),
            ["name"] = m.Name,
            ["file"] = outcome.Shown(m.Span.File),
            ["line"] = m.Span.StartLine,
        })]),
    };
}

/// <summary>The results as JUnit XML: a suite for each plan, a case for each test, and an error for what cannot be tested.</summary>
internal static class JUnitWriter
{
    public static string Write(IReadOnlyList<PlanOutcome> outcomes)
    {
        var text = new Utf8Writer();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", CheckCharacters = true }))
        {
            xml.WriteStartElement("testsuites");
            foreach (var outcome in outcomes) { Suite(xml, outcome); }
            xml.WriteEndElement();
        }

        return text + "\n";
    }

    private static void Suite(XmlWriter xml, PlanOutcome outcome)
    {
        var results = outcome.Report?.Results ?? [];
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", outcome.Plan);
        xml.WriteAttributeString("tests", XmlConvert.ToString(outcome.IsBroken ? 1 : results.Length));
        xml.WriteAttributeString("failures", XmlConvert.ToString(results.Count(r => !r.Passed)));
        xml.WriteAttributeString("errors", XmlConvert.ToString(outcome.IsBroken ? 1 : 0));
        xml.WriteAttributeString("skipped", "0");
        xml.WriteAttributeString("time", Seconds(outcome.Took));
        if (outcome.IsBroken)
        {
            Case(xml, outcome, "can be tested", TimeSpan.Zero, () => Trouble(xml, "error", outcome.Told[0].Message, string.Join('\n', outcome.Told)));
        }

        foreach (var result in results)
        {
            Case(xml, outcome, result.Test.Name, outcome.Took / results.Length, () =>
            {
                if (result.Failure is { } failure)
                {
                    Trouble(xml, "failure", $"expected {failure.Expected}, found {failure.Found}", $"{outcome.At(failure.At)}\nexpected {failure.Expected}\nfound {failure.Found}\n\n{failure.Story}");
                }
            });
        }

        xml.WriteEndElement();
    }

    private static void Case(XmlWriter xml, PlanOutcome outcome, string name, TimeSpan took, Action inside)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", outcome.Plan);
        xml.WriteAttributeString("name", Clean(name));
        xml.WriteAttributeString("time", Seconds(took));
        inside();
        xml.WriteEndElement();
    }

    private static void Trouble(XmlWriter xml, string element, string message, string text)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString("message", Clean(message));
        xml.WriteAttributeString("type", element);
        xml.WriteString(Clean(text));
        xml.WriteEndElement();
    }

    private static string Seconds(TimeSpan took) => XmlConvert.ToString(Math.Round((decimal)took.TotalSeconds, 6));

    /// <summary>What XML can't hold (control characters, halves of surrogates) as a question mark.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var fits = rune.Value is '\t' or '\n' or '\r' or >= 0x20 and not (0xFFFE or 0xFFFF or 0xFFFD);
            clean.Append(fits ? rune.ToString() : "?");
        }

        return clean.ToString();
    }

    private sealed class Utf8Writer() : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
