using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;
using ProcessManager.Host.Documents;
using ProcessManager.Host.Projects.Fields;
using ProcessManager.Language;
using ProcessManager.Language.Time;
using Directory = ProcessManager.Flow.Directory;

namespace ProcessManager.Host.Tasks;

/// <summary>A task with all that a person needs to do it.</summary>
public sealed record TaskView(
    TaskRow Row, ProjectRow Project, ProjectState State, Plan Plan, int PlanNumber, ContactRow? Contact,
    IReadOnlyList<ContactPointRow> Points, IReadOnlyList<HistoryRow> History, Directory People, Organisation? Organisation,
    ImmutableArray<TaskFile> Files, IReadOnlyList<(string Id, string Shown)> Documents)
{
    /// <summary>Null where the plan that the project runs on no longer has it.</summary>
    public Step? Step => Plan.FindStep(Row.Step);

    public Stage? Stage => Step is { Stage: >= 0 } step ? Plan.Stages[step.Stage] : null;

    public HumanWork? Work => Step?.Kind.Work;

    /// <summary>What its date hangs on while that is not known; null where it has a date, or none at all.</summary>
    public string? UnsetDue => Row.Due is null && !Row.DueByHand ? Work?.Due?.Text : null;

    /// <summary>A person added it: it is of no step, and is simply done.</summary>
    public bool IsAdded => Row.Step.Length == 0;

    /// <summary>The letter that can be written from it; null where there is none.</summary>
    public string? Offers => IsOpen ? Work?.Offers : null;

    public bool IsOpen => Row.State == TaskPhase.Open;

    public ImmutableArray<PlanField> Form => Work is { } work ? PlanFields.Of(Plan, work.Form) : [];

    /// <summary>Every vote of an approval, the reader's among them.</summary>
    public ImmutableArray<TaskState> Votes =>
        Step?.Kind is ApprovalKind && State.FindStep(Row.Step) is { } step && step.Tasks.Any(t => t.Number == Row.Number) ? step.Tasks : [];

    /// <summary>What choosing an outcome asks beside the form, and which fields of the form it makes necessary.</summary>
    public (ImmutableArray<PlanField> Asks, ImmutableArray<string> Needs) AskedBy(Outcome outcome)
    {
        var asked = PlanFields.Of(Plan, outcome.Ask).ToList();
        if (outcome.Effect is Effect.Redo { When.Anchor: Anchor.FieldValue on })
        {
            asked.RemoveAll(f => f.Id == on.Field);
            if (PlanFields.Of(Plan, on.Field, required: true) is { } day) { asked.Add(day); }
        }

        HashSet<string> inForm = [.. Form.Select(f => f.Id)];
        return ([.. asked.Where(f => !inForm.Contains(f.Id))], [.. asked.Where(f => f.Required && inForm.Contains(f.Id)).Select(f => f.Id)]);
    }

    public string NameOf(string? person) => person is null ? "" : People.People.TryGetValue(person, out var member) ? member.DisplayName : person;

    public string NameOfGroup(string group) => Organisation?.Groups.GetValueOrDefault(group, group) ?? group;
}

/// <summary>Finds tasks for those who may see them.</summary>
internal sealed class TaskBook(IDbContextFactory<ProcessManagerDb> databases, ProcessEngine engine)
{
    /// <summary>Null where there is no such task, or the reader may not see it.</summary>
    public async Task<TaskView?> FindAsync(ClaimsPrincipal reader, long task, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var visible = Visible.To(reader);
        if (await visible.Tasks(db).FirstOrDefaultAsync(t => t.Id == task, cancellation) is not { } row) { return null; }
        if (await engine.FindProjectAsync(row.ProjectId, cancellation) is not { } project) { return null; }
        var contact = project.Row.ProspectId is { } prospect
            ? await visible.Contacts(db).FirstOrDefaultAsync(c => c.Id == prospect, cancellation) : null;
        var points = contact is null ? []
            : await db.Set<ContactPointRow>().AsNoTracking().Where(p => p.ContactId == contact.Id).OrderBy(p => p.Kind).ThenBy(p => p.Position).ToListAsync(cancellation);
        // Whoever sees the task sees its history, also where the rest of the project is not theirs.
        var history = await db.Set<HistoryRow>().AsNoTracking().Where(h => h.ProjectId == row.ProjectId && h.Task == row.Number)
            .OrderBy(h => h.Seq).ToListAsync(cancellation);
        return new TaskView(row, project.Row, project.State, project.Plan, project.PlanNumber, contact, points, history,
            await engine.DirectoryAsync(cancellation), engine.Organisation,
            await DocumentFiles.OfTaskAsync(db, project, project.Plan.FindStep(row.Step), row.Number, cancellation),
            project.Plan.Fields.Any(f => f.Kind == FieldKind.File) ? await DocumentFiles.ChoicesAsync(db, row.ProjectId, cancellation) : []);
    }
}
