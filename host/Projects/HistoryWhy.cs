using System.Globalization;
using System.Text.Json;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Host.Projects;

/// <summary>Why something happened, as the history row keeps it.</summary>
/// <param name="Rule">As the plan has it.</param>
/// <param name="Version">The version of the plan whose file and line it is.</param>
public sealed record HistoryWhy(string Rule, string? File, int? Line, int? Version, IReadOnlyList<(string Name, string Value)> Values, string? Note)
{
    /// <summary>Null for what a person simply did.</summary>
    public static HistoryWhy? Of(HistoryRow row)
    {
        if (row.Why is null) return null;
        using var json = JsonDocument.Parse(row.Why);
        var root = json.RootElement;
        string? Text(string name) => root.TryGetProperty(name, out var value) ? value.ToString() : null;
        int? Number(string name) => int.TryParse(Text(name), CultureInfo.InvariantCulture, out var number) ? number : null;
        return new HistoryWhy(
            Text("rule") ?? "", Text("file"), Number("line"), Number("version"),
            root.TryGetProperty("values", out var values) ? [.. values.EnumerateObject().Select(v => (v.Name, v.Value.ToString()))] : [],
            Text("note"));
    }
}
