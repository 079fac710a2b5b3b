namespace ProcessManager.Crm.Contacts;

/// <summary>What a contact is.</summary>
public enum ContactKind { Individual = 0, Organisation = 1, Department = 2, Company = 3, Family = 4 }

/// <summary>A person or body that projects are about (table <c>contacts</c>). Written by <see cref="ContactBook"/> alone.</summary>
public sealed class ContactRow
{
    /// <summary>Ascending in the order of adding.</summary>
    public long Id { get; internal set; }

    /// <summary>Individual 0, organisation 1, department 2, company 3, family 4.</summary>
    public ContactKind Kind { get; internal set; }

    /// <summary>The whole name as it is written to them.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The name in lower case and without marks: what lists sort by and a search compares.</summary>
    public string NameKey { get; internal set; } = "";

    /// <summary>The first email address.</summary>
    public string? Email { get; internal set; }

    /// <summary>The first telephone number.</summary>
    public string? Phone { get; internal set; }

    public string? City { get; internal set; }

    /// <summary>ISO 3166-1 alpha-2 code.</summary>
    public string? Country { get; internal set; }

    /// <summary>The organisation of a department, the family or company of a person.</summary>
    public long? ParentId { get; internal set; }

    /// <summary>Sign-in name of who looks after this contact; null: nobody in particular.</summary>
    public string? AccountManager { get; internal set; }

    /// <summary>What the front desk noted when it was added.</summary>
    public string? Note { get; internal set; }

    /// <summary>When it was added.</summary>
    public DateTimeOffset CreatedAt { get; internal set; }

    /// <summary>Sign-in name of who added it.</summary>
    public string? CreatedBy { get; internal set; }

    /// <summary>The concurrency token of edits.</summary>
    public long Version { get; internal set; }
}

/// <summary>Email or telephone.</summary>
public enum ContactPointKind { Email = 0, Phone = 1 }

/// <summary>One email address or telephone number of a contact (table <c>contact_points</c>).</summary>
public sealed class ContactPointRow
{
    /// <summary>The contact.</summary>
    public long ContactId { get; internal set; }

    /// <summary>Email 0, phone 1.</summary>
    public ContactPointKind Kind { get; internal set; }

    /// <summary>0 for the first of its kind.</summary>
    public int Position { get; internal set; }

    /// <summary>As written.</summary>
    public string Value { get; internal set; } = "";

    /// <summary>For comparing: an address in lower case, a number as its digits.</summary>
    public string Key { get; internal set; } = "";

    /// <summary>True where the contact is an individual, whose email must be unique.</summary>
    public bool OfIndividual { get; internal set; }
}
