using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace ProcessManager.Tests.Store;

/// <summary>Word templates as editors write them, made for tests.</summary>
internal static class LetterTemplates
{
    /// <summary>A document with a body, and header, footer and settings where given.</summary>
    public static byte[] Make(IEnumerable<OpenXmlElement> body, OpenXmlElement? header = null, OpenXmlElement? footer = null, bool withDataSource = false)
    {
        using var file = new MemoryStream();
        using (var document = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            var main = document.AddMainDocumentPart();
            var section = new SectionProperties();
            if (header is not null)
            {
                var part = main.AddNewPart<HeaderPart>();
                part.Header = new Header(header);
                section.Append(new HeaderReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(part) });
            }

            if (footer is not null)
            {
                var part = main.AddNewPart<FooterPart>();
                part.Footer = new Footer(footer);
                section.Append(new FooterReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(part) });
            }

            if (withDataSource)
            {
                main.AddNewPart<DocumentSettingsPart>().Settings = new Settings(new MailMerge(
                    new MainDocumentType { Val = MailMergeDocumentValues.FormLetter }, new DataType { Val = MailMergeDataValues.TextFile }));
            }

            main.Document = new Document(new Body([.. body, section]));
        }

        return file.ToArray();
    }

    public static Paragraph Line(params OpenXmlElement[] parts) => new(parts);

    public static Run Words(string text) => new(new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    /// <summary>As word processors write a field that nobody cut: one element.</summary>
    public static SimpleField Simple(string name, params OpenXmlElement[] format) =>
        new(new Run(format.Length == 0 ? null! : new RunProperties(format), new Text($"«{name}»"))) { Instruction = $" MERGEFIELD {name} \\* MERGEFORMAT " };

    /// <summary>Begin, an instruction in several pieces, separate, a result in bold, end.</summary>
    public static OpenXmlElement[] Complex(string instruction, string result = "«x»", params OpenXmlElement[] format)
    {
        var half = instruction.Length / 2;
        Run Char(FieldCharValues type) => new(new FieldChar { FieldCharType = type });
        Run Code(string text) => new(new FieldCode(text) { Space = SpaceProcessingModeValues.Preserve });
        return
        [
            Char(FieldCharValues.Begin), Code(instruction[..half]), Code(instruction[half..]), Char(FieldCharValues.Separate),
            new Run(new RunProperties([.. format.Select(f => f.CloneNode(true))]), new Text(result)), Char(FieldCharValues.End),
        ];
    }

    /// <summary>The whole field in one run, as some editors write it.</summary>
    public static Run InOneRun(string name) => new(
        new RunProperties(new Italic()),
        new FieldChar { FieldCharType = FieldCharValues.Begin },
        new FieldCode($" MERGEFIELD {name} ") { Space = SpaceProcessingModeValues.Preserve },
        new FieldChar { FieldCharType = FieldCharValues.Separate },
        new Text($"«{name}»"),
        new FieldChar { FieldCharType = FieldCharValues.End });

    /// <summary>A letter with fields of every sort in every place.</summary>
    public static byte[] Letter() => Make(
        [
            Line(Words("Dear "), Simple("prospect_name", new Bold()), Words(",")),
            Line([Words("your order of "), .. Complex(" MERGEFIELD \"amount\" \\* MERGEFORMAT ", "«amount»", new Bold(), new Italic()), Words(" is confirmed.")]),
            Line(InOneRun("address")),
            new Table(
                new TableProperties(new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct }), new TableGrid(new GridColumn(), new GridColumn()),
                new TableRow(new TableCell(Line(Words("Product"))), new TableCell(Line(Simple("product"))))),
        ],
        header: Line(Words("Reference "), Simple("title")),
        footer: Line([Words("Page "), .. Complex(" PAGE ", "1"), Words(" for "), .. Complex(" MERGEFIELD owner ")]),
        withDataSource: true);
}
