using System.Globalization;
using System.Text;

namespace ProcessManager.Language.Expressions;

/// <summary>Values as the function string() writes them.</summary>
internal static class ValueText
{
    public static string Number(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>A text as it is; anything else as the language writes it. Null where it is null or too long.</summary>
    public static object? Of(Run run, object? value)
    {
        switch (value)
        {
            case null: return null;
            case string text: return text;
            default:
                var written = new StringBuilder();
                return Write(run, written, value, 0) ? run.Text(written.ToString()) : null;
        }
    }

    private static bool Write(Run run, StringBuilder to, object? value, int depth)
    {
        if (depth > Run.MaxDepth || to.Length > Run.MaxText)
        {
            run.Fail("A value is too large to be written as a text.");
            return false;
        }

        if (!run.Spend())
        {
            return false;
        }

        switch (value)
        {
            case IReadOnlyDictionary<string, object?> context:
                return WriteAll(run, to, '{', context.OrderBy(e => e.Key, StringComparer.Ordinal), '}', e =>
                {
                    to.Append(Printer.Key(e.Key)).Append(": ");
                    return Write(run, to, e.Value, depth + 1);
                });
            case IReadOnlyList<object?> list:
                return WriteAll(run, to, '[', list, ']', i => Write(run, to, i, depth + 1));
            case FeelRange range:
                to.Append(range.LowIncluded ? '[' : '(');
                return Write(run, to, range.Low, depth + 1) && Dots(to) && Write(run, to, range.High, depth + 1) &&
                    to.Append(range.HighIncluded ? ']' : ')').Length > 0;
            default:
                var written = depth > 0 && value is string text ? TextLiteral.Write(text) : Simple(value);
                to.Append(written);
                return run.SpendLong(written.Length);
        }
    }

    private static bool Dots(StringBuilder to) => to.Append("..").Length > 0;

    private static bool WriteAll<T>(Run run, StringBuilder to, char open, IEnumerable<T> members, char close, Func<T, bool> write)
    {
        to.Append(open);
        var first = true;
        foreach (var member in members)
        {
            if (!first)
            {
                to.Append(", ");
            }

            first = false;
            if (run.Exhausted || !write(member))
            {
                return false;
            }
        }

        to.Append(close);
        return true;
    }

    private static string Simple(object? value) => value switch
    {
        decimal number => Number(number),
        string text => text,
        bool yes => yes ? "true" : "false",
        DateOnly date => DateText.Write(date),
        TimeOnly time => DateText.Write(time),
        DateTimeOffset moment => DateText.Write(moment),
        TimeSpan duration => DurationText.Write(duration),
        MonthsDuration duration => DurationText.Write(duration),
        _ => "null",
    };
}
