using System.Collections.Immutable;
using ProcessManager.Language;

namespace ProcessManager.Host.Demo;

/// <summary>What people of the demo fill into forms.</summary>
internal static class DemoValues
{
#pragma warning disable CA5394 // variety, not secrecy
    private static readonly string[] Manuscripts =
    [
        "Bees in the city", "A short history of paper", "How teams decide", "The bridge at Melk", "Reading aloud", "Salt and trade", "Maps that lie",
        "The quiet office", "Rain on the Danube", "Learning late",
    ];

    private static readonly string[] Issues =
    [
        "The invoice of last month shows the old address.", "The newsletter arrives twice.", "The door of the parcel locker does not open.",
        "The registration form loses what was entered when going back.", "The delivery came with two parts missing.", "The login mail never arrives.",
    ];

    private static readonly string[] Questions =
    [
        "Which product fits a team of twelve? How soon can it be delivered?", "Is there a discount for associations?",
        "Can we try it for a month first?", "Does Gold include installation?",
    ];

    private static readonly string[] Themes = ["Bees in the city", "Working together from afar", "Old crafts, new tools", "A library for everybody"];

    private static readonly (string Title, string Goal)[] Undertakings =
    [
        ("New web site", "The new site is online and everybody in the house can change their pages"),
        ("Move to the new office", "Everybody works in the new office, and nobody was without a desk for a day"),
        ("Yearbook", "The yearbook is printed and with all members"),
        ("Volunteer programme", "Twenty volunteers help us regularly"),
    ];

    private static readonly (string Process, string Complaint)[] Annoyances =
    [
        ("Membership applications", "They lie for days because nobody knows whose turn it is"),
        ("Travel expenses", "The same figures are entered three times"),
        ("Ordering office supplies", "Every order needs two signatures, also for a pencil"),
    ];

    private static readonly string[] Goals = ["Be known among chefs", "Find trainees", "Show the new product to people who decide"];

    /// <summary>What is known when a project of a plan begins.</summary>
    public static IEnumerable<(string Field, object? Value)> Beginning(string plan, int number, Random chance, DateTimeOffset now) => plan switch
    {
        "brochure-to-customer" => [("questions", Questions[number % Questions.Length])],
        "prospect-to-customer" => [("amount", (decimal)chance.Next(8, 400) * 100)],
        "membership-application" => [("category", new[] { "Regular", "Regular", "Student", "Corporate" }[chance.Next(4)])],
        "editorial-review" => [("manuscript", Manuscripts[number % Manuscripts.Length]), ("title", Manuscripts[number % Manuscripts.Length])],
        "issue-resolution" => [("description", Issues[number % Issues.Length]), ("severity", new[] { "low", "normal", "normal", "high", "critical" }[chance.Next(5)])],
        "sponsorship" => [("event", "Annual conference"), ("goals", Goals[number % Goals.Length])],
        "conference" => [("theme", Themes[number % Themes.Length]), ("title", Themes[number % Themes.Length]), ("conference-date", Day(now, chance, 320, 380))],
        "multi-stage-project" when Undertakings[number % Undertakings.Length] is var (title, goal) => [("title", title), ("goal", goal), ("deadline", Day(now, chance, 100, 250))],
        "process-optimisation" when Annoyances[number % Annoyances.Length] is var (process, complaint) =>
            [("title", "Improve: " + process), ("process", process), ("complaint", complaint)],
        _ => [],
    };

    public static object? BuiltIn(string field, Random chance, DateTimeOffset now) => field switch
    {
        "amount" => (decimal)chance.Next(5, 300) * 100,
        "expected-close" => DateOnly.FromDateTime(now.UtcDateTime.AddDays(chance.Next(10, 90))),
        _ => "–",
    };

    /// <summary>Null: people leave it empty.</summary>
    public static object? Of(Field field, Random chance, DateTimeOffset now)
    {
        object? Text(params string[] of) => of[chance.Next(of.Length)];
        return field.Kind switch
        {
            FieldKind.Choice => field.Choices[chance.Next(field.Choices.Length)],
            FieldKind.Choices => field.Choices.Take(1 + chance.Next(2)).Select(c => (object?)c).ToImmutableArray(),
            FieldKind.Money => (decimal)chance.Next(5, 300) * 100,
            FieldKind.Number => (object)(decimal)chance.Next((int)(field.Min ?? 1), (int)Math.Min(field.Max ?? 40, 40)),
            FieldKind.Percent => (decimal)chance.Next((int)(field.Min ?? 5), (int)Math.Min(field.Max ?? 60, 60)),
            FieldKind.Date => field.Id switch
            {
                "conference-date" => Day(now, chance, 320, 380),
                "event-date" or "deadline" => Day(now, chance, 90, 200),
                _ => Day(now, chance, 3, 15),
            },
            FieldKind.Time => now.AddDays(chance.Next(3, 15)),
            FieldKind.YesNo => field.Id != "announce" && chance.NextDouble() < 0.85, // the status page of the sample plan is nobody's
            FieldKind.Link => "https://example.org/",
            FieldKind.Person => "ann",
            FieldKind.Persons => ImmutableArray.Create<object?>("noah", "iris", "paul"),
            FieldKind.File or FieldKind.Contact or FieldKind.Contacts => null,
            _ when field.Sensitive => null,
            _ => field.Id switch
            {
                "member-number" => $"AT-{chance.Next(10000, 99999)}",
                "tracking" => $"PX{chance.Next(100_000, 999_999)}",
                "missing" => Text("The second reference", "A signature on page two", "Proof of enrolment"),
                "refusal" => "The activity lies outside the purpose of the association.",
                "solution" => Text("Corrected the record and sent it again.", "Replaced the faulty part.", "Fixed with the release of this week."),
                "cause" => Text("A typing error in the master data", "A missing check in the form", "A worn lock"),
                "verdict-notes" => "Shorten the introduction, explain the method, and add the two missing sources.",
                "summary" => Text("They look for partners in training.", "Their new director wants to do more for young people.", "They know our work from the last conference."),
                "introduced-by" => Text("Laura Pichler", "Karim Haddad", "Simon Gruber"),
                "change" => Text("One form instead of three", "The front desk decides up to 100 without asking", "A list on the wall shows whose turn it is"),
                "venue" => Text("Old Mill", "City Library", "Harbour Museum"),
                "risks" => Text("The supplier is late", "Two of the team are on leave in summer"),
                "open-points" => null,
                _ => Text("As agreed on the phone", "See the letter", "To be confirmed"),
            },
        };
    }

    private static DateOnly Day(DateTimeOffset now, Random chance, int from, int to) => DateOnly.FromDateTime(now.UtcDateTime.AddDays(chance.Next(from, to)));
}
