using System.Text;

namespace ProcessManager.Tests.Fuzz;

/// <summary>Damages inputs from a seed: bytes, pieces, lines, words; the same seed gives the same damage.</summary>
internal sealed class Mutator(int seed)
{
    private const int MaxLength = 12_000;

    private static readonly byte[][] Debris =
    [.. new[]
    {
        ":", ": ", "- ", "? ", "{", "}", "[", "]", ",", "#", " #", "&a ", "*a", "!!str ", "|", ">", "|2-", "\"", "'", "\\", "@", "`", "%", "---", "...", "\n", "\n\n", "\r", "\r\n", "\t", "  ", " ", "\0", "\u0085", "\u2028", "\uFEFF",
        "<<: ", "null", "~", "no", "yes", "on", "true", "0", "-1", "1e999", "0x1F", "1_000", ".inf", ".nan", "2026-02-30", "9999-12-31", "99999999999999999999", "P1000000Y", "P1Y", "1 working day", "every 0 minutes", "-5 days",
        "{{", "}}", "{{ prospect.name }}", "{{ {a: \"}}\"}.a }}", "\\{{", "\"\\u", "@\"", "..", "**", " and ", " or ", "not(", "in (", "for x in ", " return ", "if ", " then ", " else ", "some x in ", " satisfies ", "instance of ", "/*", "*/", "//",
        "é", "e\u0301", "🐎", "👩‍👩‍👧‍👦", "\u202E", "\u200B", "İ", "ß", "ﬀ", "а", "plan", "stages", "steps", "task", "after", "when", "due", "outcomes", "redo", "goto", "close", "each", "any", "first", "field:", "group:", "role:", "user:", "owner",
        "BEGIN:VEVENT\r\n", "END:VEVENT\r\n", "RRULE:FREQ=YEARLY;COUNT=999999999\r\n", "RRULE:FREQ=DAILY\r\n", "DTSTART;VALUE=DATE:00010101\r\n", "EXDATE:", "tests:", "expect:", "pass: 9999 months", "until: 9999-12-31",
    }.Select(Encoding.UTF8.GetBytes), [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80], [0xFE, 0xFF], [0xFF, 0xFE]];

    private readonly Random random = new(seed);

    public int Next(int below) => random.Next(below);

    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    /// <summary>One of the inputs with one to eight changes; now and then bytes of no meaning.</summary>
    public byte[] Of(IReadOnlyList<byte[]> inputs)
    {
        if (random.Next(200) == 0) { return Noise(); }
        var bytes = Pick(inputs);
        for (var i = 1 << random.Next(4); i > 0; i--) { bytes = Changed(bytes, inputs); }
        return bytes.Length <= MaxLength ? bytes : bytes[..MaxLength];
    }

    private byte[] Changed(byte[] bytes, IReadOnlyList<byte[]> inputs)
    {
        var (at, length) = Stretch(bytes);
        return random.Next(13) switch
        {
            0 => Flipped(bytes),
            1 => bytes[..at],
            2 or 3 => Spliced(bytes, at, length, []),
            4 => Spliced(bytes, at, 0, bytes.AsSpan(at, length)),
            5 => Spliced(bytes, random.Next(bytes.Length + 1), 0, bytes.AsSpan(at, length)),
            6 => FromOther(bytes, at, length, Pick(inputs)),
            7 or 8 or 9 => Spliced(bytes, at, random.Next(2) == 0 ? 0 : Math.Min(length, 6), Pick(Debris)),
            10 => Lines(bytes),
            11 => Repeated(bytes, at, Math.Min(length, 12)),
            _ => Numbers(bytes),
        };
    }

    private (int At, int Length) Stretch(byte[] bytes)
    {
        var at = random.Next(bytes.Length + 1);
        return (at, Math.Min(random.Next(1 << random.Next(10)), bytes.Length - at));
    }

    private byte[] Flipped(byte[] bytes)
    {
        if (bytes.Length == 0) { return bytes; }
        var flipped = (byte[])bytes.Clone();
        flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        return flipped;
    }

    private byte[] FromOther(byte[] bytes, int at, int length, byte[] other)
    {
        var (from, taken) = Stretch(other);
        return Spliced(bytes, at, length, other.AsSpan(from, taken));
    }

    /// <summary>Takes a line away, doubles it, or moves it with another depth.</summary>
    private byte[] Lines(byte[] bytes)
    {
        var start = bytes.Length == 0 ? 0 : Array.LastIndexOf(bytes, (byte)'\n', random.Next(bytes.Length)) + 1;
        var end = Array.IndexOf(bytes, (byte)'\n', start) is >= 0 and var found ? found + 1 : bytes.Length;
        var line = bytes[start..end];
        return random.Next(4) switch
        {
            0 => Spliced(bytes, start, end - start, []),
            1 => Spliced(bytes, start, 0, line),
            2 => Spliced(bytes, start, 0, Encoding.UTF8.GetBytes(new string(' ', random.Next(6)))),
            _ => Spliced(bytes, start, Math.Min(random.Next(6), end - start), []),
        };
    }

    private byte[] Repeated(byte[] bytes, int at, int length)
    {
        var times = 1 << random.Next(10);
        var piece = bytes.AsSpan(at, length).ToArray();
        return Spliced(bytes, at, 0, Enumerable.Repeat(piece, times).SelectMany(p => p).Take(MaxLength).ToArray());
    }

    private byte[] Numbers(byte[] bytes)
    {
        var digit = Array.FindIndex(bytes, random.Next(bytes.Length + 1), b => char.IsAsciiDigit((char)b));
        return digit < 0 ? bytes : Spliced(bytes, digit, 1, Encoding.UTF8.GetBytes(Pick(["0", "-1", "999999999999", "1.5", "00", "", "4294967296", "1e9"])));
    }

    private byte[] Noise()
    {
        var noise = new byte[random.Next(300)];
        random.NextBytes(noise);
        return noise;
    }

    private static byte[] Spliced(byte[] bytes, int at, int length, ReadOnlySpan<byte> insert) =>
        [.. bytes.AsSpan(0, at), .. insert, .. bytes.AsSpan(at + length)];
}
