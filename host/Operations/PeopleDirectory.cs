using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Flow;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;
using ProcessManager.Host.Shell;
using Directory = ProcessManager.Flow.Directory;

namespace ProcessManager.Host.Operations;

/// <summary>People, groups, managers and absences as the engine is to know them: those of the sign-in database.</summary>
internal sealed class PeopleDirectory(IDbContextFactory<ProcessManagerDb> databases, IServiceProvider services) : IDirectorySource
{
    public async Task<DirectorySnapshot> ReadAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var people = await db.Users.AsNoTracking().ToListAsync(cancellation);
        var administrators = await (from held in db.UserRoles
                                    join role in db.Roles on held.RoleId equals role.Id
                                    where role.Name == Roles.Administrator
                                    select held.UserId).ToListAsync(cancellation);
        var members = await db.Set<GroupMember>().AsNoTracking().Select(m => new { m.Group, m.PersonId }).ToListAsync(cancellation);
        var absences = await db.Set<Access.Absence>().AsNoTracking().ToListAsync(cancellation);

        var zone = services.GetRequiredService<ReaderDefaults>().Zone; // not at construction: it asks the engine, which asks here
        var names = people.ToDictionary(p => p.Id, p => p.UserName!);
        var directory = new Directory
        {
            People = people.ToImmutableDictionary(p => p.UserName!, p => new Member(
                p.UserName!, p.DisplayName, p.Email, p.ManagerUserName, administrators.Contains(p.Id), p.Disabled,
                [.. absences.Where(a => a.PersonId == p.Id).OrderBy(a => a.From).Select(a => Away(a, p, zone, names))])
            {
                Calendar = p.Calendar,
            }),
            Groups = members.GroupBy(m => m.Group).ToImmutableDictionary(
                g => g.Key, g => g.Select(m => names[m.PersonId]).Order(StringComparer.Ordinal).ToImmutableArray()),
        };
        return new DirectorySnapshot(directory, [.. people.Where(p => p.AlertsByMail && !p.Disabled).Select(p => p.UserName!)]);
    }

    /// <summary>Whole days in the person's zone, the last one included.</summary>
    /// <param name="usual">The zone of people who have none of their own.</param>
    private static Flow.Absence Away(Access.Absence absence, Person person, TimeZoneInfo usual, Dictionary<long, string> names)
    {
        var zone = person.TimeZone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found) ? found : usual;
        DateTimeOffset Midnight(DateOnly day)
        {
            var local = day.ToDateTime(TimeOnly.MinValue);
            while (zone.IsInvalidTime(local)) { local = local.AddMinutes(15); }
            return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        }

        return new Flow.Absence(Midnight(absence.From), Midnight(absence.To.AddDays(1)),
            absence.SubstituteId is { } substitute && names.TryGetValue(substitute, out var name) ? name : null);
    }
}
