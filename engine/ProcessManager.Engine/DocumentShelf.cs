using ProcessManager.Engine.Documents;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;

namespace ProcessManager.Engine;

/// <summary>A document to file on a project.</summary>
/// <param name="Content">Read once, to its end or to the limit.</param>
public sealed record NewDocument(long Project, string Name, Stream Content)
{
    /// <summary>The step that it belongs to; null for a document of the project as a whole.</summary>
    public string? Step { get; init; }

    /// <summary>The number of the task that it is added to.</summary>
    public int? Task { get; init; }
}

/// <summary>What filing a document gave.</summary>
public abstract record FiledDocument
{
    private FiledDocument() { }

    /// <param name="Repeated">True where this command filed it before and nothing was done now.</param>
    public sealed record Filed(DocumentRow Document, bool Repeated) : FiledDocument;

    /// <summary>Nothing was filed.</summary>
    /// <param name="Message">A sentence for the person who asked.</param>
    public sealed record Refused(Refusal Reason, string Message) : FiledDocument;
}

/// <summary>
/// The door to documents: files that belong to a project. The bytes are on disk before the row that names them is committed, so that a
/// document that is listed can be opened; bytes that no row names are swept away.
/// </summary>
public sealed class DocumentShelf
{
    private const int LongestCommandId = 100;

    private readonly ContentStore contents;
    private readonly GroupCommit commits;
    private readonly ReadPool reads;
    private readonly Schema schema;
    private readonly LiveEvents live;
    private readonly DocumentOptions options;

    internal DocumentShelf(ContentStore contents, GroupCommit commits, ReadPool reads, Schema schema, LiveEvents live, DocumentOptions options) =>
        (this.contents, this.commits, this.reads, this.schema, this.live, this.options) = (contents, commits, reads, schema, live, options);

    /// <summary>The most bytes that a document may have.</summary>
    public long Largest => options.LargestMegabytes * (1L << 20);

    /// <summary>Files a document: as a new one, or as the next version of the project's document of this name.</summary>
    /// <param name="commandId">Chosen by the caller, up to 100 characters; sent again with the same content, it is answered by the first result.</param>
    /// <exception cref="EngineUnavailableException">The disk is full or cannot be written; nothing was filed.</exception>
    public async Task<FiledDocument> FileAsync(NewDocument document, string commandId, string? actor, CancellationToken cancellation)
    {
        if (commandId is not { Length: > 0 and <= LongestCommandId })
        {
            return new FiledDocument.Refused(Refusal.Invalid, $"A command needs an id of 1 to {LongestCommandId} characters.");
        }

        StoredContent content;
        try { content = await contents.PutAsync(document.Content, Largest, cancellation); }
        catch (ContentTooLargeException e) { return new FiledDocument.Refused(Refusal.Invalid, e.Message); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { throw Unavailable(e); }
        if (content.Size == 0) { return new FiledDocument.Refused(Refusal.Invalid, "The file is empty."); }
        var name = FileName.Clean(document.Name);
        return await commits.RunAsync(
            session => ValueTask.FromResult(File(session, document, name, content, $"upload/{commandId}", actor)), cancellation);
    }

    /// <summary>A document's row; null where there is none. Who may see it is asked by the caller.</summary>
    public DocumentRow? Find(long id) => reads.Read(session => DocumentStore.Find(session, schema, id));

    /// <summary>A document's bytes; the caller disposes the stream.</summary>
    /// <exception cref="FileNotFoundException">The file is gone, which <see cref="Verifier"/> tells of, too.</exception>
    public Stream Open(DocumentRow document) => contents.Open(document.Hash);

    /// <summary>Removes the bytes that no row names: of uploads that were given up, an hour ago or longer.</summary>
    internal int Sweep() => contents.Sweep(hash => reads.Read(session => DocumentStore.IsNamed(session, schema, hash)));

    /// <summary>Writes bytes that a row will name in the next commit.</summary>
    internal Task<StoredContent> PutAsync(Stream content, CancellationToken cancellation) => contents.PutAsync(content, long.MaxValue, cancellation);

    internal static EngineUnavailableException Unavailable(Exception e) =>
        new($"The document could not be written, and nothing was changed: {e.Message}", e);

    private FiledDocument File(WriteSession session, NewDocument document, string name, StoredContent content, string key, string? actor)
    {
        if (session.Documents.Find(key) is { } earlier)
        {
            return earlier.ProjectId == document.Project && earlier.Hash == content.Hash && earlier.Name == name
                ? new FiledDocument.Filed(earlier, true)
                : new FiledDocument.Refused(Refusal.Invalid, "The command id was used before for something else.");
        }

        if (session.Projects.Find(document.Project) is not { } project)
        {
            return new FiledDocument.Refused(Refusal.NotFound, $"There is no project {document.Project}.");
        }

        var row = session.Documents.Add(new DocumentRow
        {
            Key = key,
            ProjectId = project.Id,
            Name = name,
            MediaType = MediaType.Of(content.Head, name),
            Size = content.Size,
            Hash = content.Hash,
            Step = document.Step,
            Task = document.Task,
            FiledAt = session.Now,
            FiledBy = actor,
        });
        new DecisionWriter(session, live).NoteDocument(project, row, actor);
        return new FiledDocument.Filed(row, false);
    }
}
