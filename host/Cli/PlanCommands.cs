using System.CommandLine;
using ProcessManager.Language;
using ProcessManager.Language.Drawing;

namespace ProcessManager.Host.Cli;

/// <summary><c>pm plan check</c> and <c>pm plan diagram</c>: for people who keep plans as files.</summary>
internal static class PlanCommands
{
    public static Command Create() => new("plan", "Check and draw plan files") { PlanCheckCommand.Create(), PlanFormatCommand.Create(), PlanTestCommand.Create(), Diagram() };

    private static Command Diagram()
    {
        var path = new Argument<string>("PATH") { Description = "A plan file or its folder" };
        var svg = new Option<bool>("--svg") { Description = "Write SVG instead of Mermaid" };
        var command = new Command("diagram", "Write a plan as a diagram (Mermaid)") { path, svg };
        command.SetAction(parsed =>
        {
            var given = parsed.GetValue(path)!;
            if (PlanFiles.Find(given) is not { Wanted: [var wanted] } files)
            {
                Console.Error.WriteLine($"{given}: name one plan file or its folder.");
                return 2;
            }

            var compilation = PlanCompiler.Compile(Definitions.Read(files.All), wanted);
            if (compilation.Plan is not { } plan)
            {
                Console.Error.Write(DiagnosticPrinter.Print(compilation));
                return 1;
            }

            Console.Out.WriteLine(parsed.GetValue(svg) ? PlanDrawing.SvgFile(plan) : PlanDrawing.Mermaid(plan));
            return 0;
        });
        return command;
    }
}
