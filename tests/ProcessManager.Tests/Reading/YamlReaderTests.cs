using System.Text;
using ProcessManager.Language;
using ProcessManager.Language.Reading;
using Xunit;

namespace ProcessManager.Tests.Reading;

public class YamlReaderTests
{
    private const string File = "plan.yaml";

    private static (YamlNode? Node, List<Diagnostic> Found) Read(string text)
    {
        var found = new List<Diagnostic>();
        return (YamlReader.Read(File, text, found), found);
    }

    private static (YamlNode? Node, List<Diagnostic> Found) Read(byte[] bytes)
    {
        var found = new List<Diagnostic>();
        return (YamlReader.Read(File, bytes, found), found);
    }

    private static YamlMapping Map(string text)
    {
        var (node, found) = Read(text);
        Assert.Empty(found);
        return Assert.IsType<YamlMapping>(node);
    }

    /// <summary>The mend applied to the text.</summary>
    private static string Mended(string text, Diagnostic diagnostic)
    {
        foreach (var edit in Assert.IsType<QuickFix>(diagnostic.Fix).Edits)
        {
            text = text[..edit.Span.Start] + edit.NewText + text[edit.Span.End..];
        }

        return text;
    }

    [Fact]
    public void Keys_lists_and_texts_are_read_in_the_order_written_with_their_places()
    {
        var map = Map("name: Enquiry\nform: [product, amount]\nsteps:\n  - one\n  - { task: Call }\n");
        Assert.Equal(["name", "form", "steps"], map.Entries.Select(e => e.Name));
        var form = Assert.IsType<YamlSequence>(map["form"]);
        Assert.True(form.IsFlow);
        Assert.Equal("plan.yaml:2:7", form.Span.ToString());
        Assert.Equal((2, 24), (form.Span.EndLine, form.Span.EndColumn));
        var steps = Assert.IsType<YamlSequence>(map["steps"]);
        Assert.Equal((4, 3, 5, 19), (steps.Span.StartLine, steps.Span.StartColumn, steps.Span.EndLine, steps.Span.EndColumn));
        Assert.Equal("Call", Assert.IsType<YamlScalar>(Assert.IsType<YamlMapping>(steps.Items[1])["task"]).Value);
    }

    [Theory]
    [InlineData("on")]
    [InlineData("no")]
    [InlineData("yes")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("1e999")]
    [InlineData("2026-03-01")]
    [InlineData("0x1F")]
    [InlineData("Österreich 😀 中文")]
    public void Scalars_are_text_whatever_they_look_like(string value)
    {
        var scalar = Assert.IsType<YamlScalar>(Map($"a: {value}\n")["a"]);
        Assert.Equal(value, scalar.Value);
        Assert.False(scalar.IsNothing);
    }

    [Fact]
    public void A_key_without_a_value_holds_nothing()
    {
        var scalar = Assert.IsType<YamlScalar>(Map("interested:\nsold:\n")["interested"]);
        Assert.True(scalar.IsNothing);
        Assert.Equal("plan.yaml:1:12", scalar.Span.ToString());
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    [InlineData("\r")]
    public void Line_ends_of_every_kind_are_counted(string end)
    {
        var map = Map(string.Join(end, "a: one", "b: |", "  x", "  y", "", "c: 😀 three", ""));
        var c = map.Find("c")!;
        Assert.Equal("plan.yaml:6:1", c.Key.Span.ToString());
        Assert.Equal("plan.yaml:6:4", c.Value.Span.ToString());
        Assert.Equal(12, c.Value.Span.EndColumn);
        Assert.Equal("x\ny\n", Assert.IsType<YamlScalar>(map["b"]).Value);
        Assert.Equal((4, 4), (map["b"]!.Span.EndLine, map["b"]!.Span.EndColumn));
    }

    [Fact]
    public void A_byte_order_mark_belongs_to_no_column()
    {
        var bytes = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes("a: ü\n")).ToArray();
        var (node, found) = Read(bytes);
        Assert.Empty(found);
        Assert.Equal("plan.yaml:1:1", node!.Span.ToString());
        var text = Map("\uFEFFa: ü\nb: 2\n");
        Assert.Equal("plan.yaml:1:1", text.Entries[0].Key.Span.ToString());
        Assert.Equal("plan.yaml:2:4", text["b"]!.Span.ToString());
        Assert.Equal("ü", text.File.Text[text["a"]!.Start..text["a"]!.End]);
    }

    public static TheoryData<string, string, string> Refusals => new()
    {
        { "", "1:1 PM1004", "The file is empty." },
        { "\n# nothing\n\n", "1:1 PM1004", "The file is empty." },
        { "---\n", "1:1 PM1004", "The file is empty." },
        { "a: 1\nb: x\0y\n", "2:5 PM1003", "Here stands a NUL character (U+0000), which has no place in a text. Remove it." },
        { "a: \u001b[31m\n", "1:4 PM1003", "Here stands a control character (U+001B), which has no place in a text. Remove it." },
        { "a: x\u2028y\n", "1:5 PM1003", "Here stands an invisible line separator (U+2028), which has no place in a text. Remove it." },
        { "a:\n\tb: 1\n", "2:1 PM1005", "This line is indented with a tab. Indent with spaces, two for each level." },
        { "a:\n  b: 1\n \t c: 1\n", "3:1 PM1005", "This line is indented with a tab. Indent with spaces, two for each level." },
        { "a: 1\na: 2\n", "2:1 PM1011", "“a” is already written in line 1. Keep one of the two, or rename one." },
        { "x: { a: 1, b: 2, a: 3 }\n", "1:18 PM1011", "“a” is already written in line 1. Keep one of the two, or rename one." },
        { "a: &one x\n", "1:4 PM1012", "Anchors such as &one are not part of the language. Remove it, or quote the text." },
        { "a: *one\n", "1:4 PM1012", "Aliases such as *one are not part of the language. Write the value out, or quote the text." },
        { "a: !!int 10\n", "1:4 PM1013", "Tags such as !!int are not part of the language. Remove it, or quote the text." },
        { "a: !important\n", "1:4 PM1013", "Tags such as !important are not part of the language. Remove it, or quote the text." },
        { "%YAML 1.2\n---\na: 1\n", "1:1 PM1014", "Directives are not part of the language. Remove the line." },
        { "a: 1\n---\nb: 2\n", "2:1 PM1015", "A second document begins here. A file holds one." },
        { "<<: { a: 1 }\n", "1:1 PM1016", "Merge keys are not part of the language. Write the keys out." },
        { "? [a, b]\n: c\n", "1:3 PM1017", "Expected a name before the colon, found a list." },
        { "? { a: b }\n: c\n", "1:3 PM1017", "Expected a name before the colon, found keys with values." },
        { "a: b: c\n", "1:4 PM1010", "A text that holds `: ` must be quoted: YAML takes it for a key." },
        { "- name: Offer: the first # x\n", "1:9 PM1010", "A text that holds `: ` must be quoted: YAML takes it for a key." },
        { "a: @home\n", "1:4 PM1010", "A text can't begin with `@`. Put it in quotes." },
        { "a: 5\nb: %x\n", "2:4 PM1010", "A text can't begin with `%`. Put it in quotes." },
        { "a: * * *\n", "1:4 PM1010", "A text can't begin with `*`. Put it in quotes." },
        { "a: {{x}}\n", "1:4 PM1009", "A text that begins with {{ must be quoted: YAML takes the { for a map." },
        { "a: {{x}} wants # c\n", "1:4 PM1009", "A text that begins with {{ must be quoted: YAML takes the { for a map." },
        { "- { a: {{x}}, b: 1 }\n", "1:8 PM1009", "A text that begins with {{ must be quoted: YAML takes the { for a map." },
        { "- { a: Call {{x}} z, b: 1 }\n", "1:8 PM1009", "A text with {{…}} inside { } or [ ] must be quoted: YAML takes the { for a map." },
        { "- [b, Call {{x}} z]\n", "1:7 PM1009", "A text with {{…}} inside { } or [ ] must be quoted: YAML takes the { for a map." },
        { "a: 1\n b: 2\n", "2:2 PM1006", "This key is indented deeper than the line above, which has a value already. Indent it like the key above, or remove that value." },
        { "a: [1, 2\nb: 3\n", "1:4 PM1007", "This [ is not closed, or a comma is missing after it. Expected , or ] at line 1." },
        { "a: {b: 1\n", "1:4 PM1007", "This { is not closed, or a comma is missing after it. Expected , or } at line 1." },
        { "a: \"x\nb: 2\n", "1:4 PM1008", "The text that begins with this quote is not closed, or its next lines are not indented." },
        { "a: 'x\n", "1:4 PM1008", "The text that begins with this quote is not closed, or its next lines are not indented." },
        { "a: \"ok \\n C:\\data\"\n", "1:13 PM1022", "In a text in double quotes a backslash begins an escape such as \\n, and this one is unknown. Write \\\\ for a backslash." },
        { "a: 1\nfoo\nb: 2\n", "2:1 PM1006", "Expected `key: value`; this line has no colon." },
        { "a:\n  b: 1\n c: 2\n", "3:2 PM1006", "Expected a key that is indented like the keys above (column 1); this line begins in column 2." },
        { "a: \"b\" c\n", "1:8 PM1006", "Nothing may follow the closing \". Put the whole text in quotes." },
        { "- a\nb: 1\n", "2:1 PM1006", "Expected `- ` for the next item of the list above (column 1), or a line indented less." },
        { "a: - b\n", "1:4 PM1006", "A list can't begin on the line of its key. Put `- ` on a line of its own." },
        { "a: ]\n", "1:4 PM1006", "Expected a value here, found `]`." },
        { "a: | text\n", "1:4 PM1006", "After | or > the text begins on the next line, indented deeper than the key." },
        { "  a: 1\nb: 2\n", "2:1 PM1006", "This doesn't belong to what stands above it. Compare the indentation, and look for a missing colon." },
        { "{a: 1}\n]\n", "2:1 PM1006", "This doesn't belong to what stands above it. Compare the indentation, and look for a missing colon." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_is_no_part_of_the_language_is_refused_with_place_and_sentence(string text, string where, string message)
    {
        var (_, found) = Read(text);
        var diagnostic = Assert.Single(found);
        Assert.Equal(where, $"{diagnostic.Span.StartLine}:{diagnostic.Span.StartColumn} {diagnostic.Code}");
        Assert.Equal(message, diagnostic.Message);
        Assert.Equal(Severity.Error, diagnostic.Severity);
    }

    [Fact]
    public void Half_of_a_character_is_refused()
    {
        var (node, found) = Read("a: 😀x" + '\uD800' + "y\n");
        Assert.Null(node);
        Assert.Equal("plan.yaml:1:7: error PM1003: Here stands half of a character (U+D800), which has no place in a text. Remove it.", Assert.Single(found).ToString());
    }

    [Theory]
    [InlineData("a: {{x}} wants it # c\nb: 1\n", "a: \"{{x}} wants it\" # c\nb: 1\n")]
    [InlineData("a: {{x}} said \"no\"\n", "a: '{{x}} said \"no\"'\n")]
    [InlineData("a: [b, Call {{x}} now]\n", "a: [b, \"Call {{x}} now\"]\n")]
    [InlineData("- { a: {{x}}, b: 1 }\n", "- { a: \"{{x}}\", b: 1 }\n")]
    [InlineData("a: Offer: one\n", "a: \"Offer: one\"\n")]
    [InlineData("a: @home\n", "a: \"@home\"\n")]
    [InlineData("a: *x\n", "a: \"*x\"\n")]
    [InlineData("a: \"C:\\data\"\n", "a: \"C:\\\\data\"\n")]
    [InlineData("a:\n\tb: 1\n", "a:\n  b: 1\n")]
    [InlineData("a: x\0y\n", "a: xy\n")]
    public void The_offered_mend_makes_a_file_that_reads(string text, string expected)
    {
        var mended = Mended(text, Assert.Single(Read(text).Found));
        Assert.Equal(expected, mended);
        Assert.Empty(Read(mended).Found);
    }

    [Fact]
    public void A_value_without_its_quotes_does_not_hide_the_mistakes_after_it()
    {
        var (node, found) = Read("a: {{x}}\nb: one: two\nc: [Call {{y}}]\nd: 1\nd: 2\n");
        Assert.Equal([(1, "PM1009"), (2, "PM1010"), (3, "PM1009"), (5, "PM1011")], found.Select(d => (d.Span.StartLine, d.Code)));
        var map = Assert.IsType<YamlMapping>(node);
        Assert.True(map["a"]!.IsBroken);
        Assert.False(map["d"]!.IsBroken);
        Assert.Equal("plan.yaml:4:4", map["d"]!.Span.ToString());
    }

    [Fact]
    public void A_hidden_change_of_direction_is_warned_of_and_read()
    {
        var (node, found) = Read("a: \u202Efeed\n");
        Assert.NotNull(node);
        Assert.Equal("plan.yaml:1:4: warning PM1021: Here stands a hidden sign (U+202E) that changes the direction of writing.", Assert.Single(found).ToString());
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0 }, "1:1", "The file is saved as UTF-16 or UTF-32. Save it as UTF-8.")]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, 0x61 }, "1:1", "The file is saved as UTF-16 or UTF-32. Save it as UTF-8.")]
    [InlineData(new byte[] { 0x61, 0x3A, 0x0A, 0x62, 0xC3, 0x28 }, "2:2", "Here stands the byte 0xC3, which is not UTF-8. Save the file as UTF-8.")]
    [InlineData(new byte[] { 0x61, 0xFC }, "1:2", "Here stands the byte 0xFC, which is not UTF-8. Save the file as UTF-8.")]
    public void Bytes_that_are_not_UTF8_are_refused_at_their_place(byte[] bytes, string where, string message)
    {
        var (node, found) = Read(bytes);
        Assert.Null(node);
        var diagnostic = Assert.Single(found);
        Assert.Equal((where, "PM1002", message), ($"{diagnostic.Span.StartLine}:{diagnostic.Span.StartColumn}", diagnostic.Code, diagnostic.Message));
    }
}
