using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Host.Access;
using ProcessManager.Host.Data;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Documents;

/// <summary>Documents on pages: to file one on a project, and to save one.</summary>
internal static class DocumentsRoom
{
    // What the store allows is asked of it; this is only so that nobody sends for hours.
    private const long LargestRequest = 1L << 30;

    public static void MapDocuments(this WebApplication app)
    {
        app.MapGet("/documents/{id:long}", SaveAsync);
        app.MapGet("/projects/{id:long}/plan-documents/{name}", SavePlanDocumentAsync);
        app.MapPost("/projects/{id:long}/documents", FileAsync).WithMetadata(
            new RequestSizeLimitAttribute(LargestRequest), new RequestFormLimitsAttribute { MultipartBodyLengthLimit = LargestRequest });
    }

    private static async Task<IResult> SaveAsync(long id, HttpContext context, ProcessManagerDb db, ProcessEngine engine, CancellationToken cancellation) =>
        await Visible.To(context.User).Documents(db).FirstOrDefaultAsync(d => d.Id == id, cancellation) is { } document
            ? DocumentFiles.Send(context, engine.Documents, document).Result : TypedResults.NotFound();

    private static async Task<IResult> SavePlanDocumentAsync(
        long id, string name, HttpContext context, ProcessManagerDb db, ProcessEngine engine, CancellationToken cancellation)
    {
        var version = await Visible.To(context.User).Projects(db).Where(p => p.Id == id).Select(p => (long?)p.PlanVersionId).FirstOrDefaultAsync(cancellation);
        if (version is not { } pinned || engine.FindPlanDocument(pinned, name) is not { } bytes) { return TypedResults.NotFound(); }
        DocumentFiles.Guard(context);
        return TypedResults.File(bytes, "application/octet-stream", name);
    }

    private static async Task<IResult> FileAsync(
        long id, [FromForm] IFormCollection form, HttpContext context, ProcessManagerDb db, ProcessEngine engine, Reader reader, CancellationToken cancellation)
    {
        if (!await Visible.To(context.User).Projects(db).AnyAsync(p => p.Id == id, cancellation)) { return TypedResults.NotFound(); }
        var (filed, refused) = (0, (string?)null);
        var command = form["command"].ToString() is { Length: > 0 and <= 80 } given ? given : Guid.NewGuid().ToString();
        foreach (var file in form.Files.Where(f => f.FileName.Length > 0).Take(20))
        {
            await using var content = file.OpenReadStream();
            var answer = await engine.Documents.FileAsync(new NewDocument(id, file.FileName, content), $"{command}-{filed}", reader.UserName, cancellation);
            if (answer is FiledDocument.Refused no) { refused = $"“{file.FileName}”: {no.Message}"; break; }
            filed++;
        }

        if (filed > 0) { context.Toast(filed == 1 ? "The document is filed." : $"{filed} documents are filed."); }
        if (refused is not null) { context.Toast(refused, ToastKind.Danger); }
        else if (filed == 0) { context.Toast("Choose a file first.", ToastKind.Info); }
        return TypedResults.LocalRedirect($"/projects/{id}/documents");
    }
}
