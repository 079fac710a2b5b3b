using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Engine.Verifying;

/// <summary>I6: the file itself.</summary>
internal static class StorageChecks
{
    public static void Run(ReadSession session, Findings findings)
    {
        using (var row = session.Prepared("pragma integrity_check(20)", 0).Read())
        {
            while (row.Read())
            {
                if (row.GetString(0) is not "ok" and var problem) { findings.Add("I6 storage", "file", problem); }
            }
        }

        using (var row = session.Prepared("pragma foreign_key_check", 0).Read())
        {
            while (row.Read())
            {
                findings.Add("I6 references", $"{row.GetString(0)}, row {row.Long(1)}", $"refers to a row of {row.GetString(2)} that is not there");
            }
        }
    }
}

/// <summary>What one query over a table can find: I2, I3, I4, I7.</summary>
internal static class RowChecks
{
    public static void Run(ReadSession session, Schema schema, DateTimeOffset now, Findings findings)
    {
        var (w, m, a, h, t) = (schema.Work, schema.Mails, schema.Alerts, schema.History, schema.Tasks);
        string W(string p) => "w." + w[p];
        string M(string p) => "m." + m[p];
        string H(string p) => "h." + h[p];
        string T(string p) => "t." + t[p];

        // A lease is renewed by nobody: one that ended long ago belongs to nobody, and the row should have run since.
        Find("I7 progress", "work", $"""
            select w.{w["Id"]}, 'its lease of ' || {W("LeaseOwner")} || ' ended long ago' from {w.Name} w
            where {W("LeaseUntil")} is not null and {W("LeaseUntil")} < {now.AddMinutes(-2).ToUnixTimeMilliseconds()}
            """);
        Find("I7 progress", "work", $"""
            select w.{w["Id"]}, 'it is claimed, but by nobody' from {w.Name} w
            where ({W("LeaseUntil")} is null) <> ({W("LeaseOwner")} is null)
            """);
        Find("I6 references", "work", $"""
            select w.{w["Id"]}, 'its project is not there' from {w.Name} w
            where {W("ProjectId")} is not null and not exists (select 1 from {schema.Projects.Name} p where p.{schema.Projects["Id"]} = {W("ProjectId")})
            """);
        Find("I2 effects", "work", $"""
            select w.{w["Id"]}, 'its key does not name its project' from {w.Name} w
            where {W("Kind")} = {(int)WorkKind.Timer} and {W("Key")} not like 'timer/' || {W("ProjectId")} || '/%'
            """);
        Find("I2 effects", "mail", $"""
            select m.{m["Id"]}, 'it waits in the outbox, but no work sends it' from {m.Name} m
            where {M("State")} in ({(int)MailState.Queued}, {(int)MailState.Failed})
              and not exists (select 1 from {w.Name} w where {W("Key")} = 'mail/' || {M("Id")})
            """);
        Find("I2 effects", "mail", $"""
            select m.{m["Id"]}, 'it is settled, but work would send it' from {m.Name} m
            where {M("State")} in ({(int)MailState.Sent}, {(int)MailState.Dropped})
              and exists (select 1 from {w.Name} w where {W("Key")} = 'mail/' || {M("Id")})
            """);
        Find("I2 effects", "mail", $"""
            select m.{m["Id"]}, 'it was sent, but not when' from {m.Name} m where ({M("State")} = {(int)MailState.Sent}) <> ({M("SentAt")} is not null)
            """);
        Find("I2 effects", "work", $"""
            select w.{w["Id"]}, 'it sends a mail that is not there' from {w.Name} w
            where {W("Kind")} = {(int)WorkKind.Mail} and not exists (select 1 from {m.Name} m where {W("Key")} = 'mail/' || {M("Id")})
            """);
        Find("I2 effects", "mail", $"""
            select m.{m["Id"]}, 'the history does not ask for it' from {m.Name} m
            where {M("Step")} is not null and not exists (
              select 1 from {h.Name} h where {H("ProjectId")} = {M("ProjectId")} and {H("Kind")} = 'MailRequested'
                and {M("Key")} = {H("ProjectId")} || '/' || json_extract({H("Data")}, '$.key'))
            """);
        FindIn("I2 effects", "history", $"""
            select {H("ProjectId")}, {H("Seq")}, 'the mail that it asks for is not there' from {h.Name} h
            where {H("Kind")} = 'MailRequested' and not exists (
              select 1 from {m.Name} m where {M("Key")} = {H("ProjectId")} || '/' || json_extract({H("Data")}, '$.key'))
            """);
        FindIn("I2 effects", "history", $"""
            select {H("ProjectId")}, {H("Seq")}, 'the alert that it tells of is not there' from {h.Name} h
            where {H("Kind")} = 'AlertRaised' and {H("After")} <> '' and not exists (
              select 1 from {a.Name} a where a.{a["ProjectId"]} = {H("ProjectId")}
                and a.{a["Key"]} like {H("ProjectId")} || '/' || json_extract({H("Data")}, '$.key') || '/%')
            """);
        // What a move between versions did and its undoing took back counts for nothing.
        var pm = schema.PlanMoves;
        var holds = $" and not exists (select 1 from {pm.Name} pm where pm.{pm["ProjectId"]} = {H("ProjectId")} and pm.{pm["ProjectVersion"]} = {H("Version")} and pm.{pm["UndoneAt"]} is not null)";
        Find("I3 tasks", "task", $"""
            select {T("Id")}, 'it is settled ' || (select count(*) from {h.Name} h where {H("ProjectId")} = {T("ProjectId")}
              and {H("Task")} = {T("Number")} and {H("Kind")} = 'TaskSettled'{holds}) || ' times in the history' from {t.Name} t
            where (case when {T("State")} = 0 then 0 else 1 end) <> (select count(*) from {h.Name} h where {H("ProjectId")} = {T("ProjectId")}
              and {H("Task")} = {T("Number")} and {H("Kind")} = 'TaskSettled'{holds})
            """);
        Find("I3 tasks", "task", $"""
            select {T("Id")}, 'it is not opened once in the history' from {t.Name} t
            where 1 <> (select count(*) from {h.Name} h where {H("ProjectId")} = {T("ProjectId")}
              and {H("Task")} = {T("Number")} and {H("Kind")} = 'TaskOpened'{holds})
            """);
        Find("I3 tasks", "task", $"""
            select {T("Id")}, 'its place in the inbox is not that of its due date' from {t.Name} t
            where {T("InboxOrder")} <> coalesce({T("Due")}, {TaskRow.NoDue})
            """);

        var (d, c) = (schema.Documents, schema.Children);
        FindIn("I2 effects", "history", $"""
            select {H("ProjectId")}, {H("Seq")}, 'the document that it tells of is not there' from {h.Name} h
            where {H("Kind")} = 'DocumentFiled' and not exists (
              select 1 from {d.Name} d where d.{d["ProjectId"]} = {H("ProjectId")} and d.{d["Id"]} = cast(json_extract({H("Data")}, '$.document') as integer))
            """);
        Find("I2 effects", "document", $"""
            select d.{d["Id"]}, 'the history does not tell of it' from {d.Name} d
            where not exists (select 1 from {h.Name} h where {H("ProjectId")} = d.{d["ProjectId"]} and {H("Kind")} = 'DocumentFiled'
              and cast(json_extract({H("Data")}, '$.document') as integer) = d.{d["Id"]})
            """);
        FindIn("I2 effects", "history", $"""
            select {H("ProjectId")}, {H("Seq")}, 'the project that it tells of is not its child' from {h.Name} h
            where {H("Kind")} = 'ChildStarted' and not exists (
              select 1 from {c.Name} c where c.{c["ParentId"]} = {H("ProjectId")} and c.{c["ChildId"]} = cast({H("After")} as integer))
            """);

        void Find(string check, string what, string sql)
        {
            using var row = session.Prepared(sql, 0).Read();
            while (row.Read()) { findings.Add(check, $"{what} {row.GetInt64(0)}", row.GetString(1)); }
        }

        void FindIn(string check, string what, string sql)
        {
            using var row = session.Prepared(sql, 0).Read();
            while (row.Read()) { findings.Add(check, $"project {row.GetInt64(0)}, {what} {row.GetInt64(1)}", row.GetString(2)); }
        }
    }
}
