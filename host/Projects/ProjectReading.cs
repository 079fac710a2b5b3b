using Microsoft.EntityFrameworkCore;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;
using ProcessManager.Host.Documents;
using ProcessManager.Host.Shell;
using ProcessManager.Language;
using Directory = ProcessManager.Flow.Directory;

namespace ProcessManager.Host.Projects;

/// <summary>One project with what its page needs beside it: the contact it is about, the people, the organisation's words.</summary>
public sealed record ProjectLook(
    ProjectView View, ContactRow? Prospect, IReadOnlyList<ContactPointRow> Points, Directory People, Organisation? Organisation, bool MaySteer)
{
    public ProjectRow Row => View.Row;

    public Flow.ProjectState State => View.State;

    public Plan Plan => View.Plan;

    public ProjectType? Type => Organisation?.FindType(Row.Type);

    public Stage? Stage => Row.Stage is { } id ? Plan.FindStage(id) : null;

    public bool IsOpen => Row.Result is null;

    /// <summary>The name that others read; the sign-in name where nobody has it any more.</summary>
    public string NameOf(string person) => People.NameOf(person);
}

/// <summary>Finds a project for the person who asks; what they may not see is not found.</summary>
public sealed class ProjectReading(IDbContextFactory<ProcessManagerDb> databases, ProcessEngine engine, Reader reader)
{
    public async Task<ProjectLook?> FindAsync(long project, Visible visible, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (!await visible.Projects(db).AnyAsync(p => p.Id == project, cancellation)) return null;
        if (await engine.FindProjectAsync(project, cancellation) is not { } view) return null;
        var contact = view.Row.ProspectId is { } id ? await visible.Contacts(db).FirstOrDefaultAsync(c => c.Id == id, cancellation) : null;
        var points = contact is null ? [] : await PointsAsync(db, contact.Id, cancellation);
        return new ProjectLook(view, contact, points, await engine.DirectoryAsync(cancellation), engine.Organisation, Steering.MaySteer(reader, view.Row));
    }

    /// <summary>The newest history rows before a number, and whether there are more.</summary>
    public async Task<(IReadOnlyList<HistoryRow> Rows, bool More)> HistoryAsync(ProjectLook project, int before, int count, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var id = project.Row.Id;
        var rows = await db.Set<HistoryRow>().AsNoTracking().Where(h => h.ProjectId == id && h.Seq < before)
            .OrderByDescending(h => h.Seq).Take(count + 1).ToListAsync(cancellation);
        return (rows.Take(count).ToList(), rows.Count > count);
    }

    /// <summary>What history says of one step, the oldest first.</summary>
    public async Task<IReadOnlyList<HistoryRow>> HistoryOfStepAsync(ProjectLook project, string step, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var id = project.Row.Id;
        return await db.Set<HistoryRow>().AsNoTracking().Where(h => h.ProjectId == id && h.Step == step).OrderBy(h => h.Seq).Take(500).ToListAsync(cancellation);
    }

    /// <summary>When each milestone was reached last: by step, or by stage where it has no step.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> MilestonesAsync(ProjectLook project, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var id = project.Row.Id;
        var reached = await db.Set<HistoryRow>().AsNoTracking().Where(h => h.ProjectId == id && h.Kind == "MilestoneReached")
            .OrderBy(h => h.Seq).Select(h => new { h.Step, h.After, h.At }).ToListAsync(cancellation);
        return reached.GroupBy(r => r.Step is null ? $"stage:{r.After}" : r.Step).ToDictionary(g => g.Key, g => g.Last().At);
    }

    public async Task<IReadOnlyList<TaskRow>> TasksAsync(ProjectLook project, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var id = project.Row.Id;
        return await db.Set<TaskRow>().AsNoTracking().Where(t => t.ProjectId == id).OrderByDescending(t => t.Id).Take(500).ToListAsync(cancellation);
    }

    public async Task<IReadOnlyList<MailRow>> MailsAsync(ProjectLook project, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var id = project.Row.Id;
        return await db.Set<MailRow>().AsNoTracking().Where(m => m.ProjectId == id).OrderByDescending(m => m.Id).Take(200).ToListAsync(cancellation);
    }

    public async Task<IReadOnlyList<DocumentRow>> DocumentsAsync(ProjectLook project, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var id = project.Row.Id;
        return await db.Set<DocumentRow>().AsNoTracking().Where(d => d.ProjectId == id).OrderByDescending(d => d.Id).Take(500).ToListAsync(cancellation);
    }

    /// <summary>The documents of a project as choices of a field that names one.</summary>
    public async Task<IReadOnlyList<(string Id, string Shown)>> DocumentChoicesAsync(ProjectLook project, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await DocumentFiles.ChoicesAsync(db, project.Row.Id, cancellation);
    }

    /// <summary>The project that started this one, and those that its steps started; of both those that the reader may see.</summary>
    public async Task<(ProjectRow? Parent, IReadOnlyList<(ProjectRow Child, string Step)> Children)> RelativesAsync(
        ProjectLook project, Visible visible, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var id = project.Row.Id;
        var links = await visible.Children(db).Where(c => c.ChildId == id || c.ParentId == id).OrderByDescending(c => c.ChildId).Take(200).ToListAsync(cancellation);
        if (links.Count == 0) return (null, []);
        var ids = links.Select(c => c.ChildId == id ? c.ParentId : c.ChildId).ToList();
        var rows = await visible.Projects(db).Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellation);
        return (links.Where(c => c.ChildId == id).Select(c => rows.GetValueOrDefault(c.ParentId)).FirstOrDefault(),
            [.. links.Where(c => c.ParentId == id && rows.ContainsKey(c.ChildId)).Select(c => (rows[c.ChildId], c.Step))]);
    }

    private static async Task<List<ContactPointRow>> PointsAsync(ProcessManagerDb db, long contact, CancellationToken cancellation) =>
        await db.Set<ContactPointRow>().AsNoTracking().Where(p => p.ContactId == contact).OrderBy(p => p.Kind).ThenBy(p => p.Position).ToListAsync(cancellation);
}

internal static class DirectoryNames
{
    /// <summary>The name that others read; the sign-in name where nobody has it any more.</summary>
    public static string NameOf(this Directory people, string person) =>
        people.People.TryGetValue(person, out var member) && member.DisplayName.Length > 0 ? member.DisplayName : person;

    /// <summary>Those who work here, by name, as choices of a form.</summary>
    public static IReadOnlyList<(string Name, string Shown)> Choices(this Directory people, IReadOnlyCollection<string>? of = null) =>
        [.. people.People.Values.Where(m => !m.Disabled && (of is null || of.Contains(m.Name)))
            .Select(m => (m.Name, m.DisplayName.Length > 0 ? m.DisplayName : m.Name)).OrderBy(p => p.Item2, StringComparer.CurrentCultureIgnoreCase)];
}
