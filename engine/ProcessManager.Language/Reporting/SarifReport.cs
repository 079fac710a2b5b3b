using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProcessManager.Language;

/// <summary>
/// Diagnostics in the form that code hosts and editors read (SARIF 2.1.0, OASIS): the rules that were met, each result with
/// its place, and what would mend it.
/// </summary>
public static class SarifReport
{
    public const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private static readonly JsonWriterOptions Readable =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="diagnostics">Paths in them are relative to where the report is read, with forward slashes, or whole.</param>
    /// <param name="toolVersion">The version of this program; null leaves it out.</param>
    public static string Write(IReadOnlyCollection<Diagnostic> diagnostics, string? toolVersion = null)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            var rules = diagnostics.Select(d => d.Code).Distinct().Order(StringComparer.Ordinal).ToList();
            json.WriteStartObject();
            json.WriteString("$schema", Schema);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            Tool(json, rules, toolVersion);
            json.WriteString("columnKind", "utf16CodeUnits");
            json.WriteStartArray("results");
            foreach (var diagnostic in diagnostics)
            {
                Result(json, diagnostic, rules.IndexOf(diagnostic.Code));
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Tool(Utf8JsonWriter json, List<string> rules, string? version)
    {
        var known = Errors.All.ToDictionary(e => e.Code);
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "Process Manager");
        if (version is not null)
        {
            json.WriteString("version", version);
        }

        json.WriteStartArray("rules");
        foreach (var code in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", code);
            if (known.TryGetValue(code, out var error))
            {
                Message(json, "shortDescription", error.Title);
                Message(json, "help", error.Help);
                json.WriteStartObject("defaultConfiguration");
                json.WriteString("level", Level(error.Severity));
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Result(Utf8JsonWriter json, Diagnostic diagnostic, int rule)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", diagnostic.Code);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", Level(diagnostic.Severity));
        Message(json, "message", diagnostic.Message);
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        Artifact(json, diagnostic.Span.File);
        Region(json, "region", diagnostic.Span);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        if (diagnostic.Fix is { } fix)
        {
            json.WriteStartArray("fixes");
            Fix(json, fix);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Fix(Utf8JsonWriter json, QuickFix fix)
    {
        json.WriteStartObject();
        Message(json, "description", fix.Title);
        json.WriteStartArray("artifactChanges");
        foreach (var file in fix.Edits.GroupBy(e => e.Span.File))
        {
            json.WriteStartObject();
            Artifact(json, file.Key);
            json.WriteStartArray("replacements");
            foreach (var edit in file)
            {
                json.WriteStartObject();
                Region(json, "deletedRegion", edit.Span);
                Message(json, "insertedContent", edit.NewText);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Level(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };

    private static void Message(Utf8JsonWriter json, string key, string text)
    {
        json.WriteStartObject(key);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static void Artifact(Utf8JsonWriter json, string path)
    {
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Uri(path));
        json.WriteEndObject();
    }

    /// <summary>A relative path as it is in a URI; a whole one as a file URI.</summary>
    private static string Uri(string path)
    {
        var parts = path.Replace('\\', '/').Split('/').Select(System.Uri.EscapeDataString);
        var escaped = string.Join('/', parts);
        return path.StartsWith('/') ? "file://" + escaped : path.Length > 1 && path[1] == ':' ? "file:///" + escaped : escaped;
    }

    private static void Region(Utf8JsonWriter json, string key, SourceSpan span)
    {
        json.WriteStartObject(key);
        json.WriteNumber("startLine", span.StartLine);
        json.WriteNumber("startColumn", span.StartColumn);
        json.WriteNumber("endLine", span.EndLine);
        json.WriteNumber("endColumn", span.EndColumn);
        json.WriteNumber("charOffset", span.Start);
        json.WriteNumber("charLength", span.End - span.Start);
        json.WriteEndObject();
    }
}
