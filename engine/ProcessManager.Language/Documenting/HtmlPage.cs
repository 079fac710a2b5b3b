using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ProcessManager.Language.Describing;
using ProcessManager.Language.Drawing;

namespace ProcessManager.Language.Documenting;

/// <summary>Writes one plan as an HTML document.</summary>
internal sealed class HtmlPage(Plan plan, Organisation organisation, Func<string, string>? markdown)
{
    private readonly StringBuilder page = new();
    private readonly PlanFacts facts = new(plan, organisation);

    public string Write(bool inline, IReadOnlyList<string> styleSheets)
    {
        Line($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{E(plan.Name)}</title>");
        if (inline)
        {
            Line($"<style>\n{PageStyle.Css}\n{PlanDrawing.StyleSheet}\n</style>");
        }

        foreach (var sheet in styleSheets)
        {
            Line($"<link rel=\"stylesheet\" href=\"{E(sheet)}\">");
        }

        Line($"</head>\n<body>\n<main class=\"plan-page\">\n<h1>{E(plan.Name)}</h1>");
        Prose(plan.Description);
        Summary();
        Line($"<div class=\"drawing{(IsWide ? " wide" : "")}\" tabindex=\"0\" role=\"region\" aria-label=\"Diagram of the plan\">{PlanDrawing.Svg(plan)}</div>");
        foreach (var stage in plan.Stages)
        {
            Stage(stage);
        }

        OnClose();
        Table("Fields", plan.Fields, f => (f.Id, f.Label), facts.Of);
        Table("Roles", plan.Roles, r => (r.Id, r.Label), facts.Of);
        Templates();
        Line($"<footer>Plan <code>{E(plan.Id)}</code>, meaning <code>{E(Start(plan.Hash))}</code></footer>\n</main>\n</body>\n</html>");
        return page.ToString();
    }

    /// <summary>True where the diagram needs a page across to be read on paper.</summary>
    private bool IsWide => new PlanLayout(plan, null) is var layout && layout.Width > 2 * layout.Height;

    private static string Start(string hash) => hash.Length > 12 ? hash[..12] : hash;

    private void Line(string html) => page.Append(html).Append('\n');

    private static string E(string? text) => Xml.Escape(text ?? "");

    private void Summary()
    {
        var type = organisation.FindType(plan.Type)?.Name ?? plan.Type;
        Line($"<p class=\"quiet\">For projects of the type {E(type)}, owned by {E(facts.Words.Who(plan.Owner))} unless somebody is named{(plan.Calendar is null ? "" : $"; times by the calendar {E(plan.Calendar)}")}.</p>");
        if (plan.Start.Length > 0)
        {
            Line("<h2>What starts a project</h2>\n<p>A person, or:</p>\n<ul>");
            foreach (var rule in plan.Start)
            {
                Line($"<li>{E(facts.Words.Start(rule))}</li>");
            }

            Line("</ul>");
        }
    }

    private void Stage(Stage stage)
    {
        var chance = stage.Probability is { } p ? string.Create(CultureInfo.InvariantCulture, $"<span class=\"chance\">{p} %</span>") : "";
        Line($"<section>\n<h2 id=\"stage-{E(stage.Id)}\">{chance}{E(stage.Name)}{(stage.Milestone ? " <span class=\"kind\">Milestone</span>" : "")}</h2>");
        Prose(stage.Description);
        Prose(stage.Guidance);
        var told = facts.Of(stage).Where(f => f.Key is "status" or "within" or "remind" or "escalate" or "next").ToList();
        if (told.Count > 0)
        {
            Line($"<p class=\"quiet\">{string.Join("<br>", told.Select(f => $"{E(f.Label)}: {E(f.Text)}"))}</p>");
        }

        Steps(plan.StepsOf(stage).ToArray());
        Line("</section>");
    }

    private void OnClose()
    {
        foreach (var (result, steps) in plan.OnClose.OrderBy(c => c.Key))
        {
            Line($"<section>\n<h2>After it was closed as {E(Binding.Kinds.Lower(result))}</h2>");
            Steps([.. steps.Select(i => plan.Steps[i])]);
            Line("</section>");
        }
    }

    private void Steps(IReadOnlyList<Step> steps)
    {
        if (steps.Count == 0)
        {
            Line("<p class=\"quiet\">No steps.</p>");
            return;
        }

        Line("<table class=\"steps\">\n<thead><tr><th scope=\"col\">Step</th><th scope=\"col\">Who</th><th scope=\"col\">By when</th><th scope=\"col\">What it is and what comes of it</th></tr></thead>\n<tbody>");
        foreach (var step in steps)
        {
            var columns = StepColumns.Of(facts.Of(step));
            Line($"<tr id=\"step-{E(step.Id)}\"><td><strong>{E(step.Name)}</strong><br><span class=\"kind\">{E(PlanWords.Kind(step.Kind))}</span> <code>{E(step.Id)}</code></td>");
            Line($"<td>{E(columns.Who)}</td><td>{Items(columns.When.Select(E))}</td><td>{More(columns)}</td></tr>");
        }

        Line("</tbody>\n</table>");
    }

    private string More(StepColumns columns)
    {
        var html = new StringBuilder();
        foreach (var fact in columns.More)
        {
            html.Append(fact.IsProse ? Rendered(fact.Text, "div") : $"<p>{E(fact.Label)}: {E(fact.Text)}</p>");
        }

        return html.Append(Items(columns.Outcomes.Select(E))).ToString();
    }

    private static string Items(IEnumerable<string> items)
    {
        var all = items.ToList();
        return all.Count switch
        {
            0 => "",
            1 => $"<p>{all[0]}</p>",
            _ => $"<ul>{string.Concat(all.Select(i => $"<li>{i}</li>"))}</ul>",
        };
    }

    private void Prose(string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            Line(Rendered(text, "div class=\"prose\""));
        }
    }

    private string Rendered(string text, string tag)
    {
        var plain = markdown is null;
        var open = plain ? tag.Contains("prose", StringComparison.Ordinal) ? "div class=\"prose plain\"" : "div class=\"plain\"" : tag;
        return $"<{open}>{(plain ? E(text.TrimEnd()) : markdown!(text))}</div>";
    }

    private void Table<T>(string title, ImmutableArray<T> parts, Func<T, (string Id, string Name)> named, Func<T, ImmutableArray<PlanFact>> told)
    {
        if (parts.IsEmpty)
        {
            return;
        }

        Line($"<section>\n<h2>{title}</h2>\n<table>\n<thead><tr><th scope=\"col\">Name</th><th scope=\"col\">What it is</th></tr></thead>\n<tbody>");
        foreach (var part in parts)
        {
            var (id, name) = named(part);
            var rest = told(part).Where(f => f.Key != "label").Select(f => $"{E(f.Label)}: {E(f.Text)}");
            Line($"<tr><td><strong>{E(name)}</strong><br><code>{E(id)}</code></td><td>{Items(rest)}</td></tr>");
        }

        Line("</tbody>\n</table>\n</section>");
    }

    private void Templates()
    {
        if (plan.Templates.IsEmpty && plan.Letters.IsEmpty)
        {
            return;
        }

        Line("<section>\n<h2>Texts</h2>");
        foreach (var template in plan.Templates.Values.OrderBy(t => t.Id, StringComparer.Ordinal))
        {
            Line($"<h3>Email <code>{E(template.Id)}</code>: {E(template.Subject.Source)}</h3>");
            Prose(template.Body.Source);
        }

        foreach (var letter in plan.Letters.Values.OrderBy(t => t.Id, StringComparer.Ordinal))
        {
            Line($"<h3>Letter <code>{E(letter.Id)}</code></h3>\n<p>Merges {E(string.Join(", ", letter.Fields.Select(f => f.Name)))}.</p>");
        }

        Line("</section>");
    }
}
