using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Host.Data;

namespace ProcessManager.Host.Access;

/// <summary>
/// Which rows a person sees: the one place that decides it, for pages, API, exports and live events alike. Administrators and
/// managers see every project. Others see those they own, started or take part in, those in which a task is or was theirs, and
/// those with a task in the queue of one of their groups. What hangs on a project is seen by whoever sees the project.
/// </summary>
public sealed class Visible
{
    private readonly bool everything;
    private readonly string person;
    private readonly string[] groups;

    private Visible(bool everything, string person, string[] groups)
    {
        this.everything = everything;
        this.person = person;
        this.groups = groups;
    }

    /// <summary>The rows of somebody signed in, by the claims that each request makes afresh.</summary>
    public static Visible To(ClaimsPrincipal principal) => new(
        principal.IsInRole(Roles.Administrator) || principal.IsInRole(Roles.Manager),
        principal.FindFirstValue(ClaimTypes.Name) ?? "",
        [.. principal.FindAll(AccessClaims.Group).Select(claim => claim.Value)]);

    public IQueryable<ProjectRow> Projects(ProcessManagerDb db) => Projects(db, db.Set<ProjectRow>());

    /// <summary>Of these projects those that the person sees.</summary>
    public IQueryable<ProjectRow> Projects(ProcessManagerDb db, IQueryable<ProjectRow> among) => everything
        ? among.AsNoTracking()
        : among.AsNoTracking().Where(p =>
            p.Owner == person || p.Creator == person
            || db.Set<ParticipantRow>().Any(x => x.ProjectId == p.Id && x.Person == person)
            || db.Set<TaskRow>().Any(t => t.ProjectId == p.Id
                && (t.Assignee == person || t.SettledBy == person || (t.State == TaskPhase.Open && t.Group != null && groups.Contains(t.Group)))));

    /// <summary>
    /// Tasks of the projects that the person sees, and every task that was given to one of their groups: whoever was slower than a
    /// colleague still reads who was faster, though the project may have left their sight.
    /// </summary>
    public IQueryable<TaskRow> Tasks(ProcessManagerDb db) => everything
        ? db.Set<TaskRow>().AsNoTracking()
        : db.Set<TaskRow>().AsNoTracking().Where(t =>
            t.Assignee == person || (t.Group != null && groups.Contains(t.Group)) || Projects(db).Any(p => p.Id == t.ProjectId));

    /// <summary>The person's own alerts.</summary>
    public IQueryable<AlertRow> Alerts(ProcessManagerDb db) => db.Set<AlertRow>().AsNoTracking().Where(a => a.Recipient == person);

    /// <summary>Alerts that others got and the person answers for.</summary>
    public IQueryable<AlertRow> SentAlerts(ProcessManagerDb db) => db.Set<AlertRow>().AsNoTracking().Where(a => a.Sender == person);

    public IQueryable<HistoryRow> History(ProcessManagerDb db) => everything
        ? db.Set<HistoryRow>().AsNoTracking()
        : db.Set<HistoryRow>().AsNoTracking().Where(h => Projects(db).Any(p => p.Id == h.ProjectId));

    public IQueryable<ParticipantRow> Participants(ProcessManagerDb db) => everything
        ? db.Set<ParticipantRow>().AsNoTracking()
        : db.Set<ParticipantRow>().AsNoTracking().Where(x => Projects(db).Any(p => p.Id == x.ProjectId));

    /// <summary>Mails of the projects that the person sees; mails of no project are for administrators and managers.</summary>
    public IQueryable<MailRow> Mails(ProcessManagerDb db) => everything
        ? db.Set<MailRow>().AsNoTracking()
        : db.Set<MailRow>().AsNoTracking().Where(m => Projects(db).Any(p => p.Id == m.ProjectId));

    /// <summary>Documents of the projects that the person sees.</summary>
    public IQueryable<DocumentRow> Documents(ProcessManagerDb db) => everything
        ? db.Set<DocumentRow>().AsNoTracking()
        : db.Set<DocumentRow>().AsNoTracking().Where(d => Projects(db).Any(p => p.Id == d.ProjectId));

    /// <summary>Which projects started which, of those that the person sees.</summary>
    public IQueryable<ChildRow> Children(ProcessManagerDb db) => everything
        ? db.Set<ChildRow>().AsNoTracking()
        : db.Set<ChildRow>().AsNoTracking().Where(c => Projects(db).Any(p => p.Id == c.ChildId) && Projects(db).Any(p => p.Id == c.ParentId));

    /// <summary>Contacts are everybody's who is signed in.</summary>
    public IQueryable<ContactRow> Contacts(ProcessManagerDb db) => db.Set<ContactRow>().AsNoTracking();
}
