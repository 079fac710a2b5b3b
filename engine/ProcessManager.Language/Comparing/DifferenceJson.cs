using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProcessManager.Language.Comparing;

/// <summary>A difference for programs.</summary>
internal static class DifferenceJson
{
    private static readonly JsonWriterOptions Readable =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(PlanDifference difference)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartObject();
            json.WriteString("plan", difference.After.Id);
            json.WriteString("name", difference.After.Name);
            json.WriteString("before", difference.Before.Hash);
            json.WriteString("after", difference.After.Hash);
            json.WriteStartArray("changes");
            foreach (var change in difference.Changes)
            {
                json.WriteStartObject();
                json.WriteString("kind", Binding.Kinds.Lower(change.Kind));
                json.WriteString("part", change.Part == PlanPart.OnClose ? "on-close" : Binding.Kinds.Lower(change.Part));
                json.WriteString("id", change.Id);
                json.WriteString("name", change.Name);
                Optional(json, change.Part == PlanPart.OnClose ? "after-close" : "stage", change.Stage);
                Optional(json, "what", change.What);
                Optional(json, "before", change.Before);
                Optional(json, "after", change.After);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Optional(Utf8JsonWriter json, string key, string? value)
    {
        if (value is not null)
        {
            json.WriteString(key, value);
        }
    }
}
