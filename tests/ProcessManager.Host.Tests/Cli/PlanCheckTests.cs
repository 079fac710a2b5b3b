using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ProcessManager.Host.Tests.Cli;

/// <summary>Whatever somebody calls a plan: an answer with a place, a code and a sentence, and never a stack trace.</summary>
[Collection("console")]
public sealed class PlanCheckTests : IDisposable
{
    private const string Good = "plan: tea\nname: Tea\ntype: sales\nstages:\n  one:\n    name: First\n    probability: 10\n    steps:\n      a: { task: Drink, assign: owner }\n";

    /// <summary>The worst that people and programs have called a plan, and a word that the answer holds.</summary>
    private static readonly Dictionary<string, (Func<byte[]> Content, string Says)> Bad = new(StringComparer.Ordinal)
    {
        ["nothing"] = (() => [], "PM"),
        ["blanks"] = (() => Text("   \n\n"), "PM"),
        ["100 MB"] = (() => Encoding.ASCII.GetBytes(new string('x', 100_000_000)), "PM"),
        ["20 KB of brackets"] = (() => Text(new string('[', 20_000)), "PM"),
        ["20 KB of braces"] = (() => Text(string.Concat(Enumerable.Repeat("{a: ", 5_000))), "PM"),
        ["deep block"] = (() => Text(string.Concat(Enumerable.Range(0, 300).Select(i => new string(' ', i) + "a:\n"))), "PM"),
        ["alias bomb"] = (() => Text("a: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(1, 20).Select(i =>
            $"{(char)('a' + i)}: &{(char)('a' + i)} [{string.Join(',', Enumerable.Repeat($"*{(char)('a' + i - 1)}", 9))}]\n"))), "PM"),
        ["duplicate key"] = (() => Text(Good.Replace("type:", "name: Coffee\ntype:", StringComparison.Ordinal)), "name"),
        ["unknown key"] = (() => Text(Good.Replace("type:", "tpye:", StringComparison.Ordinal)), "“type”"),
        ["cycle"] = (() => Text(Good + "      b: { task: B, assign: owner, after: c }\n      c: { task: C, assign: owner, after: b }\n"), "b"),
        ["unknown group"] = (() => Text(Good.Replace("assign: owner", "assign: group:salse", StringComparison.Ordinal)), "sales"),
        ["wrong type"] = (() => Text(Good.Replace("assign: owner", "assign: owner, when: amount + true", StringComparison.Ordinal)), "PM"),
        ["unfinished condition"] = (() => Text(Good.Replace("assign: owner", "assign: owner, when: \"amount >\"", StringComparison.Ordinal)), "PM"),
        ["deep condition"] = (() => Text(Good.Replace("assign: owner", $"assign: owner, when: \"{new string('(', 5_000)}\"", StringComparison.Ordinal)), "PM"),
        ["binary"] = (() => [.. Enumerable.Range(0, 4_000).Select(i => (byte)(i * 37))], "PM"),
        ["not UTF-8"] = (() => [.. Text("plan: tea\nname: "), 0xC3, 0x28, 0x0A], "PM"),
        ["null byte"] = (() => Text("plan: tea\nname: \"a\0b\"\n"), "PM"),
        ["a tag"] = (() => Text("plan: !!python/object/apply:os.system [ls]\n"), "PM"),
        ["two documents"] = (() => Text(Good + "---\nplan: other\n"), "PM"),
        ["a list"] = (() => Text("- plan\n- plan\n"), "PM"),
        ["a word"] = (() => Text("hello"), "PM"),
        ["tabs"] = (() => Text("plan:\n\tname: x\n"), "PM"),
        ["a megabyte on one line"] = (() => Text("plan: tea\nname: \"" + new string('y', 1_000_000) + "\"\n"), "PM"),
    };

    private readonly string folder = Directory.CreateTempSubdirectory("pm-cli-").FullName;

    public static TheoryData<string> Inputs => [.. Bad.Keys];

    private static string Shipped => Path.Combine(Repository.Root, "definitions");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_shipped_plans_are_fine_as_a_folder_as_one_folder_and_as_one_file()
    {
        foreach (var path in new[] { Shipped, Path.Combine(Shipped, "plans", "brochure-to-customer"), Path.Combine(Shipped, "plans", "brochure-to-customer", "plan.yaml") })
        {
            var ran = await Terminal.Run("plan", "check", path);
            Assert.True(ran.Exit == 0, ran.ToString());
            Assert.DoesNotContain(": error ", ran.Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_problem_is_shown_with_its_line_and_a_mark_and_as_JSON_for_programs()
    {
        var plan = await Plan(Text(Good.Replace("    name: First", "    nmae: First", StringComparison.Ordinal)));
        var shown = await Terminal.Run("plan", "check", plan);
        Assert.Equal(1, shown.Exit);
        Assert.Contains(":6:5: error PM", shown.Out, StringComparison.Ordinal);
        Assert.Contains("    nmae: First", shown.Out, StringComparison.Ordinal);
        Assert.Contains("^^^^", shown.Out, StringComparison.Ordinal);

        var json = await Terminal.Run("plan", "check", "--json", plan);
        Assert.Equal(1, json.Exit);
        using var read = JsonDocument.Parse(json.Out);
        Assert.StartsWith("PM", read.RootElement[0].GetProperty("code").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task Anything_called_a_plan_is_answered_in_words_with_a_place(string input)
    {
        var (content, says) = Bad[input];
        var plan = await Plan(content());
        var ran = await Terminal.Run("plan", "check", plan);
        Assert.True(ran.Exit == 1, Start(ran));
        Assert.Matches(@"plan\.yaml:\d+:\d+: error PM\d{4}: \S", ran.Out);
        Assert.True(ran.Out.Contains(says, StringComparison.Ordinal), Start(ran));
        Assert.Empty(ran.Error);
        Assert.DoesNotContain("   at ProcessManager", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", ran.Out, StringComparison.Ordinal);
        Assert.True(ran.Out.Length < 60_000, $"{ran.Out.Length} characters");
        using var json = JsonDocument.Parse((await Terminal.Run("plan", "check", "--json", plan)).Out);
        Assert.All(json.RootElement.EnumerateArray(), d => Assert.NotEmpty(d.GetProperty("message").GetString()!));
    }

    [Fact]
    public async Task Ten_thousand_steps_are_read_or_refused_in_words()
    {
        var steps = string.Concat(Enumerable.Range(0, 10_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"      s{i}: {{ task: T, assign: owner }}\n")));
        var ran = await Terminal.Run("plan", "check", await Plan(Text(Good + steps)));
        Assert.True(ran.Exit is 0 or 1, Start(ran));
        Assert.Matches(@"checked: no problems|plan\.yaml:\d+:\d+: (error|warning) PM\d{4}: \S", ran.Out);
        Assert.Empty(ran.Error);
    }

    [Fact]
    public async Task A_process_of_its_own_survives_the_deepest_file_and_leaves_nothing_behind()
    {
        var plan = await Plan(Text(new string('[', 20_000)));
        var before = Everything();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in new[] { "exec", typeof(HostApp).Assembly.Location, "plan", "check", plan }) { start.ArgumentList.Add(argument); }
        using var process = Process.Start(start)!;
        var (printed, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 1, $"exit {process.ExitCode}: {await errors}");
        Assert.Matches(@"plan\.yaml:1:\d+: error PM\d{4}: \S", await printed);
        Assert.Empty(await errors);
        Assert.Equal(before, Everything());
    }

    [Fact]
    public async Task Wrong_use_ends_with_2_and_says_what_is_wrong()
    {
        foreach (var args in new string[][] { ["plan", "check", Path.Combine(folder, "no-such")], ["plan", "check", folder], ["plan", "check"], ["plan", "chekc", "x"], ["plan", "diagram", folder], ["no-such-command"] })
        {
            var ran = await Terminal.Run(args);
            Assert.True(ran.Exit == 2, $"{string.Join(' ', args)}: {ran}");
            Assert.NotEmpty(ran.Error);
            Assert.DoesNotContain("   at ", ran.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_plan_is_drawn_as_Mermaid_and_as_SVG()
    {
        var plan = Path.Combine(Shipped, "plans", "editorial-review");
        Assert.StartsWith("flowchart", (await Terminal.Run("plan", "diagram", plan)).Out, StringComparison.Ordinal);
        var svg = await Terminal.Run("plan", "diagram", "--svg", plan);
        Assert.Equal("svg", System.Xml.Linq.XDocument.Parse(svg.Out.Trim()).Root!.Name.LocalName);
        Assert.Equal(1, (await Terminal.Run("plan", "diagram", await Plan(Text("plan: x\n")))).Exit);
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static string Start(Ran ran) => ran.ToString() is var all && all.Length > 2_000 ? all[..2_000] : ran.ToString();

    private List<string> Everything() => [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>Beside the shipped organisation, so that groups and types are known.</summary>
    private async Task<string> Plan(byte[] content)
    {
        File.Copy(Path.Combine(Shipped, "organisation.yaml"), Path.Combine(folder, "organisation.yaml"), overwrite: true);
        Directory.CreateDirectory(Path.Combine(folder, "calendars"));
        File.Copy(Path.Combine(Shipped, "calendars", "office.yaml"), Path.Combine(folder, "calendars", "office.yaml"), overwrite: true);
        var plan = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "plans", "tea")).FullName, "plan.yaml");
        await File.WriteAllBytesAsync(plan, content);
        return plan;
    }
}
