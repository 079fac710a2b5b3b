using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;
using ProcessManager.Host.Documents;

namespace ProcessManager.Host.Api;

/// <summary>Documents of projects: list, file, read; and letters that people write from tasks.</summary>
internal static class DocumentsApi
{
    /// <param name="Version">1, 2, 3 … among the project's documents of this name.</param>
    /// <param name="MediaType">As told by the content.</param>
    /// <param name="Size">In bytes.</param>
    /// <param name="Sha256">Of the content, lower-case hexadecimal.</param>
    /// <param name="Step">The step that it belongs to.</param>
    /// <param name="Task">The number of the task that it was added to.</param>
    /// <param name="FiledBy">Sign-in name; absent for the engine.</param>
    public sealed record DocumentItem(
        long Id, long Project, string Name, int Version, string MediaType, long Size, string Sha256, string? Step, int? Task, DateTimeOffset FiledAt, string? FiledBy);

    public static void Map(RouteGroupBuilder api)
    {
        var documents = api.MapGroup("").WithTags("Documents");
        documents.MapGet("/projects/{id:long}/documents", List).WithName("ListDocuments").WithSummary("The documents of a project, newest first");
        documents.MapPost("/projects/{id:long}/documents", File).WithMetadata(new TakesKey(IfMatch: false), new DisableRequestSizeLimitAttribute()).WithName("FileDocument")
            .WithSummary("File a document: its bytes are the body. A name that is there already gets a further version");
        documents.MapGet("/projects/{id:long}/plan-documents/{name}", PlanDocument).WithName("GetPlanDocument").WithSummary("A file that the project's plan brings along for its tasks")
            .Produces(200, contentType: "application/octet-stream");
        documents.MapGet("/documents/{id:long}", Get).WithName("GetDocument").WithSummary("What is known of a document");
        documents.MapGet("/documents/{id:long}/content", Content).WithName("ReadDocument").WithSummary("The bytes of a document").Produces(200, contentType: "application/octet-stream");
        documents.MapPost("/tasks/{id:long}/letter", Letter).WithMetadata(new TakesKey(IfMatch: false)).WithName("WriteLetter")
            .WithSummary("Write the letter that a task offers, with the values of this moment, and file it");
    }

    private static async Task<Results<Ok<Page<DocumentItem>>, ProblemHttpResult>> List(
        long id, HttpContext context, ProcessManagerDb db, string? cursor, int? count, CancellationToken cancellation)
    {
        var visible = Visible.To(context.User);
        if (!await visible.Projects(db).AnyAsync(p => p.Id == id, cancellation)) { return Answers.Missing($"project {id}"); }
        var before = long.MaxValue;
        if (cursor is not null && !Cursor.TryRead(cursor, out _, out before)) { return Answers.Invalid("cursor must be the “next” of an answer before."); }
        var most = Cursor.Count(count);
        var rows = await visible.Documents(db).Where(d => d.ProjectId == id && d.Id < before).OrderByDescending(d => d.Id).Take(most + 1).ToListAsync(cancellation);
        return TypedResults.Ok(new Page<DocumentItem>([.. rows.Take(most).Select(Item)], rows.Count > most ? Cursor.Of(0, rows[most - 1].Id) : null));
    }

    /// <param name="name">The file's name.</param>
    private static async Task<Results<Created<DocumentItem>, ProblemHttpResult>> File(
        long id, string? name, HttpContext context, ProcessManagerDb db, ProcessEngine engine, CancellationToken cancellation)
    {
        var command = Answers.CommandId(context, out var unfit);
        if (unfit is not null) { return unfit; }
        if (!await Visible.To(context.User).Projects(db).AnyAsync(p => p.Id == id, cancellation)) { return Answers.Missing($"project {id}"); }
        if (string.IsNullOrWhiteSpace(name)) { return Answers.Invalid("Say what the file is called: ?name=offer.pdf"); }
        return Of(await engine.Documents.FileAsync(new NewDocument(id, name, context.Request.Body), command, Answers.Me(context.User), cancellation));
    }

    private static async Task<Results<Ok<DocumentItem>, ProblemHttpResult>> Get(long id, HttpContext context, ProcessManagerDb db, CancellationToken cancellation) =>
        await Visible.To(context.User).Documents(db).FirstOrDefaultAsync(d => d.Id == id, cancellation) is { } row ? TypedResults.Ok(Item(row)) : Answers.Missing($"document {id}");

    private static async Task<IResult> Content(long id, HttpContext context, ProcessManagerDb db, ProcessEngine engine, CancellationToken cancellation) =>
        await Visible.To(context.User).Documents(db).FirstOrDefaultAsync(d => d.Id == id, cancellation) is { } row
        && DocumentFiles.Send(context, engine.Documents, row).Result is FileStreamHttpResult file
            ? file : Answers.Missing($"document {id}");

    private static async Task<IResult> PlanDocument(long id, string name, HttpContext context, ProcessManagerDb db, ProcessEngine engine, CancellationToken cancellation)
    {
        var version = await Visible.To(context.User).Projects(db).Where(p => p.Id == id).Select(p => (long?)p.PlanVersionId).FirstOrDefaultAsync(cancellation);
        if (version is not { } pinned || engine.FindPlanDocument(pinned, name) is not { } bytes) { return Answers.Missing($"document “{name}” of the plan of project {id}"); }
        DocumentFiles.Guard(context);
        return TypedResults.File(bytes, "application/octet-stream", name);
    }

    private static async Task<Results<Created<DocumentItem>, ProblemHttpResult>> Letter(
        long id, HttpContext context, ProcessManagerDb db, ProcessEngine engine, CancellationToken cancellation)
    {
        var command = Answers.CommandId(context, out var unfit);
        if (unfit is not null) { return unfit; }
        var task = await Visible.To(context.User).Tasks(db).Where(t => t.Id == id).Select(t => new { t.ProjectId, t.Number }).FirstOrDefaultAsync(cancellation);
        if (task is null) { return Answers.Missing($"task {id}"); }
        return Of(await engine.WriteLetterAsync(task.ProjectId, task.Number, command, Answers.Me(context.User), cancellation));
    }

    private static Results<Created<DocumentItem>, ProblemHttpResult> Of(FiledDocument filed) => filed switch
    {
        FiledDocument.Filed done => TypedResults.Created(
            string.Create(CultureInfo.InvariantCulture, $"{ApiRoom.Base}/documents/{done.Document.Id}"), Item(done.Document)),
        FiledDocument.Refused refused => Answers.Problem(new CommandResult.Refused(refused.Reason, refused.Message)),
        _ => throw new InvalidOperationException($"Unknown answer {filed}."),
    };

    private static DocumentItem Item(DocumentRow d) =>
        new(d.Id, d.ProjectId, d.Name, d.Version, d.MediaType, d.Size, d.Hash, d.Step, d.Task, d.FiledAt, d.FiledBy);
}
