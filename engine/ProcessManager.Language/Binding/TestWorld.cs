using System.Collections.Immutable;
using System.Globalization;
using ProcessManager.Language.Reading;

namespace ProcessManager.Language.Binding;

/// <summary>Binds <c>start</c>: the people, the prospect and the moment of a test.</summary>
internal sealed class TestWorld(TestNames names, TestValues values)
{
    // A Monday without a holiday near it.
    private static readonly DateTime DefaultStart = new(2026, 3, 2, 9, 0, 0);

    private readonly ImmutableArray<TestPerson> everybody = Everybody(names);

    public TestStart Bind(YamlMapping? start, SourceSpan span)
    {
        var people = People(start?.Map("people"));
        names.People = [.. people.Select(p => p.Name)];
        foreach (var person in (start?.EntriesOf("people") ?? []).Select(p => p.Value).OfType<YamlMapping>())
        {
            Known(person.Scalar("manager"));
            foreach (var absence in person.ItemsOf("away").OfType<YamlMapping>()) { Known(absence.Scalar("substitute")); }
        }

        return new TestStart
        {
            At = values.Day(start?.Scalar("at")) ?? DefaultStart,
            Prospect = Prospect(start?.Find("prospect")),
            Fields = values.Fields(start?["fields"]),
            Roles = Roles(start?.EntriesOf("roles") ?? []),
            By = By(start?.Scalar("by"), people, start?.Map("people") is not null),
            People = people,
            Fails = [.. (start?["fails"]).Scalars().Select(s => names.Step(s, "fails", k => k.Kind is EmailKind or LetterKind, "an email or a letter")).OfType<Step>().Select(s => s.Id)],
            Span = start is null ? span : start.Span,
        };
    }

    public ImmutableSortedDictionary<string, ImmutableArray<string>> Roles(IEnumerable<YamlEntry> entries)
    {
        var roles = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (names.Plan.FindRole(entry.Name) is null) { names.Unknown(Errors.UnknownRole, entry.Key, "role", names.Plan.Roles.Select(r => r.Id)); }
            else { roles[entry.Name] = [.. entry.Value.Scalars().Select(names.Person).OfType<string>()]; }
        }

        return roles.ToImmutable();
    }

    private void Known(YamlScalar? name)
    {
        if (name is not null && !names.People.Contains(name.Value)) { names.Unknown(Errors.UnknownPerson, name, "person", names.People); }
    }

    private string By(YamlScalar? by, ImmutableArray<TestPerson> people, bool named)
    {
        if (by is not null && people.Any(p => p.Name == by.Value)) { return by.Value; }
        Known(by);
        if (!named) { return "owner"; }
        var pool = names.Definitions.Organisation?.FindType(names.Plan.Type)?.OwnerPool;
        return people.FirstOrDefault(p => pool is not null && p.Groups.Contains(pool))?.Name ?? (people.IsEmpty ? "owner" : people[0].Name);
    }

    private ImmutableArray<TestPerson> People(YamlMapping? map) => map is null ? everybody : [.. map.Entries.Select(Person)];

    private TestPerson Person(YamlEntry entry)
    {
        var body = entry.Value as YamlMapping;
        var calendar = body?.Scalar("calendar");
        if (calendar is not null && !names.Definitions.Calendars.ContainsKey(calendar.Value))
        {
            names.Unknown(Errors.UnknownCalendar, calendar, "calendar", names.Definitions.Calendars.Keys.Order(StringComparer.Ordinal));
        }

        return new TestPerson(entry.Name, names.Groups(body?["groups"]))
        {
            DisplayName = body?.Text("name"),
            Email = body?.Text("email"),
            Manager = body?.Text("manager"),
            Calendar = calendar?.Value,
            IsAdministrator = body?.Flag("administrator") == true,
            Away = [.. (body?.ItemsOf("away") ?? []).Select(Absence).OfType<TestAbsence>()],
        };
    }

    private TestAbsence? Absence(YamlNode node)
    {
        if (node is YamlScalar day)
        {
            return values.Day(day) is { } date ? new TestAbsence(date.Date, date.Date.AddDays(1), null) : null;
        }

        return node is YamlMapping map && values.Day(map.Scalar("from")) is { } from && values.Day(map.Scalar("until")) is { } until
            ? new TestAbsence(from, until, map.Text("substitute")) : null;
    }

    private static ImmutableSortedDictionary<string, object?>? Prospect(YamlEntry? written)
    {
        if (written is { Value: YamlScalar { IsNothing: true } }) { return null; }
        var entries = (written?.Value as YamlMapping)?.Entries ?? [];
        var name = entries.FirstOrDefault(e => e.Name == "name")?.Value is YamlScalar { IsNothing: false } given ? given.Value : "Example Ltd";
        var prospect = new Dictionary<string, object?>
        {
            ["name"] = name,
            ["kind"] = "organisation",
            ["email"] = $"{Shaping.Words.AsId(name) ?? "prospect"}@example.org",
            ["phone"] = "+43 1 234567",
            ["city"] = "Vienna",
            ["country"] = "AT",
        };
        foreach (var entry in entries) { prospect[entry.Name] = (entry.Value as YamlScalar).Written()?.Value; }
        return prospect.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    /// <summary>
    /// Those whom every organisation has, the sign-in names of the plan, and in each group as many people as the plan's largest
    /// vote or role needs: <c>finance</c>, <c>finance-2</c>, …
    /// </summary>
    private static ImmutableArray<TestPerson> Everybody(TestNames names)
    {
        var people = new List<TestPerson>
        {
            new("owner", []) { DisplayName = "Olga Owner", Manager = "manager" },
            new("manager", []) { DisplayName = "Max Manager" },
            new("administrator", []) { DisplayName = "Ada Administrator", IsAdministrator = true },
        };
        var groups = names.Definitions.Organisation?.Groups ?? ImmutableDictionary<string, string>.Empty;
        var each = Needed(names.Plan);
        people.AddRange(groups.OrderBy(g => g.Key, StringComparer.Ordinal)
            .SelectMany(g => Enumerable.Range(1, each).Select(n => (Group: g, Name: n == 1 ? g.Key : string.Create(CultureInfo.InvariantCulture, $"{g.Key}-{n}"))))
            .Where(m => people.TrueForAll(p => p.Name != m.Name))
            .Select(m => new TestPerson(m.Name, [m.Group.Key]) { DisplayName = $"{m.Group.Value} member{m.Name[m.Group.Key.Length..].Replace('-', ' ')}", Manager = "manager" })
            .ToList());
        people.AddRange(Rules(names.Plan).SelectMany(r => r.InOrder).OfType<Assignee.User>().Select(u => u.Name).Distinct()
            .Where(u => people.TrueForAll(p => p.Name != u)).Order(StringComparer.Ordinal).Select(u => new TestPerson(u, []) { Manager = "manager" }));
        return [.. people];
    }

    private static int Needed(Plan plan)
    {
        var votes = plan.Steps.Select(s => s.Kind is ApprovalKind { Need: NeedRule.Number } vote ? vote.Count : s.Each is { Need: NeedRule.Number } each ? each.Count : 1);
        return Math.Clamp(votes.Concat(plan.Roles.Select(r => r.AtLeast)).Append(1).Max(), 1, 10);
    }

    private static IEnumerable<AssigneeRule> Rules(Plan plan)
    {
        var escalations = plan.Stages.SelectMany(s => s.Within?.Escalations ?? [])
            .Concat(plan.Steps.Select(s => s.Kind.Work).OfType<HumanWork>().SelectMany(w => w.Escalations))
            .Select(e => e.Action switch
            {
                EscalationAction.Alert alert => alert.To,
                EscalationAction.Reassign reassign => reassign.To,
                _ => null,
            }).OfType<AssigneeRule>();
        var steps = plan.Steps.Select(s => s.Kind switch
        {
            AlertKind alert => alert.To,
            EmailKind email => email.To,
            _ => s.Kind.Work?.Assign,
        }).OfType<AssigneeRule>();
        return [plan.Owner, .. plan.Roles.Select(r => r.From).OfType<AssigneeRule>(), .. steps, .. escalations];
    }
}
