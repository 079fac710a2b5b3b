using ProcessManager.Engine.Documents;
using ProcessManager.Engine.Store;

namespace ProcessManager.Engine.Verifying;

/// <summary>I6: every document's bytes are there, and as many as its row says. That they are the same bytes is told by reading them, which this does, too.</summary>
internal static class DocumentChecks
{
    public static void Run(ReadSession session, Schema schema, string folder, Findings findings)
    {
        var d = schema.Documents;
        using var row = session.Prepared($"select min({d["Id"]}), {d["Hash"]}, max({d["Size"]}), min({d["Size"]}) from {d.Name} group by {d["Hash"]}", 0).Read();
        while (row.Read())
        {
            var (where, hash, size) = ($"document {row.GetInt64(0)}", row.GetString(1), row.GetInt64(2));
            if (ContentStore.SizeOf(folder, hash) is not { } length) { findings.Add("I6 documents", where, $"its file {hash[..2]}/{hash[2..]} is not there"); }
            else if (length != size || size != row.GetInt64(3)) { findings.Add("I6 documents", where, $"its file has {length} bytes, its row says {size}"); }
            else if (ContentStore.HashOf(folder, hash) != hash) { findings.Add("I6 documents", where, "its file was changed"); }
        }
    }
}
