using ProcessManager.Crm.Contacts;

namespace ProcessManager.Host.Demo;

/// <summary>Contacts of the sample organisation. Their addresses are of example.org and the like, which nobody owns (RFC 2606).</summary>
internal static class DemoContacts
{
    private static readonly string[] Organisations =
    [
        "Adler Instruments", "Alpine Dairy", "Aurora Textiles", "Bergmann & Daughters", "Blue Harbour Travel", "Brenner Logistics", "Cedar Hill School",
        "City Library", "Danube Ceramics", "Eastgate Clinic", "Evergreen Nurseries", "Foster Printing", "Granite Software", "Green Valley Foods",
        "Harbour Museum", "Helix Laboratories", "Ivory Keys Pianos", "Juniper Hotels", "Kaiser Optics", "Lakeside Rowing Club", "Maple Furniture",
        "Meridian Shipping", "Nordlicht Energy", "Oakwood Builders", "Orchard Theatre", "Pioneer Tools", "Quartz Watches", "Riverside Bakery",
        "Sable Fashion", "Summit Outdoor", "Tidal Power", "Umber Paints", "Violet Media", "Westend Pharmacy", "Zenith Glass",
    ];

    private static readonly string[] Individuals =
    [
        "Amelie Krause", "Bruno Silva", "Carla Jansen", "David Osei", "Elena Petrova", "Felix Baumann", "Hannah Weiss", "Isaac Cohen", "Julia Marek",
        "Karim Haddad", "Laura Pichler", "Mateo Garcia", "Nina Horvat", "Oskar Nilsson", "Paula Conti", "Rania Saleh", "Simon Gruber", "Tamara Kovac",
        "Viktor Toth", "Yasmin Demir",
    ];

    private static readonly string[] Families = ["Family Albrecht", "Family Duarte", "Family Eriksen", "Family Marchetti", "Family Schuster"];

    private static readonly (string City, string Country)[] Cities =
        [("Wien", "AT"), ("Graz", "AT"), ("Linz", "AT"), ("München", "DE"), ("Hamburg", "DE"), ("Zürich", "CH"), ("Basel", "CH"), ("Milano", "IT"), ("Praha", "CZ")];

    public static IEnumerable<NewContact> All() =>
        Organisations.Select(name => (ContactKind.Organisation, name))
            .Concat(Individuals.Select(name => (ContactKind.Individual, name)))
            .Concat(Families.Select(name => (ContactKind.Family, name)))
            .Select((contact, index) =>
            {
                var (city, country) = Cities[index % Cities.Length];
                var mailbox = contact.Item1 == ContactKind.Individual
                    ? contact.name.ToLowerInvariant().Replace(' ', '.') + "@example.org"
                    : "office@" + new string([.. contact.name.ToLowerInvariant().Where(char.IsAsciiLetter)]) + ".example.com";
                return new NewContact(contact.Item1, contact.name)
                {
                    Emails = [mailbox], Phones = [$"+43 1 555 {index:00} {(index * 37) % 90 + 10}"], City = city, Country = country, By = "fay",
                };
            });
}
