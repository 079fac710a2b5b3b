using System.CommandLine;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Host.Data;

namespace ProcessManager.Host.Cli;

/// <summary><c>pm verify</c>: whether what the engine promises holds in the data; also beside a running host.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Write the findings as a JSON array" };
        var command = new Command("verify", "Check the data: exit code 0 where all is well, 1 with findings") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var file = Path.Combine(Path.GetFullPath(parsed.GetValue(CommandLine.Data)!), "pm.db");
            if (!File.Exists(file))
            {
                await Console.Error.WriteLineAsync($"There is no data in {Path.GetDirectoryName(file)}: pm.db is missing. Name the folder with --data.");
                return 2;
            }

            await using var db = new SqliteDb(Databases.Sqlite(file));
            var findings = await Verifier.VerifyAsync(file, db.Model, TimeProvider.System, cancellation);
            if (parsed.GetValue(json))
            {
                await Console.Out.WriteLineAsync(JsonSerializer.Serialize(findings, JsonSerializerOptions.Web));
            }
            else
            {
                foreach (var finding in findings) { await Console.Out.WriteLineAsync(finding.ToString()); }
                await Console.Out.WriteLineAsync(findings.IsEmpty ? "All is well." : $"{findings.Length} {(findings.Length == 1 ? "finding" : "findings")}.");
            }

            return findings.IsEmpty ? 0 : 1;
        });
        return command;
    }
}
