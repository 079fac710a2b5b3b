using System.Text;
using System.Text.Json;
using ProcessManager.Flow;
using ProcessManager.Language;

namespace ProcessManager.Tests.Properties;

/// <summary>States and decisions as text, to compare them, and as the bytes that the database keeps.</summary>
internal static class Stored
{
    public static string Text(Decision? decision) => decision switch
    {
        Decision.Accepted accepted => Text(accepted.State) + JsonSerializer.Serialize(accepted.Events.Select(e => (object)e)),
        Decision.Refused refused => JsonSerializer.Serialize(refused),
        _ => "",
    };

    public static string Text(ProjectState state) => Encoding.UTF8.GetString(ProjectStateJson.Write(state));

    public static ProjectState RoundTrip(ProjectState state, Plan plan) => ProjectStateJson.Read(ProjectStateJson.Write(state), plan);
}
