using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Formatting;

/// <summary>Which quotes a text needs.</summary>
internal static class Quotes
{
    private const int LongestPlain = 80;

    /// <summary>Words that readers of YAML take for something other than text.</summary>
    private static readonly HashSet<string> Reserved =
        new(["true", "false", "yes", "no", "on", "off", "y", "n", "null", "none", "nan", "inf"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The text with plainer quotes or none; null where it stays as it is.</summary>
    public static string? Plainer(YamlScalar scalar, bool inFlow, bool isKey)
    {
        if (scalar.Style is not (YamlScalarStyle.SingleQuoted or YamlScalarStyle.DoubleQuoted))
        {
            return null;
        }

        var value = scalar.Value;
        if (isKey ? Shaping.Words.IsId(value) && !Reserved.Contains(value) : IsPlain(value, inFlow))
        {
            return value;
        }

        return scalar.Style == YamlScalarStyle.SingleQuoted && value.All(c => c is not ('"' or '\\') && !char.IsControl(c)) ? $"\"{value}\"" : null;
    }

    /// <summary>A few words that begin with a letter and hold no sign that means something in YAML.</summary>
    private static bool IsPlain(string value, bool inFlow) =>
        value.Length is > 0 and <= LongestPlain && char.IsLetter(value[0]) && value[^1] is not (' ' or ':')
        && !Reserved.Contains(value)
        && value.All(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_' or '.' or '/' or '(' or ')' or '\'' or '’' or ':' || (c == ',' && !inFlow))
        && !value.Contains(": ", StringComparison.Ordinal);
}
