using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using ProcessManager.Engine.Effects;
using Xunit;
using static ProcessManager.Tests.Store.LetterTemplates;

namespace ProcessManager.Tests.Store;

public sealed class LetterMergeTests
{
    private static readonly Dictionary<string, string> Texts = new()
    {
        ["prospect_name"] = "Ada & Söhne <Ltd>",
        ["amount"] = "12,000.00 EUR",
        ["address"] = "1 High Street\nLondon\tUK",
        ["product"] = "Gold",
        ["title"] = "Spring order",
        ["owner"] = "Olive \u0007Owner",
    };

    [Fact]
    public void Fields_of_every_sort_are_filled_in_body_table_header_and_footer()
    {
        using var letter = Open(LetterMerger.Merge(Letter(), Texts));
        var main = letter.MainDocumentPart!;
        Assert.Equal(
            ["Dear Ada & Söhne <Ltd>,", "your order of 12,000.00 EUR is confirmed.", "1 High StreetLondonUK", "Product", "Gold"],
            main.Document.Descendants<Paragraph>().Select(p => p.InnerText));
        Assert.Equal("Reference Spring order", Assert.Single(main.HeaderParts).Header.InnerText);
        Assert.Equal("Page  PAGE 1 for Olive Owner", Assert.Single(main.FooterParts).Footer.InnerText);
        Assert.Empty(main.Document.Descendants<SimpleField>());
        Assert.Empty(main.Document.Descendants<FieldChar>());
    }

    [Fact]
    public void The_merged_letter_is_a_valid_document()
    {
        using var letter = Open(LetterMerger.Merge(Letter(), Texts));
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2016).Validate(letter).Select(e => $"{e.Part?.Uri}: {e.Description}"));
    }

    [Fact]
    public void A_text_keeps_the_formatting_of_its_field_and_breaks_its_lines()
    {
        using var letter = Open(LetterMerger.Merge(Letter(), Texts));
        Run Of(string text) => letter.MainDocumentPart!.Document.Descendants<Run>().Single(r => r.InnerText.Contains(text, StringComparison.Ordinal));
        Assert.NotNull(Of("Ada").RunProperties?.Bold);
        Assert.NotNull(Of("12,000").RunProperties?.Bold);
        Assert.NotNull(Of("12,000").RunProperties?.Italic);
        var address = Of("High Street");
        Assert.NotNull(address.RunProperties?.Italic);
        Assert.Single(address.Elements<Break>());
        Assert.Single(address.Elements<TabChar>());
    }

    [Fact]
    public void A_field_of_another_kind_stays_and_the_data_source_is_forgotten()
    {
        using var letter = Open(LetterMerger.Merge(Letter(), Texts));
        var main = letter.MainDocumentPart!;
        Assert.Equal(" PAGE ", string.Concat(Assert.Single(main.FooterParts).Footer.Descendants<FieldCode>().Select(c => c.Text)));
        Assert.Empty(main.DocumentSettingsPart!.Settings.Elements<MailMerge>());
    }

    [Fact]
    public void A_merge_field_inside_a_condition_becomes_a_part_of_the_condition()
    {
        var (begin, end) = (new Run(new FieldChar { FieldCharType = FieldCharValues.Begin }), new Run(new FieldChar { FieldCharType = FieldCharValues.End }));
        var template = Make([Line([
            begin, new Run(new FieldCode(" IF ")), .. Complex(" MERGEFIELD product "), new Run(new FieldCode(" = \"Gold\" \"yes\" \"no\" ")),
            new Run(new FieldChar { FieldCharType = FieldCharValues.Separate }), .. Complex(" MERGEFIELD product "), end])]);
        using var letter = Open(LetterMerger.Merge(template, Texts));
        var body = letter.MainDocumentPart!.Document.Body!;
        Assert.Equal(" IF Gold = \"Gold\" \"yes\" \"no\" ", string.Concat(body.Descendants<FieldCode>().Select(c => c.Text)));
        Assert.Equal("Gold", string.Concat(body.Descendants<Text>().Select(t => t.Text)));
        Assert.Equal(3, body.Descendants<FieldChar>().Count());
    }

    [Theory]
    [InlineData("MERGEFIELD product", "Gold")]
    [InlineData("mergefield PRODUCT \\* Upper", "GOLD")]
    [InlineData("MERGEFIELD product \\* lower \\* MERGEFORMAT", "gold")]
    [InlineData("MERGEFIELD \"product\" \\b \"the \" \\f \"!\"", "the Gold!")]
    [InlineData("MERGEFIELD nothing \\b \"the \" \\f \"!\"", "")]
    public void Switches_of_a_field_are_heeded(string instruction, string expected)
    {
        using var letter = Open(LetterMerger.Merge(Make([Line(Complex($" {instruction} "))]), Texts));
        Assert.Equal(expected, letter.MainDocumentPart!.Document.Body!.InnerText);
    }

    [Fact]
    public void The_same_template_and_texts_give_the_same_bytes() =>
        Assert.Equal(LetterMerger.Merge(Letter() is var template ? template : [], Texts), LetterMerger.Merge(template, Texts));

    [Fact]
    public void What_is_no_document_is_refused_in_words()
    {
        Assert.Throws<LetterTemplateException>(() => LetterMerger.Merge("no archive"u8.ToArray(), Texts));
        Assert.Throws<LetterTemplateException>(() => LetterMerger.Merge(Archive(("word/document.xml", "<a/>")), Texts));
        Assert.Throws<LetterTemplateException>(() => LetterMerger.Merge(Archive(("[Content_Types].xml", "<a/>"), ("word/document.xml", "<not")), Texts));
        Assert.Throws<LetterTemplateException>(() => LetterMerger.Merge(
            Archive(("[Content_Types].xml", "<a/>"), ("word/document.xml", "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><a>&e;</a>")), Texts));
    }

    [Fact]
    public void A_bomb_is_refused_before_it_is_unpacked()
    {
        var bomb = Archive(("[Content_Types].xml", "<a/>"), ("word/media/image1.bin", new string('0', 65 << 20)));
        Assert.InRange(bomb.Length, 1, 1 << 20);
        Assert.Throws<LetterTemplateException>(() => LetterMerger.Merge(bomb, Texts));
    }

    [Fact]
    public async Task A_word_processor_opens_the_letter_and_prints_what_was_merged()
    {
        var soffice = WordProcessor.Find();
        if (soffice is null) { return; }
        var text = await WordProcessor.PrintAsync(soffice, LetterMerger.Merge(Letter(), Texts));
        Assert.Contains("Dear Ada & Söhne <Ltd>,", text, StringComparison.Ordinal);
        Assert.Contains("your order of 12,000.00 EUR is confirmed.", text, StringComparison.Ordinal);
        Assert.Contains("Reference Spring order", text, StringComparison.Ordinal);
        Assert.Contains("Page 1 for Olive Owner", text, StringComparison.Ordinal);
        Assert.Contains("Gold", text, StringComparison.Ordinal);
        Assert.DoesNotContain("«", text, StringComparison.Ordinal);
    }

    private static WordprocessingDocument Open(byte[] letter) => WordprocessingDocument.Open(new MemoryStream(letter), false);

    private static byte[] Archive(params (string Name, string Text)[] parts)
    {
        using var file = new MemoryStream();
        using (var archive = new System.IO.Compression.ZipArchive(file, System.IO.Compression.ZipArchiveMode.Create))
        {
            foreach (var (name, text) in parts)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return file.ToArray();
    }
}
