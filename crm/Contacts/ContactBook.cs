using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Flow;

namespace ProcessManager.Crm.Contacts;

/// <summary>A contact to be added.</summary>
public sealed record NewContact(ContactKind Kind, string Name)
{
    public ImmutableArray<string> Emails { get; init; } = [];
    public ImmutableArray<string> Phones { get; init; } = [];
    public string? City { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code.</summary>
    public string? Country { get; init; }
    public long? Parent { get; init; }

    /// <summary>Sign-in name of who looks after this contact.</summary>
    public string? AccountManager { get; init; }
    public string? Note { get; init; }

    /// <summary>Sign-in name of who adds it.</summary>
    public string? By { get; init; }
}

/// <summary>What adding a contact gave.</summary>
public abstract record AddedContact
{
    private AddedContact() { }

    public sealed record Added(long Id) : AddedContact;

    /// <summary>Nothing was written.</summary>
    /// <param name="Message">A sentence for the person who asked.</param>
    public sealed record Refused(string Message) : AddedContact;
}

/// <summary>
/// The door to contacts: adding, finding, and checking for doubles before adding. Writes in the engine's transactions, so that a contact and the project about
/// it are one; reads through the host's context.
/// </summary>
/// <param name="open">A context whose model holds <see cref="CrmModel"/>; disposed after each reading.</param>
public sealed class ContactBook(ProcessEngine engine, Func<DbContext> open)
{
    private const int MostFound = 200;

    public async Task<AddedContact> AddAsync(NewContact contact, CancellationToken cancellation)
    {
        try
        {
            return new AddedContact.Added(await engine.WriteAsync(
                (session, _) => ValueTask.FromResult(ContactWriter.Add(session, contact)), cancellation));
        }
        catch (RefusedException e)
        {
            return new AddedContact.Refused(e.Message);
        }
    }

    /// <summary>The contact as a part of <see cref="StartProject"/>: written in the same transaction as the project.</summary>
    public static NewProspect Adding(NewContact contact) => new(
        JsonSerializer.Serialize(contact), (session, _) => ValueTask.FromResult(ContactWriter.Add(session, contact)));

    /// <summary>The individual with the first of its email addresses, as it is; else the contact is added. For what strangers send: they change nobody's data.</summary>
    public static NewProspect Finding(NewContact contact) => new(
        JsonSerializer.Serialize(contact), (session, _) => ValueTask.FromResult(ContactWriter.Find(session, contact) ?? ContactWriter.Add(session, contact)));

    /// <summary>Says who looks after a contact.</summary>
    /// <param name="person">Sign-in name; null: nobody in particular.</param>
    /// <returns>False where there is no such contact.</returns>
    public Task<bool> SetAccountManagerAsync(long contact, string? person, CancellationToken cancellation) => engine.WriteAsync(
        (session, _) => ValueTask.FromResult(ContactWriter.SetAccountManager(session, contact, person)), cancellation);

    public async Task<ContactRow?> FindAsync(long contact, CancellationToken cancellation)
    {
        await using var db = open();
        return await db.Set<ContactRow>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == contact, cancellation);
    }

    /// <summary>Contacts whose name begins so, in the order of names.</summary>
    /// <param name="count">1–200.</param>
    public async Task<ImmutableArray<ContactRow>> SearchAsync(string namePrefix, int count, CancellationToken cancellation)
    {
        var (from, until) = RangeOf(namePrefix);
        await using var db = open();
        var found = await db.Set<ContactRow>().AsNoTracking()
            .Where(c => c.NameKey.CompareTo(from) >= 0 && c.NameKey.CompareTo(until) < 0)
            .OrderBy(c => c.NameKey).ThenBy(c => c.Id).Take(Math.Clamp(count, 1, MostFound)).ToListAsync(cancellation);
        return [.. found];
    }

    /// <summary>Between which <see cref="ContactRow.NameKey"/>s the names stand that begin so; the end is not included.</summary>
    public static (string From, string Until) RangeOf(string namePrefix)
    {
        var from = Keys.OfName(namePrefix);
        return (from, from + '\uFFFF');
    }

    /// <summary>Contacts that have one of these addresses or numbers already.</summary>
    public async Task<ImmutableArray<ContactRow>> DoublesOfAsync(NewContact contact, CancellationToken cancellation)
    {
        var keys = contact.Emails.Select(Keys.OfEmail).Concat(contact.Phones.Select(Keys.OfPhone)).Where(k => k.Length > 0).ToArray();
        if (keys.Length == 0) { return []; }
        await using var db = open();
        var found = await db.Set<ContactRow>().AsNoTracking()
            .Where(c => db.Set<ContactPointRow>().Where(p => keys.Contains(p.Key)).Select(p => p.ContactId).Contains(c.Id))
            .OrderBy(c => c.NameKey).Take(MostFound).ToListAsync(cancellation);
        return [.. found];
    }
}

/// <summary>What names, addresses and numbers are compared by.</summary>
internal static class Keys
{
    /// <summary>Lower case, without accents, white space made single: what begins alike sorts together.</summary>
    public static string OfName(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name.Trim().Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) { continue; }
            if (!char.IsWhiteSpace(c)) { text.Append(char.ToLowerInvariant(c)); }
            else if (text.Length > 0 && text[^1] != ' ') { text.Append(' '); }
        }

        return text.ToString().Normalize(NormalizationForm.FormC);
    }

    public static string OfEmail(string address) => address.Trim().ToLowerInvariant();

    public static string OfPhone(string number) => string.Concat(number.Where(char.IsAsciiDigit));
}
