using ProcessManager.Crm.Contacts;

namespace ProcessManager.Host.Contacts;

/// <summary>What contacts are called on pages.</summary>
public static class ContactWords
{
    public static string Kind(ContactKind kind) => kind switch
    {
        ContactKind.Individual => "Person",
        ContactKind.Organisation => "Organisation",
        ContactKind.Department => "Department",
        ContactKind.Company => "Company",
        ContactKind.Family => "Family",
        _ => throw new InvalidOperationException($"Unknown kind {kind}."),
    };

    public static string Icon(ContactKind kind) => kind switch
    {
        ContactKind.Individual => "user",
        ContactKind.Family => "users",
        ContactKind.Department => "users-group",
        _ => "building",
    };

    /// <summary>What tells apart two contacts of one name: address, number, place.</summary>
    public static string Beside(ContactRow contact) =>
        string.Join(" · ", new[] { contact.Email, contact.Phone, string.Join(", ", new[] { contact.City, contact.Country }.Where(p => p is { Length: > 0 })) }.Where(p => p is { Length: > 0 }));
}
