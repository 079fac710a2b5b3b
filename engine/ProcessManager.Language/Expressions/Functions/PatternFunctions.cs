using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using static ProcessManager.Language.Expressions.Signatures;

namespace ProcessManager.Language.Expressions;

/// <summary>
/// Regular expressions without backtracking: a search takes time in proportion to the text, whatever the
/// pattern. Look-around and back references are therefore refused.
/// </summary>
internal static class PatternFunctions
{
    private const int MaxPattern = 1_000;
    private const int MaxKept = 200;
    private const long MaxRepetitions = 1_000_000;

    /// <summary>
    /// Repetitions times characters: the matcher remembers at each character which places of the pattern it may be at, in about a dozen bytes each.
    /// It stops doing so after the first 10,000.
    /// </summary>
    private const long MaxPlaces = 2_000_000;
    private const int MostRemembered = 10_000;

    /// <summary>Patterns already read; only a saving of time. Emptied when it is full.</summary>
    private static readonly ConcurrentDictionary<(string, RegexOptions), Regex> Kept = new();

    public static readonly ImmutableArray<Signature> All =
    [
        new("matches", "Yes where the regular expression is found in the text. Flags: i (any case), s, m, x.",
            """matches("foobar", "^fo*b")""",
            [P("input", Text), P("pattern", Text), Optional("flags", Text)], YesNo,
            (run, a) => Find(run, a[0], a[1], a[2]) is { } regex ? Truth.Of(regex.IsMatch((string)a[0]!)) : null)
            { CheckConstants = (run, a) => CheckPattern(run, a[1], a[2]) },
        new("replace", "Replaces what the regular expression finds; $1 is what its first group found.",
            """replace("abcd", "(ab)|(a)", "[1=$1][2=$2]") = "[1=ab][2=]cd" """,
            [P("input", Text), P("pattern", Text), P("replacement", Text), Optional("flags", Text)], Text, Replace)
            { CheckConstants = (run, a) => CheckPattern(run, a[1], a[3], a[2]) },
        new("split", "The parts of a text between what the regular expression finds.", """split("John Doe", "\\s") = ["John", "Doe"]""",
            [P("string", Text), P("delimiter", Text)], ListOf(Text),
            (run, a) => Find(run, a[0], a[1], null) is { } regex ? Split(run, regex, (string)a[0]!) : null)
            { CheckConstants = (run, a) => CheckPattern(run, a[1], null) },
    ];

    private static void CheckPattern(Run run, object? pattern, object? flags, object? replacement = null)
    {
        _ = pattern is string text ? Read(run, text, flags as string ?? "") : null;
        _ = replacement is string with ? Replacement(run, with) : null;
    }

    private static Regex? Find(Run run, object? text, object? pattern, object? flags)
    {
        var (length, repetitions) = (((string)text!).Length, Repetitions((string)pattern!));
        if (Math.Min(length, MostRemembered) * repetitions > MaxPlaces)
        {
            run.Fail($"The regular expression repeats something up to {repetitions} times, which is too much for a text of {length} characters.");
            return null;
        }

        // What a character costs at worst: as many steps as the pattern has places.
        return run.SpendText(length * (8 + (((string)pattern!).Length / 4) + repetitions)) ? Read(run, (string)pattern!, (string?)flags ?? "") : null;
    }

    /// <summary>How many places the counted repetitions of a pattern make: those inside each other are multiplied, those behind each other added.</summary>
    private static long Repetitions(string pattern)
    {
        var groups = new Stack<long>();
        var (sum, last, repeated) = (0L, 0L, 0L);
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '(':
                    groups.Push(sum);
                    (sum, last) = (0, 0);
                    break;
                case ')':
                    (last, sum) = (sum, groups.TryPop(out var outer) ? Math.Min(outer + sum, MaxRepetitions) : sum);
                    break;
                case '{' when Most(pattern, ref i) is { } times:
                    var more = Math.Min(Math.Max(last, 1) * times, MaxRepetitions);
                    repeated = Math.Min(repeated + more, MaxRepetitions);
                    (sum, last) = (Math.Min(sum + more, MaxRepetitions), more);
                    break;
                case '[':
                    i = EndOfClass(pattern, i);
                    (sum, last) = (sum + 1, 1);
                    break;
                case '\\':
                    i++;
                    (sum, last) = (sum + 1, 1);
                    break;
                case '*' or '+' or '?' or '|':
                    break;
                default:
                    (sum, last) = (sum + 1, 1);
                    break;
            }
        }

        return repeated;
    }

    /// <summary>The greatest number of <c>{3}</c>, <c>{3,}</c> or <c>{3,8}</c>, moving to its end; null where the brace is just a character.</summary>
    private static long? Most(string pattern, ref int at)
    {
        var end = pattern.IndexOf('}', at);
        if (end < 0) { return null; }
        var parts = pattern[(at + 1)..end].Split(',');
        if (parts.Length > 2 || parts[0].Length == 0 || !parts.All(p => p.All(char.IsAsciiDigit))) { return null; }
        at = end;
        return parts.Max(p => p.Length == 0 ? 0 : p.Length > 7 ? MaxRepetitions : long.Parse(p, CultureInfo.InvariantCulture));
    }

    private static int EndOfClass(string pattern, int start)
    {
        // A bracket that closes at once is a character of the class.
        var i = start + 1;
        if (i < pattern.Length && pattern[i] == '^') { i++; }
        if (i < pattern.Length && pattern[i] == ']') { i++; }
        while (i < pattern.Length && pattern[i] != ']') { i += pattern[i] == '\\' ? 2 : 1; }

        return i;
    }

    private static Regex? Read(Run run, string pattern, string flags)
    {
        var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        foreach (var flag in flags)
        {
            options |= flag switch
            {
                'i' => RegexOptions.IgnoreCase,
                's' => RegexOptions.Singleline,
                'm' => RegexOptions.Multiline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                _ => RegexOptions.None,
            };
            if (!"ismx".Contains(flag, StringComparison.Ordinal))
            {
                run.Fail($"The flag “{flag}” isn't known; known are i, s, m and x.");
                return null;
            }
        }

        if (Kept.TryGetValue((pattern, options), out var kept))
        {
            return kept;
        }

        return pattern.Length > MaxPattern ? Refuse(run, $"it is longer than {MaxPattern} characters.") : Build(run, pattern, options);
    }

    private static Regex? Build(Run run, string pattern, RegexOptions options)
    {
        try
        {
            var regex = new Regex(pattern, options);
            if (Kept.Count >= MaxKept)
            {
                Kept.Clear();
            }

            return Kept[(pattern, options)] = regex;
        }
        catch (RegexParseException e)
        {
            return Refuse(run, $"{Words(e.Error)} at character {e.Offset}.");
        }
        catch (NotSupportedException)
        {
            return Refuse(run, "look-around, back references and very large repetitions aren't supported.");
        }
    }

    private static string Words(RegexParseError error) =>
        string.Concat(error.ToString().Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString())).TrimStart();

    private static Regex? Refuse(Run run, string why)
    {
        run.Fail($"The regular expression can't be read: {why}");
        return null;
    }

    private static object? Replace(Run run, object?[] a)
    {
        if (Find(run, a[0], a[1], a[3]) is not { } regex)
        {
            return null;
        }

        if (Replacement(run, (string)a[2]!) is not { } replacement)
        {
            return null;
        }

        return Replaced(run, regex, (string)a[0]!, replacement);
    }

    private static object? Replaced(Run run, Regex regex, string text, string replacement)
    {
        var replaced = new StringBuilder();
        var from = 0;
        for (var match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            replaced.Append(text, from, match.Index - from).Append(match.Result(replacement));
            from = match.Index + match.Length;
            if (replaced.Length > Run.MaxText || !run.SpendText(replacement.Length))
            {
                return run.Fail($"A text is longer than {Run.MaxText} characters.");
            }
        }

        return run.Text(replaced.Append(text, from, text.Length - from).ToString());
    }

    /// <summary>From XPath's way (<c>$1</c>, <c>\$</c>, <c>\\</c>) to .NET's (<c>${1}</c>, <c>$$</c>).</summary>
    private static string? Replacement(Run run, string text)
    {
        var written = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (text[i] == '\\' && next is '\\' or '$')
            {
                written.Append(next == '$' ? "$$" : "\\");
                i++;
            }
            else if (text[i] == '$' && char.IsAsciiDigit(next))
            {
                written.Append("${").Append(next).Append('}');
                i++;
            }
            else if (text[i] is '$' or '\\')
            {
                run.Fail("In a replacement $ stands before the number of a group; write \\\\$ for the character itself.");
                return null;
            }
            else
            {
                written.Append(text[i]);
            }
        }

        return written.ToString();
    }

    private static object? Split(Run run, Regex regex, string text)
    {
        // Regex.Split would also give what groups found.
        var parts = new List<object?>();
        var from = 0;
        foreach (var match in regex.EnumerateMatches(text))
        {
            if (parts.Count >= Run.MaxItems)
            {
                break;
            }

            parts.Add(text[from..match.Index]);
            from = match.Index + match.Length;
        }

        parts.Add(text[from..]);
        return run.List(parts);
    }
}
