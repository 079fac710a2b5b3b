using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace ProcessManager.Engine.Effects;

/// <summary>The template isn't a Word document that can be merged; the message says what is wrong with it.</summary>
internal sealed class LetterTemplateException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Merges a Word template (ECMA-376 WordprocessingML): every MERGEFIELD of body, tables, text boxes, headers, footers and notes is
/// replaced by its text, in the formatting of the field. Nothing else of the document changes. The same template and texts give the same bytes.
/// </summary>
internal static class LetterMerger
{
    private const long MostUnpacked = 64 << 20;
    private const int MostParts = 2000;
    private static readonly DateTimeOffset Always = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="texts">By the name of the merge field; names are compared without regard to case, as Word does. A field without an entry becomes empty.</param>
    /// <exception cref="LetterTemplateException">It cannot be read.</exception>
    public static byte[] Merge(ReadOnlyMemory<byte> template, IReadOnlyDictionary<string, string> texts)
    {
        var byName = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, text) in texts) { byName[name] = text; }

        try
        {
            using var merged = new MemoryStream();
            using (var from = new ZipArchive(new MemoryStream(template.ToArray(), writable: false), ZipArchiveMode.Read))
            using (var to = new ZipArchive(merged, ZipArchiveMode.Create, leaveOpen: true))
            {
                Copy(from, to, byName);
            }

            return merged.ToArray();
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or NotSupportedException)
        {
            throw new LetterTemplateException($"The template can't be read as a Word document: {e.Message}", e);
        }
    }

    private static void Copy(ZipArchive from, ZipArchive to, Dictionary<string, string> texts)
    {
        if (from.GetEntry("[Content_Types].xml") is null || from.Entries.Count > MostParts)
        {
            throw new LetterTemplateException("The template isn't a Word document.");
        }

        long unpacked = 0;
        foreach (var entry in from.Entries)
        {
            // An archive may claim any length: count what really comes out of it.
            var content = Read(entry, MostUnpacked - unpacked);
            unpacked += content.Length;
            var copy = to.CreateEntry(entry.FullName, CompressionLevel.Optimal);
            copy.LastWriteTime = Always;
            using var stream = copy.Open();
            if (IsText(entry.FullName)) { Save(stream, content, root => FieldMerge.Replace(root, texts)); }
            else if (entry.FullName == "word/settings.xml") { Save(stream, content, ForgetDataSource); }
            else { stream.Write(content); }
        }
    }

    private static byte[] Read(ZipArchiveEntry entry, long most)
    {
        using var stream = entry.Open();
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            if (content.Length + read > most) { throw new LetterTemplateException("The template is too large once unpacked."); }
            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    /// <summary>The parts that can hold merge fields.</summary>
    private static bool IsText(string part)
    {
        if (!part.StartsWith("word/", StringComparison.Ordinal) || !part.EndsWith(".xml", StringComparison.Ordinal)) { return false; }
        var name = part["word/".Length..^".xml".Length];
        return name is "document" or "footnotes" or "endnotes"
            || name.StartsWith("document", StringComparison.Ordinal) || name.StartsWith("header", StringComparison.Ordinal) || name.StartsWith("footer", StringComparison.Ordinal);
    }

    private static void Save(Stream to, byte[] content, Action<XElement> change)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        using var reader = XmlReader.Create(new MemoryStream(content, writable: false), settings);
        var document = XDocument.Load(reader, LoadOptions.PreserveWhitespace);
        change(document.Root!);
        using var writer = XmlWriter.Create(to, new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false), OmitXmlDeclaration = false });
        document.Declaration = new XDeclaration("1.0", "UTF-8", "yes");
        document.Save(writer);
    }

    /// <summary>A merged letter no longer asks for the data source of its template.</summary>
    private static void ForgetDataSource(XElement root) => root.Elements(FieldMerge.W + "mailMerge").Remove();
}
