using System.Globalization;
using System.Text;

namespace ProcessManager.Language.Shaping;

/// <summary>Writes the reference of the plan language's keys as Markdown, from the shapes themselves.</summary>
public static class ReferenceWriter
{
    private const string Note = "<!-- Written from the shapes of the language; `UPDATE_GOLDEN=1 dotnet test` writes it anew. -->";

    /// <summary>The page of all keys and kinds of steps.</summary>
    public static string Keys()
    {
        var page = new StringBuilder();
        page.Append("# Keys of the plan language\n\n").Append(Note).Append("\n\n");
        page.Append("Every key that the files know, with its value, what it does and an example. **Bold** keys are required.\n\n");
        var told = new HashSet<Shape>(ReferenceEqualityComparer.Instance);
        Section(page, PlanShape.Plan, "plan.yaml", told);
        page.Append("## Steps\n\nA step has exactly one of these keys, which makes it what it is, and any of the keys of every step.\n\n");
        page.Append("| key | what it does | settles with |\n| --- | --- | --- |\n");
        foreach (var kind in StepKindCatalog.All)
        {
            var outcomes = kind.Outcomes.IsEmpty ? kind.DeclaresOutcomes ? "its rules' outcomes" : "–" : string.Join(", ", kind.Outcomes.Select(o => $"`{o}`"));
            page.Append(CultureInfo.InvariantCulture, $"| `{kind.Key}` | {Cell(kind.Help)} | {outcomes} |\n");
        }

        page.Append("\n### Every step\n\n");
        Table(page, StepParts.EveryStep);
        page.Append(CultureInfo.InvariantCulture, $"Steps of the kinds {Words.List(StepKindCatalog.All.Where(k => k.AllowsEach).Select(k => $"`{k.Key}`"))} may also have:\n\n");
        Table(page, StepParts.ForEach);
        foreach (var kind in StepKindCatalog.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"### {kind.Name} (`{kind.Key}`)\n\n{kind.Help}\n\n```yaml\n{kind.Example}```\n\n");
            if (kind.IsForPeople && kind.Key != "task")
            {
                var own = kind.Keys.Where(k => !StepParts.ForPeople.Contains(k)).ToList();
                page.Append(own.Count == 0 ? "It has the keys of a task.\n\n" : "It has the keys of a task, and:\n\n");
                Table(page, own);
            }
            else
            {
                Table(page, kind.Keys);
            }
        }

        foreach (var shape in StepKindCatalog.All.SelectMany(k => k.Keys).Concat(StepParts.EveryStep).SelectMany(k => Inside(k.Shape)))
        {
            Section(page, shape, Words.Capital(shape.Name), told);
        }

        Section(page, OrganisationShape.Organisation, "organisation.yaml", told);
        Section(page, CalendarShape.Calendar, "calendars/<id>.yaml", told);
        Section(page, EmailTemplateShape.FrontMatter, "templates/<id>.email.md", told);
        Section(page, TestsShape.File, "plans/<id>/tests.yaml", told);
        return page.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>The page of all diagnostics: what each means, an example that causes it, and what to do.</summary>
    public static string Diagnostics()
    {
        var page = new StringBuilder("# Diagnostics\n\nEvery message of the compiler has a code. ");
        page.Append("A plan with an error isn't published; a warning says what is probably not meant.\n\n");
        foreach (var error in Errors.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"## {error.Code}\n\n**{error.Title.TrimEnd('.')}** ({Words.Small(error.Severity.ToString())}).\n\n```yaml\n{error.Example.TrimEnd('\n')}\n```\n\n{error.Help}\n\n");
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static void Section(StringBuilder page, ObjectShape shape, string title, HashSet<Shape> told)
    {
        if (!told.Add(shape))
        {
            return;
        }

        page.Append(CultureInfo.InvariantCulture, $"## {title}\n\n");
        Table(page, shape.Keys);
        foreach (var choice in shape.Choices)
        {
            page.Append(CultureInfo.InvariantCulture, $"{(choice.Required ? "One" : "At most one")} of {Words.List(choice.Keys.Select(k => $"`{k}`"))} is written.\n\n");
        }

        foreach (var inner in shape.Keys.SelectMany(k => Inside(k.Shape)))
        {
            Section(page, inner, $"{Words.Capital(inner.Name)}", told);
        }
    }

    private static IEnumerable<ObjectShape> Inside(Shape shape) => shape switch
    {
        ObjectShape known => [known],
        ListShape list => Inside(list.Item),
        MapShape map => Inside(map.Value),
        OneOfShape oneOf => oneOf.Options.SelectMany(Inside),
        VariantShape variant => variant.Variants,
        _ => [],
    };

    private static void Table(StringBuilder page, IReadOnlyCollection<KeyShape> keys)
    {
        if (keys.Count == 0)
        {
            return;
        }

        page.Append("| key | value | what it does | example |\n| --- | --- | --- | --- |\n");
        foreach (var key in keys)
        {
            var name = key.Required ? $"**`{key.Name}`**" : $"`{key.Name}`";
            var help = key.Help + (key.OnlyWith is null ? "" : $" Only with `{key.OnlyWith}`.");
            page.Append(CultureInfo.InvariantCulture, $"| {name} | {Cell(key.Shape.Noun)} | {Cell(help)} | {(key.Example is null ? "" : $"`{Cell(key.Example)}`")} |\n");
        }

        page.Append('\n');
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');
}
