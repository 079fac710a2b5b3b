using System.Buffers;
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

    private static readonly JsonWriterOptions Dense = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly JsonWriterOptions Readable = Dense with { Indented = true, NewLine = "\n", SkipValidation = false };

    /// <summary>The canonical form, indented, with LF.</summary>
    public static string Write(Plan plan) => Encoding.UTF8.GetString(Bytes(plan, Readable).WrittenSpan);

    /// <summary>SHA-256 of the canonical form without white space, lower-case hexadecimal.</summary>
    internal static string Hash(Plan plan)
    {
        using var hash = new HashedBytes();
        Write(plan, hash, Dense);
        return hash.Finish();
    }

    private static ArrayBufferWriter<byte> Bytes(Plan plan, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        Write(plan, buffer, options);
        return buffer;
    }

    private static void Write(Plan plan, IBufferWriter<byte> to, JsonWriterOptions options)
    {
        using var json = new Utf8JsonWriter(to, options);
        new PlanJsonWriter(json, plan).Write(Form);
        json.Flush();
    }

    /// <summary>Takes bytes into a hash as they come: a large plan's JSON never stands in memory as a whole.</summary>
    private sealed class HashedBytes : IBufferWriter<byte>, IDisposable
    {
        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private byte[] piece = new byte[16 * 1024];

        public void Advance(int count) => hash.AppendData(piece, 0, count);

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            if (sizeHint > piece.Length) { piece = new byte[sizeHint]; }
            return piece;
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public string Finish() => Convert.ToHexStringLower(hash.GetHashAndReset());

        public void Dispose() => hash.Dispose();
    }
}
