using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace ProcessManager.Host.Api;

/// <summary>Between field values of a project and JSON. Dates are text such as <c>2027-01-31</c>; the flow checks each value against its field.</summary>
internal static class JsonFields
{
    public const int MostFields = 500;
    public const int MostItems = 1000;

    /// <returns>Null with a sentence where a value is of a form that no field has.</returns>
    public static ImmutableSortedDictionary<string, object?>? Read(Dictionary<string, JsonElement>? fields, out string? problem)
    {
        problem = null;
        var values = ImmutableSortedDictionary.CreateBuilder<string, object?>(StringComparer.Ordinal);
        if (fields is { Count: > MostFields })
        {
            problem = $"There are more than {MostFields} fields.";
            return null;
        }

        foreach (var (id, json) in fields ?? [])
        {
            if (!TryValue(json, out var value))
            {
                problem = $"The field “{id}” must be a text, a number, true or false, a list of these, or null.";
                return null;
            }

            values[id] = value;
        }

        return values.ToImmutable();
    }

    /// <summary>A field's value as JSON knows it.</summary>
    public static object? Write(object? value) => value switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        IEnumerable<object?> list => list.Select(Write).ToList(),
        _ => value,
    };

    public static Dictionary<string, object?> Write(ImmutableSortedDictionary<string, object?> fields) =>
        fields.ToDictionary(f => f.Key, f => Write(f.Value));

    private static bool TryValue(JsonElement json, out object? value)
    {
        value = null;
        switch (json.ValueKind)
        {
            case JsonValueKind.Null: return true;
            case JsonValueKind.True: value = true; return true;
            case JsonValueKind.False: value = false; return true;
            case JsonValueKind.String: return TryText(json, out value);
            case JsonValueKind.Number:
                value = json.TryGetDecimal(out var number) ? number : null;
                return value is not null;
            case JsonValueKind.Array:
                List<object?> list = [];
                foreach (var item in json.EnumerateArray())
                {
                    if (list.Count == MostItems) { return false; }
                    if (item.ValueKind is JsonValueKind.Array || !TryValue(item, out var one)) { return false; }
                    list.Add(one);
                }

                value = list;
                return true;
            default: return false;
        }
    }

    /// <summary>False for half of a surrogate pair, which JSON can write and no text can hold.</summary>
    private static bool TryText(JsonElement json, out object? value)
    {
        try
        {
            value = json.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            value = null;
            return false;
        }
    }
}
