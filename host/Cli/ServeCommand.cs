using System.CommandLine;

namespace ProcessManager.Host.Cli;

/// <summary><c>pm serve</c>: pages, API and engine, until stopped.</summary>
internal static class ServeCommand
{
    public static Command Create(Action<WebApplicationBuilder>? more)
    {
        var demo = new Option<bool>("--demo") { Description = "Start with a sample organisation; listens on this computer alone" };
        var urls = new Option<string?>("--urls") { Description = "Where to listen (default: http://localhost:5080)", HelpName = "URL" };
        var command = new Command("serve", "Serve pages, API and engine until stopped (the default)") { demo, CommandLine.DefinitionsFolder, urls };
        command.TreatUnmatchedTokensAsErrors = false; // any setting can be given as --Section:Name value
        command.SetAction(async (parsed, cancellation) =>
        {
            var isDemo = parsed.GetValue(demo);
            var data = parsed.GetResult(CommandLine.Data) is { Implicit: false } ? parsed.GetValue(CommandLine.Data)! : isDemo ? Path.Combine("data", "demo") : "data";
            List<string> settings = [$"--data={data}"];
            if (isDemo) { settings.Add("--demo=true"); }
            if (parsed.GetValue(CommandLine.DefinitionsFolder) is { } definitions) { settings.Add($"--definitions={definitions}"); }
            if (parsed.GetValue(urls) is { } at) { settings.Add($"--urls={at}"); }
            await using var app = HostApp.Build([.. settings, .. parsed.UnmatchedTokens], more);
            await app.StartAsync(cancellation);
            await app.WaitForShutdownAsync(cancellation);
            return 0;
        });
        return command;
    }
}
