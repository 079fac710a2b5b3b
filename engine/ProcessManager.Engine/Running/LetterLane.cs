using System.Globalization;
using Microsoft.Extensions.Logging;
using ProcessManager.Engine.Documents;
using ProcessManager.Engine.Effects;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;

namespace ProcessManager.Engine.Running;

/// <summary>Merges letters and files them. The bytes are on disk first; the document, its history and the step's going on are one commit.</summary>
internal sealed class LetterLane(
    GroupCommit commits, CommandRunner runner, DocumentShelf documents, LiveEvents live, EngineOptions options, TimeProvider clock, ILogger log)
    : EffectLane<LetterJob>(WorkKind.Letter, commits, runner, options, clock, log)
{
    public static string NameOf(string template, string? member) => FileName.Clean(member is null ? $"{template}.docx" : $"{template} {member}.docx");

    protected override async Task RunAsync(Claim claim, LetterJob job, CancellationToken cancellation)
    {
        byte[] letter;
        try
        {
            var plan = await Commits.RunAsync(session => ValueTask.FromResult(Runner.PlanOf(session, job.PlanVersion)), cancellation);
            if (!plan.Letters.TryGetValue(job.Template, out var template)) { throw new LetterTemplateException($"There is no letter template “{job.Template}” in its plan."); }
            letter = LetterMerger.Merge(template.Content, job.Texts);
        }
        catch (LetterTemplateException e)
        {
            await ConcludeAsync(claim, (session, row) => Hand(session, claim, row, Result(job, new Command.Failed(job.Of.Step, job.Of.Occurrence, job.Of.Member, e.Message))));
            return;
        }

        var content = await documents.PutAsync(new MemoryStream(letter, writable: false), cancellation);
        await ConcludeAsync(claim, (session, row) => File(session, row, claim, job, content));
    }

    private void File(WriteSession session, ProjectRow row, Claim claim, LetterJob job, StoredContent content)
    {
        var key = $"{row.Id}/{job.Of.Request}";
        var isNew = session.Documents.Find(key) is null;
        var document = session.Documents.Find(key) ?? session.Documents.Add(new DocumentRow
        {
            Key = key,
            ProjectId = row.Id,
            Name = NameOf(job.Template, job.Of.Member),
            MediaType = MediaType.Word,
            Size = content.Size,
            Hash = content.Hash,
            Step = job.Of.Step,
            Occurrence = job.Of.Occurrence,
            FiledAt = session.Now,
        });
        var id = document.Id.ToString(CultureInfo.InvariantCulture);
        var happened = Hand(session, claim, row, Result(job, new Command.Filed(job.Of.Step, job.Of.Occurrence, job.Of.Member, id, document.Name)));

        // A project that no longer waits for it keeps the letter all the same.
        if (isNew && !happened.Any(e => e is FlowEvent.DocumentFiled filed && filed.Document == id))
        {
            new DecisionWriter(session, live).NoteDocument(row, document, null);
        }
    }

    private static Command Result(LetterJob job, Command command) => command with { Request = job.Of.Request };
}
