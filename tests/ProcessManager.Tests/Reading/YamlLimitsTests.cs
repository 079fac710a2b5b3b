using System.Text;
using ProcessManager.Language;
using ProcessManager.Language.Reading;
using Xunit;

namespace ProcessManager.Tests.Reading;

public class YamlLimitsTests
{
    private static (YamlNode? Node, Diagnostic Found, long Allocated) Refused(Func<ICollection<Diagnostic>, YamlNode?> read)
    {
        var found = new List<Diagnostic>();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var node = read(found);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return (node, Assert.Single(found), allocated);
    }

    private static (YamlNode? Node, Diagnostic Found, long Allocated) Refused(string text) =>
        Refused(found => YamlReader.Read("bomb.yaml", text, found));

    private static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();

    private sealed class Endless : Stream
    {
        public long Given { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Array.Fill(buffer, (byte)'a', offset, count);
            Given += count;
            return count;
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    [Fact]
    public void An_endless_stream_is_left_after_one_mebibyte()
    {
        var stream = new Endless();
        var (node, found, allocated) = Refused(d => YamlReader.Read("big.yaml", stream, d));
        Assert.Null(node);
        Assert.Equal("big.yaml:1:1: error PM1001: The file is larger than 1 MiB (1,048,576 bytes) and was not read.", found.ToString());
        Assert.InRange(stream.Given, YamlReader.MaxBytes, 2 * YamlReader.MaxBytes);
        Assert.InRange(allocated, 0, 8 << 20);
    }

    [Fact]
    public void A_hundred_megabytes_are_refused_without_being_looked_at()
    {
        var bytes = new byte[100 << 20];
        var (_, found, allocated) = Refused(d => YamlReader.Read("big.yaml", bytes, d));
        Assert.Equal("PM1001", found.Code);
        Assert.InRange(allocated, 0, 64 << 10);

        var text = new string('x', 50 << 20);
        Assert.InRange(Refused(text).Allocated, 0, 64 << 10);
    }

    [Fact]
    public void The_limit_counts_bytes_and_admits_exactly_one_mebibyte()
    {
        var found = new List<Diagnostic>();
        Assert.NotNull(YamlReader.Read("full.yaml", "a: " + new string('x', YamlReader.MaxBytes - 4) + "\n", found));
        Assert.Empty(found);
        Assert.Equal("PM1001", Refused("a: " + new string('x', YamlReader.MaxBytes - 3) + "\n").Found.Code);
        Assert.Equal("PM1001", Refused("a: " + new string('ü', YamlReader.MaxBytes / 2) + "\n").Found.Code);
    }

    public static TheoryData<string, int, string> Nestings => new()
    {
        { "[", 33, "1:33" },
        { "[", 20_000, "1:33" },
        { "[", 1_000_000, "1:33" },
        { "{a: ", 250_000, "1:129" },
        { "{ ", 500_000, "1:65" },
        { "[\n", 500_000, "33:1" },
        { "- ", 500_000, "1:65" },
        { "? ", 500_000, "1:65" },
        { "- ? ", 250_000, "1:65" },
        { "[a, ", 250_000, "1:129" },
        { "{a,\n", 250_000, "33:1" },
    };

    [Theory]
    [MemberData(nameof(Nestings))]
    public void A_deep_nesting_is_refused_at_its_33rd_level(string opening, int times, string where)
    {
        var (node, found, allocated) = Refused(Repeat(opening, times));
        Assert.Null(node);
        Assert.Equal((where, "PM1019"), ($"{found.Span.StartLine}:{found.Span.StartColumn}", found.Code));
        Assert.Equal("Here the file is nested deeper than 32 levels, and was not read further.", found.Message);
        Assert.InRange(allocated, 0, 8 << 20);
    }

    [Fact]
    public void A_deep_block_is_refused_at_its_33rd_level()
    {
        var text = new StringBuilder();
        for (var level = 0; level < 1_400; level++)
        {
            text.Append(' ', level).Append("a:\n");
        }

        var (_, found, _) = Refused(text.ToString());
        Assert.Equal(("33:33", "PM1019"), ($"{found.Span.StartLine}:{found.Span.StartColumn}", found.Code));
    }

    [Fact]
    public void Thirty_two_levels_are_read()
    {
        var found = new List<Diagnostic>();
        Assert.NotNull(YamlReader.Read("deep.yaml", Repeat("[", 32) + Repeat("]", 32), found));
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("a: b\n", 100_000)]
    [InlineData("- a\n", 250_000)]
    [InlineData("-\n", 500_000)]
    public void More_parts_than_the_limit_are_refused(string line, int times)
    {
        var text = line.StartsWith('a')
            ? string.Concat(Enumerable.Range(0, times).Select(i => $"k{i:x}: b\n"))
            : Repeat(line, times);
        var (node, found, _) = Refused(text);
        Assert.Null(node);
        Assert.Equal("PM1020", found.Code);
        Assert.True(found.Span.StartLine > 90_000);
    }

    [Fact]
    public void An_alias_bomb_is_refused_where_it_begins_and_never_grows()
    {
        var text = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (var level = 'b'; level < 'k'; level++)
        {
            var last = (char)(level - 1);
            text.Append(level).Append(": &").Append(level).Append(" [").AppendJoin(", ", Enumerable.Repeat("*" + last, 9)).Append("]\n");
        }

        var found = new List<Diagnostic>();
        YamlReader.Read("bomb.yaml", text.ToString(), found);
        Assert.All(found, d => Assert.Equal("PM1012", d.Code));
        Assert.Equal("bomb.yaml:1:4", found[0].Span.ToString());
        Assert.Equal(10 + (9 * 9), found.Count);
    }

    [Fact]
    public void A_cycle_of_aliases_is_refused()
    {
        var found = new List<Diagnostic>();
        YamlReader.Read("cycle.yaml", "a: &a\n  b: *a\n", found);
        Assert.Equal([(1, 4), (2, 6)], found.Select(d => (d.Span.StartLine, d.Span.StartColumn)));
    }

    [Theory]
    [InlineData(129)]
    [InlineData(1_023)]
    [InlineData(100_000)]
    public void A_long_key_is_refused(int length)
    {
        var (_, found, _) = Refused("a: 1\n" + new string('k', length) + ": 1\n");
        Assert.Equal(("2:1", "PM1018"), ($"{found.Span.StartLine}:{found.Span.StartColumn}", found.Code));
        Assert.Equal($"A key has at most 128 characters; this one has {length}.", found.Message);
    }
}
