using System.Collections.Immutable;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine;
using ProcessManager.Host.Projects.Fields;
using ProcessManager.Language;

namespace ProcessManager.Host.Projects;

/// <summary>What somebody filled in to start a project, kept while it is refused.</summary>
public sealed class NewProjectForm
{
    /// <summary>Sent again, the same form starts nothing twice.</summary>
    public string Command { get; init; } = Guid.NewGuid().ToString();

    /// <summary>An id, "new", or "none".</summary>
    public string Prospect { get; set; } = "";

    public ContactKind ContactKind { get; init; }

    public string ContactName { get; init; } = "";

    /// <summary>Addresses separated by commas or spaces.</summary>
    public string ContactEmails { get; init; } = "";

    /// <summary>Numbers separated by commas.</summary>
    public string ContactPhones { get; init; } = "";

    public string ContactCity { get; init; } = "";

    public string ContactCountry { get; init; } = "";

    /// <summary>The contact is added although somebody has the same address or number.</summary>
    public bool Anyway { get; init; }

    /// <summary>Sign-in name; empty: as the plan says.</summary>
    public string Owner { get; init; } = "";

    public ImmutableSortedDictionary<string, object?> Fields { get; init; } = ImmutableSortedDictionary<string, object?>.Empty;

    public ImmutableSortedDictionary<string, ImmutableArray<string>> Roles { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    public static NewProjectForm Read(IFormCollection form, Plan plan, IReadOnlyCollection<PlanField> fields, TimeZoneInfo zone) => new()
    {
        Command = form["command"].ToString() is { Length: > 0 and <= 100 } id ? id : Guid.NewGuid().ToString(),
        Prospect = form["prospect"].ToString(),
        ContactKind = Enum.TryParse<ContactKind>(form["contact.kind"], ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : ContactKind.Individual,
        ContactName = form["contact.name"].ToString().Trim(),
        ContactEmails = form["contact.emails"].ToString().Trim(),
        ContactPhones = form["contact.phones"].ToString().Trim(),
        ContactCity = form["contact.city"].ToString().Trim(),
        ContactCountry = form["contact.country"].ToString().Trim(),
        Anyway = form["anyway"] == "true",
        Owner = form["owner"].ToString(),
        Fields = PlanFields.Read(form, fields, zone),
        Roles = plan.Roles.Where(r => form.ContainsKey($"role.{r.Id}")).ToImmutableSortedDictionary(
            r => r.Id, r => form[$"role.{r.Id}"].OfType<string>().Where(p => p.Length > 0).Distinct().ToImmutableArray(), StringComparer.Ordinal),
    };

    /// <summary>What is asked when a project of this plan starts: what every project has, what must be there from the start, and what the first stage's forms ask.</summary>
    public static ImmutableArray<PlanField> FieldsOf(Plan plan)
    {
        var first = plan.Stages[0];
        var asked = plan.StepsOf(first).ToArray().SelectMany(s => s.Kind.Work?.Form ?? []).Select(f => f.Field);
        var required = plan.Fields.Where(f => f.RequiredFrom == "always" || f.RequiredFrom == first.Id).Select(f => f.Id).ToList();
        return [.. PlanFields.BuiltIn.Concat(required).Concat(asked).Distinct()
            .Where(id => plan.FindField(id) is not { Kind: FieldKind.File })
            .Select(id => PlanFields.Of(plan, id, required.Contains(id))).OfType<PlanField>()];
    }

    public NewContact Contact(string by) => new(ContactKind, ContactName)
    {
        Emails = Parts(ContactEmails, ',', ';', ' '),
        Phones = Parts(ContactPhones, ',', ';'),
        City = ContactCity.Length > 0 ? ContactCity : null,
        Country = ContactCountry.Length > 0 ? ContactCountry : null,
        By = by,
    };

    public StartProject Start(Plan plan, string by) => new(plan.Id)
    {
        Owner = Owner.Length > 0 ? Owner : null,
        Prospect = long.TryParse(Prospect, System.Globalization.CultureInfo.InvariantCulture, out var contact) ? contact : null,
        NewProspect = Prospect == "new" ? ContactBook.Adding(Contact(by)) : null,
        Fields = Fields.Where(f => f.Value is not null).ToImmutableSortedDictionary(StringComparer.Ordinal),
        Roles = Roles.Where(r => r.Value.Length > 0).ToImmutableSortedDictionary(StringComparer.Ordinal),
    };

    private static ImmutableArray<string> Parts(string text, params char[] separators) =>
        [.. text.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.OrdinalIgnoreCase)];
}
