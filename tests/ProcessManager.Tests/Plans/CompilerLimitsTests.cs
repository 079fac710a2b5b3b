using System.Globalization;
using System.Text;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Plans;

public class CompilerLimitsTests
{
    [Fact]
    public void At_most_a_hundred_diagnostics_are_told_and_errors_before_warnings()
    {
        var text = new StringBuilder("plan: x\nname: X\ntype: sales\nstages:\n  one:\n    steps:\n      o: { task: O, optional: true }\n");
        for (var i = 0; i < 300; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"      w{i}: {{ task: W, after: o }}\n");
        }

        for (var i = 0; i < 30; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"      e{i}: {{ task: E, assign: group:nobody }}\n");
        }

        var told = Plans.Compile(text.ToString()).Diagnostics;

        Assert.Equal(100, told.Length);
        Assert.Equal(30, told.Count(d => d.Severity == Severity.Error));
    }

    [Fact]
    public void A_plan_of_ten_thousand_steps_is_refused_with_its_place()
    {
        var text = new StringBuilder("plan: x\nname: X\ntype: sales\nstages:\n  one:\n    steps:\n");
        for (var i = 0; i < 10_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"      s{i}: {{ task: S }}\n");
        }

        var refused = Assert.Single(Plans.Compile(text.ToString()).Diagnostics);

        Assert.Equal((Errors.TooManySteps.Code, 2007), (refused.Code, refused.Span.StartLine));
    }

    [Fact]
    public void A_long_chain_and_a_wide_join_of_two_thousand_steps_compile()
    {
        var text = new StringBuilder("plan: x\nname: X\ntype: sales\nstages:\n  one:\n    steps:\n");
        for (var i = 0; i < 999; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"      c{i}: {{ task: C{(i > 0 ? $", after: c{i - 1}" : "")} }}\n");
            text.Append(CultureInfo.InvariantCulture, $"      p{i}: {{ task: P, after: c{i}, outcomes: {{ yes: , again: {{ redo: c0 }} }} }}\n");
        }

        text.Append("      all: { task: All, after: [").AppendJoin(", ", Enumerable.Range(0, 999).Select(i => $"p{i}")).Append("], outcomes: { go: , lose: { close: lost } } }\n");

        var compilation = Plans.Compile(text.ToString());

        Assert.Empty(compilation.Diagnostics);
        Assert.Equal(1999, ((Effect.Redo)compilation.Plan!.FindStep("p5")!.FindOutcome("again")!.Effect).SetsBack.Length);
    }

    [Fact]
    public void Nothing_that_a_file_may_hold_makes_the_compiler_throw()
    {
        var random = new Random(20_260_302);
        var texts = GoldenFolder.Names.Select(Plans.Text).ToList();
        var words = texts.SelectMany(t => t.Split([' ', '\n', ',', '{', '}', '[', ']', ':'], StringSplitOptions.RemoveEmptyEntries)).Distinct().ToList();
        for (var round = 0; round < 800; round++)
        {
            var text = Mutated(texts[random.Next(texts.Count)], words, random);
            try
            {
                var compilation = Plans.Compile(text);
                Assert.Equal(compilation.HasErrors, compilation.Plan is null);
                Assert.All(compilation.Diagnostics, d => Assert.InRange(d.Span.Start, 0, d.Span.File == "plan.yaml" ? text.Length : int.MaxValue));
                DiagnosticPrinter.Print(compilation);
            }
            catch (Exception problem) when (problem is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"round {round}: {problem}\n{text}");
            }
        }
    }

    [Fact]
    public void The_organisation_and_calendars_may_hold_anything_too()
    {
        var random = new Random(7);
        var files = GoldenFolder.Shared.Files.Values.ToList();
        for (var round = 0; round < 100; round++)
        {
            var at = random.Next(files.Count);
            var text = Encoding.UTF8.GetString(files[at].Content.Span);
            var broken = Mutated(text, ["x", "sales", "{}", "[]", "~", "09:00-08:00", "group:x"], random);
            var definitions = Definitions.Read(files.Select((f, i) => i == at ? new DefinitionFile(f.Path, Encoding.UTF8.GetBytes(broken)) : f));

            PlanCompiler.Compile(definitions, new GoldenFolder("example").Plan);
        }
    }

    [Fact]
    public void An_unknown_plan_is_told_with_those_there_are()
    {
        var told = Assert.Single(PlanCompiler.Compile(Repository.Definitions, "editorial-reviw").Diagnostics);

        Assert.Equal(Errors.UnknownPlan.Code, told.Code);
        Assert.Contains("did you mean “editorial-review”?", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_in_a_folder_of_another_name_is_refused_and_one_outside_of_the_folders_is_not()
    {
        var content = new GoldenFolder("example").Plan.Content;

        Assert.Equal([Errors.PlanIdDiffers.Code], PlanCompiler.Compile(GoldenFolder.Shared, new DefinitionFile("plans/other/plan.yaml", content)).Diagnostics.Select(d => d.Code));
        Assert.Empty(PlanCompiler.Compile(GoldenFolder.Shared, new DefinitionFile("drafts/other.yaml", content)).Diagnostics);
    }

    private static string Mutated(string text, List<string> words, Random random)
    {
        for (var change = random.Next(1, 4); change > 0 && text.Length > 0; change--)
        {
            var at = random.Next(text.Length);
            var word = words[random.Next(words.Count)];
            text = random.Next(6) switch
            {
                0 => text.Remove(at, Math.Min(text.Length - at, random.Next(1, 12))),
                1 => text.Insert(at, word),
                2 => text.Insert(at, new string((char)random.Next(1, 0x2FF), 1)),
                3 => Line(text, at, random),
                4 => Replaced(text, at, word),
                _ => text[..at],
            };
        }

        return text;
    }

    /// <summary>Moves a line somewhere else.</summary>
    private static string Line(string text, int at, Random random)
    {
        var lines = text.Split('\n').ToList();
        var from = text[..at].Count(c => c == '\n');
        var line = lines[from];
        lines.RemoveAt(from);
        lines.Insert(random.Next(lines.Count + 1), line);
        return string.Join('\n', lines);
    }

    /// <summary>Puts another word in the place of one.</summary>
    private static string Replaced(string text, int at, string word)
    {
        var from = at;
        while (from > 0 && char.IsLetterOrDigit(text[from - 1]))
        {
            from--;
        }

        var to = at;
        while (to < text.Length && char.IsLetterOrDigit(text[to]))
        {
            to++;
        }

        return text[..from] + word + text[to..];
    }
}
