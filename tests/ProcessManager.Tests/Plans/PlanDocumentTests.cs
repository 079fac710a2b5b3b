using System.Text.RegularExpressions;
using System.Xml.Linq;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Plans;

public class PlanDocumentTests
{
    private static readonly Organisation Organisation = GoldenFolder.Shared.Organisation!;

    [Fact]
    public void A_page_has_every_stage_step_field_role_and_text_of_its_plan()
    {
        foreach (var plan in Plans.All)
        {
            var (html, markdown) = (PlanDocument.Html(plan, Organisation), PlanDocument.Markdown(plan, Organisation));
            Assert.All(plan.Stages, s => Assert.Contains($"id=\"stage-{s.Id}\"", html, StringComparison.Ordinal));
            Assert.All(plan.Steps, s => Assert.Contains($"id=\"step-{s.Id}\"", html, StringComparison.Ordinal));
            Assert.All(plan.Steps, s => Assert.Contains($"`{s.Id}`", markdown, StringComparison.Ordinal));
            Assert.All(plan.Fields, f => Assert.Contains($"<code>{f.Id}</code>", html, StringComparison.Ordinal));
            Assert.All(plan.Roles, r => Assert.Contains($"<code>{r.Id}</code>", html, StringComparison.Ordinal));
            Assert.All(plan.Templates.Keys, t => Assert.Contains($"<code>{t}</code>", html, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_page_is_well_formed_and_needs_nothing_beside_itself()
    {
        foreach (var plan in Plans.All)
        {
            var html = PlanDocument.Html(plan, Organisation);
            Assert.DoesNotMatch("<script|<link|src=|url\\(|@import", html);
            var body = Regex.Match(html, "<body>.*</body>", RegexOptions.Singleline).Value.Replace("<br>", "<br/>", StringComparison.Ordinal);
            Assert.Equal("body", XDocument.Parse(body).Root!.Name.LocalName);
        }
    }

    [Fact]
    public void What_a_person_wrote_is_text_and_never_markup()
    {
        var plan = Plans.Compile("plan: x\nname: \"<b>X</b> & |\"\ntype: sales\ndescription: <img src=x>\nstages:\n  one:\n    guidance: <script>alert(1)</script>\n    steps:\n      a: { task: \"<i>A</i>\", instructions: <script>alert(2)</script>, checklist: [<u>one</u>], outcomes: { go: { label: <s>Go</s> }, stop: { close: lost } } }\n").Plan!;

        var html = PlanDocument.Html(plan, Organisation);
        Assert.DoesNotMatch("<(b|i|u|s|img|script)\\b", html);
        Assert.Contains("&lt;script&gt;alert(1)", html, StringComparison.Ordinal);
        Assert.Contains("&lt;i&gt;A&lt;/i&gt;", PlanDocument.Markdown(plan, Organisation), StringComparison.Ordinal);
    }

    [Fact]
    public void Whom_a_list_tells_is_told_from_whom_it_tries_in_order()
    {
        var plan = Plans.Compile("plan: x\nname: X\ntype: sales\nstages:\n  one:\n    steps:\n      a: { task: A, assign: [creator, owner], due: 1 day, notify: { done: [owner, creator] }, escalate: [{ after: 1 day, alert: [manager, owner] }], outcomes: { go: , stop: { close: lost } } }\n      b: { alert: B, to: [owner, manager, group:sales] }\n").Plan!;

        var page = PlanDocument.Markdown(plan, Organisation);
        Assert.Contains("who started the project, else the owner", page, StringComparison.Ordinal);
        Assert.Contains("done: the owner and who started the project", page, StringComparison.Ordinal);
        Assert.Contains("tells the manager and the owner", page, StringComparison.Ordinal);
        Assert.Contains("the owner, the manager and Sales", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gate_is_called_what_stands_behind_its_key()
    {
        var plan = Plans.Compile("plan: x\nname: X\ntype: sales\nstages:\n  one:\n    steps:\n      a: { task: A, outcomes: { go: , stop: { close: lost } } }\n      b: { gate: All is ready, after: a }\n      c: { gate: true, after: a }\n      d: { gate: {}, after: a }\n      e: { gate: , after: a }\n").Plan!;
        Assert.Equal(["A", "All is ready", "C", "D", "E"], plan.Steps.Select(s => s.Name));
    }

    [Fact]
    public void The_pages_of_the_example_are_as_accepted()
    {
        var folder = new GoldenFolder("example");
        var plan = PlanCompiler.Compile(folder.Definitions, folder.Plan).Plan!;

        folder.Check("page.md", PlanDocument.Markdown(plan, folder.Definitions.Organisation!));
        folder.Check("page.html", PlanDocument.Html(plan, folder.Definitions.Organisation!));
    }

    [Fact]
    public void For_a_strict_site_the_page_links_to_style_sheets() =>
        Assert.DoesNotMatch("<style|style=", PlanDocument.Html(Plans.Compiled("example"), Organisation, null, ["/a.css"]));
}
