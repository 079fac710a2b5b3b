namespace ProcessManager.Host.Operations;

/// <summary>The organisation, calendars, plans and templates that are part of the binary, for an installation without a folder of its own.</summary>
internal static class ShippedDefinitions
{
    private const string Prefix = "definitions/";

    /// <summary>Writes them to a folder below <paramref name="dataDirectory"/>, made anew at each start, and returns its path.</summary>
    public static string UnpackInto(string dataDirectory)
    {
        var folder = Path.Combine(dataDirectory, "shipped-definitions");
        var assembly = typeof(ShippedDefinitions).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var path = Path.Combine(folder, name[Prefix.Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var resource = assembly.GetManifestResourceStream(name)!;
            using var file = File.Create(path);
            resource.CopyTo(file);
        }

        return folder;
    }
}
