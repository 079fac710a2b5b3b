namespace ProcessManager.Language.Reading;

/// <summary>
/// The door from a file to nodes with places. Never throws, whatever the bytes: what is wrong becomes
/// diagnostics PM10xx. Limits hold while reading, so that a hostile file costs no more than a large good one.
/// </summary>
public static class YamlReader
{
    /// <summary>The largest file, in bytes of UTF-8.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>The deepest nesting; the outermost map is level 1.</summary>
    public const int MaxDepth = 32;

    /// <summary>The most keys, values, starts and ends of maps and lists.</summary>
    public const int MaxParts = 200_000;

    /// <summary>The longest key, in UTF-16 code units.</summary>
    public const int MaxKeyLength = 128;

    /// <summary>How often a value that lacks its quotes is set aside so that the rest can be read.</summary>
    private const int MaxRetries = 16;

    /// <summary>How much text these further readings may cost together, in UTF-16 code units.</summary>
    private const int MaxReadAgain = MaxBytes;

    /// <summary>Reads bytes of UTF-8, with or without a byte order mark (which the spans don't count).</summary>
    /// <returns>The outermost node, or null where nothing can be read; both with all that was found added to <paramref name="diagnostics"/>.</returns>
    public static YamlNode? Read(string file, ReadOnlyMemory<byte> bytes, ICollection<Diagnostic> diagnostics) =>
        TextGate.Decode(file, bytes.Span, diagnostics) is { } text ? Read(file, text, diagnostics) : null;

    /// <summary>Reads no more of the stream than the limit and one byte.</summary>
    public static YamlNode? Read(string file, Stream stream, ICollection<Diagnostic> diagnostics)
    {
        var room = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while (room.Length <= MaxBytes && (count = stream.Read(buffer)) > 0)
        {
            room.Write(buffer, 0, count);
        }

        return Read(file, room.GetBuffer().AsMemory(0, (int)room.Length), diagnostics);
    }

    public static YamlNode? Read(string file, string text, ICollection<Diagnostic> diagnostics)
    {
        if (!TextGate.Admits(file, text, diagnostics))
        {
            return null;
        }

        var source = new SourceFile(file, text);
        var pass = new ReadingPass(source, []);
        var node = pass.Run();
        for (var retry = 0; pass.SetAside is not null && retry < MaxRetries && (retry + 1) * text.Length <= MaxReadAgain; retry++)
        {
            pass = pass.Again();
            node = pass.Run();
        }

        foreach (var diagnostic in pass.Found)
        {
            diagnostics.Add(diagnostic);
        }

        return pass.SetAside is null ? node : null;
    }
}
