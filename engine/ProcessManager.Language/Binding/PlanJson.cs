using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProcessManager.Language.Binding;

namespace ProcessManager.Language;

/// <summary>
/// A plan's meaning as JSON in one fixed form: two plans that mean the same have the same text, however their files are
/// commented, laid out and quoted. No places, nothing that is left at its default, nothing that follows from the rest
/// (followers, what a redo sets back). Its hash identifies the plan.
/// </summary>
public static class PlanJson
{
    /// <summary>Raised where the form changes for plans that stay the same, so that hashes are told apart.</summary>
    private const int Form = 1;

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The canonical form, indented, with LF.</summary>
    public static string Write(Plan plan) => Encoding.UTF8.GetString(Bytes(plan));

    /// <summary>SHA-256 of the canonical form, lower-case hexadecimal.</summary>
    internal static string Hash(Plan plan) => Convert.ToHexStringLower(SHA256.HashData(Bytes(plan)));

    private static byte[] Bytes(Plan plan)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            new PlanJsonWriter(json, plan).Write(Form);
        }

        return stream.ToArray();
    }
}
