using System.Collections.Immutable;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace ProcessManager.Language.Reading;

/// <summary>
/// Reads the names of the merge fields of a Word document (ECMA-376): simple fields and those spread over runs, in the
/// text, headers, footers and notes. Never throws for what the file holds, and reads no more of it than the limits say.
/// </summary>
internal static partial class WordFields
{
    /// <summary>Bytes of one part of the file unpacked.</summary>
    private const int MostOfPart = 16 << 20;

    private const int MostOfAll = 32 << 20;
    private const int MostEntries = 10_000;
    private const int MostFields = 2_000;

    /// <summary>No real text is packed so densely; a part below a mebibyte may be.</summary>
    private const int MostDensity = 500;

    private static readonly string[] Namespaces =
        ["http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"];

    /// <summary>The names in the order of the document, each once; or why it can't be read, as the end of a sentence.</summary>
    public static (ImmutableArray<string> Names, string? Problem) Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length > Definitions.MostBytesOfDocument)
        {
            return ([], $"is larger than {Definitions.MostBytesOfDocument >> 20} MiB");
        }

        try
        {
            using var zip = new ZipArchive(Open(file), ZipArchiveMode.Read);
            return Read(zip);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or XmlException or NotSupportedException or ArgumentException)
        {
            return ([], "is no Word document that can be read (.docx, without a password)");
        }
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> file) =>
        MemoryMarshal.TryGetArray(file, out var array) ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false) : new MemoryStream(file.ToArray(), writable: false);

    private static (ImmutableArray<string> Names, string? Problem) Read(ZipArchive zip)
    {
        if (zip.Entries.Count > MostEntries)
        {
            return ([], "has too many parts");
        }

        var parts = zip.Entries.Where(e => Part().IsMatch(e.FullName))
            .OrderBy(e => e.Name.StartsWith("document", StringComparison.Ordinal) ? 0 : 1).ThenBy(e => e.Name, StringComparer.Ordinal).ToList();
        if (parts.Count == 0 || !parts[0].Name.StartsWith("document", StringComparison.Ordinal))
        {
            return ([], "is no Word document: it has no part word/document.xml");
        }

        var names = new List<string>();
        var left = MostOfAll;
        foreach (var part in parts)
        {
            var most = (int)Math.Min(Math.Min(MostOfPart, left), Math.Max(1 << 20, part.CompressedLength * MostDensity));
            using var text = new LimitedStream(part.Open(), most);
            Read(text, names);
            left -= text.Taken;
            if (text.IsCut || names.Count > MostFields)
            {
                return ([], text.IsCut ? $"is too large: its part {part.FullName} unpacks to more than can be read" : $"has more than {MostFields} merge fields");
            }
        }

        return ([.. names.Distinct(StringComparer.Ordinal)], null);
    }

    private static void Read(LimitedStream text, List<string> names)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersFromEntities = 1024 };
        using var xml = XmlReader.Create(text, settings);
        var fields = new Stack<StringBuilder?>();
        var inCode = false;
        try
        {
            while (names.Count <= MostFields && xml.Read())
            {
                switch (xml.NodeType)
                {
                    case XmlNodeType.Element when Namespaces.Contains(xml.NamespaceURI):
                        inCode = xml.LocalName == "instrText" && !xml.IsEmptyElement;
                        Element(xml, fields, names);
                        break;
                    case XmlNodeType.EndElement:
                        inCode = false;
                        break;
                    case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when inCode:
                        if (fields.TryPeek(out var code) && code?.Length < 4096) { code.Append(xml.Value); }
                        break;
                }
            }
        }
        catch (XmlException) when (text.IsCut)
        {
            // The part was cut off at its limit, which the caller says.
        }
    }

    /// <summary>Fields may stand in each other; a null on the stack is one whose code has ended and whose result follows.</summary>
    private static void Element(XmlReader xml, Stack<StringBuilder?> fields, List<string> names)
    {
        if (xml.LocalName == "fldSimple")
        {
            Add(xml.GetAttribute("instr", xml.NamespaceURI), names);
        }
        else if (xml.LocalName == "fldChar")
        {
            var type = xml.GetAttribute("fldCharType", xml.NamespaceURI);
            if (type == "begin")
            {
                fields.Push(new StringBuilder());
            }
            else if (type is "separate" or "end" && fields.TryPop(out var code))
            {
                Add(code?.ToString(), names);
                if (type == "separate") { fields.Push(null); }
            }
        }
    }

    private static void Add(string? code, List<string> names)
    {
        if (code is not null && LetterTemplate.FieldNameIn(code) is { } name) { names.Add(name); }
    }

    [GeneratedRegex(@"^word/(document|header|footer|footnotes|endnotes)[0-9]*\.xml\z", RegexOptions.CultureInvariant)]
    private static partial Regex Part();

    /// <summary>Gives no more than some bytes of another stream: what is packed in a file may unpack to anything.</summary>
    private sealed class LimitedStream(Stream inner, int most) : Stream
    {
        public int Taken { get; private set; }

        /// <summary>True once more was asked for than may be given.</summary>
        public bool IsCut { get; private set; }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => Taken; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, Math.Min(count, most - Taken + 1));
            if (Taken + read > most)
            {
                IsCut = true;
                return 0;
            }

            Taken += read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) { inner.Dispose(); }
            base.Dispose(disposing);
        }
    }
}
