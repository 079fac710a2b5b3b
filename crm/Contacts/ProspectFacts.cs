using System.Data.Common;
using ProcessManager.Engine;

namespace ProcessManager.Crm.Contacts;

/// <summary>What plans may know of a contact: the names under <c>prospect</c> in expressions.</summary>
public sealed class ProspectFacts : IProspectSource
{
    public IReadOnlyDictionary<string, object?>? Find(long contact, Func<string, DbCommand> createCommand)
    {
        using var find = createCommand("select name, kind, email, phone, city, country, account_manager from contacts where id = @id");
        var id = find.CreateParameter();
        (id.ParameterName, id.Value) = ("@id", contact);
        find.Parameters.Add(id);
        using var row = find.ExecuteReader();
        if (!row.Read()) { return null; }
        string? Text(int i) => row.IsDBNull(i) ? null : row.GetString(i);
        return new Dictionary<string, object?>
        {
            ["id"] = (decimal)contact,
            ["name"] = Text(0),
            ["kind"] = ((ContactKind)row.GetInt32(1)).ToString().ToLowerInvariant(),
            ["email"] = Text(2),
            ["phone"] = Text(3),
            ["city"] = Text(4),
            ["country"] = Text(5),
            ["account-manager"] = Text(6),
        };
    }
}
