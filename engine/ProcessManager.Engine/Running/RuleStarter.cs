using System.Collections.Immutable;
using ProcessManager.Engine.Publishing;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Language;
using ProcessManager.Language.Expressions;

namespace ProcessManager.Engine.Running;

/// <summary>What comes to a start rule.</summary>
/// <param name="Occurrence">Tells this time from any other: it starts at most one project of a rule.</param>
/// <param name="Names">What the rule's expressions see beside <c>prospect</c> and <paramref name="Fields"/>.</param>
/// <param name="Fields">What the project's fields get before the rule's own assignments, as they were given.</param>
internal sealed record RuleOccasion(string Occurrence, IReadOnlyDictionary<string, object?> Names, ImmutableSortedDictionary<string, object?> Fields)
{
    public long? Prospect { get; init; }

    public NewProspect? NewProspect { get; init; }
}

/// <summary>Starts projects by the rules of plans, once for each occurrence.</summary>
internal sealed class RuleStarter(PlanLibrary plans, CommandRunner runner, IProspectSource? prospects)
{
    /// <returns>The project, and whether it was started before; null where the rule's condition does not hold.</returns>
    /// <exception cref="RefusedException">It cannot be started so. What was written for it must not stay.</exception>
    public async ValueTask<(long Project, bool Repeated)?> StartAsync(
        WriteSession session, PublishedPlan plan, StartRule rule, RuleOccasion occasion, CancellationToken cancellation)
    {
        var name = NameOf(plan.Plan, rule);
        if (session.RuleStarts.Find(name, occasion.Occurrence) is { } earlier) { return (earlier, true); }
        var fields = runner.Fit(session, plan, occasion.Fields);
        var prospect = occasion.NewProspect is { } contact ? await contact.CreateAsync(session, cancellation) : occasion.Prospect;
        var values = new Names(occasion.Names, fields, prospect is { } who ? prospects?.Find(who, session.CreateCommand) : null);
        var context = new EvaluationContext(values, session.Now, ZoneOf(plan));
        if (rule.When is { } when && !when.IsTrue(context)) { return null; }
        foreach (var assignment in rule.Fields) { fields = fields.SetItem(assignment.Field, assignment.Value.Evaluate(context).Value); }

        var beginning = new Beginning(new StartProject(plan.Plan.Id) { Prospect = prospect, Fields = fields }) { OwnerRule = rule.Owner };
        var (row, _) = await runner.BeginAsync(session, beginning, null, cancellation);
        session.RuleStarts.Add(new RuleStartRow
        {
            Rule = name,
            Occurrence = occasion.Occurrence,
            ContactId = prospect ?? 0,
            ProjectId = row.Id,
            At = session.Now,
        });
        return (row.Id, false);
    }

    /// <summary>Names a rule over the versions of its plan: by what starts it, and where several begin alike, by their order.</summary>
    public static string NameOf(Plan plan, StartRule rule)
    {
        var what = What(rule);
        var place = plan.Start.Where(r => What(r) == what).TakeWhile(r => !ReferenceEquals(r, rule)).Count();
        return place == 0 ? $"{plan.Id}/{what}" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{plan.Id}/{what}/{place + 1}");
    }

    private static string What(StartRule rule) => rule switch
    {
        StartRule.Message message => $"message:{message.Name}",
        StartRule.Form form => $"form:{form.Id}",
        StartRule.Segment segment => $"segment:{segment.Id}",
        StartRule.Response response => $"response:{response.Rule}",
        StartRule.Every every => $"every:{every.Schedule.Text}{(every.For is { } who ? $" for {who}" : "")}",
        _ => throw new InvalidOperationException($"Unknown start rule {rule.GetType().Name}."),
    };

    private TimeZoneInfo ZoneOf(PublishedPlan plan) => CalendarOf(plan)?.Zone ?? TimeZoneInfo.Utc;

    /// <summary>The plan's calendar, else the organisation's.</summary>
    public Language.Time.WorkingCalendar? CalendarOf(PublishedPlan plan)
    {
        var now = plan.At(plans.Surroundings ?? plan.Own);
        return now.Calendars.GetValueOrDefault(plan.Plan.Calendar ?? now.Organisation.Calendar);
    }

    private sealed class Names(
        IReadOnlyDictionary<string, object?> brought, ImmutableSortedDictionary<string, object?> fields, IReadOnlyDictionary<string, object?>? prospect) : IValues
    {
        public object? this[string name] => name == "prospect" ? prospect : brought.TryGetValue(name, out var value) ? value : fields.GetValueOrDefault(name);
    }
}
