using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language;

/// <summary>Writes diagnostics for people, with the line they are about and a mark under it, and for programs as JSON.</summary>
public static class DiagnosticPrinter
{
    /// <summary>How much of a long line is shown, in UTF-16 code units.</summary>
    private const int Width = 120;

    /// <summary>The diagnostics of a compilation, and a last line that counts them; empty where there are none.</summary>
    public static string Print(Compilation compilation)
    {
        var texts = compilation.Sources.DistinctBy(s => s.Path).ToDictionary(s => s.Path, s => s.Content);
        return Print(compilation.Diagnostics, path => texts.TryGetValue(path, out var content) ? Encoding.UTF8.GetString(content.Span) : null);
    }

    /// <param name="textOf">The text of a file by its path; null where it isn't at hand, then only the message is written.</param>
    /// <param name="colours">True for a terminal that shows colours (ANSI).</param>
    public static string Print(IReadOnlyCollection<Diagnostic> diagnostics, Func<string, string?> textOf, bool colours = false)
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

            One(diagnostic, file, colours ? Paint.Colours : Paint.None, printed);
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

    private static void One(Diagnostic diagnostic, SourceFile? file, Paint paint, StringBuilder printed)
    {
        var severity = diagnostic.Severity.ToString().ToLowerInvariant();
        printed.Append(paint.Bold($"{diagnostic.Span}:")).Append(' ')
            .Append(paint.Of(diagnostic.Severity, $"{severity} {diagnostic.Code}:")).Append(' ').Append(diagnostic.Message).Append('\n');
        var span = diagnostic.Span;
        if (file is not null && span.StartLine <= file.LineCount)
        {
            var line = file.Text[file.LineStart(span.StartLine)..file.LineEnd(span.StartLine)];
            var to = span.EndLine > span.StartLine ? line.Length : span.EndColumn - 1;
            Marked(line, span.StartLine, span.StartColumn - 1, to, paint, diagnostic.Severity, printed);
        }

        if (diagnostic.Fix is { } fix)
        {
            printed.Append("      = ").Append(paint.Good("fix:")).Append(' ').Append(fix.Title).Append('\n');
        }
    }

    private static void Marked(string line, int number, int from, int to, Paint paint, Severity severity, StringBuilder printed)
    {
        from = Math.Clamp(from, 0, line.Length);
        to = Math.Clamp(to, from, line.Length);
        var first = Whole(line, from > Width * 2 / 3 ? from - (Width / 3) : 0);
        var last = Whole(line, Math.Min(line.Length, first + Width));
        var (before, after) = (first > 0 ? "…" : "", last < line.Length ? "…" : "");
        printed.Append(paint.Quiet(string.Create(CultureInfo.InvariantCulture, $"{number,5} |"))).Append(' ')
            .Append(before).Append(line, first, last - first).Append(after).Append('\n');

        // Tabs are repeated, so that the mark stands under what it marks however wide they are shown.
        var blanks = new StringBuilder(before.Length > 0 ? " " : "");
        foreach (var rune in line.AsSpan(first, from - first).EnumerateRunes())
        {
            _ = rune.Value == '\t' ? blanks.Append('\t') : blanks.Append(' ', TerminalWidth.Of(rune));
        }

        var length = TerminalWidth.Of(line.AsSpan(from, Math.Max(from, Math.Min(to, last)) - from));
        printed.Append(paint.Quiet("      |")).Append(' ').Append(blanks)
            .Append(paint.Of(severity, new string('^', Math.Max(1, length)))).Append('\n');
    }

    /// <summary>The place, or the one before it where it is inside a character of two code units.</summary>
    private static int Whole(string line, int at) =>
        at > 0 && at < line.Length && char.IsLowSurrogate(line[at]) && char.IsHighSurrogate(line[at - 1]) ? at - 1 : at;

    /// <summary>Colours of a terminal, or none.</summary>
    private sealed class Paint(bool colours)
    {
        public static readonly Paint None = new(false), Colours = new(true);

        public string Of(Severity severity, string text) => With(severity switch
        {
            Severity.Error => "1;31",
            Severity.Warning => "1;33",
            _ => "1;36",
        }, text);

        public string Bold(string text) => With("1", text);

        public string Quiet(string text) => With("34", text);

        public string Good(string text) => With("32", text);

        private string With(string code, string text) => colours ? $"\e[{code}m{text}\e[0m" : text;
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
