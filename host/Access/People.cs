using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Host.Data;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Access;

/// <summary>
/// The door to people: pages, the command line and the demo create, change and disable them here and nowhere else.
/// What a person typed wrong comes back as <see cref="PersonResult.Refused"/>.
/// </summary>
public sealed class People
{
    /// <summary>How every personal access token begins, so that leaked ones can be searched for.</summary>
    public const string TokenPrefix = "pm_";

    private readonly AccessStore store;
    private readonly TimeProvider clock;
    private readonly LiveFeed feed;
    private readonly ProcessEngine engine;
    private readonly Passwords passwords;

    internal People(AccessStore store, TimeProvider clock, LiveFeed feed, ProcessEngine engine, Passwords passwords)
    {
        (this.store, this.clock, this.feed, this.engine, this.passwords) = (store, clock, feed, engine, passwords);
    }

    public Task<PersonResult> Create(NewPerson wanted, CancellationToken cancellation)
    {
        var problems = Check(wanted.DisplayName, wanted.TimeZone, wanted.Locale, wanted.Roles ?? []);
        if (wanted.Password is not null && Passwords.WeaknessOf(wanted.Password, wanted.UserName) is { } weakness) problems.Add(new("Password", weakness));
        if (problems.Count > 0) return Task.FromResult<PersonResult>(new PersonResult.Refused(problems));
        var hash = wanted.Password is null ? null : passwords.Hash(wanted.Password);
        return Save(async (db, users) =>
        {
            var person = new Person
            {
                UserName = wanted.UserName.Trim(), DisplayName = wanted.DisplayName.Trim(), Email = wanted.Email?.Trim(), TimeZone = wanted.TimeZone,
                Locale = wanted.Locale, ManagerUserName = wanted.Manager, CreatedAt = clock.GetUtcNow(), PasswordHash = hash,
            };
            var created = await users.CreateAsync(person);
            if (!created.Succeeded) return Refused(created);
            await SetRolesOf(db, person.Id, wanted.Roles is { Count: > 0 } roles ? roles : [Roles.User], cancellation);
            foreach (var group in (wanted.Groups ?? []).Distinct()) db.Add(new GroupMember { Group = group, PersonId = person.Id });
            return new PersonResult.Done(person.Id);
        }, cancellation);
    }

    /// <summary>Changes what is known about a person; the sign-in name stays. Roles and groups hold from the next request on.</summary>
    public Task<PersonResult> Describe(long personId, PersonDescription wanted, CancellationToken cancellation) =>
        Change(personId, async (db, users, person) =>
        {
            var problems = Check(wanted.DisplayName, wanted.TimeZone, wanted.Locale, wanted.Roles);
            if (NoSuchCalendar(wanted.Calendar, person) is { } missing) problems.Add(missing);
            var manager = wanted.Manager?.ToUpperInvariant();
            if (manager is not null && !await db.Users.AnyAsync(other => other.NormalizedUserName == manager && other.Id != personId, cancellation))
                problems.Add(new("Manager", $"There is nobody else with the sign-in name {wanted.Manager}."));
            if (!wanted.Roles.Contains(Roles.Administrator) && await IsLastAdministrator(db, personId, cancellation)) problems.Add(LastAdministrator);
            if (problems.Count > 0) return new PersonResult.Refused(problems);
            person.DisplayName = wanted.DisplayName.Trim();
            (person.Email, person.TimeZone, person.Locale, person.ManagerUserName) = (wanted.Email, wanted.TimeZone, wanted.Locale, wanted.Manager);
            person.Calendar = wanted.Calendar;
            await SetRolesOf(db, personId, wanted.Roles, cancellation);
            await SetGroupsOf(db, personId, wanted.Groups, cancellation);
            return Answer(person, await users.UpdateAsync(person));
        }, cancellation);

    /// <summary>What a person sets for themselves. Empty texts mean "as the organisation".</summary>
    public Task<PersonResult> SetPreferences(long personId, string? timeZone, string? locale, bool alertsByMail, CancellationToken cancellation) =>
        Change(personId, async (_, users, person) =>
        {
            var (zone, culture) = (timeZone?.Trim() is { Length: > 0 } z ? z : null, locale is { Length: > 0 } ? locale : null);
            var problems = Check(person.DisplayName, zone, culture, []);
            if (problems.Count > 0) return new PersonResult.Refused(problems);
            (person.TimeZone, person.Locale, person.AlertsByMail) = (zone, culture, alertsByMail);
            return Answer(person, await users.UpdateAsync(person));
        }, cancellation);

    /// <summary>
    /// Dates of this person's work are counted in this calendar from now on; those that are set stay. Null means the group's,
    /// the plan's or the organisation's.
    /// </summary>
    public Task<PersonResult> SetCalendar(long personId, string? calendar, CancellationToken cancellation) =>
        Change(personId, async (_, users, person) =>
        {
            if (NoSuchCalendar(calendar, person) is { } missing) return new PersonResult.Refused([missing]);
            person.Calendar = calendar;
            return Answer(person, await users.UpdateAsync(person));
        }, cancellation);

    /// <summary>Ends every session at once and refuses the person from the next request on; nothing of theirs is removed.</summary>
    public async Task<PersonResult> Disable(long personId, CancellationToken cancellation)
    {
        var result = await Change(personId, async (db, users, person) =>
        {
            if (await IsLastAdministrator(db, personId, cancellation))
                return new PersonResult.Refused([LastAdministrator with { Field = nameof(Person.Disabled) }]);
            person.Disabled = true;
            await EndSessionsOf(db, personId, cancellation);
            return Answer(person, await users.UpdateSecurityStampAsync(person));
        }, cancellation);
        if (result is PersonResult.Done && await Find(personId, cancellation) is { } person) feed.Disconnect(person.UserName!);
        return result;
    }

    public Task<PersonResult> Enable(long personId, CancellationToken cancellation) =>
        Change(personId, async (_, users, person) =>
        {
            person.Disabled = false;
            return Answer(person, await users.UpdateAsync(person));
        }, cancellation);

    /// <summary>Sets a password without asking for the old one: for administrators and set-up. Ends every session of the person.</summary>
    public async Task<PersonResult> SetPassword(long personId, string password, CancellationToken cancellation)
    {
        if (await Find(personId, cancellation) is not { } known) return Nobody;
        if (Passwords.WeaknessOf(password, known.UserName) is { } weakness) return new PersonResult.Refused("Password", weakness);
        var hash = passwords.Hash(password);
        return await Change(personId, async (db, users, person) =>
        {
            person.PasswordHash = hash;
            await EndSessionsOf(db, personId, cancellation);
            return Answer(person, await users.UpdateSecurityStampAsync(person));
        }, cancellation);
    }

    /// <summary>A person's own change: asks for the present password and ends every session, this one too.</summary>
    public async Task<PersonResult> ChangePassword(long personId, string present, string wanted, CancellationToken cancellation)
    {
        if (await Find(personId, cancellation) is not { } known) return Nobody;
        return passwords.IsRight(known, present) ? await SetPassword(personId, wanted, cancellation) : new PersonResult.Refused("Present", "This is not your present password.");
    }

    /// <summary>Exactly these roles from the next request on.</summary>
    public Task<PersonResult> SetRoles(long personId, IReadOnlyCollection<string> roles, CancellationToken cancellation) =>
        Change(personId, async (db, _, person) =>
        {
            var problems = Check(person.DisplayName, null, null, roles);
            if (problems.Count > 0) return new PersonResult.Refused(problems);
            if (!roles.Contains(Roles.Administrator) && await IsLastAdministrator(db, personId, cancellation))
                return new PersonResult.Refused([LastAdministrator]);
            await SetRolesOf(db, personId, roles, cancellation);
            return new PersonResult.Done(personId);
        }, cancellation);

    /// <summary>Exactly these groups from the next request on.</summary>
    public Task<PersonResult> SetGroups(long personId, IReadOnlyCollection<string> groups, CancellationToken cancellation) =>
        Change(personId, async (db, _, _) =>
        {
            await SetGroupsOf(db, personId, groups, cancellation);
            return new PersonResult.Done(personId);
        }, cancellation);

    public Task<PersonResult> AddAbsence(long personId, DateOnly from, DateOnly to, long? substituteId, CancellationToken cancellation) =>
        Change(personId, (db, _, _) =>
        {
            if (to < from) return Task.FromResult<PersonResult>(new PersonResult.Refused(nameof(Absence.To), "The last day lies before the first."));
            if (from.Year < 1900 || to.Year > 2999) return Task.FromResult<PersonResult>(new PersonResult.Refused(nameof(Absence.To), "The days lie outside the years 1900 to 2999."));
            if (substituteId == personId) return Task.FromResult<PersonResult>(new PersonResult.Refused(nameof(Absence.SubstituteId), "Somebody else must stand in."));
            db.Add(new Absence { PersonId = personId, From = from, To = to, SubstituteId = substituteId });
            return Task.FromResult<PersonResult>(new PersonResult.Done(personId));
        }, cancellation);

    public async Task RemoveAbsence(long personId, long absenceId, CancellationToken cancellation)
    {
        await store.Write(db => db.Set<Absence>().Where(absence => absence.Id == absenceId && absence.PersonId == personId).ExecuteDeleteAsync(cancellation), cancellation);
        engine.DirectoryChanged();
    }

    /// <summary>Makes a personal access token and returns it; it can't be shown again.</summary>
    public Task<string> CreateToken(long personId, string name, IReadOnlyCollection<string> scopes, DateTimeOffset expiresAt, CancellationToken cancellation) =>
        store.Write((db, _) =>
        {
            var unknown = scopes.Except(TokenScopes.All).FirstOrDefault();
            ArgumentOutOfRangeException.ThrowIfNotEqual(unknown, null, nameof(scopes));
            var token = TokenPrefix + Secrets.New();
            db.Add(new PersonalToken
            {
                PersonId = personId, Name = name, Hash = Secrets.Hash(token), Scopes = string.Join(' ', scopes), CreatedAt = clock.GetUtcNow(), ExpiresAt = expiresAt,
            });
            return Task.FromResult(token);
        }, cancellation);

    /// <summary>Ends a token of this person from the next request on; a token of somebody else is left alone.</summary>
    public Task RevokeToken(long personId, long tokenId, CancellationToken cancellation) =>
        store.Write(db => db.Set<PersonalToken>().Where(token => token.Id == tokenId && token.PersonId == personId && token.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.RevokedAt, clock.GetUtcNow()), cancellation), cancellation);

    /// <summary>Signs a person out everywhere.</summary>
    public Task EndSessions(long personId, CancellationToken cancellation) => store.Write(db => EndSessionsOf(db, personId, cancellation), cancellation);

    public Task SetTheme(long personId, string theme, CancellationToken cancellation) =>
        store.Write(db => db.Users.Where(person => person.Id == personId).ExecuteUpdateAsync(set => set.SetProperty(person => person.Theme, theme), cancellation), cancellation);

    public Task<Person?> Find(long personId, CancellationToken cancellation) =>
        store.Read(db => db.Users.FirstOrDefaultAsync(person => person.Id == personId, cancellation), cancellation);

    public Task<Person?> Find(string userName, CancellationToken cancellation)
    {
        var normalized = userName.Trim().ToUpperInvariant();
        return store.Read(db => db.Users.FirstOrDefaultAsync(person => person.NormalizedUserName == normalized, cancellation), cancellation);
    }

    private static PersonResult.Refused Nobody => new(nameof(Person.Id), "There is no such person.");

    private Task<PersonResult> Change(
        long personId, Func<ProcessManagerDb, UserManager<Person>, Person, Task<PersonResult>> work, CancellationToken cancellation) =>
        Save(async (db, users) => await db.Users.FirstOrDefaultAsync(person => person.Id == personId, cancellation) is { } person
            ? await work(db, users, person)
            : Nobody, cancellation);

    private async Task<PersonResult> Save(Func<ProcessManagerDb, UserManager<Person>, Task<PersonResult>> work, CancellationToken cancellation)
    {
        var result = await store.Write(work, cancellation);
        engine.DirectoryChanged();
        return result;
    }

    private static List<PersonProblem> Check(string displayName, string? timeZone, string? locale, IEnumerable<string> roles)
    {
        var problems = new List<PersonProblem>();
        if (string.IsNullOrWhiteSpace(displayName)) problems.Add(new(nameof(Person.DisplayName), "Enter a name."));
        if (timeZone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _))
            problems.Add(new(nameof(Person.TimeZone), $"There is no time zone {timeZone}; Europe/Zurich is one."));
        if (locale is not null && !Locales.Exists(locale)) problems.Add(new(nameof(Person.Locale), $"There is no locale {locale}; de-CH is one."));
        if (roles.Except(Roles.All).FirstOrDefault() is { } unknown) problems.Add(new("Roles", $"There is no role {unknown}; the roles are {string.Join(", ", Roles.All)}."));
        return problems;
    }

    private static async Task SetRolesOf(ProcessManagerDb db, long personId, IReadOnlyCollection<string> roles, CancellationToken cancellation)
    {
        var known = await db.Roles.ToDictionaryAsync(role => role.Name!, cancellation);
        foreach (var missing in roles.Where(role => !known.ContainsKey(role)))
        {
            var role = new Role { Name = missing, NormalizedName = missing.ToUpperInvariant() };
            db.Add(role);
            await db.SaveChangesAsync(cancellation);
            known[missing] = role;
        }
        var wanted = roles.Select(role => known[role].Id).ToHashSet();
        var present = await db.UserRoles.Where(role => role.UserId == personId).ToListAsync(cancellation);
        db.RemoveRange(present.Where(role => !wanted.Contains(role.RoleId)));
        foreach (var id in wanted.Except(present.Select(role => role.RoleId))) db.Add(new PersonRole { UserId = personId, RoleId = id });
    }

    private static async Task SetGroupsOf(ProcessManagerDb db, long personId, IReadOnlyCollection<string> groups, CancellationToken cancellation)
    {
        var present = await db.Set<GroupMember>().Where(member => member.PersonId == personId).ToListAsync(cancellation);
        db.RemoveRange(present.Where(member => !groups.Contains(member.Group)));
        foreach (var group in groups.Distinct().Except(present.Select(member => member.Group))) db.Add(new GroupMember { Group = group, PersonId = personId });
    }

    // What a person has stays savable when its file is gone: it counts as none until the file is back.
    private PersonProblem? NoSuchCalendar(string? calendar, Person person) =>
        calendar is null || calendar == person.Calendar || engine.Calendars.ContainsKey(calendar) ? null
            : new(nameof(Person.Calendar), engine.Calendars.IsEmpty
                ? $"There is no calendar {calendar}; the definitions have none."
                : $"There is no calendar {calendar}; there is {string.Join(", ", engine.Calendars.Keys.Order(StringComparer.Ordinal))}.");

    private static PersonProblem LastAdministrator => new("Roles", "This is the last administrator; make somebody else administrator first.");

    private static async Task<bool> IsLastAdministrator(ProcessManagerDb db, long personId, CancellationToken cancellation)
    {
        var administrators = await (from held in db.UserRoles
                                    join role in db.Roles on held.RoleId equals role.Id
                                    join person in db.Users on held.UserId equals person.Id
                                    where role.Name == Roles.Administrator && !person.Disabled
                                    select held.UserId).Distinct().Take(3).ToListAsync(cancellation);
        return administrators.Count == 1 && administrators[0] == personId;
    }

    private static Task<int> EndSessionsOf(ProcessManagerDb db, long personId, CancellationToken cancellation) =>
        db.Set<Session>().Where(session => session.PersonId == personId).ExecuteDeleteAsync(cancellation);

    private static PersonResult Answer(Person person, IdentityResult result) => result.Succeeded ? new PersonResult.Done(person.Id) : Refused(result);

    private static PersonResult.Refused Refused(IdentityResult result) =>
        new([.. result.Errors.Select(error => new PersonProblem(FieldOf(error.Code), error.Description))]);

    private static string FieldOf(string code) =>
        code.Contains("Password", StringComparison.Ordinal) ? "Password" : code.Contains("Email", StringComparison.Ordinal) ? "Email" : "UserName";
}

/// <summary>Random keys and their hashes. A key is 256 random bits, so a plain hash of it can't be reversed by guessing.</summary>
internal static class Secrets
{
    public static string New() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string secret) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));
}
