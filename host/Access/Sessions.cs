using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;

namespace ProcessManager.Host.Access;

/// <summary>Signed-in browsers and used tokens: who is behind a key, as the database says it at this very request.</summary>
internal sealed class Sessions(AccessStore store, TimeProvider clock)
{
    private static readonly TimeSpan Idle = TimeSpan.FromHours(8);
    private static readonly TimeSpan IdleWhenRemembered = TimeSpan.FromDays(14);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestWhenRemembered = TimeSpan.FromDays(60);

    /// <summary>"Last seen" is written only when it has moved this far: a page view must not cost a write.</summary>
    private static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(5);

    /// <summary>Starts a session with a fresh key; the one the browser had before, if any, ends.</summary>
    public async Task<(string Key, DateTimeOffset EndsAt)> Start(long personId, bool remember, string? endKey, string? address, string? agent, CancellationToken cancellation)
    {
        var key = Secrets.New();
        var now = clock.GetUtcNow();
        var endsAt = now + (remember ? LongestWhenRemembered : Longest);
        await store.Write(async db =>
        {
            var person = await db.Users.SingleAsync(p => p.Id == personId, cancellation);
            person.LastSignInAt = now;
            if (endKey is not null) await db.Set<Session>().Where(Is(endKey)).ExecuteDeleteAsync(cancellation);
            await db.Set<Session>().Where(session => session.EndsAt < now).ExecuteDeleteAsync(cancellation);
            db.Add(new Session
            {
                KeyHash = Secrets.Hash(key), PersonId = personId, SecurityStamp = person.SecurityStamp!, StartedAt = now, LastSeenAt = now, EndsAt = endsAt,
                Remembered = remember, Address = address, Agent = agent is { Length: > 200 } ? agent[..200] : agent,
            });
        }, cancellation);
        return (key, endsAt);
    }

    public Task End(string key, CancellationToken cancellation) =>
        store.Write(db => db.Set<Session>().Where(Is(key)).ExecuteDeleteAsync(cancellation), cancellation);

    /// <summary>The person behind a session's key, or null when it has ended, was idle too long, or the person is disabled or has a new password.</summary>
    public async Task<ClaimsPrincipal?> Find(string key, string scheme, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var found = await store.Read(db => db.Set<Session>().Where(Is(key)).Where(session => session.EndsAt > now)
            .Select(session => new
            {
                session.LastSeenAt, session.Remembered, Stamp = session.SecurityStamp, session.Person,
                Roles = (from held in db.UserRoles join role in db.Roles on held.RoleId equals role.Id where held.UserId == session.PersonId select role.Name!).ToList(),
                Groups = db.Set<GroupMember>().Where(member => member.PersonId == session.PersonId).Select(member => member.Group).ToList(),
            }).FirstOrDefaultAsync(cancellation), cancellation);
        if (found is null || found.Person.Disabled || found.Person.SecurityStamp != found.Stamp) return null;
        if (found.LastSeenAt + (found.Remembered ? IdleWhenRemembered : Idle) <= now) return null;
        if (found.LastSeenAt + SeenStep <= now)
        {
            await store.Write(db => db.Set<Session>().Where(Is(key)).ExecuteUpdateAsync(set => set.SetProperty(session => session.LastSeenAt, now), cancellation), cancellation);
        }
        return Principal(found.Person, scheme, found.Roles, found.Groups, []);
    }

    /// <summary>The person behind a personal access token, or null when it is unknown, expired or revoked, or the person is disabled.</summary>
    public async Task<ClaimsPrincipal?> FindToken(string token, string scheme, CancellationToken cancellation)
    {
        var hash = Secrets.Hash(token);
        var now = clock.GetUtcNow();
        var found = await store.Read(db => db.Set<PersonalToken>().Where(t => t.Hash == hash && t.RevokedAt == null && t.ExpiresAt > now && !t.Person.Disabled)
            .Select(t => new
            {
                t.Id, t.Scopes, t.LastUsedAt, t.Person,
                Roles = (from held in db.UserRoles join role in db.Roles on held.RoleId equals role.Id where held.UserId == t.PersonId select role.Name!).ToList(),
                Groups = db.Set<GroupMember>().Where(member => member.PersonId == t.PersonId).Select(member => member.Group).ToList(),
            }).FirstOrDefaultAsync(cancellation), cancellation);
        if (found is null) return null;
        if (found.LastUsedAt is null || found.LastUsedAt + SeenStep <= now)
        {
            await store.Write(db => db.Set<PersonalToken>().Where(t => t.Id == found.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedAt, now), cancellation), cancellation);
        }
        return Principal(found.Person, scheme, found.Roles, found.Groups, found.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    public Task Log(string userName, long? personId, string what, string? address, CancellationToken cancellation) =>
        store.Write(db =>
        {
            db.Add(new SignInEvent { At = clock.GetUtcNow(), UserName = userName.Length > 100 ? userName[..100] : userName, PersonId = personId, What = what, Address = address });
            return Task.CompletedTask;
        }, cancellation);

    private static ClaimsPrincipal Principal(Person person, string scheme, List<string> roles, List<string> groups, string[] scopes)
    {
        var identity = new ClaimsIdentity(scheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, person.Id.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaim(new Claim(ClaimTypes.Name, person.UserName!));
        identity.AddClaim(new Claim(AccessClaims.DisplayName, person.DisplayName));
        if (person.TimeZone is not null) identity.AddClaim(new Claim(AccessClaims.Zone, person.TimeZone));
        if (person.Locale is not null) identity.AddClaim(new Claim(AccessClaims.Locale, person.Locale));
        identity.AddClaims(roles.Select(role => new Claim(ClaimTypes.Role, role)));
        identity.AddClaims(groups.Select(group => new Claim(AccessClaims.Group, group)));
        identity.AddClaims(scopes.Select(scope => new Claim(AccessClaims.Scope, scope)));
        return new ClaimsPrincipal(identity);
    }

    private static System.Linq.Expressions.Expression<Func<Session, bool>> Is(string key)
    {
        var hash = Secrets.Hash(key);
        return session => session.KeyHash == hash;
    }
}
