using System.Text;
using ProcessManager.Language;
using ProcessManager.Language.Reading;
using Xunit;

namespace ProcessManager.Tests.Reading;

public class YamlPropertyTests
{
    private const string Sample = """
        plan: prospect-to-customer   # the id
        name: "Prospect \u0074o \"customer\" 😀"
        fields:
          product: { kind: choice, of: [Bronze, 'Sil''ver', Gold] }
          call-on: { kind: date, label: Call again on }
        stages:
          enquiry:
            probability: 10
            steps:
              call:
                task: Call {{prospect.name}} back,
                  as soon as
                  possible
                instructions: |
                  Answer the questions.

                    - the brochure
                  Say thank you.
                guidance: >-
                  folded text
                  goes on

                  here
                remind: [2 working hours before due, "every 1 day"]
                outcomes:
                  interested:
                  call-again: { redo: call, ask: [call-on] }
        """;

    private static IEnumerable<YamlScalar> Scalars(YamlNode node) => node switch
    {
        YamlScalar scalar => [scalar],
        YamlSequence list => list.Items.SelectMany(Scalars),
        YamlMapping map => map.Entries.SelectMany(e => Scalars(e.Value).Prepend(e.Key)),
        _ => [],
    };

    private static YamlNode? ReadAnything(string text, out List<Diagnostic> found)
    {
        found = [];
        var node = YamlReader.Read("any.yaml", text, found);
        Assert.True(node is not null || found.Any(d => d.Severity == Severity.Error), $"nothing was said of {text}");
        foreach (var diagnostic in found)
        {
            Assert.InRange(diagnostic.Span.Start, 0, text.Length);
            Assert.InRange(diagnostic.Span.End, diagnostic.Span.Start, text.Length);
            Assert.True(diagnostic.Span.StartLine >= 1 && diagnostic.Span.StartColumn >= 1, diagnostic.ToString());
        }

        foreach (var scalar in node is null ? [] : Scalars(node))
        {
            for (var i = 0; i <= Math.Min(scalar.Value.Length, 60); i++)
            {
                var span = scalar.Text.At(i, Math.Min(1, scalar.Value.Length - i));
                Assert.InRange(span.Start, 0, text.Length);
                Assert.InRange(span.End, span.Start, text.Length);
            }
        }

        return node;
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Each_scalar_read_again_from_its_own_place_has_the_same_value(string lineEnd)
    {
        var node = ReadAnything(Sample.ReplaceLineEndings(lineEnd), out var found);
        Assert.Empty(found);
        var scalars = Scalars(node!).ToList();
        Assert.True(scalars.Count > 30);
        foreach (var scalar in scalars.Where(s => !s.IsNothing))
        {
            var again = Assert.IsType<YamlScalar>(ReadAnything(scalar.File.Text[scalar.Start..scalar.End] + "\n", out _));
            Assert.Equal(scalar.Value, again.Value);
        }
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Each_visible_character_of_a_value_leads_to_itself_in_the_file(string lineEnd)
    {
        var text = Sample.ReplaceLineEndings(lineEnd);
        foreach (var scalar in Scalars(ReadAnything(text, out _)!))
        {
            for (var i = 0; i < scalar.Value.Length; i++)
            {
                var span = scalar.Text.At(i, 1);
                var there = text[span.Start..span.End];
                var c = scalar.Value[i];
                Assert.True(
                    there == c.ToString() || there == "''" || there.StartsWith('\\') || char.IsWhiteSpace(c),
                    $"'{c}' of {scalar.Span} leads to '{there}'");
            }
        }
    }

    [Theory]
    [InlineData("a: \"x\\ty\\\"z\\u00e9!\"\n", 3, "1:9-1:11")]
    [InlineData("a: \"x\\ty\\\"z\\u00e9!\"\n", 5, "1:12-1:18")]
    [InlineData("a: \"x\\ty\\\"z\\u00e9!\"\n", 6, "1:18-1:19")]
    [InlineData("a: \"\\U0001F600!\"\n", 2, "1:15-1:16")]
    [InlineData("a: 'it''s'\n", 2, "1:7-1:9")]
    [InlineData("a: 'it''s'\n", 3, "1:9-1:10")]
    [InlineData("a: |\n  one\n    two\n", 6, "3:5-3:6")]
    [InlineData("a: >\n  one\n  two\n", 4, "3:3-3:4")]
    [InlineData("a: one\n  two\n", 5, "2:4-2:5")]
    [InlineData("a: \"one\n  two\"\n", 4, "2:3-2:4")]
    [InlineData("a: \"one\\\n  two\"\n", 3, "2:3-2:4")]
    public void A_position_in_a_value_leads_to_its_line_and_column(string text, int position, string where)
    {
        var map = Assert.IsType<YamlMapping>(ReadAnything(text, out var found));
        Assert.Empty(found);
        var span = Assert.IsType<YamlScalar>(map["a"]).Text.At(position, 1);
        Assert.Equal(where, $"{span.StartLine}:{span.StartColumn}-{span.EndLine}:{span.EndColumn}");
    }

    [Fact]
    public void Every_prefix_of_a_plan_is_read_or_refused_with_a_place()
    {
        for (var length = 0; length <= Sample.Length; length++)
        {
            ReadAnything(Sample[..length], out _);
        }
    }

    [Fact]
    public void A_flipped_bit_in_any_byte_of_a_plan_is_read_or_refused_with_a_place()
    {
        var bytes = Encoding.UTF8.GetBytes(Sample);
        for (var at = 0; at < bytes.Length; at++)
        {
            for (var bit = 0; bit < 8; bit += 1 + (at % 3))
            {
                bytes[at] ^= (byte)(1 << bit);
                var found = new List<Diagnostic>();
                var node = YamlReader.Read("any.yaml", bytes, found);
                Assert.True(node is not null || found.Any(d => d.Severity == Severity.Error), $"byte {at}, bit {bit}");
                bytes[at] ^= (byte)(1 << bit);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_texts_of_the_signs_that_mean_something_never_throw(int seed)
    {
        string[] parts =
        [
            "a", "b", ":", ": ", "- ", "-", "[", "]", "{", "}", "{{", "}}", ",", "\"", "'", "\\", "|", ">", "|-", ">+2", "#", " #",
            "&x ", "*x", "!t ", "!!", "%", "@", "`", "? ", "<<", "---", "...", "\n", "\n ", "\n  ", "\n    ", "\n- ", "\r\n", "\r", "\t",
            "\n\t", " ", "  ", "ü", "😀", "\uD800", "\0", "\uFEFF", "\u2028", "\u202E", "\\u12", "\\x", "''", "~", "=", "1", "%YAML 1.2\n",
        ];
        var random = new Random(seed);
        for (var run = 0; run < 4_000; run++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 25)).Select(_ => parts[random.Next(parts.Length)]));
            ReadAnything(text, out _);
        }
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        var random = new Random(4);
        for (var run = 0; run < 5_000; run++)
        {
            var bytes = new byte[random.Next(0, 200)];
            random.NextBytes(bytes);
            var found = new List<Diagnostic>();
            Assert.True(YamlReader.Read("any.yaml", bytes, found) is not null || found.Count > 0);
        }
    }
}
