using System.Collections;
using System.Globalization;

namespace ProcessManager.Engine.Store;

/// <summary>A field's value as text for history.</summary>
internal static class FieldText
{
    public static string? Of(object? value) => value switch
    {
        null => null,
        string text => text,
        bool yes => yes ? "yes" : "no",
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        IEnumerable list => string.Join(", ", list.Cast<object?>().Select(Of)),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
