using System.Text;
using System.Xml;
using System.Xml.Linq;
using ProcessManager.Language;

namespace ProcessManager.Engine.Effects;

/// <summary>
/// Replaces the merge fields of one part of a Word document. A field is written either as one element (<c>fldSimple</c>), or as a row of
/// runs from <c>begin</c> over its instruction and <c>separate</c> to <c>end</c>, which editors cut into pieces as they like.
/// </summary>
internal static class FieldMerge
{
    public static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private static readonly XNamespace Strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";

    public static void Replace(XElement root, IReadOnlyDictionary<string, string> texts)
    {
        var w = root.Name.Namespace == Strict ? Strict : W;
        foreach (var simple in root.Descendants(w + "fldSimple").Reverse().ToList())
        {
            if (MergeInstruction.Parse((string?)simple.Attribute(w + "instr")) is { } merge)
            {
                simple.ReplaceWith(Runs(w, merge.Text(texts), FormatOf(simple.Descendants(w + "r").FirstOrDefault(), w), inInstruction: false));
            }
        }

        Complex(root, w, texts);
    }

    private static void Complex(XElement root, XNamespace w, IReadOnlyDictionary<string, string> texts)
    {
        foreach (var run in root.Descendants(w + "r").Where(r => r.Elements(w + "fldChar").Any() && r.Elements().Count(e => e.Name != w + "rPr") > 1).ToList())
        {
            Split(run, w);
        }

        var open = new Stack<Field>();
        foreach (var run in root.Descendants(w + "r").ToList())
        {
            switch ((string?)run.Element(w + "fldChar")?.Attribute(w + "fldCharType"))
            {
                case "begin":
                    open.Push(new Field());
                    open.Peek().Runs.Add(run);
                    break;
                case "separate" when open.Count > 0:
                    open.Peek().Runs.Add(run);
                    open.Peek().Separated = true;
                    break;
                case "end" when open.Count > 0:
                    var field = open.Pop();
                    field.Runs.Add(run);
                    Finish(field, open, w, texts);
                    break;
                default:
                    if (open.Count > 0) { open.Peek().Take(run, w); }
                    break;
            }
        }
    }

    private static void Finish(Field field, Stack<Field> around, XNamespace w, IReadOnlyDictionary<string, string> texts)
    {
        if (MergeInstruction.Parse(field.Instruction.ToString()) is not { } merge)
        {
            // Another kind of field, a page number or a condition, stays; what is in it belongs to the one around it.
            if (around.Count > 0) { around.Peek().Runs.AddRange(field.Runs); }
            return;
        }

        // In the instruction of another field a text is a part of that instruction.
        var inInstruction = around.Count > 0 && !around.Peek().Separated;
        var format = FormatOf(field.Result ?? field.Instructed ?? field.Runs[0], w);
        var made = Runs(w, merge.Text(texts), format, inInstruction);
        field.Runs[0].AddBeforeSelf(made);
        foreach (var run in field.Runs) { run.Remove(); }
        if (around.Count > 0)
        {
            foreach (var run in made) { around.Peek().Take(run, w); }
        }
    }

    /// <summary>One run for each part of a run that holds several, each in the formatting of the whole.</summary>
    private static void Split(XElement run, XNamespace w)
    {
        var format = run.Element(w + "rPr");
        foreach (var part in run.Elements().Where(e => e.Name != w + "rPr").ToList())
        {
            run.AddBeforeSelf(new XElement(w + "r", run.Attributes(), format is null ? null : new XElement(format), new XElement(part)));
        }

        run.Remove();
    }

    private static XElement? FormatOf(XElement? run, XNamespace w) => run?.Element(w + "rPr") is { } format ? new XElement(format) : null;

    private static List<XElement> Runs(XNamespace w, string text, XElement? format, bool inInstruction)
    {
        if (text.Length == 0) { return []; }
        var run = new XElement(w + "r", format);
        if (inInstruction)
        {
            run.Add(Text(w + "instrText", Clean(text).ReplaceLineEndings(" ")));
            return [run];
        }

        var lines = Clean(text).ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0) { run.Add(new XElement(w + "br")); }
            var cells = lines[i].Split('\t');
            for (var c = 0; c < cells.Length; c++)
            {
                if (c > 0) { run.Add(new XElement(w + "tab")); }
                if (cells[c].Length > 0) { run.Add(Text(w + "t", cells[c])); }
            }
        }

        return [run];
    }

    private static XElement Text(XName name, string text) => new(name, new XAttribute(XNamespace.Xml + "space", "preserve"), text);

    /// <summary>Without what XML cannot hold: control characters, halves of pairs.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) { clean.Append(text[i]).Append(text[++i]); }
            else if (XmlConvert.IsXmlChar(text[i])) { clean.Append(text[i]); }
        }

        return clean.ToString();
    }

    /// <summary>A field that has begun.</summary>
    private sealed class Field
    {
        public List<XElement> Runs { get; } = [];
        public StringBuilder Instruction { get; } = new();
        public bool Separated { get; set; }
        public XElement? Instructed { get; private set; }
        public XElement? Result { get; private set; }

        public void Take(XElement run, XNamespace w)
        {
            Runs.Add(run);
            if (Separated) { Result ??= run.Element(w + "t") is null ? null : run; }
            else if (run.Elements(w + "instrText").Any())
            {
                Instructed ??= run;
                foreach (var text in run.Elements(w + "instrText")) { Instruction.Append(text.Value); }
            }
        }
    }
}

/// <summary>The instruction of a merge field: <c>MERGEFIELD "First name" \b "Dear " \* Upper</c>.</summary>
/// <param name="Before">Written before the text where that is not empty.</param>
/// <param name="After">Written after it.</param>
/// <param name="Case"><c>upper</c>, <c>lower</c>, <c>firstcap</c>, <c>caps</c>; null as it is.</param>
internal sealed record MergeInstruction(string Name, string Before, string After, string? Case)
{
    /// <returns>Null where it is another field.</returns>
    public static MergeInstruction? Parse(string? instruction)
    {
        // The name is read as the compiler read it.
        if (LetterTemplate.FieldNameIn(instruction ?? "") is not { } name) { return null; }
        var words = Words(instruction!);
        var merge = new MergeInstruction(name, "", "", null);
        for (var i = 1; i + 1 < words.Count; i++)
        {
            switch (words[i].ToLowerInvariant())
            {
                case "\\b": merge = merge with { Before = words[++i] }; break;
                case "\\f": merge = merge with { After = words[++i] }; break;
                case "\\*":
                    var format = words[++i].ToLowerInvariant();
                    if (format is "upper" or "lower" or "firstcap" or "caps") { merge = merge with { Case = format }; }
                    break;
            }
        }

        return merge;
    }

    public string Text(IReadOnlyDictionary<string, string> texts)
    {
        if (!texts.TryGetValue(Name, out var text) || text.Length == 0) { return ""; }
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        return Before + Case switch
        {
            "upper" => text.ToUpper(culture),
            "lower" => text.ToLower(culture),
            "firstcap" => char.ToUpper(text[0], culture) + text[1..],
            "caps" => culture.TextInfo.ToTitleCase(text),
            _ => text,
        } + After;
    }

    /// <summary>Words between blanks; a word in quotes may hold blanks, and <c>\"</c> is a quote in it.</summary>
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i])) { continue; }
            var word = new StringBuilder();
            var quoted = text[i] is '"' or '“' or '”';
            if (quoted) { i++; }
            for (; i < text.Length && (quoted ? text[i] is not ('"' or '“' or '”') : !char.IsWhiteSpace(text[i])); i++)
            {
                if (quoted && text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\\') { i++; }
                word.Append(text[i]);
            }

            words.Add(word.ToString());
        }

        return words;
    }
}
