using System.Text;
using ProcessManager.Language;
using ProcessManager.Language.Reading;
using ProcessManager.Language.Shaping;
using ProcessManager.Tests.Plans;
using Xunit;

namespace ProcessManager.Tests.Reading;

/// <summary>Editors (by the JSON schemas) and the compiler (by its shape check) agree on every file of the tests and of the definitions.</summary>
public class SchemaAgreementTests
{
    /// <summary>What the shape check finds and a JSON schema can't say, or says otherwise, with the reason.</summary>
    private static readonly Dictionary<string, string> OnlyTheCompilerSays = new(StringComparer.Ordinal)
    {
        [Errors.UnknownZone.Code] = "The names of time zones are not in the schema.",
        [Errors.NotADate.Code] = "A schema knows how a date looks, not which days there are.",
        [Errors.TooManySteps.Code] = "The limit is one of the whole plan, not of a map.",
        [Errors.UnknownCurrency.Code] = "It compares two places of a file.",
        [Errors.TwoLabels.Code] = "It compares two places of a file.",
    };

    /// <summary>The schema takes a number in quotes as a text of digits, whose bounds it can't compare.</summary>
    private static bool IsOnlyTheCompilers(Diagnostic told, string text) =>
        OnlyTheCompilerSays.ContainsKey(told.Code) || (told.Code == Errors.NotANumber.Code && text[told.Span.Start] is '"' or '\'');

    private static string? SchemaOf(string path) => Path.GetFileName(path) switch
    {
        "plan.yaml" => "plan.schema.json",
        "tests.yaml" => "tests.schema.json",
        "organisation.yaml" => "organisation.schema.json",
        _ when Path.GetFileName(Path.GetDirectoryName(path)) == "calendars" => "calendar.schema.json",
        _ => null,
    };

    private static ObjectShape ShapeOf(string schema) => schema switch
    {
        "plan.schema.json" => PlanShape.Plan,
        "tests.schema.json" => TestsShape.File,
        "organisation.schema.json" => OrganisationShape.Organisation,
        _ => CalendarShape.Calendar,
    };

    private static List<Diagnostic>? Shape(string schema, string text)
    {
        var diagnostics = new List<Diagnostic>();
        if (YamlReader.Read("x.yaml", text, diagnostics) is not { } node || diagnostics.Exists(d => d.Severity == Severity.Error))
        {
            return null;
        }

        ShapeChecker.Check(node, ShapeOf(schema), diagnostics);
        return diagnostics.FindAll(d => d.Severity == Severity.Error);
    }

    private static List<(string Name, string Schema, string Text)> Files() =>
        [.. new[] { "tests/Plans", "definitions" }
            .SelectMany(f => Directory.GetFiles(Path.Combine(Repository.Root, f), "*.yaml", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal)
            .Select(f => (Name: Path.GetRelativePath(Repository.Root, f), Schema: SchemaOf(f), Text: File.ReadAllText(f, Encoding.UTF8)))
            .Where(f => f.Schema is not null)
            .Select(f => (f.Name, f.Schema!, f.Text))];

    private static void Agree(List<(string Name, string Schema, string Text)> files)
    {
        var told = SchemaValidator.Check([.. files.Select(f => (f.Schema, f.Text))]);
        var wrong = new List<string>();
        foreach (var ((name, schema, text), complaint) in files.Zip(told))
        {
            if (Shape(schema, text) is not { } shape)
            {
                continue;
            }

            if (shape.Count == 0 && complaint is not null)
            {
                wrong.Add($"{name}: the compiler accepts it, the schema says {complaint}\n{(text.Length < 400 ? text : "")}");
            }
            else if (complaint is null && shape.Exists(d => !IsOnlyTheCompilers(d, text)))
            {
                wrong.Add($"{name}: the schema accepts it, the compiler says {shape.First(d => !IsOnlyTheCompilers(d, text))}\n{(text.Length < 400 ? text : "")}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong.Take(20)));
    }

    [NodeFact]
    public void The_schemas_accept_and_refuse_what_the_shape_check_does()
    {
        var files = Files();
        Assert.True(files.Count > 50);
        Assert.Contains(files, f => Shape(f.Schema, f.Text) is { Count: > 0 });
        Agree(files);
    }

    [NodeFact]
    public void So_do_they_where_one_key_or_value_of_a_good_file_is_spoilt()
    {
        var random = new Random(20260302);
        List<(string, string, string)> spoilt = [];
        foreach (var (name, schema, text) in Files().Where(f => f.Text.Length < 20_000 && Shape(f.Schema, f.Text) is { Count: 0 }))
        {
            var lines = text.Split('\n');
            for (var i = 0; i < 12; i++)
            {
                var at = random.Next(lines.Length);
                if (Spoil(lines[at], random) is { } line && line != lines[at])
                {
                    spoilt.Add(($"{name}:{at + 1}", schema, string.Join('\n', [.. lines[..at], line, .. lines[(at + 1)..]])));
                }
            }
        }

        Assert.True(spoilt.Count > 300, $"{spoilt.Count}");
        Agree(spoilt);
    }

    private static string? Spoil(string line, Random random)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 1 || line.TrimStart().StartsWith('#'))
        {
            return null;
        }

        var (key, value) = (line[..colon], line[(colon + 2)..]);
        return random.Next(9) switch
        {
            0 => $"{key}x: {value}",
            1 => $"{key}: [one, two]",
            2 => $"{key}: {{ one: two }}",
            3 => key + ":",
            4 => $"{key}: 101",
            5 => $"{key}: maybe",
            6 => $"{key}: \"  \"",
            7 => $"{key}: true",
            _ => $"{key}: \"40\"",
        };
    }

    [Fact]
    public void Every_exception_is_a_code_of_shapes() =>
        Assert.All(OnlyTheCompilerSays.Keys, code => Assert.Contains(Errors.All, e => e.Code == code && code.StartsWith("PM11", StringComparison.Ordinal)));
}
