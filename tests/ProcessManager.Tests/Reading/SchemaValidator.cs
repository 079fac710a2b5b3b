using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProcessManager.Language.Shaping;
using Xunit;

namespace ProcessManager.Tests.Reading;

/// <summary>A test that needs Node.js: skipped where there is none, failing where everything is required (<c>PM_REQUIRE=all</c>).</summary>
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (!SchemaValidator.IsThere && Environment.GetEnvironmentVariable("PM_REQUIRE") != "all") { Skip = "Node.js isn't installed."; }
    }
}

/// <summary>The validator that editors use (ajv, behind a YAML 1.2 reader), run once for many files.</summary>
internal static class SchemaValidator
{
    private static readonly string Folder = Path.Combine(ShapeTests.Root(), "tests", "Schema");

    public static bool IsThere { get; } = Starts("node");

    /// <returns>For each file the first complaint, or null where there is none.</returns>
    public static IReadOnlyList<string?> Check(IReadOnlyCollection<(string Schema, string Text)> files)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "ajv")) || !Directory.Exists(Path.Combine(Folder, "node_modules", "yaml")))
        {
            Run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], "");
        }

        var input = new JsonObject
        {
            ["schemas"] = new JsonObject(SchemaWriter.All.Select(s => KeyValuePair.Create<string, JsonNode?>(s.Key, s.Value))),
            ["files"] = new JsonArray([.. files.Select(f => new JsonObject { ["schema"] = f.Schema, ["text"] = f.Text })]),
        };
        return JsonSerializer.Deserialize<List<string?>>(Run("node", ["check.mjs"], input.ToJsonString()))!;
    }

    private static string Run(string program, string[] arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors}");
        return output;
    }

    private static bool Starts(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["--version"]) { RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
