using System.Security.Cryptography;

namespace ProcessManager.Engine.Documents;

/// <summary>Bytes that stand in the store.</summary>
/// <param name="Hash">SHA-256, lower-case hexadecimal.</param>
/// <param name="Head">The first bytes, by which the kind of content is told.</param>
internal sealed record StoredContent(string Hash, long Size, byte[] Head);

/// <summary>The content is larger than allowed.</summary>
internal sealed class ContentTooLargeException(long most) : Exception($"The file is larger than {most / (1 << 20)} MB.");

/// <summary>
/// Files named by what is in them: <c>ab/cdef…</c> under one folder. A file appears whole or not at all, the same content is kept once, and
/// what no row names any more is swept away.
/// </summary>
internal sealed class ContentStore(string folder, TimeProvider clock)
{
    public const int HeadLength = 4096;
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    // A sweep must not take a file away between being found here and being named by a row.
    private readonly Lock guard = new();

    public string Folder => folder;

    /// <summary>Writes a stream to disk; when this returns, the bytes survive a power cut.</summary>
    /// <exception cref="ContentTooLargeException">It holds more than <paramref name="most"/> bytes; nothing is left behind.</exception>
    /// <exception cref="IOException">The disk is full or cannot be written; nothing is left behind.</exception>
    public async Task<StoredContent> PutAsync(Stream content, long most, CancellationToken cancellation)
    {
        var incoming = Path.Combine(folder, "incoming");
        System.IO.Directory.CreateDirectory(incoming);
        var temporary = Path.Combine(incoming, Path.GetRandomFileName());
        try
        {
            var stored = await WriteAsync(content, temporary, most, cancellation);
            Adopt(temporary, PathOf(stored.Hash));
            return stored;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public Stream Open(string hash) => new FileStream(PathOf(hash), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, useAsync: true);

    /// <summary>The length of a file; null where it is not there.</summary>
    public static long? SizeOf(string folder, string hash) => new FileInfo(PathOf(folder, hash)) is { Exists: true } file ? file.Length : null;

    /// <summary>What a file's content says it should be called.</summary>
    public static string HashOf(string folder, string hash)
    {
        using var file = File.OpenRead(PathOf(folder, hash));
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>Removes files older than an hour that no row names, and what unfinished writing left.</summary>
    /// <param name="isNamed">Whether a row names a content.</param>
    /// <returns>How many.</returns>
    public int Sweep(Func<string, bool> isNamed)
    {
        if (!System.IO.Directory.Exists(folder)) { return 0; }
        var (swept, before) = (0, clock.GetUtcNow().UtcDateTime - Grace);
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            lock (guard)
            {
                file.Refresh();
                if (!file.Exists || file.LastWriteTimeUtc > before) { continue; }
                var hash = file.Directory!.Name + file.Name;
                if (file.Directory.Name != "incoming" && (hash.Length != 64 || isNamed(hash))) { continue; }
                file.Delete();
                swept++;
            }
        }

        return swept;
    }

    private static async Task<StoredContent> WriteAsync(Stream content, string path, long most, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        var head = Array.Empty<byte>();
        long size = 0;
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, useAsync: true);
        int read;
        while ((read = await content.ReadAsync(buffer, cancellation)) > 0)
        {
            size += read;
            if (size > most) { throw new ContentTooLargeException(most); }
            if (head.Length < HeadLength) { head = [.. head, .. buffer[..Math.Min(read, HeadLength - head.Length)]]; }
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        file.Flush(flushToDisk: true);
        return new StoredContent(Convert.ToHexStringLower(hash.GetHashAndReset()), size, head);
    }

    private void Adopt(string temporary, string target)
    {
        lock (guard)
        {
            if (File.Exists(target))
            {
                // Known already; as young as one that was written now, so that no sweep takes it before its row is there.
                File.SetLastWriteTimeUtc(target, clock.GetUtcNow().UtcDateTime);
                return;
            }

            var parent = Path.GetDirectoryName(target)!;
            System.IO.Directory.CreateDirectory(parent);
            File.Move(temporary, target);
            File.SetLastWriteTimeUtc(target, clock.GetUtcNow().UtcDateTime);
            DirectorySync.Flush(parent);
            DirectorySync.Flush(folder);
        }
    }

    private string PathOf(string hash) => PathOf(folder, hash);

    private static string PathOf(string folder, string hash) => Path.Combine(folder, hash[..2], hash[2..]);
}
