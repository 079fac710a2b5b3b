using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProcessManager.Language.Exporting;

namespace ProcessManager.Language;

/// <summary>The door from a plan to Elsa 3: the graph for adapters, and the definition that Elsa imports and Elsa Studio opens.</summary>
public static class ElsaExport
{
    /// <summary>The same plan gives the same graph.</summary>
    public static ElsaGraph Graph(Plan plan) => new ElsaGraphBuilder(plan).Build();

    /// <summary>The workflow definition as JSON, as Elsa 3.7 writes and reads it.</summary>
    /// <param name="version">The number of the definition's version, counted from 1.</param>
    public static string Write(Plan plan, int version = 1)
    {
        using var stream = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(stream, options))
        {
            new ElsaWriter(json, plan, version).Write(Graph(plan));
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
