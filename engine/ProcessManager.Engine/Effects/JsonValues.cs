using System.Collections.Immutable;
using System.Text.Json;

namespace ProcessManager.Engine.Effects;

/// <summary>JSON of other systems as values of the expression language: numbers are decimals, objects are contexts, arrays are lists.</summary>
internal static class JsonValues
{
    private const int Deepest = 32;
    private const int MostValues = 100_000;

    /// <returns>False where it isn't JSON, or is deeper or has more values than anybody needs.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> json, out object? value)
    {
        value = null;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Deepest });
            var left = MostValues;
            value = Read(document.RootElement, ref left);
            return left >= 0;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter for half of a surrogate pair
        {
            return false;
        }
    }

    private static object? Read(JsonElement json, ref int left)
    {
        if (--left < 0) { return null; }
        switch (json.ValueKind)
        {
            case JsonValueKind.True: return true;
            case JsonValueKind.False: return false;
            case JsonValueKind.String: return json.GetString();
            case JsonValueKind.Number: return json.TryGetDecimal(out var number) ? number : null;
            case JsonValueKind.Array:
                var list = ImmutableArray.CreateBuilder<object?>();
                foreach (var item in json.EnumerateArray()) { list.Add(Read(item, ref left)); }

                return list.ToImmutable();
            case JsonValueKind.Object:
                var context = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var entry in json.EnumerateObject()) { context[entry.Name] = Read(entry.Value, ref left); }

                return context;
            default: return null;
        }
    }
}
