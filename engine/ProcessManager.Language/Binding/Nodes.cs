using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Binding;

/// <summary>
/// Reads values from nodes whose shape was checked before: what is missing or of the wrong kind was reported
/// there, so here it is simply absent.
/// </summary>
internal static class Nodes
{
    public static YamlMapping? Map(this YamlMapping map, string key) => map[key] as YamlMapping;

    public static YamlScalar? Scalar(this YamlMapping map, string key) => (map[key] as YamlScalar).Written();

    public static string? Text(this YamlMapping map, string key) => map.Scalar(key)?.Value;

    public static int? Whole(this YamlMapping map, string key) =>
        int.TryParse(map.Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static decimal? Number(this YamlMapping map, string key) => Number(map.Text(key));

    public static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number : null;

    /// <summary>A number that the shape wants to be whole; the nearest there is where it told that it isn't.</summary>
    public static int? Count(string? text) => Number(text) is { } number ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : null;

    public static bool Flag(this YamlMapping map, string key) => map.Text(key) is "true" or "yes";

    /// <summary>The entries of a map under a key; none where there is no map.</summary>
    public static ImmutableArray<YamlEntry> EntriesOf(this YamlMapping map, string key) => map.Map(key)?.Entries ?? [];

    /// <summary>The items of a list, or the one value that stands in its place.</summary>
    public static ImmutableArray<YamlNode> ItemsOf(this YamlMapping map, string key) => map[key].Items();

    public static ImmutableArray<YamlNode> Items(this YamlNode? node) => node switch
    {
        YamlSequence list => list.Items,
        null or YamlScalar { IsNothing: true } => [],
        _ => [node],
    };

    public static IEnumerable<YamlScalar> Scalars(this YamlNode? node) =>
        node switch
        {
            YamlScalar one => one.Written() is null ? [] : [one],
            YamlSequence list => list.Items.OfType<YamlScalar>().Where(s => s.Written() is not null),
            _ => [],
        };

    public static YamlScalar? Written(this YamlScalar? scalar) => scalar is null || scalar.IsNothing || scalar.IsBroken ? null : scalar;
}
