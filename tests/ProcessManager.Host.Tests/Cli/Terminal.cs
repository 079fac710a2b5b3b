using ProcessManager.Host.Cli;

namespace ProcessManager.Host.Tests.Cli;

/// <summary>The console is the process's: these tests run by themselves.</summary>
[CollectionDefinition("console", DisableParallelization = true)]
public sealed class ConsoleGroup;

/// <summary>What a command printed, and how it ended.</summary>
internal sealed record Ran(int Exit, string Out, string Error)
{
    public override string ToString() => $"exit {Exit}\n{Out}\n{Error}";
}

/// <summary>The program's real entry, with the console in hand.</summary>
internal static class Terminal
{
    public static Task<Ran> Run(params string[] args) => Type("", args);

    public static async Task<Ran> Type(string input, params string[] args)
    {
        var (formerOut, formerError, formerIn) = (Console.Out, Console.Error, Console.In);
        using var written = new StringWriter();
        using var errors = new StringWriter();
        using var typed = new StringReader(input);
        try
        {
            Console.SetOut(written);
            Console.SetError(errors);
            Console.SetIn(typed);
            var exit = await CommandLine.RunAsync(args);
            return new Ran(exit, written.ToString(), errors.ToString());
        }
        finally
        {
            Console.SetOut(formerOut);
            Console.SetError(formerError);
            Console.SetIn(formerIn);
        }
    }
}
