using System.Text;

namespace ProcessManager.Engine.Documents;

/// <summary>
/// Tells the kind of a file by its content. The name only chooses between kinds whose content looks alike (the parts of an office
/// package, plain texts); what could run in a browser is never called so.
/// </summary>
internal static class MediaType
{
    public const string Unknown = "application/octet-stream";
    public const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private static readonly (byte[] Start, string Type)[] Signatures =
    [
        ("%PDF-"u8.ToArray(), "application/pdf"),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ("GIF87a"u8.ToArray(), "image/gif"),
        ("GIF89a"u8.ToArray(), "image/gif"),
        ([0x49, 0x49, 0x2A, 0x00], "image/tiff"),
        ([0x4D, 0x4D, 0x00, 0x2A], "image/tiff"),
        ("{\\rtf"u8.ToArray(), "application/rtf"),
    ];

    private static readonly Dictionary<string, string> Packages = new(StringComparer.OrdinalIgnoreCase)
    {
        [".docx"] = Word,
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        [".odt"] = "application/vnd.oasis.opendocument.text",
        [".ods"] = "application/vnd.oasis.opendocument.spreadsheet",
        [".odp"] = "application/vnd.oasis.opendocument.presentation",
    };

    private static readonly Dictionary<string, string> Compounds = new(StringComparer.OrdinalIgnoreCase)
    {
        [".doc"] = "application/msword",
        [".xls"] = "application/vnd.ms-excel",
        [".ppt"] = "application/vnd.ms-powerpoint",
        [".msg"] = "application/vnd.ms-outlook",
    };

    public static string Of(ReadOnlySpan<byte> head, string name)
    {
        foreach (var (start, type) in Signatures)
        {
            if (head.StartsWith(start)) { return type; }
        }

        var extension = Path.GetExtension(name);
        if (head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8)) { return "image/webp"; }
        if (head.StartsWith("PK\u0003\u0004"u8)) { return Packages.GetValueOrDefault(extension, "application/zip"); }
        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])) { return Compounds.GetValueOrDefault(extension, Unknown); }
        if (!IsText(head)) { return Unknown; }
        return extension.ToLowerInvariant() switch
        {
            ".csv" => "text/csv",
            ".eml" => "message/rfc822",
            _ => "text/plain",
        };
    }

    /// <summary>UTF-8 without control characters; a character that the end of the head cuts in two doesn't count.</summary>
    private static bool IsText(ReadOnlySpan<byte> head)
    {
        foreach (var b in head)
        {
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f')) { return false; }
        }

        for (var cut = 0; cut < 4 && cut <= head.Length; cut++)
        {
            if (System.Text.Unicode.Utf8.IsValid(head[..^cut])) { return true; }
        }

        return false;
    }
}

/// <summary>Makes names of files fit to be shown, stored and saved anywhere.</summary>
internal static class FileName
{
    private const int Longest = 150;
    private const string Forbidden = "<>:\"/\\|?*";

    /// <summary>The name without folders, control characters and what some system can't save; never empty.</summary>
    public static string Clean(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var text = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            // Format characters turn the order of letters around, so that an .exe reads as a .doc.
            if (category is System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
                or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator
                or System.Globalization.UnicodeCategory.PrivateUse or System.Globalization.UnicodeCategory.OtherNotAssigned || rune == Rune.ReplacementChar)
            {
                continue;
            }

            text.Append(rune.Value < 128 && Forbidden.Contains((char)rune.Value, StringComparison.Ordinal) ? "_" : rune.ToString());
        }

        var clean = text.ToString().Normalize(NormalizationForm.FormC).Trim(' ', '.');
        return clean.Length == 0 ? "document" : clean.Length <= Longest ? clean : Shortened(clean);
    }

    private static string Shortened(string name)
    {
        var extension = Path.GetExtension(name) is { Length: <= 20 } known ? known : "";
        var end = Longest - extension.Length;
        if (char.IsHighSurrogate(name[end - 1])) { end--; }
        return name[..end].TrimEnd() + extension;
    }
}
