using System.Diagnostics;

namespace ProcessManager.Tests.Store;

/// <summary>A real word processor as a reader: LibreOffice prints a document, and the print is read back.</summary>
internal static class WordProcessor
{
    /// <summary>Null where it isn't installed; where everything is required that is a failure.</summary>
    public static string? Find()
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(p => Path.Combine(p, "soffice")).FirstOrDefault(File.Exists);
        if (found is null && Environment.GetEnvironmentVariable("PM_REQUIRE") == "all")
        {
            throw new InvalidOperationException("LibreOffice is required here: install libreoffice-writer-nogui and poppler-utils.");
        }

        return found;
    }

    public static async Task<string> PrintAsync(string soffice, byte[] document)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("pm-letter-").FullName;
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "letter.docx"), document);
            await RunAsync(soffice, folder, "--headless", $"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf", "--outdir", folder, "letter.docx");
            return await RunAsync("pdftotext", folder, "-layout", "letter.pdf", "-");
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> RunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        if (process.ExitCode != 0) { throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await errors}"); }
        return await output;
    }
}
