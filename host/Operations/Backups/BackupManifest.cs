using System.Text.Json;

namespace ProcessManager.Host.Operations.Backups;

/// <summary>A file of a backup.</summary>
/// <param name="Path">Relative to the backup, with slashes.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
internal sealed record BackupFile(string Path, long Size, string Sha256);

/// <summary>What a backup says about itself (<c>manifest.json</c>): written last, so that a folder without it is none.</summary>
internal sealed record BackupManifest
{
    public const string FileName = "manifest.json";
    public const string Database = "pm.db";

    /// <summary>The format that this program writes; it reads this one and earlier ones.</summary>
    public const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public required int Format { get; init; }

    /// <summary>The moment of the database, in UTC.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The version of the program that made it.</summary>
    public required string Program { get; init; }

    /// <summary>The schema: what changed it, the newest last.</summary>
    public required IReadOnlyList<string> Migrations { get; init; }

    /// <summary>How many rows each table has.</summary>
    public required IReadOnlyDictionary<string, long> Rows { get; init; }

    /// <summary>Everything but the manifest.</summary>
    public required IReadOnlyList<BackupFile> Files { get; init; }

    /// <summary>Contents of documents that the database names and that were not there when it was made.</summary>
    public required IReadOnlyList<string> MissingDocuments { get; init; }

    public long Size => Files.Sum(f => f.Size);

    public void Write(string folder)
    {
        using var file = new FileStream(Path.Combine(folder, FileName), FileMode.CreateNew, FileAccess.Write);
        JsonSerializer.Serialize(file, this, Json);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Null where the folder holds no manifest that can be read.</summary>
    public static BackupManifest? Read(string folder)
    {
        try
        {
            using var file = File.OpenRead(Path.Combine(folder, FileName));
            return JsonSerializer.Deserialize<BackupManifest>(file, Json);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
