using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Data;
using ProcessManager.Language;

namespace ProcessManager.Host.Documents;

/// <summary>A file that goes with a task.</summary>
/// <param name="Href">Where a page finds it; the API's is the same below <c>/api/v1</c>, ending in <c>/content</c> for documents.</param>
/// <param name="Document">Its id; null for a file that the plan brings along.</param>
public sealed record TaskFile(string Name, string Href, long? Document);

/// <summary>Files as answers: they are saved, never shown as a part of this site.</summary>
internal static class DocumentFiles
{
    public static Results<FileStreamHttpResult, NotFound> Send(HttpContext context, DocumentShelf shelf, DocumentRow document)
    {
        Stream content;
        try { content = shelf.Open(document); }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException) { return TypedResults.NotFound(); }
        Guard(context);
        return TypedResults.File(content, document.MediaType, document.Name, document.FiledAt, new EntityTagHeaderValue($"\"{document.Hash}\""), enableRangeProcessing: true);
    }

    /// <summary>Whatever a file says it is, it runs nothing here.</summary>
    public static void Guard(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
    }

    /// <summary>The documents of a project as choices of a field that names one, the newest first.</summary>
    public static async Task<IReadOnlyList<(string Id, string Shown)>> ChoicesAsync(ProcessManagerDb db, long project, CancellationToken cancellation) =>
        [.. (await db.Set<DocumentRow>().AsNoTracking().Where(d => d.ProjectId == project).OrderByDescending(d => d.Id).Take(500)
                .Select(d => new { d.Id, d.Name, d.Version }).ToListAsync(cancellation))
            .Select(d => (d.Id.ToString(CultureInfo.InvariantCulture), d.Version > 1 ? $"{d.Name}, version {d.Version}" : d.Name))];

    /// <summary>The files that a person needs for a task: of its plan, of fields, and letters that earlier steps wrote.</summary>
    public static async Task<ImmutableArray<TaskFile>> OfTaskAsync(
        ProcessManagerDb db, ProjectView project, Step? step, int task, CancellationToken cancellation)
    {
        var files = ImmutableArray.CreateBuilder<TaskFile>();
        var id = project.Row.Id;
        foreach (var attachment in step?.Kind.Work?.Attach ?? [])
        {
            switch (attachment)
            {
                case Attachment.OfPlan plan:
                    files.Add(new TaskFile(plan.File, $"/projects/{id}/plan-documents/{Uri.EscapeDataString(plan.File)}", null));
                    break;
                case Attachment.OfField field when project.State.Fields.GetValueOrDefault(field.Field) is string value && long.TryParse(value, out var document):
                    await AddAsync(db.Set<DocumentRow>().Where(d => d.ProjectId == id && d.Id == document));
                    break;
                case Attachment.OfLetter letter:
                    var of = project.Plan.Steps[letter.Step].Id;
                    await AddAsync(db.Set<DocumentRow>().Where(d => d.ProjectId == id && d.Step == of && d.Task == null).OrderByDescending(d => d.Id).Take(1));
                    break;
            }
        }

        await AddAsync(db.Set<DocumentRow>().Where(d => d.ProjectId == id && d.Task == task).OrderBy(d => d.Id).Take(50));
        return files.ToImmutable();

        async Task AddAsync(IQueryable<DocumentRow> rows)
        {
            foreach (var row in await rows.AsNoTracking().ToListAsync(cancellation))
            {
                if (!files.Any(f => f.Document == row.Id)) { files.Add(new TaskFile(row.Name, $"/documents/{row.Id}", row.Id)); }
            }
        }
    }
}
