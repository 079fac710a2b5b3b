using System.CommandLine;
using System.Text;
using ProcessManager.Host.Shell;
using ProcessManager.Language;

namespace ProcessManager.Host.Cli;

/// <summary><c>pm plan docs</c>: a plan as a page to print.</summary>
internal static class PlanDocsCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PLAN") { Description = "The id, file or folder of a plan" };
        var markdown = new Option<bool>("--markdown") { Description = "Write Markdown instead of HTML" };
        var output = new Option<string?>("--out") { Description = "The file to write; standard output where it is missing", HelpName = "FILE" };
        var command = new Command("docs", "Write a plan as a page to print: diagram, stages, steps, fields, roles and texts (HTML)") { path, markdown, output };
        command.SetAction(parsed =>
        {
            if (PlanFiles.FindPlan(parsed.GetValue(path)!, out var exit) is not var (plan, definitions)) { return exit; }
            return Output.Write(Page(plan, definitions.Organisation!, parsed.GetValue(markdown)), parsed.GetValue(output));
        });
        return command;
    }

    public static string Page(Plan plan, Organisation organisation, bool markdown) =>
        markdown ? PlanDocument.Markdown(plan, organisation) : PlanDocument.Html(plan, organisation, MarkdownText.ToHtml);
}

/// <summary>Where a command puts what was asked for.</summary>
internal static class Output
{
    /// <returns>The exit code.</returns>
    public static int Write(string text, string? file)
    {
        if (file is null)
        {
            Console.Out.Write(text.EndsWith('\n') ? text : text + "\n");
            return 0;
        }

        var full = Path.GetFullPath(file);
        if (Path.GetDirectoryName(full) is { } folder) { Directory.CreateDirectory(folder); }
        File.WriteAllText(full, text, new UTF8Encoding(false));
        return 0;
    }
}
