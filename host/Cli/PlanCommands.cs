using System.CommandLine;
using ProcessManager.Language.Drawing;

namespace ProcessManager.Host.Cli;

/// <summary><c>pm plan</c>: for people who keep plans as files.</summary>
internal static class PlanCommands
{
    public static Command Create()
    {
        var plan = OfFiles();
        foreach (var command in PlanVersionCommands.Create()) { plan.Add(command); }
        return plan;
    }

    private static Command OfFiles() => new("plan", "Check, format, test, rehearse, compare, describe and export plan files; publish them, and move projects between versions")
    {
        PlanCheckCommand.Create(),
        PlanFormatCommand.Create(),
        PlanTestCommand.Create(),
        PlanRehearseCommand.Create(),
        PlanDiffCommand.Create(),
        PlanDocsCommand.Create(),
        PlanExportCommand.Create(),
        Diagram(),
    };

    private static Command Diagram()
    {
        var path = new Argument<string>("PLAN") { Description = "The id, file or folder of a plan" };
        var svg = new Option<bool>("--svg") { Description = "Write SVG instead of Mermaid" };
        var command = new Command("diagram", "Write a plan as a diagram (Mermaid)") { path, svg };
        command.SetAction(parsed =>
        {
            if (PlanFiles.FindPlan(parsed.GetValue(path)!, out var exit) is not var (plan, _)) { return exit; }
            Console.Out.WriteLine(parsed.GetValue(svg) ? PlanDrawing.SvgFile(plan) : PlanDrawing.Mermaid(plan));
            return 0;
        });
        return command;
    }
}
