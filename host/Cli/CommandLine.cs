using System.CommandLine;
using ProcessManager.Engine;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Cli;

/// <summary>
/// The program's commands. Exit codes: 0 fine, 1 found problems or was refused, 2 wrong use.
/// </summary>
public static class CommandLine
{
    internal static readonly Option<string> Data = new("--data") { Description = "The folder that holds all state", DefaultValueFactory = _ => "data", HelpName = "DIR", Recursive = true };
    internal static readonly Option<string?> DefinitionsFolder = new("--definitions") { Description = "The folder of plans, calendars and templates (default: ./definitions, else the shipped ones)", HelpName = "DIR" };

    /// <param name="more">Adds to the web application that <c>serve</c> starts.</param>
    public static async Task<int> RunAsync(string[] args, Action<WebApplicationBuilder>? more = null)
    {
        var root = new RootCommand("Process Manager: runs action plans. Without a command it serves the pages.") { Data };
        var serve = ServeCommand.Create(more);
        root.Add(serve);
        root.Add(PlanCommands.Create());
        root.Add(SchemaCommand.Create());
        root.Add(PeopleCommands.CreateUser());
        root.Add(PeopleCommands.CreateToken());
        root.Add(VerifyCommand.Create());
        root.Add(BackupCommands.CreateBackup());
        root.Add(BackupCommands.CreateRestore());
        root.Add(BackupCommands.CreateOutgoing());

        // No command, or only settings: serve.
        var parsed = root.Parse(args.Length == 0 || (args[0].StartsWith('-') && args[0] is not ("--help" or "-h" or "-?" or "--version")) ? ["serve", .. args] : args);
        if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
        {
            foreach (var error in parsed.Errors) { await Console.Error.WriteLineAsync(error.Message); }
            await Console.Error.WriteLineAsync($"Try: pm {string.Join(' ', parsed.CommandResult.Command == root ? [] : [parsed.CommandResult.Command.Name, ""])}--help");
            return 2;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception refused) when (refused is StartRefusedException or EngineRefusedException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
        catch (IOException unusable)
        {
            await Console.Error.WriteLineAsync(unusable.Message);
            return 1;
        }
    }
}
