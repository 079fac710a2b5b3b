using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;

namespace ProcessManager.Host.Settings;

/// <summary>What the form about a person offers: the organisation's groups, and who can be somebody's manager.</summary>
internal static class PersonChoices
{
    public static IReadOnlyList<(string Id, string Name)> Groups(ProcessEngine engine) =>
        [.. (engine.Organisation?.Groups ?? []).Select(group => (group.Key, group.Value)).OrderBy(group => group.Value, StringComparer.OrdinalIgnoreCase)];

    /// <summary>The calendars of the definitions, and the person's own where its file is gone.</summary>
    public static IReadOnlyList<(string Id, string Name)> Calendars(ProcessEngine engine, Person person)
    {
        var known = engine.Calendars.Values.Select(calendar => (calendar.Id, calendar.Name)).OrderBy(calendar => calendar.Name, StringComparer.OrdinalIgnoreCase);
        return person.Calendar is { } own && !engine.Calendars.ContainsKey(own) ? [.. known, (own, $"{own} (not in the definitions)")] : [.. known];
    }

    public static async Task<IReadOnlyList<(string UserName, string Name)>> Managers(ProcessManagerDb db, CancellationToken cancellation)
    {
        var people = await db.Users.AsNoTracking().Where(person => !person.Disabled).OrderBy(person => person.DisplayName).Take(500)
            .Select(person => new { person.UserName, person.DisplayName }).ToListAsync(cancellation);
        return [.. people.Select(person => (person.UserName!, person.DisplayName))];
    }
}
