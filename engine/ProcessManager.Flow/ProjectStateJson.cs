using System.Buffers;
using System.Text.Json;
using ProcessManager.Language;

namespace ProcessManager.Flow;

/// <summary>
/// A project's state as compact JSON: what has its default value is left out, times are milliseconds since 1970-01-01 UTC,
/// fields are written by their kind. Reading skips members that it does not know.
/// </summary>
public static class ProjectStateJson
{
    private static readonly JsonWriterOptions Compact = new() { SkipValidation = true };

    /// <summary>UTF-8 JSON; equal states give equal bytes.</summary>
    public static byte[] Write(ProjectState state)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Compact)) { StateWriter.Write(json, state); }
        return buffer.WrittenSpan.ToArray();
    }

    /// <param name="plan">Says of what kind the fields are.</param>
    /// <exception cref="JsonException">It isn't a state that <see cref="Write"/> wrote.</exception>
    public static ProjectState Read(ReadOnlySpan<byte> utf8, Plan plan)
    {
        var json = new Utf8JsonReader(utf8);
        if (!json.Read()) { throw new JsonException("The state is empty."); }
        return StateReader.Read(ref json, plan);
    }
}
