using System.Text.RegularExpressions;
using ProcessManager.Language;

namespace ProcessManager.Tests.Expressions;

/// <summary>
/// Which cases of the DMN TCK speak of something that the subset leaves out or means otherwise, each by a rule over its text and with
/// the reason that the decision on the subset gives. A case is out whether it passes or not.
/// </summary>
internal static class Subset
{
    /// <summary>What typing refuses and the standard answers with a value.</summary>
    public const string Typing = "types are checked when it is compiled";

    /// <summary>The mistakes that only typing finds.</summary>
    private static readonly string[] TypingCodes = ["PM1511", "PM1513", "PM1514", "PM1520", "PM1521", "PM1522"];

    private static readonly (string Reason, Regex Text)[] Rules =
    [
        ("functions can't be defined", new(@"\bfunction\s*[(<]")),
        ("range(…) isn't known", new(@"\brange\(")),
        ("a time of day has no zone", new(@"(time\(|@)""\d\d:\d\d:\d\d[^""]*(Z|[+-]\d|@)|\btime\([^()""]+,[^()""]+,[^()""]+,|\.timezone|(?<!and )time\(date and time\(""[^""]*(Z|[+-]\d\d:\d\d|@)")),
        ("years are 1 to 9999", new(@"""-\d{4,}-|\d{5,}-\d\d-\d\d|date\(-?\d{5,}")),
        ("a moment is an instant: local, zoned and named zones are one kind", new(@"T[\d:.]+@|@""[^""]*T[^""]*"" - @""\d{4}-|@""\d{4}-\d\d-\d\d"" - @""[^""]*T|string\(date and time\(""[^""@Z+]*""\)|\)\.time offset")),
        ("24:00 is no time, and offsets have no seconds", new(@"T24:00|[+-]\d\d:\d\d:\d\d""")),
        ("seven decimals of a second count", new(@":\d\d\.(\d{8,}|0001)")),
        ("names are written without spaces, signs and pictures; subtraction needs spaces", new(@"num-10|\{foo[ +]bar:|\{🐎")),
        ("instance of knows no named types", new(@"instance of (list<)?t[A-Z_\d]")),
        ("numbers of decimals and places are whole", new(@"^decimal\([^,]+, ?\d+\.\d|list replace\(\[[^]]*\], -?\d+\.\d")),
        ("no limits of 34 digits", new(@"-6111|6176")),
        ("no back references in patterns, and white space, blocks and the carriage return are those of .NET", new(@"matches\(.*(\\\d|\\u000D|\\ |\\p\{ ?I)")),
        ("a range isn't written with = or !=", new(@"\(!?=\s*\d+\)")),
        ("item is the member of a filter", new(@"\{item:")),
        ("nothing is left out for a parameter that is needed", new(@"^is\(value[12]: [^,]*\)$")),
    ];

    /// <summary>What these models test is how DMN turns a result into a declared type, which isn't the expression's.</summary>
    private static readonly string[] OfTheModel = ["0015-all-any", "0021-singleton-list", "0082-feel-coercion"];

    /// <summary>Why a case is out; null where it is in.</summary>
    public static string? Reason(string folder, string text, IEnumerable<Diagnostic> diagnostics, bool wantsNull) =>
        OfTheModel.Contains(folder) ? "declared types of decisions are DMN's"
        : Array.Find(Rules, r => r.Text.IsMatch(text)).Reason
            ?? (!wantsNull && diagnostics.Any(d => TypingCodes.Contains(d.Code) || (d.Code == "PM1510" && d.Message.Contains("known are item", StringComparison.Ordinal))) ? Typing : null);
}
