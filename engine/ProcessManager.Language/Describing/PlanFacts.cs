using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Language.Binding;

namespace ProcessManager.Language.Describing;

/// <summary>What a plan says, part by part, in the order in which people read it.</summary>
public sealed class PlanFacts
{
    private readonly Plan plan;
    private readonly PlanWords words;
    private readonly StepFacts steps;

    /// <param name="organisation">Gives names to groups and reasons; null: ids are written.</param>
    public PlanFacts(Plan plan, Organisation? organisation = null)
        : this(plan, new PlanWords(plan, organisation))
    {
    }

    internal PlanFacts(Plan plan, PlanWords words)
    {
        this.plan = plan;
        this.words = words;
        steps = new StepFacts(plan, words);
    }

    public PlanWords Words => words;

    /// <summary>The plan as a whole.</summary>
    public ImmutableArray<PlanFact> OfPlan()
    {
        var facts = new FactList();
        facts.Add("name", "Name", plan.Name);
        facts.Prose("description", "Description", plan.Description);
        facts.Add("type", "Type", plan.Type);
        facts.Add("calendar", "Calendar", plan.Calendar);
        facts.Add("owner", "Owner", words.Who(plan.Owner));
        foreach (var (gone, takes) in plan.Retired)
        {
            facts.Add("retired:" + gone, $"Work of {gone} goes to", words.Step(takes));
        }

        return facts.All;
    }

    public ImmutableArray<PlanFact> Of(Field field)
    {
        var facts = new FactList();
        facts.Add("label", "Label", field.Label);
        facts.Add("kind", "Kind", Kinds.Name(field.Kind));
        facts.Add("of", "Choices", string.Join(", ", field.Choices));
        facts.Add("default", "Default", Value(field.Default));
        facts.Add("required", "Required", field.RequiredFrom is { } from && from != "always" ? $"from {Named(from)} on" : field.RequiredFrom);
        facts.Add("min", "At least", field.Min?.ToString(CultureInfo.InvariantCulture));
        facts.Add("max", "At most", field.Max?.ToString(CultureInfo.InvariantCulture));
        facts.Add("pattern", "Pattern", field.Pattern);
        facts.Flag("sensitive", "Sensitive", field.Sensitive);
        facts.Prose("help", "Help", field.Help);
        return facts.All;
    }

    public ImmutableArray<PlanFact> Of(Role role)
    {
        var facts = new FactList();
        facts.Add("label", "Label", role.Label);
        facts.Add("from", "Filled with", role.From is { } from ? words.Who(from) : null);
        facts.Add("at-least", "At least", role.AtLeast == 0 ? null : role.AtLeast.ToString(CultureInfo.InvariantCulture));
        return facts.All;
    }

    public ImmutableArray<PlanFact> Of(Stage stage)
    {
        var facts = new FactList();
        facts.Add("name", "Name", stage.Name);
        facts.Add("probability", "Probability", stage.Probability is { } p ? string.Create(CultureInfo.InvariantCulture, $"{p} %") : null);
        facts.Add("status", "Status", stage.Status);
        facts.Flag("milestone", "Milestone", stage.Milestone);
        if (stage.Within is { } within)
        {
            facts.Add("within", "To be left within", within.Due.Text, PlanWords.Meaning(within.Due));
            facts.Add("remind", "Reminds", string.Join("; ", within.Reminders.Select(r => r.Text)), string.Join(";", within.Reminders.Select(PlanWords.Meaning)));
            facts.Add("escalate", "Escalates", string.Join("; ", within.Escalations.Select(words.Escalation)));
        }

        facts.Prose("description", "Description", stage.Description);
        facts.Prose("guidance", "Guidance", stage.Guidance);
        facts.Add("next", "Then", string.Join("; else ", stage.Next.Select(words.Next)),
            string.Join(";", stage.Next.Select(n => $"{PlanWords.Meaning(n.When)} {words.Effect(n.Target)}")));
        return facts.All;
    }

    /// <summary>A step, beside its id and its place.</summary>
    public ImmutableArray<PlanFact> Of(Step step) => steps.Of(step);

    public ImmutableArray<PlanFact> Of(StartRule rule)
    {
        var facts = new FactList();
        facts.Add("start", "Starts a project", words.Start(rule));
        return facts.All;
    }

    public static ImmutableArray<PlanFact> Of(EmailTemplate template)
    {
        var facts = new FactList();
        facts.Add("subject", "Subject", template.Subject.Source, template.Subject.Canonical);
        facts.Add("from", "From", template.From);
        facts.Add("reply-to", "Answers to", template.ReplyTo);
        facts.Prose("body", "Text", template.Body.Source, template.Body.Canonical);
        return facts.All;
    }

    public static ImmutableArray<PlanFact> Of(LetterTemplate template)
    {
        var facts = new FactList();
        facts.Add("fields", "Merge fields", string.Join(", ", template.Fields.Select(f => f.Name)));
        facts.Add("digest", "File", template.Digest.Length > 12 ? template.Digest[..12] : template.Digest, template.Digest);
        return facts.All;
    }

    private string Named(string stage) => plan.FindStage(stage) is { } found ? words.Stage(found.Index) : stage;

    private static string? Value(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "yes" : "no",
        decimal number => number.ToString("0.############################", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture),
        string text => text,
        IEnumerable<object?> items => string.Join(", ", items.Select(Value)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
