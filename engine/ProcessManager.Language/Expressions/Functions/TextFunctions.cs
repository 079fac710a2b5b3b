using System.Collections.Immutable;
using System.Text;
using static ProcessManager.Language.Expressions.Signatures;

namespace ProcessManager.Language.Expressions;

/// <summary>Places and lengths count characters (code points), from 1; from the end where negative.</summary>
internal static class TextFunctions
{
    public static readonly ImmutableArray<Signature> All =
    [
        new("string", "The value as a text.", """string(1.10) + string(true) = "1.1true" """,
            [P("from", Any)], Text, (run, a) => ValueText.Of(run, a[0])),
        new("substring", "A part of a text, from a place on, of a length or to the end.", """substring("foobar", -2, 1) = "a" """,
            [P("string", Text), P("start position", Number), Optional("length", Number)], Text,
            (run, a) => Substring(run, (string)a[0]!, (decimal)a[1]!, (decimal?)a[2])),
        new("string length", "How many characters a text has.", """string length("foo") = 3""",
            [P("string", Text)], Number, (run, a) => run.SpendText(((string)a[0]!).Length) ? (decimal)CountOf((string)a[0]!) : null),
        new("upper case", "In capital letters.", """upper case("aBc4") = "ABC4" """,
            [P("string", Text)], Text, (run, a) => run.Text(((string)a[0]!).ToUpperInvariant())),
        new("lower case", "In small letters.", """lower case("aBc4") = "abc4" """,
            [P("string", Text)], Text, (run, a) => run.Text(((string)a[0]!).ToLowerInvariant())),
        Test("contains", "Yes where the text holds the other.", """contains("foobar", "of") = false""",
            (text, match) => text.Contains(match, StringComparison.Ordinal)),
        Test("starts with", "Yes where the text begins with the other.", """starts with("foobar", "fo")""",
            (text, match) => text.StartsWith(match, StringComparison.Ordinal)),
        Test("ends with", "Yes where the text ends with the other.", """ends with("foobar", "r")""",
            (text, match) => text.EndsWith(match, StringComparison.Ordinal)),
        new("substring before", "What stands before the first occurrence; empty without one.", """substring before("foobar", "bar") = "foo" """,
            [P("string", Text), P("match", Text)], Text, (run, a) => Around(run, (string)a[0]!, (string)a[1]!, before: true)),
        new("substring after", "What stands after the first occurrence; empty without one.", """substring after("foobar", "ob") = "ar" """,
            [P("string", Text), P("match", Text)], Text, (run, a) => Around(run, (string)a[0]!, (string)a[1]!, before: false)),
        new("string join", "The texts of a list one after the other, with a separator between them; nulls are left out.",
            """string join(["a", "b", "c"], "_and_") = "a_and_b_and_c" """,
            [P("list", ListOf(Text)), Optional("delimiter", Text)], Text,
            (run, a) => Join(run, (IReadOnlyList<object?>)a[0]!, (string?)a[1] ?? "")),
    ];

    private static Signature Test(string name, string summary, string example, Func<string, string, bool> test) =>
        new(name, summary, example, [P("string", Text), P("match", Text)], YesNo,
            (run, a) => run.SpendText(((string)a[0]!).Length) ? Truth.Of(test((string)a[0]!, (string)a[1]!)) : null);

    private static bool HasPairs(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;

    private static int CountOf(string text) => HasPairs(text) ? text.EnumerateRunes().Count() : text.Length;

    private static object? Substring(Run run, string text, decimal start, decimal? length)
    {
        if (start == 0 || start != decimal.Truncate(start) || length < 0)
        {
            return run.Fail("A part of a text begins at a whole number other than 0 and has a length that isn't negative.");
        }

        if (!run.SpendText(text.Length))
        {
            return null;
        }

        var count = CountOf(text);
        var from = start > 0 ? start - 1 : count + start;
        var to = length is { } given ? Math.Min(count, from + decimal.Truncate(given)) : count;
        if (from < 0)
        {
            return run.Fail("A part of a text begins before the text.");
        }

        return from >= to ? "" : Slice(text, (int)from, (int)to);
    }

    private static string Slice(string text, int from, int to) => HasPairs(text)
        ? string.Concat(text.EnumerateRunes().Skip(from).Take(to - from).Select(r => r.ToString()))
        : text[from..to];

    private static string? Around(Run run, string text, string match, bool before)
    {
        if (!run.SpendText(text.Length))
        {
            return null;
        }

        var at = text.IndexOf(match, StringComparison.Ordinal);
        return at < 0 ? "" : before ? text[..at] : text[(at + match.Length)..];
    }

    private static object? Join(Run run, IReadOnlyList<object?> list, string delimiter)
    {
        var joined = new StringBuilder();
        var first = true;
        foreach (var item in list)
        {
            if (item is not (null or string))
            {
                return run.Fail($"string join needs texts, found {Kinds.Say(item)}.");
            }

            if (!run.Spend() || joined.Length > Run.MaxText)
            {
                return run.Fail($"A text is longer than {Run.MaxText} characters.");
            }

            if (item is string text)
            {
                joined.Append(first ? "" : delimiter).Append(text);
                first = false;
                if (!run.SpendLong(text.Length + delimiter.Length))
                {
                    return null;
                }
            }
        }

        return run.Text(joined.ToString());
    }
}
