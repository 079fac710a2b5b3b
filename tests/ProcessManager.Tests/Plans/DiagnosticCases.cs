using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ProcessManager.Language;

namespace ProcessManager.Tests.Plans;

/// <summary>A case of tests/Diagnostics/cases.txt.</summary>
/// <param name="What">plan, steps, organisation or tests.</param>
internal sealed partial record DiagnosticCase(string What, IReadOnlyList<string> Codes, string Path, string Text)
{
    private const string Head = "plan: x\nname: X\ntype: sales\nstages:\n  one:\n    steps:\n      end: { task: End, outcomes: { go: , stop: { close: lost } } }\n";

    private static readonly string Folder = System.IO.Path.Combine(Repository.Root, "tests", "Diagnostics");

    public static string Golden => System.IO.Path.Combine(Folder, "diagnostics.txt");

    public static List<DiagnosticCase> All { get; } =
        [.. File.ReadAllText(System.IO.Path.Combine(Folder, "cases.txt")).Split("\n=== ").Skip(1).Select(Read)];

    private static DiagnosticCase Read(string section)
    {
        var (head, text) = section.Split('\n', 2) is [var first, var rest] ? (first.Split(' '), rest) : ([section], "");
        var at = Array.IndexOf(head, "at");
        var codes = head[1..(at < 0 ? head.Length : at)];
        return new DiagnosticCase(head[0], codes, at < 0 ? "plan.yaml" : head[at + 1], text.TrimEnd('\n') + "\n");
    }

    /// <summary>What is found, with the text of the file it is found in.</summary>
    public (IReadOnlyList<Diagnostic> Told, string Text) Run()
    {
        var content = Content(What == "steps" ? Head + string.Concat(Text.TrimEnd('\n').Split('\n').Select(l => "      " + l + "\n")) : Text);
        var text = Encoding.UTF8.GetString(content);
        switch (What)
        {
            case "organisation":
                return ([.. Definitions.Read([.. GoldenFolder.Shared.Files.Values.Where(f => f.Path != "organisation.yaml"), new DefinitionFile("organisation.yaml", content)]).Diagnostics], text);
            case "tests":
                var folder = new GoldenFolder("example");
                var plan = PlanCompiler.Compile(folder.Definitions, folder.Plan).Plan!;
                return ([.. PlanTestCompiler.Compile(folder.Definitions, plan, new DefinitionFile("tests.yaml", content)).Diagnostics], text);
            default:
                return ([.. PlanCompiler.Compile(GoldenFolder.Shared, new DefinitionFile(Path, content)).Diagnostics], text);
        }
    }

    private static byte[] Content(string text)
    {
        if (text.Contains("⟨1 × broken UTF-8⟩", StringComparison.Ordinal))
        {
            return [.. "plan: "u8, 0xC3, 0x28, .. "\n"u8];
        }

        text = Repeated().Replace(text, m => m.Groups[2].Value == "numbered steps"
            ? string.Concat(Enumerable.Range(1, int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).Select(i => string.Create(CultureInfo.InvariantCulture, $"{(i == 1 ? "" : "      ")}s{i}: {{ task: S }}\n")))
            : string.Concat(Enumerable.Repeat(m.Groups[2].Value, int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))));
        return Encoding.UTF8.GetBytes(Escape().Replace(text, m => m.Value == "\\t" ? "\t" : ((char)int.Parse(m.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()));
    }

    [GeneratedRegex("⟨([0-9]+) × ([^⟩]+)⟩")]
    private static partial Regex Repeated();

    [GeneratedRegex(@"\\u([0-9A-F]{4})|\\t")]
    private static partial Regex Escape();
}
