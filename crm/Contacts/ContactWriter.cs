using System.Data.Common;
using System.Net.Mail;
using ProcessManager.Engine;
using ProcessManager.Flow;

namespace ProcessManager.Crm.Contacts;

/// <summary>Writes contacts within the engine's transaction; what must not be is refused in words.</summary>
internal static class ContactWriter
{
    private const int LongestName = 200;
    private const int UniqueViolation = 2067; // SQLITE_CONSTRAINT_UNIQUE

    public static long Add(IWriteSession session, NewContact contact)
    {
        Check(contact);
        if (contact.Parent is { } parent && !Exists(session, parent)) { throw Invalid("There is no such organisation or family."); }
        using var insert = session.CreateCommand("""
            insert into contacts (kind, name, name_key, email, phone, city, country, parent_id, account_manager, note, created_at, created_by, version)
            values (@kind, @name, @key, @email, @phone, @city, @country, @parent, @manager, @note, @at, @by, 1) returning id
            """);
        Set(insert, "@kind", (int)contact.Kind);
        Set(insert, "@name", contact.Name.Trim());
        Set(insert, "@key", Keys.OfName(contact.Name));
        Set(insert, "@email", contact.Emails.FirstOrDefault()?.Trim());
        Set(insert, "@phone", contact.Phones.FirstOrDefault()?.Trim());
        Set(insert, "@city", contact.City);
        Set(insert, "@country", contact.Country?.ToUpperInvariant());
        Set(insert, "@parent", contact.Parent);
        Set(insert, "@manager", contact.AccountManager);
        Set(insert, "@note", contact.Note);
        Set(insert, "@at", session.Now.ToUnixTimeMilliseconds());
        Set(insert, "@by", contact.By);
        var id = (long)insert.ExecuteScalar()!;
        AddPoints(session, contact, id);
        return id;
    }

    public static bool SetAccountManager(IWriteSession session, long contact, string? person)
    {
        using var update = session.CreateCommand("update contacts set account_manager = @person, version = version + 1 where id = @id");
        Set(update, "@person", person);
        Set(update, "@id", contact);
        return update.ExecuteNonQuery() == 1;
    }

    /// <summary>The individual whom an email address belongs to; null where there is none.</summary>
    public static long? Find(IWriteSession session, NewContact contact)
    {
        if (contact.Emails.IsEmpty) { return null; }
        using var find = session.CreateCommand("select contact_id from contact_points where key = @key and kind = 0 and of_individual");
        Set(find, "@key", Keys.OfEmail(contact.Emails[0]));
        return find.ExecuteScalar() as long?;
    }

    private static void AddPoints(IWriteSession session, NewContact contact, long id)
    {
        var emails = contact.Emails.Select((value, i) => (ContactPointKind.Email, i, value.Trim(), Keys.OfEmail(value)));
        var phones = contact.Phones.Select((value, i) => (ContactPointKind.Phone, i, value.Trim(), Keys.OfPhone(value)));
        foreach (var (kind, position, value, key) in emails.Concat(phones))
        {
            using var insert = session.CreateCommand("""
                insert into contact_points (contact_id, kind, position, value, key, of_individual)
                values (@contact, @kind, @position, @value, @key, @individual)
                """);
            Set(insert, "@contact", id);
            Set(insert, "@kind", (int)kind);
            Set(insert, "@position", position);
            Set(insert, "@value", value);
            Set(insert, "@key", key);
            Set(insert, "@individual", contact.Kind == ContactKind.Individual);
            try { insert.ExecuteNonQuery(); }
            catch (DbException e) when (IsUniqueViolation(e))
            {
                throw new RefusedException(Refusal.Conflict, $"{value} is already the address of another person: {NameOfOwner(session, key)}.");
            }
        }
    }

    private static void Check(NewContact contact)
    {
        if (string.IsNullOrWhiteSpace(contact.Name)) { throw Invalid("A contact needs a name."); }
        if (contact.Name.Length > LongestName) { throw Invalid($"The name is longer than {LongestName} characters."); }
        foreach (var email in contact.Emails)
        {
            if (!MailAddress.TryCreate(email.Trim(), out var address) || address.Address != email.Trim() || email.AsSpan().IndexOfAny('\r', '\n') >= 0)
            {
                throw Invalid($"“{email}” is not an email address.");
            }
        }

        foreach (var phone in contact.Phones)
        {
            if (Keys.OfPhone(phone).Length < 3) { throw Invalid($"“{phone}” is not a telephone number."); }
        }

        if (contact.Country is { } country && (country.Length != 2 || !country.All(char.IsAsciiLetter)))
        {
            throw Invalid($"“{country}” is not a country code of two letters.");
        }
    }

    private static bool Exists(IWriteSession session, long contact)
    {
        using var find = session.CreateCommand("select count(*) from contacts where id = @id");
        Set(find, "@id", contact);
        return (long)find.ExecuteScalar()! == 1;
    }

    private static string NameOfOwner(IWriteSession session, string key)
    {
        using var find = session.CreateCommand("""
            select c.name from contacts c join contact_points p on p.contact_id = c.id where p.key = @key and p.kind = 0 and p.of_individual
            """);
        Set(find, "@key", key);
        return find.ExecuteScalar() as string ?? "";
    }

    private static bool IsUniqueViolation(DbException e) =>
        e.SqlState == "23505" || e is Microsoft.Data.Sqlite.SqliteException { SqliteExtendedErrorCode: UniqueViolation };

    private static RefusedException Invalid(string message) => new(Refusal.Invalid, message);

    private static void Set(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }
}
