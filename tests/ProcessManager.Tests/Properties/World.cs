using System.Collections.Immutable;
using ProcessManager.Flow;
using ProcessManager.Language;
using ProcessManager.Language.Time;
using ProcessManager.Tests.Plans;

namespace ProcessManager.Tests.Properties;

/// <summary>The people, calendars and organisation that random projects live in.</summary>
internal static class World
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static readonly string[] Team = ["ann", "bob", "cy"];

    public static readonly Organisation Organisation = new()
    {
        Name = "Random Ltd",
        Zone = "UTC",
        Calendar = "always",
        Currencies = ["EUR"],
        Types = [new ProjectType("sales", "Sales", "Sold", ImmutableDictionary.CreateRange(new KeyValuePair<string, string>[] { new("new", "New"), new("active", "Active") }), "EUR", null, "root")],
        Groups = ImmutableDictionary.CreateRange(new KeyValuePair<string, string>[] { new("team", "Team"), new("desk", "Desk") }),
    };

    public static readonly ImmutableDictionary<string, WorkingCalendar> Calendars =
        ImmutableDictionary<string, WorkingCalendar>.Empty.Add("always", WorkingCalendar.RoundTheClock("always", TimeZoneInfo.Utc));

    /// <summary>One member of the team is away in the second week, with a substitute.</summary>
    public static readonly Facts Facts = new()
    {
        Organisation = Organisation,
        Calendars = Calendars,
        Directory = new ProcessManager.Flow.Directory
        {
            People = new[] { Person("ann", "max"), Person("bob", "max"), Person("cy", null) with { Away = [new ProcessManager.Flow.Absence(Start.AddDays(7), Start.AddDays(14), "dee")] },
                Person("dee", "max"), Person("max", null), Person("pat", "max"), Person("sam", "max"), Person("root", null) with { IsAdministrator = true } }
                .ToImmutableDictionary(m => m.Name),
            Groups = ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("team", [.. Team]).Add("desk", ["dee"]),
        },
        Prospect = new Dictionary<string, object?> { ["name"] = "Ada Ltd", ["email"] = "ada@example.org", ["kind"] = "organisation" },
    };

    /// <summary>The same people in the shipped office calendar, with its time zone, breaks and holidays.</summary>
    public static readonly Facts Office = Facts with
    {
        Organisation = Organisation with { Calendar = "office", Zone = "Europe/Vienna" },
        Calendars = Repository.Definitions.Calendars,
    };

    private static readonly DefinitionFile Letter = new("templates/quote.docx", Flow.Plans.Docx("prospect.name"));

    /// <summary>The definitions folder that the compiler reads, with one plan in it.</summary>
    public static Definitions Definitions(string plan)
    {
        var files = new[]
        {
            new DefinitionFile($"plans/{PlanText.Id}/plan.yaml", System.Text.Encoding.UTF8.GetBytes(plan)),
            new DefinitionFile("templates/brochure.email.md", "---\nsubject: Our brochure\n---\nDear {{prospect.name}},\n\nhere it is.\n"u8.ToArray()),
            Letter,
        };
        return new Definitions
        {
            Organisation = Organisation, Calendars = Calendars, PlanIds = [PlanText.Id],
            Files = files.ToImmutableDictionary(f => f.Path),
        };
    }

    private static Member Person(string name, string? manager) => new(name, name, $"{name}@example.org", manager, false, false, []);
}
