using System.Collections.Immutable;
using System.Text;
using System.Xml.Linq;
using ProcessManager.Language;
using ProcessManager.Language.Drawing;
using Xunit;

namespace ProcessManager.Tests.Plans;

public class DrawingTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static Plan Example => Plans.Compiled("example");

    [Fact]
    public void Every_plan_that_compiles_is_drawn_as_well_formed_svg_without_inline_style()
    {
        foreach (var name in GoldenFolder.Names)
        {
            var folder = new GoldenFolder(name);
            if (PlanCompiler.Compile(folder.Definitions, folder.Plan).Plan is not { } plan)
            {
                continue;
            }

            var drawn = XDocument.Parse(PlanDrawing.Svg(plan));

            Assert.DoesNotContain(drawn.Descendants(), e => e.Name == Svg + "style" || e.Attribute("style") is not null);
            Assert.Equal(plan.Steps.Select(s => s.Id).Order(), drawn.Descendants().Attributes("data-step").Select(a => a.Value).Order());
            Assert.Equal(plan.Stages.Select(s => s.Id), drawn.Descendants().Attributes("data-stage").Select(a => a.Value));
        }
    }

    [Fact]
    public void No_two_cards_of_a_drawing_lie_on_each_other()
    {
        foreach (var plan in Plans.All)
        {
            var cards = XDocument.Parse(PlanDrawing.Svg(plan)).Descendants(Svg + "rect")
                .Where(r => (string?)r.Attribute("class") == "step-card")
                .Select(r => (X: Of(r, "x"), Y: Of(r, "y"), W: Of(r, "width"), H: Of(r, "height"))).ToList();

            Assert.All(cards, a => Assert.DoesNotContain(cards, b => a != b
                && a.X < b.X + b.W && b.X < a.X + a.W && a.Y < b.Y + b.H && b.Y < a.Y + a.H));
        }

        static double Of(XElement e, string name) => double.Parse(e.Attribute(name)!.Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void What_became_of_a_step_is_a_class_a_note_and_a_link_of_its_card()
    {
        var overlay = new DrawingOverlay
        {
            CurrentStage = "offer",
            Steps = ImmutableDictionary<string, StepMark>.Empty.Add("quote", new StepMark("open", "Ann, due 3 Mar", "/tasks/7?a=1&b=2")),
        };

        var drawn = XDocument.Parse(PlanDrawing.Svg(Example, overlay));

        var card = drawn.Descendants(Svg + "g").Single(g => (string?)g.Attribute("data-step") == "quote");
        Assert.Contains("is-open", card.Attribute("class")!.Value.Split(' '));
        Assert.Contains(card.Descendants(Svg + "text"), t => t.Value == "Ann, due 3 Mar");
        Assert.Equal("/tasks/7?a=1&b=2", card.Parent!.Attribute("href")!.Value);
        Assert.Contains("open", card.Parent.Attribute("aria-label")!.Value, StringComparison.Ordinal);
        Assert.Equal("group", drawn.Root!.Attribute("role")!.Value);
        Assert.Equal("offer", drawn.Descendants().Single(e => ((string?)e.Attribute("class"))?.Contains("is-current", StringComparison.Ordinal) == true).Attribute("data-stage")!.Value);
    }

    [Fact]
    public void The_name_of_a_link_begins_with_what_is_written_on_its_card_also_where_that_was_cut()
    {
        var plan = Plans.Compile(Plans.Text("example").Replace("task: Prepare the quote", "task: Prepare the quote for everything that they asked for on the telephone last week", StringComparison.Ordinal)).Plan!;
        var overlay = new DrawingOverlay
        {
            CurrentStage = "offer",
            Steps = ImmutableDictionary<string, StepMark>.Empty.Add("quote", new StepMark("open", "Ann, due 3 Mar", "/tasks/7")),
        };

        var card = XDocument.Parse(PlanDrawing.Svg(plan, overlay)).Descendants(Svg + "g").Single(g => (string?)g.Attribute("data-step") == "quote");
        var label = card.Parent!.Attribute("aria-label")!.Value;

        var written = string.Join(' ', card.Elements(Svg + "text").Where(t => ((string?)t.Attribute("class")) == "step-name").Select(t => t.Value));
        Assert.EndsWith("…", written, StringComparison.Ordinal);
        Assert.StartsWith(written, label, StringComparison.Ordinal);
        Assert.Contains("on the telephone last week", label, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_cannot_become_markup()
    {
        var plan = Plans.Compile(Plans.Text("example").Replace("name: Offer", "name: '</text><script>alert(1)</script> \"&\"]'", StringComparison.Ordinal)).Plan!;

        Assert.Empty(XDocument.Parse(PlanDrawing.Svg(plan)).Descendants(Svg + "script"));
        Assert.DoesNotContain("<script>", PlanDrawing.Mermaid(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stage_of_two_thousand_steps_is_drawn()
    {
        var text = new StringBuilder("plan: long\nname: Long\ntype: sales\nstages:\n  one:\n    steps:\n");
        for (var i = 0; i < 2000; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"      s{i}: {{ task: Step {i}{(i == 0 ? "" : $", after: [s{i - 1}{(i > 5 ? ", s0" : "")}]")} }}\n");
        }

        Assert.Equal(2000, XDocument.Parse(PlanDrawing.Svg(Plans.Compile(text.ToString()).Plan!)).Descendants().Attributes("data-step").Count());
    }
}
