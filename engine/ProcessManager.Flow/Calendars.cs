using System.Runtime.CompilerServices;
using ProcessManager.Language;
using ProcessManager.Language.Time;

namespace ProcessManager.Flow;

/// <summary>
/// Whose working time counts (section 7): the assignee's, else that of the group the work was given to, the plan's, the
/// organisation's. An assignee's leave is no working time of theirs.
/// </summary>
internal static class Calendars
{
    private static readonly ConditionalWeakTable<Member, Presence> Known = [];

    /// <summary>Of what nobody has been given yet: waits, openings, the deadline of a stage.</summary>
    public static WorkingCalendar Of(Plan plan, Facts facts)
    {
        if ((Named(facts, plan.Calendar) ?? Named(facts, facts.Organisation.Calendar)) is { } calendar) { return calendar; }
        var known = TimeZoneInfo.TryFindSystemTimeZoneById(facts.Organisation.Zone, out var zone);
        return WorkingCalendar.RoundTheClock("round-the-clock", known ? zone! : TimeZoneInfo.Utc);
    }

    /// <summary>Of a task as it is assigned now; of the plan where it is null.</summary>
    public static WorkingCalendar Of(Run run, TaskState? task)
    {
        if (task is null) { return run.Calendar; }
        var person = task.Assignee is { } name ? run.Facts.Directory.People.GetValueOrDefault(name) : null;
        var group = task.Group is { } id ? run.Facts.Organisation.GroupCalendars.GetValueOrDefault(id) : null;
        var calendar = Named(run.Facts, person?.Calendar) ?? Named(run.Facts, group) ?? run.Calendar;
        return person is null || person.Away.IsDefaultOrEmpty ? calendar : WithoutLeave(calendar, person);
    }

    /// <summary>What counts for a step as a whole, such as its expiry: its only task's; of several people their group's.</summary>
    public static TaskState? TaskOf(StepState step) => step.Tasks switch
    {
        [] => null,
        [var only] => only,
        [var first, ..] => first with { Assignee = null },
    };

    private static WorkingCalendar? Named(Facts facts, string? id) => id is null ? null : facts.Calendars.GetValueOrDefault(id);

    // A person's days are worked out once for as long as the directory holds them.
    private static WorkingCalendar WithoutLeave(WorkingCalendar calendar, Member person)
    {
        if (Known.TryGetValue(person, out var known) && ReferenceEquals(known.Whole, calendar)) { return known.Left; }
        var left = calendar.Without(person.Away.Select(a => (a.From, a.Until)));
        Known.AddOrUpdate(person, new Presence(calendar, left));
        return left;
    }

    private sealed record Presence(WorkingCalendar Whole, WorkingCalendar Left);
}
