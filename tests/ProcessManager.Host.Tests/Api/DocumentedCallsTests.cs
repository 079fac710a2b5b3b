using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProcessManager.Host.Access;

namespace ProcessManager.Host.Tests.Api;

public sealed partial class DocumentedCallsTests
{
    [Fact]
    public async Task Every_example_of_the_API_guide_works_as_it_stands()
    {
        await using var host = await TestHost.Start(definitions: Path.Combine(Repository.Root, "definitions"));
        var ann = await host.Person("ann", Roles.Creator);
        await host.People.SetGroups(ann, ["sales"], CancellationToken.None);
        var environment = new Dictionary<string, string>
        {
            ["PM"] = host.Address.ToString().TrimEnd('/'),
            ["TOKEN"] = await host.People.CreateToken(ann, "guide", TokenScopes.All, host.Time.GetUtcNow().AddDays(1), CancellationToken.None),
        };
        var calls = Call().Matches(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "api", "README.md"))).Select(m => m.Groups[1].Value).ToList();
        Assert.True(calls.Count >= 9, $"{calls.Count} examples");
        foreach (var call in calls)
        {
            var printed = await Run(call, environment);
            if (!printed.StartsWith('{')) { continue; }
            using var json = JsonDocument.Parse(printed);
            if (json.RootElement.TryGetProperty("newTasks", out _)) { environment["PROJECT"] = json.RootElement.GetProperty("project").ToString(); }
            if (call.Contains("/tasks?project=", StringComparison.Ordinal)) { environment["TASK"] = json.RootElement.GetProperty("items")[0].GetProperty("id").ToString(); }
        }
    }

    private static async Task<string> Run(string call, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("bash", ["-euc", call]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) { start.Environment[name] = value; }
        using var process = Process.Start(start)!;
        var (printed, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{call}\n{await printed}\n{await errors}");
        return await printed;
    }

    [GeneratedRegex(@"^```sh\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Call();
}
