using System.Collections.Immutable;
using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Flow.Testing;

/// <summary>The world of a test, as the stepper is given it.</summary>
internal static class TestFacts
{
    public static Facts Of(Definitions definitions, Plan plan, TestStart start)
    {
        var organisation = definitions.Organisation ?? throw new ArgumentException("The organisation has errors.", nameof(definitions));
        var calendar = definitions.Calendars[plan.Calendar ?? organisation.Calendar];
        return new Facts
        {
            Organisation = organisation,
            Calendars = definitions.Calendars,
            Prospect = start.Prospect,
            Directory = new Directory
            {
                People = start.People.ToImmutableDictionary(p => p.Name, p => MemberOf(p, calendar)),
                Groups = organisation.Groups.Keys.ToImmutableDictionary(
                    g => g, g => start.People.Where(p => p.Groups.Contains(g)).Select(p => p.Name).ToImmutableArray()),
            },
        };
    }

    private static Member MemberOf(TestPerson person, WorkingCalendar calendar) => new(
        person.Name, person.DisplayName ?? person.Name, person.Email ?? $"{person.Name}@example.org", person.Manager, person.IsAdministrator, false,
        [.. person.Away.Select(a => new Absence(calendar.InstantOf(a.From), calendar.InstantOf(a.Until), a.Substitute))])
    {
        Calendar = person.Calendar,
    };
}
