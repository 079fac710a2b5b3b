using System.Globalization;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Shaping;

/// <summary>
/// Checks plain values: ids, numbers, words, days and hours. Durations, moments, expressions and references are
/// texts to it; the rooms that know them check them.
/// </summary>
internal static class ScalarCheck
{
    public static void Run(YamlScalar node, Shape shape, string? key, ICollection<Diagnostic> diagnostics)
    {
        var problem = shape switch
        {
            IdShape => Id(node),
            NumberShape number => Number(node, number),
            ChoiceShape choice => Choice(node, choice, key),
            FlagShape => Values.Flag(node.Value) is null ? Wrong(Errors.NotAFlag, node, shape) : null,
            DateShape date => Values.Day(node.Value, date.Yearly) is null && !(date.Yearly && Time.MovableDay.Parse(node.Value) is not null) ? Wrong(Errors.NotADate, node, shape) : null,
            HoursShape => Values.Hours(node.Value) is null ? Wrong(Errors.NotADate, node, shape) : null,
            ZoneShape => TimeZoneInfo.TryFindSystemTimeZoneById(node.Value, out _) && node.Value.Length > 0 ? null : Wrong(Errors.UnknownZone, node, shape),
            CurrencyShape => node.Value is [>= 'A' and <= 'Z', >= 'A' and <= 'Z', >= 'A' and <= 'Z'] ? null : Wrong(Errors.UnknownZone, node, shape),
            _ => string.IsNullOrWhiteSpace(node.Value) ? Errors.NoValue.At(node.Span, $"The text is empty. Expected {shape.Noun}.") : null,
        };
        if (problem is not null)
        {
            diagnostics.Add(problem);
        }
    }

    private static Diagnostic Wrong(ErrorDefinition error, YamlScalar node, Shape shape) =>
        error.At(node.Span, $"Expected {shape.Noun}, found “{Shown(node.Value)}”.");

    private static string Shown(string value) => value.Length > 40 ? value[..40] + "…" : value;

    private static Diagnostic? Id(YamlScalar node)
    {
        if (Words.IsId(node.Value))
        {
            return null;
        }

        var id = Words.AsId(node.Value);
        return Errors.NotAnId.At(node.Span,
            node.Value.Length > IdShape.MaxLength
                ? $"An id has at most {IdShape.MaxLength} characters; this one has {node.Value.Length}."
                : $"“{node.Value}” isn't an id. An id begins with a lower-case letter and holds lower-case letters, digits and hyphens.",
            id is null ? null : new QuickFix($"Change to “{id}”", [new TextEdit(node.Span, id)]));
    }

    private static Diagnostic? Number(YamlScalar node, NumberShape shape)
    {
        if (shape.Also.Contains(node.Value))
        {
            return null;
        }

        return Values.Number(node.Value) is { } number && number >= shape.Min && number <= shape.Max
            && (!shape.Integer || number == decimal.Truncate(number))
                ? null
                : Wrong(Errors.NotANumber, node, shape);
    }

    private static Diagnostic? Choice(YamlScalar node, ChoiceShape shape, string? key)
    {
        if (shape.Values.Contains(node.Value))
        {
            return null;
        }

        var (advice, fix) = Words.Suggest(node.Value, shape.Values, node.Span);
        var of = key is null ? "" : $" for `{key}`";
        return Errors.UnknownChoice.At(node.Span,
            fix is null ? $"Expected {shape.Noun}{of}, found “{Shown(node.Value)}”." : $"“{node.Value}” isn't known{of}. Expected {shape.Noun}.{advice}", fix);
    }
}

/// <summary>Plain values as the files write them; null where a text isn't one. Used by the check and by binding alike.</summary>
internal static class Values
{
    public static bool? Flag(string text) => text switch
    {
        "true" or "yes" => true,
        "false" or "no" => false,
        _ => null,
    };

    public static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Year (null for every year), month and day.</summary>
    public static (int? Year, int Month, int Day)? Day(string text, bool yearly)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return (date.Year, date.Month, date.Day);
        }

        // A leap year admits February 29th.
        return yearly && DateOnly.TryParseExact("2024-" + text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? (null, day.Month, day.Day)
            : null;
    }

    /// <summary>Minutes after midnight, from and to; to may be 24:00.</summary>
    public static (int From, int To)? Hours(string text)
    {
        var ends = text.Split('-', StringSplitOptions.TrimEntries);
        return ends.Length == 2 && Clock(ends[0]) is { } from && Clock(ends[1]) is { } to && from != to && from < 24 * 60 ? (from, to) : null;
    }

    private static int? Clock(string text) =>
        text is [>= '0' and <= '2', >= '0' and <= '9', ':', >= '0' and <= '5', >= '0' and <= '9']
        && (((text[0] - '0') * 10) + text[1] - '0') is <= 24 and var hour && ((text[3] - '0') * 10) + text[4] - '0' is var minute
        && (hour < 24 || minute == 0)
            ? (hour * 60) + minute
            : null;
}
