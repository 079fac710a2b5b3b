using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using Xunit;

namespace ProcessManager.Tests.Store;

/// <summary>Asks the database how it answers each list's default order: by an index, never by reading a whole table.</summary>
public sealed class QueryPlanTests
{
    private static readonly Schema Names = new(StoreFixture.Model);

    public static TheoryData<string, string, string> Lists
    {
        get
        {
            var (ofPerson, ofGroup) = new InboxReader(Names).Texts;
            using var db = StoreDb.OfSqlite(":memory:");
            var ann = "ann";
            long one = 1;
            var now = DateTimeOffset.UnixEpoch;
            return new TheoryData<string, string, string>
            {
                { "inbox of a person", ofPerson, "COVERING INDEX ix_tasks_inbox_of_person" },
                { "queue of a group", ofGroup, "COVERING INDEX ix_tasks_queue_of_group" },
                { "inbox by a page's own query", db.Set<TaskRow>().Where(t => t.State == TaskPhase.Open && t.Assignee == ann).OrderBy(t => t.InboxOrder).ThenBy(t => t.Id).Take(50).ToQueryString(), "ix_tasks_inbox_of_person" },
                { "tasks of a project", db.Set<TaskRow>().Where(t => t.ProjectId == one).ToQueryString(), "ix_tasks_of_project" },
                { "tasks done by a person", db.Set<TaskRow>().Where(t => t.State == TaskPhase.Done && t.SettledBy == ann).OrderByDescending(t => t.SettledAt).Take(50).ToQueryString(), "ix_tasks_done_by_person" },
                { "newest projects", db.Set<ProjectRow>().Where(p => p.Id < one).OrderByDescending(p => p.Id).Take(50).ToQueryString(), "INTEGER PRIMARY KEY" },
                { "projects of an owner", db.Set<ProjectRow>().Where(p => p.Owner == ann).OrderByDescending(p => p.Id).Take(50).ToQueryString(), "ix_projects_of_owner" },
                { "projects of a contact", db.Set<ProjectRow>().Where(p => p.ProspectId == one).OrderByDescending(p => p.Id).ToQueryString(), "ix_projects_of_prospect" },
                { "board of a plan", db.Set<ProjectRow>().Where(p => p.Result == null && p.Plan == ann && p.Stage == "x").OrderBy(p => p.Id).Take(50).ToQueryString(), "ix_projects_by_stage" },
                { "forecast", db.Set<ProjectRow>().Where(p => p.Result == null).OrderBy(p => p.ExpectedClose).ThenBy(p => p.Id).Take(50).ToQueryString(), "ix_projects_by_expected_close" },
                { "faulted projects", db.Set<ProjectRow>().Where(p => p.Fault != null).OrderBy(p => p.Id).Take(50).ToQueryString(), "ix_projects_faulted" },
                { "projects of a participant", db.Set<ParticipantRow>().Where(p => p.Person == ann).ToQueryString(), "ix_participants_of_person" },
                { "history", db.Set<HistoryRow>().Where(h => h.ProjectId == one).OrderByDescending(h => h.Seq).Take(50).ToQueryString(), "sqlite_autoindex_history_1" },
                { "alerts of a person", db.Set<AlertRow>().Where(a => a.Recipient == ann).OrderByDescending(a => a.Id).Take(50).ToQueryString(), "ix_alerts_of_person" },
                { "unacknowledged alerts", db.Set<AlertRow>().Where(a => a.Sender == ann && a.Acknowledge && a.AcknowledgedAt == null).OrderByDescending(a => a.Id).Take(50).ToQueryString(), "ix_alerts_unacknowledged_of_sender" },
                { "mails of a project", db.Set<MailRow>().Where(m => m.ProjectId == one).ToQueryString(), "ix_mails_of_project" },
                { "mails of a contact", db.Set<MailRow>().Where(m => m.ContactId == one).OrderByDescending(m => m.Id).Take(50).ToQueryString(), "ix_mails_of_contact" },
                { "failed work", db.Set<WorkRow>().Where(w => w.State == WorkState.Failed).OrderBy(w => w.Id).Take(50).ToQueryString(), "ix_work_failed" },
                { "work of a kind", db.Set<WorkRow>().Where(w => w.State == WorkState.Waiting && w.Kind == WorkKind.Timer && w.Due < now).OrderBy(w => w.Due).ThenBy(w => w.Id).Take(50).ToQueryString(), "ix_work_due" },
                { "versions of a plan", db.Set<PlanVersionRow>().Where(v => v.Plan == ann).OrderByDescending(v => v.Number).ToQueryString(), "ix_plan_versions_of_plan" },
                { "contacts by name", db.Set<ContactRow>().Where(c => c.NameKey.CompareTo(ann) >= 0).OrderBy(c => c.NameKey).ThenBy(c => c.Id).Take(50).ToQueryString(), "ix_contacts_by_name" },
                { "contacts by address", db.Set<ContactPointRow>().Where(p => p.Key == ann).ToQueryString(), "ix_contact_points_by_key" },
                { "claim of due work", SqliteDialect.Claim(Names.Work), "ix_work_due" },
            };
        }
    }

    [Theory, MemberData(nameof(Lists))]
    public void Each_list_is_answered_by_an_index(string list, string sql, string index)
    {
        var plan = PlanOf(sql);
        Assert.False(plan.Any(line => IsFullScan(line) || line.Contains("TEMP B-TREE", StringComparison.Ordinal)), $"{list}:\n{string.Join('\n', plan)}");
        Assert.True(plan.Any(line => line.Contains(index, StringComparison.Ordinal)), $"{list} does not use {index}:\n{string.Join('\n', plan)}");
    }

    [Fact]
    public void A_full_scan_would_be_seen() =>
        Assert.Contains(PlanOf("select * from tasks where title = 'x'"), IsFullScan);

    // A scan of an index in its order, with a limit, is how an ordered list without a condition is read.
    private static bool IsFullScan(string line) =>
        line.StartsWith("SCAN", StringComparison.Ordinal) && !line.Contains("USING", StringComparison.Ordinal);

    private static List<string> PlanOf(string sql)
    {
        using var db = new SqliteConnection("Data Source=:memory:");
        db.Open();
        using (var context = new StoreDb(new DbContextOptionsBuilder<StoreDb>().UseSqlite(db).Options)) { context.Database.EnsureCreated(); }

        using var command = db.CreateCommand();
        var lines = sql.Split('\n').Where(line => !line.StartsWith(".param", StringComparison.Ordinal));
        command.CommandText = "explain query plan " + string.Join('\n', lines);
        foreach (System.Text.RegularExpressions.Match name in System.Text.RegularExpressions.Regex.Matches(sql, "@[A-Za-z_0-9]+"))
        {
            if (!command.Parameters.Contains(name.Value)) { command.Parameters.AddWithValue(name.Value, 1); }
        }

        using var row = command.ExecuteReader();
        var plan = new List<string>();
        while (row.Read()) { plan.Add(row.GetString(3)); }

        return plan;
    }
}
