using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ProcessManager.Language.Comparing;
using ProcessManager.Language.Describing;
using ProcessManager.Language.Drawing;

namespace ProcessManager.Language.Documenting;

/// <summary>Writes one plan as Markdown.</summary>
internal sealed class MarkdownPage(Plan plan, Organisation organisation)
{
    private readonly StringBuilder page = new();
    private readonly PlanFacts facts = new(plan, organisation);

    public string Write()
    {
        page.Append(CultureInfo.InvariantCulture, $"# {Cell(plan.Name)}\n\n");
        Quote(plan.Description);
        var type = organisation.FindType(plan.Type)?.Name ?? plan.Type;
        page.Append(CultureInfo.InvariantCulture, $"For projects of the type {Cell(type)}, owned by {Cell(facts.Words.Who(plan.Owner))} unless somebody is named.\n\n");
        if (plan.Start.Length > 0)
        {
            page.Append("## What starts a project\n\nA person, or:\n\n");
            plan.Start.ToList().ForEach(rule => page.Append("- ").Append(Cell(facts.Words.Start(rule))).Append('\n'));
            page.Append('\n');
        }

        page.Append("```mermaid\n").Append(PlanDrawing.Mermaid(plan).TrimEnd('\n')).Append("\n```\n\n");
        plan.Stages.ToList().ForEach(Stage);
        foreach (var (result, steps) in plan.OnClose.OrderBy(c => c.Key))
        {
            page.Append(CultureInfo.InvariantCulture, $"## After it was closed as {Binding.Kinds.Lower(result)}\n\n");
            Steps([.. steps.Select(i => plan.Steps[i])]);
        }

        Table("Fields", plan.Fields, f => (f.Id, f.Label), facts.Of);
        Table("Roles", plan.Roles, r => (r.Id, r.Label), facts.Of);
        Templates();
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static string Cell(string? text) => DifferenceMarkdown.Cell(text ?? "");

    private void Quote(string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            page.Append("> ").Append(text.ReplaceLineEndings("\n").TrimEnd('\n').Replace("\n", "\n> ", StringComparison.Ordinal)).Append("\n\n");
        }
    }

    private void Stage(Stage stage)
    {
        page.Append(CultureInfo.InvariantCulture, $"## {Cell(stage.Name)}{(stage.Probability is { } p ? $" ({p} %)" : "")}\n\n");
        Quote(stage.Description);
        Quote(stage.Guidance);
        foreach (var fact in facts.Of(stage).Where(f => f.Key is "status" or "within" or "remind" or "escalate" or "next"))
        {
            page.Append(CultureInfo.InvariantCulture, $"- {fact.Label}: {Cell(fact.Text)}\n");
        }

        page.Append(page[^1] == '\n' && page[^2] != '\n' ? "\n" : "");
        Steps(plan.StepsOf(stage).ToArray());
    }

    private void Steps(IReadOnlyList<Step> steps)
    {
        page.Append("| step | who | by when | what it is and what comes of it |\n| --- | --- | --- | --- |\n");
        foreach (var step in steps)
        {
            var columns = StepColumns.Of(facts.Of(step));
            var more = columns.More.Select(f => f.IsProse ? Cell(f.Text.Trim()) : $"{f.Label}: {Cell(f.Text)}").Concat(columns.Outcomes.Select(Cell));
            page.Append(CultureInfo.InvariantCulture, $"| **{Cell(step.Name)}** ({Cell(PlanWords.Kind(step.Kind))}, `{step.Id}`) | {Cell(columns.Who)} | {string.Join("<br>", columns.When.Select(Cell))} | {string.Join("<br>", more)} |\n");
        }

        page.Append('\n');
    }

    private void Table<T>(string title, ImmutableArray<T> parts, Func<T, (string Id, string Name)> named, Func<T, ImmutableArray<PlanFact>> told)
    {
        if (parts.IsEmpty)
        {
            return;
        }

        page.Append(CultureInfo.InvariantCulture, $"## {title}\n\n| name | what it is |\n| --- | --- |\n");
        foreach (var part in parts)
        {
            var (id, name) = named(part);
            page.Append(CultureInfo.InvariantCulture, $"| **{Cell(name)}** (`{id}`) | {string.Join("<br>", told(part).Where(f => f.Key != "label").Select(f => $"{f.Label}: {Cell(f.Text)}"))} |\n");
        }

        page.Append('\n');
    }

    private void Templates()
    {
        if (plan.Templates.IsEmpty && plan.Letters.IsEmpty)
        {
            return;
        }

        page.Append("## Texts\n\n");
        foreach (var template in plan.Templates.Values.OrderBy(t => t.Id, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"### Email `{template.Id}`: {Cell(template.Subject.Source)}\n\n");
            Quote(template.Body.Source);
        }

        foreach (var letter in plan.Letters.Values.OrderBy(t => t.Id, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"### Letter `{letter.Id}`\n\nMerges {Cell(string.Join(", ", letter.Fields.Select(f => f.Name)))}.\n\n");
        }
    }
}
