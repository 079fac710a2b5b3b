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

    /// <summary>What is known when a project of a plan begins.</summary>
    public static IEnumerable<(string Field, object? Value)> Beginning(string plan, int number, Random chance) => plan switch
    {
        "brochure-to-customer" => [("questions", Questions[number % Questions.Length])],
        "prospect-to-customer" => [("amount", (decimal)chance.Next(8, 400) * 100)],
        "membership-application" => [("category", new[] { "Regular", "Regular", "Student", "Corporate" }[chance.Next(4)])],
        "editorial-review" => [("manuscript", Manuscripts[number % Manuscripts.Length]), ("title", Manuscripts[number % Manuscripts.Length])],
        "issue-resolution" => [("description", Issues[number % Issues.Length]), ("severity", new[] { "low", "normal", "normal", "high", "critical" }[chance.Next(5)])],
        _ => [],
    };

    public static object? BuiltIn(string field, Random chance, DateTimeOffset now) => field switch
    {
        "amount" => (decimal)chance.Next(5, 300) * 100,
        "expected-close" => DateOnly.FromDateTime(now.UtcDateTime.AddDays(chance.Next(10, 90))),
        _ => "–",
    };

    public static object? Of(Field field, Random chance, DateTimeOffset now)
    {
        object? Text(params string[] of) => of[chance.Next(of.Length)];
        return field.Kind switch
        {
            FieldKind.Choice => field.Choices[chance.Next(field.Choices.Length)],
            FieldKind.Choices => ImmutableArray.Create<object?>(field.Choices[0]),
            FieldKind.Money => (decimal)chance.Next(5, 300) * 100,
            FieldKind.Number => (object)(decimal)chance.Next((int)(field.Min ?? 1), (int)Math.Min(field.Max ?? 40, 40)),
            FieldKind.Percent => (decimal)chance.Next(5, 60),
            FieldKind.Date => DateOnly.FromDateTime(now.UtcDateTime.AddDays(chance.Next(3, 15))),
            FieldKind.Time => now.AddDays(chance.Next(3, 15)),
            FieldKind.YesNo => chance.NextDouble() < 0.85,
            FieldKind.Link => "https://example.org/",
            FieldKind.Person => "ann",
            _ => field.Id switch
            {
                "member-number" => $"AT-{chance.Next(10000, 99999)}",
                "tracking" => $"PX{chance.Next(100_000, 999_999)}",
                "missing" => Text("The second reference", "A signature on page two", "Proof of enrolment"),
                "refusal" => "The activity lies outside the purpose of the association.",
                "solution" => Text("Corrected the record and sent it again.", "Replaced the faulty part.", "Fixed with the release of this week."),
                "cause" => Text("A typing error in the master data", "A missing check in the form", "A worn lock"),
                "verdict-notes" => "Shorten the introduction, explain the method, and add the two missing sources.",
                _ => Text("As agreed on the phone", "See the letter", "To be confirmed"),
            },
        };
    }
}
