using System.IO.Compression;
using System.Text;
using ProcessManager.Language;
using ProcessManager.Language.Reading;
using Xunit;

namespace ProcessManager.Tests.Reading;

/// <summary>What is read of a Word template: its merge fields, whatever wrote them, and nothing of a file that means harm.</summary>
public class LetterTests
{
    private const string Word = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

    private static byte[] Packed(params (string Path, string Content)[] parts)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in parts)
            {
                using var part = zip.CreateEntry(path).Open();
                part.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return file.ToArray();
    }

    private static byte[] Letter(string body, string space = Word) =>
        Packed(("word/document.xml", $"<?xml version=\"1.0\"?><w:document {space}><w:body>{body}</w:body></w:document>"));

    private static string Run(string inner) => $"<w:r>{inner}</w:r>";

    private static string Begin => Run("<w:fldChar w:fldCharType=\"begin\"/>");
    private static string Separate => Run("<w:fldChar w:fldCharType=\"separate\"/>");
    private static string End => Run("<w:fldChar w:fldCharType=\"end\"/>");

    private static string Code(string text) => Run($"<w:instrText xml:space=\"preserve\">{text}</w:instrText>");

    [Theory]
    [InlineData("MERGEFIELD prospect.name", "prospect.name")]
    [InlineData(" MERGEFIELD  amount  \\* MERGEFORMAT ", "amount")]
    [InlineData("mergefield amount\\* Upper", "amount")]
    [InlineData("MERGEFIELD \"call-on\" \\* MERGEFORMAT", "call-on")]
    [InlineData("MERGEFIELD \"amount * 1.2\"", "amount * 1.2")]
    [InlineData("MERGEFIELD “prospect.city” \\b \"in \"", "prospect.city")]
    [InlineData("MERGEFIELD \"if x = \\\"a\\\" then 1 else 2\"", "if x = \"a\" then 1 else 2")]
    [InlineData("MERGEFIELD amount * 1.2 \\# \"0.00\"", "amount * 1.2")]
    [InlineData("MERGEFIELD", null)]
    [InlineData("MERGEFIELD \"\"", null)]
    [InlineData("MERGEFIELDS x", null)]
    [InlineData("PAGE \\* MERGEFORMAT", null)]
    [InlineData("", null)]
    public void A_fields_code_gives_its_name(string code, string? name) => Assert.Equal(name, LetterTemplate.FieldNameIn(code));

    [Fact]
    public void Fields_are_found_simple_and_complex_spread_over_runs_nested_and_in_headers_and_footers()
    {
        var file = Packed(
            ("word/document.xml", $"<w:document {Word}><w:body><w:p>"
                + "<w:fldSimple w:instr=\" MERGEFIELD title \\* MERGEFORMAT \"><w:r><w:t>«title»</w:t></w:r></w:fldSimple>"
                + Begin + Code(" MERGE") + Code("FIELD pros") + Code("pect.name ") + Separate + Run("<w:t>MERGEFIELD shown</w:t>") + End
                + Begin + Code(" IF ") + Begin + Code(" MERGEFIELD amount ") + Separate + Run("<w:t>1</w:t>") + End + Code(" &gt; 5 \"a\" \"b\" ") + Separate + End
                + Begin + Code("MERGEFIELD status") + End
                + Run("<w:delInstrText>MERGEFIELD deleted</w:delInstrText>")
                + Begin + Code(" PAGE ") + End
                + "</w:p></w:body></w:document>"),
            ("word/header1.xml", $"<w:hdr {Word}><w:fldSimple w:instr=\"MERGEFIELD source-code\"/></w:hdr>"),
            ("word/footer2.xml", $"<w:ftr {Word}>{Begin}{Code("MERGEFIELD title")}{Separate}{End}</w:ftr>"),
            ("word/comments.xml", $"<w:comments {Word}><w:fldSimple w:instr=\"MERGEFIELD comment\"/></w:comments>"));

        var (names, problem) = WordFields.Read(file);

        Assert.Null(problem);
        Assert.Equal(["title", "prospect.name", "amount", "status", "source-code"], names.ToArray());
    }

    [Fact]
    public void A_strict_document_is_read_like_a_transitional_one()
    {
        var file = Letter("<w:fldSimple w:instr=\"MERGEFIELD title\"/>", "xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"");

        Assert.Equal(["title"], WordFields.Read(file).Names.ToArray());
    }

    [Fact]
    public void A_field_that_is_never_closed_harms_nobody() =>
        Assert.Equal((0, null), WordFields.Read(Letter(string.Concat(Enumerable.Repeat(Begin + Code("MERGEFIELD x"), 5_000)))) is var (names, problem) ? (names.Length, problem) : default);

    [Fact]
    public void Whatever_is_cut_off_or_changed_is_refused_or_read_and_never_thrown()
    {
        var file = Letter("<w:p>" + Begin + Code("MERGEFIELD title") + Separate + End + "</w:p>");
        for (var length = 0; length < file.Length; length++)
        {
            Assert.NotNull(WordFields.Read(file.AsMemory(0, length)).Problem);
        }

        for (var i = 0; i < file.Length; i++)
        {
            var changed = (byte[])file.Clone();
            changed[i] ^= 0x55;
            WordFields.Read(changed);
        }
    }

    [Fact]
    public void A_document_type_is_refused()
    {
        var file = Packed(("word/document.xml", "<!DOCTYPE w [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><w>&b;</w>"));

        Assert.Contains("no Word document", WordFields.Read(file).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_that_unpacks_to_more_than_it_may_is_refused()
    {
        var file = Letter("<w:p>" + new string(' ', 20 << 20) + "</w:p>");

        Assert.True(file.Length < 1 << 20);
        Assert.Contains("too large", WordFields.Read(file).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_parts_together_may_not_unpack_to_more_than_the_whole_may()
    {
        var fill = string.Concat(Enumerable.Range(0, 900_000).Select(i => (char)('a' + (i * i % 26)) + (i % 7 == 0 ? i.ToString(System.Globalization.CultureInfo.InvariantCulture) : "")));
        var header = $"<w:hdr {Word}>{string.Concat(Enumerable.Repeat(fill, 6))}</w:hdr>";
        var file = Packed([("word/document.xml", $"<w:document {Word}/>"), .. Enumerable.Range(1, 6).Select(i => ($"word/header{i}.xml", header))]);

        Assert.NotNull(WordFields.Read(file).Problem);
    }

    [Fact]
    public void A_file_that_is_too_large_is_not_opened() =>
        Assert.Equal("is larger than 5 MiB", WordFields.Read(new byte[Definitions.MostBytesOfDocument + 1]).Problem);
}
