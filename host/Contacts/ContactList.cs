using Microsoft.EntityFrameworkCore;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;
using ProcessManager.Host.Projects;

namespace ProcessManager.Host.Contacts;

/// <summary>One page of the contacts in the order of names.</summary>
/// <param name="Previous">Id of the contact before which the page before ends.</param>
/// <param name="Next">Id of the contact behind which the page after begins.</param>
public sealed record ContactLines(IReadOnlyList<ContactRow> Lines, long? Previous, long? Next);

/// <summary>A contact with all that hangs on it.</summary>
public sealed record ContactLook(
    ContactRow Contact, ContactRow? Parent, IReadOnlyList<ContactPointRow> Points, IReadOnlyList<ProjectLine> Projects, IReadOnlyList<MailRow> Mails);

/// <summary>Reads contacts by keyset over their names.</summary>
public sealed class ContactList(IDbContextFactory<ProcessManagerDb> databases)
{
    private const int PageSize = 50;
    private const int Most = 200;

    /// <param name="text">How the name begins, or a whole e-mail address.</param>
    public async Task<ContactLines> ReadAsync(string? text, long? after, long? before, Visible visible, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var contacts = visible.Contacts(db);
        if (text is { Length: > 0 } && text.Contains('@', StringComparison.Ordinal))
        {
            var key = text.Trim().ToLowerInvariant();
            contacts = contacts.Where(c => db.Set<ContactPointRow>().Any(p => p.ContactId == c.Id && p.Key == key));
        }
        else if (text is { Length: > 0 })
        {
            var (from, until) = ContactBook.RangeOf(text);
            contacts = contacts.Where(c => c.NameKey.CompareTo(from) >= 0 && c.NameKey.CompareTo(until) < 0);
        }

        var backwards = after is null && before is not null;
        var place = (after ?? before) is { } id ? await db.Set<ContactRow>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, cancellation) : null;
        if (place is { NameKey: var name, Id: var at })
        {
            contacts = backwards
                ? contacts.Where(c => c.NameKey.CompareTo(name) < 0 || (c.NameKey == name && c.Id < at))
                : contacts.Where(c => c.NameKey.CompareTo(name) > 0 || (c.NameKey == name && c.Id > at));
        }

        var ordered = backwards ? contacts.OrderByDescending(c => c.NameKey).ThenByDescending(c => c.Id) : contacts.OrderBy(c => c.NameKey).ThenBy(c => c.Id);
        var found = await ordered.Take(PageSize + 1).ToListAsync(cancellation);
        var more = found.Count > PageSize;
        var lines = found.Take(PageSize).ToList();
        if (backwards) lines.Reverse();
        var hasPrevious = (backwards ? more : place is not null) && lines.Count > 0;
        var hasNext = (backwards || more) && lines.Count > 0;
        return new ContactLines(lines, hasPrevious ? lines[0].Id : null, hasNext ? lines[^1].Id : null);
    }

    public async Task<ContactLook?> FindAsync(long id, Visible visible, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await visible.Contacts(db).FirstOrDefaultAsync(c => c.Id == id, cancellation) is not { } contact) return null;
        var parent = contact.ParentId is { } above ? await visible.Contacts(db).FirstOrDefaultAsync(c => c.Id == above, cancellation) : null;
        var points = await db.Set<ContactPointRow>().AsNoTracking().Where(p => p.ContactId == id).OrderBy(p => p.Kind).ThenBy(p => p.Position).ToListAsync(cancellation);
        var projects = await visible.Projects(db).Where(p => p.ProspectId == id).OrderByDescending(p => p.Id).Take(Most)
            .Select(p => new ProjectLine(
                p.Id, p.Title, null, p.Plan, p.Type, p.Stage, p.Status, p.Result, p.HoldReason, p.Fault,
                p.Probability, p.AmountMinor, p.Currency, p.ExpectedClose, p.Owner, p.OpenTasks))
            .ToListAsync(cancellation);
        var mails = await visible.Mails(db).Where(m => m.ContactId == id).OrderByDescending(m => m.Id).Take(Most).ToListAsync(cancellation);
        return new ContactLook(contact, parent, points, projects, mails);
    }
}
