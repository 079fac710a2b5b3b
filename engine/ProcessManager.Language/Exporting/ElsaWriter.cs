using System.Text.Json;

namespace ProcessManager.Language.Exporting;

/// <summary>Writes a graph in the form of Elsa's workflow definitions.</summary>
internal sealed class ElsaWriter(Utf8JsonWriter json, Plan plan, int version)
{
    private const string Root = "root";

    public void Write(ElsaGraph graph)
    {
        json.WriteStartObject();
        json.WriteString("$schema", "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json");
        json.WriteString("id", $"{plan.Id}-v{version}-{plan.Hash[..12]}");
        json.WriteString("definitionId", plan.Id);
        json.WriteString("tenantId", "*");
        json.WriteString("name", plan.Name);
        json.WriteString("description", plan.Description ?? "");
        json.WriteString("createdAt", "0001-01-01T00:00:00+00:00");
        json.WriteNumber("version", version);
        Empty("variables");
        json.WriteStartArray("inputs");
        Input("ProjectId", "The project that this run is about");
        json.WriteEndArray();
        Empty("outputs");
        Empty("outcomes");
        json.WriteStartObject("customProperties");
        json.WriteString("plan", plan.Id);
        json.WriteString("planHash", plan.Hash);
        json.WriteEndObject();
        json.WriteBoolean("isReadonly", false);
        json.WriteBoolean("isSystem", false);
        json.WriteBoolean("isLatest", true);
        json.WriteBoolean("isPublished", true);
        json.WriteStartObject("options");
        json.WriteBoolean("autoUpdateConsumingWorkflows", false);
        json.WriteEndObject();
        Flowchart(graph);
        json.WriteEndObject();
    }

    private void Flowchart(ElsaGraph graph)
    {
        json.WriteStartObject("root");
        json.WriteString("id", Root);
        json.WriteString("nodeId", "Workflow1:" + Root);
        json.WriteString("type", "Elsa.Flowchart");
        json.WriteNumber("version", 1);
        json.WriteStartObject("customProperties");
        json.WriteEndObject();
        json.WriteStartObject("metadata");
        json.WriteEndObject();
        json.WriteString("start", ElsaGraph.StartId);
        json.WriteStartArray("activities");
        foreach (var activity in graph.Activities)
        {
            Activity(activity);
        }

        json.WriteEndArray();
        Empty("variables");
        json.WriteStartArray("connections");
        foreach (var connection in graph.Connections)
        {
            json.WriteStartObject();
            End("source", connection.Source, connection.Port);
            End("target", connection.Target, "In");
            Empty("vertices");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Activity(ElsaActivity activity)
    {
        json.WriteStartObject();
        foreach (var (name, value) in activity.Inputs)
        {
            json.WriteStartObject(name);
            json.WriteString("typeName", "String");
            json.WriteStartObject("expression");
            json.WriteString("type", "Literal");
            json.WriteString("value", value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteString("id", activity.Id);
        json.WriteString("nodeId", $"Workflow1:{Root}:{activity.Id}");
        json.WriteString("name", activity.Name);
        json.WriteString("type", activity.Type);
        json.WriteNumber("version", 1);
        json.WriteStartObject("customProperties");
        if (activity.MergeMode is { } mode)
        {
            json.WriteString("mergeMode", mode.ToString());
        }

        foreach (var (name, value) in activity.Properties)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteStartObject("metadata");
        json.WriteString("displayText", activity.Name);
        json.WriteStartObject("designer");
        Pair("position", "x", activity.X, "y", activity.Y);
        Pair("size", "width", activity.Width, "height", activity.Height);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Input(string name, string description)
    {
        json.WriteStartObject();
        json.WriteString("type", "String");
        json.WriteString("name", name);
        json.WriteString("displayName", name);
        json.WriteString("description", description);
        json.WriteString("category", "");
        json.WriteEndObject();
    }

    private void End(string key, string activity, string port)
    {
        json.WriteStartObject(key);
        json.WriteString("activity", activity);
        json.WriteString("port", port);
        json.WriteEndObject();
    }

    private void Pair(string key, string first, int one, string second, int two)
    {
        json.WriteStartObject(key);
        json.WriteNumber(first, one);
        json.WriteNumber(second, two);
        json.WriteEndObject();
    }

    private void Empty(string key)
    {
        json.WriteStartArray(key);
        json.WriteEndArray();
    }
}
