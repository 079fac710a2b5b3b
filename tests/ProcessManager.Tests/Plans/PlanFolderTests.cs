using ProcessManager.Language;
using ProcessManager.Language.Drawing;
using Xunit;

namespace ProcessManager.Tests.Plans;

public class PlanFolderTests
{
    public static TheoryData<string> Folders => [.. GoldenFolder.Names];

    public static TheoryData<string> Shipped => [.. Repository.Definitions.PlanIds];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_plan_gives_the_diagnostics_the_meaning_and_the_diagram_that_were_accepted(string name)
    {
        var folder = new GoldenFolder(name);
        var compilation = PlanCompiler.Compile(folder.Definitions, folder.Plan);

        Assert.Equal(compilation.HasErrors, compilation.Plan is null);
        var told = DiagnosticPrinter.Print(folder.Told(compilation), folder.TextOf);
        folder.Check("diagnostics.txt", told.Length > 0 ? told : null);
        folder.Check("plan.json", compilation.Plan is { } plan ? PlanJson.Write(plan) + "\n" : null);
        folder.Check("diagram.mmd", compilation.Plan is { } drawn ? PlanDrawing.Mermaid(drawn) : null);
        if (folder.Has("drawing.svg"))
        {
            // Accepted for a few folders only: whoever adds the file asks for it.
            folder.Check("drawing.svg", PlanDrawing.Svg(compilation.Plan!));
        }
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_shipped_plan_has_no_errors(string plan)
    {
        var compilation = PlanCompiler.Compile(Repository.Definitions, plan);

        Assert.False(compilation.HasErrors, DiagnosticPrinter.Print(compilation));
    }

    [Fact]
    public void Every_diagnostic_of_names_ways_and_texts_occurs_in_a_folder()
    {
        var told = GoldenFolder.Names.Select(n => new GoldenFolder(n))
            .SelectMany(f => f.Told(PlanCompiler.Compile(f.Definitions, f.Plan)))
            .Select(d => d.Code)
            .Append(Errors.UnknownPlan.Code).Append(Errors.PlanIdDiffers.Code)   // told of where a plan stands; see the tests of limits
            .ToHashSet();

        Assert.Empty(Errors.All.Where(e => e.Code[..4] is "PM12" or "PM13" or "PM16" && !told.Contains(e.Code)).Select(e => $"{e.Code} {e.Title}"));
    }

    [Fact]
    public void Every_code_of_the_catalogue_is_given_once() =>
        Assert.Empty(Errors.All.GroupBy(e => e.Code).Where(g => g.Count() > 1).Select(g => g.Key));

    [Fact]
    public void The_shipped_organisation_and_calendars_have_no_errors() =>
        Assert.Empty(Repository.Definitions.Diagnostics);

    [Fact]
    public void The_organisation_of_the_plan_folders_has_no_errors() => Assert.Empty(GoldenFolder.Shared.Diagnostics);
}
