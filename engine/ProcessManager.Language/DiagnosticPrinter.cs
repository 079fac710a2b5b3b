using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language;

/// <summary>Writes diagnostics for people, with the line they are about and a mark under it, and for programs as JSON.</summary>
public static class DiagnosticPrinter
{
    /// <summary>How much of a long line is shown.</summary>
    private const int Width = 120;

    /// <summary>The diagnostics of a compilation, and a last line that counts them; empty where there are none.</summary>
    public static string Print(Compilation compilation)
    {
        var texts = compilation.Sources.DistinctBy(s => s.Path).ToDictionary(s => s.Path, s => s.Content);
        return Print(compilation.Diagnostics, path => texts.TryGetValue(path, out var content) ? Encoding.UTF8.GetString(content.Span) : null);
    }

    /// <param name="textOf">The text of a file by its path; null where it isn't at hand, then only the message is written.</param>
    public static string Print(IReadOnlyCollection<Diagnostic> diagnostics, Func<string, string?> textOf)
    {
        var files = new Dictionary<string, SourceFile?>();
        var printed = new StringBuilder();
        foreach (var diagnostic in diagnostics)
        {
            var path = diagnostic.Span.File;
            if (!files.TryGetValue(path, out var file))
            {
                files[path] = file = textOf(path) is { } text ? new SourceFile(path, text) : null;
            }

            One(diagnostic, file, printed);
        }

        if (diagnostics.Count > 0)
        {
            printed.Append(Count(diagnostics)).Append('\n');
        }

        return printed.ToString();
    }

    /// <summary>A JSON array; lines and columns count from 1, ends are exclusive.</summary>
    public static string Json(IEnumerable<Diagnostic> diagnostics)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            foreach (var diagnostic in diagnostics)
            {
                Write(diagnostic, json);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary><c>2 errors, 1 warning</c>.</summary>
    public static string Count(IEnumerable<Diagnostic> diagnostics)
    {
        var counts = diagnostics.GroupBy(d => d.Severity).OrderByDescending(g => g.Key)
            .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {g.Key.ToString().ToLowerInvariant()}{(g.Count() == 1 ? "" : "s")}"));
        return string.Join(", ", counts) is { Length: > 0 } text ? text : "no problems";
    }

    private static void One(Diagnostic diagnostic, SourceFile? file, StringBuilder printed)
    {
        printed.Append(diagnostic).Append('\n');
        var span = diagnostic.Span;
        if (file is not null && span.StartLine <= file.LineCount)
        {
            var line = file.Text[file.LineStart(span.StartLine)..file.LineEnd(span.StartLine)];
            var to = span.EndLine > span.StartLine ? line.Length : span.EndColumn - 1;
            Marked(line, span.StartLine, span.StartColumn - 1, to, printed);
        }

        if (diagnostic.Fix is { } fix)
        {
            printed.Append("      = fix: ").Append(fix.Title).Append('\n');
        }
    }

    private static void Marked(string line, int number, int from, int to, StringBuilder printed)
    {
        from = Math.Clamp(from, 0, line.Length);
        to = Math.Clamp(to, from, line.Length);
        var first = from > Width * 2 / 3 ? from - (Width / 3) : 0;
        var shown = line[first..Math.Min(line.Length, first + Width)];
        var (before, after) = (first > 0 ? "…" : "", first + Width < line.Length ? "…" : "");
        printed.Append(CultureInfo.InvariantCulture, $"{number,5} | {before}{shown}{after}\n");

        // Tabs are repeated, so that the mark stands under what it marks however wide they are shown.
        var blanks = string.Concat(line[first..from].Select(c => c == '\t' ? '\t' : ' '));
        var length = Math.Max(1, Math.Min(to, first + Width) - from);
        printed.Append("      | ").Append(before.Length > 0 ? " " : "").Append(blanks).Append('^', length).Append('\n');
    }

    private static void Write(Diagnostic diagnostic, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("code", diagnostic.Code);
        json.WriteString("severity", diagnostic.Severity.ToString().ToLowerInvariant());
        json.WriteString("message", diagnostic.Message);
        Write(diagnostic.Span, json);
        if (diagnostic.Fix is { } fix)
        {
            json.WriteStartObject("fix");
            json.WriteString("title", fix.Title);
            json.WriteStartArray("edits");
            foreach (var edit in fix.Edits)
            {
                json.WriteStartObject();
                Write(edit.Span, json);
                json.WriteString("newText", edit.NewText);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(SourceSpan span, Utf8JsonWriter json)
    {
        json.WriteString("file", span.File);
        json.WriteNumber("line", span.StartLine);
        json.WriteNumber("column", span.StartColumn);
        json.WriteNumber("endLine", span.EndLine);
        json.WriteNumber("endColumn", span.EndColumn);
        json.WriteNumber("start", span.Start);
        json.WriteNumber("end", span.End);
    }
}
