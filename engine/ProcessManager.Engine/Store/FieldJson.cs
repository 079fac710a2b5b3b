using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProcessManager.Engine.Store;

/// <summary>Values of fields as JSON that gives the same values back: dates and moments are objects of one entry, as JSON has none of its own.</summary>
internal static class FieldJson
{
    public static JsonObject Write(ImmutableSortedDictionary<string, object?> fields)
    {
        var json = new JsonObject();
        foreach (var (name, value) in fields) { json[name] = Write(value); }

        return json;
    }

    public static ImmutableSortedDictionary<string, object?> Read(JsonElement json)
    {
        var fields = ImmutableSortedDictionary.CreateBuilder<string, object?>(StringComparer.Ordinal);
        foreach (var entry in json.EnumerateObject()) { fields[entry.Name] = ReadValue(entry.Value); }

        return fields.ToImmutable();
    }

    private static JsonNode? Write(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool yes => JsonValue.Create(yes),
        decimal number => JsonValue.Create(number),
        DateOnly date => new JsonObject { ["date"] = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) },
        DateTimeOffset at => new JsonObject { ["time"] = at.ToUnixTimeMilliseconds() },
        IEnumerable<object?> list => new JsonArray([.. list.Select(Write)]),
        _ => throw new InvalidOperationException($"No field holds a {value.GetType().Name}."),
    };

    private static object? ReadValue(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => json.GetDecimal(),
        JsonValueKind.Array => json.EnumerateArray().Select(ReadValue).ToImmutableArray() is var list ? list : [],
        JsonValueKind.Object => json.TryGetProperty("date", out var date)
            ? DateOnly.ParseExact(date.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            : DateTimeOffset.FromUnixTimeMilliseconds(json.GetProperty("time").GetInt64()),
        _ => null,
    };
}
