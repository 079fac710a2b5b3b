using System.Runtime.CompilerServices;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Engine.Store;

/// <summary>Reads and writes the rows of documents.</summary>
internal sealed class DocumentStore(WriteSession session)
{
    private readonly DocumentSql sql = DocumentSql.Of(session.Schema);

    /// <summary>Files a document as the next version of its name in its project.</summary>
    public DocumentRow Add(DocumentRow d)
    {
        d.Version = (int)session.Prepared(sql.LastVersion, 2).Set(0, d.ProjectId).Set(1, d.Name).Number() + 1;
        d.Id = session.Prepared(sql.Insert, DocumentSql.Written.Length)
            .Set(0, d.Key).Set(1, d.ProjectId).Set(2, d.Name).Set(3, d.Version).Set(4, d.MediaType).Set(5, d.Size).Set(6, d.Hash)
            .Set(7, d.Step).Set(8, d.Occurrence).Set(9, d.Task).Set(10, d.FiledAt).Set(11, d.FiledBy).Number();
        return d;
    }

    /// <summary>The document with this key; null where it was not filed yet.</summary>
    public DocumentRow? Find(string key)
    {
        using var row = session.Prepared(sql.FindByKey, 1).Set(0, key).Read();
        return row.Read() ? DocumentSql.ReadDocument(row) : null;
    }

    public static DocumentRow? Find(IReadSession session, Schema schema, long id)
    {
        using var row = session.Prepared(DocumentSql.Of(schema).FindById, 1).Set(0, id).Read();
        return row.Read() ? DocumentSql.ReadDocument(row) : null;
    }

    /// <summary>Whether a document has this content.</summary>
    public static bool IsNamed(IReadSession session, Schema schema, string hash) =>
        session.Prepared(DocumentSql.Of(schema).IsNamed, 1).Set(0, hash).Number() != 0;

    /// <summary>The texts, made once per model.</summary>
    internal sealed class DocumentSql
    {
        public static readonly string[] Written =
        [
            nameof(DocumentRow.Key), nameof(DocumentRow.ProjectId), nameof(DocumentRow.Name), nameof(DocumentRow.Version),
            nameof(DocumentRow.MediaType), nameof(DocumentRow.Size), nameof(DocumentRow.Hash), nameof(DocumentRow.Step),
            nameof(DocumentRow.Occurrence), nameof(DocumentRow.Task), nameof(DocumentRow.FiledAt), nameof(DocumentRow.FiledBy),
        ];

        private static readonly ConditionalWeakTable<Schema, DocumentSql> BySchema = [];
        private static readonly string[] All = [.. Written, nameof(DocumentRow.Id)];

        private DocumentSql(Schema schema)
        {
            var d = schema.Documents;
            Insert = $"{d.Insert(Written)} returning {d[nameof(DocumentRow.Id)]}";
            FindByKey = d.Select(All, nameof(DocumentRow.Key));
            FindById = d.Select(All, nameof(DocumentRow.Id));
            IsNamed = $"select exists (select 1 from {d.Name} where {d[nameof(DocumentRow.Hash)]} = @p0)";
            LastVersion = $"select max({d[nameof(DocumentRow.Version)]}) from {d.Name} " +
                $"where {d[nameof(DocumentRow.ProjectId)]} = @p0 and {d[nameof(DocumentRow.Name)]} = @p1";
        }

        public string Insert { get; }
        public string FindByKey { get; }
        public string FindById { get; }
        public string IsNamed { get; }
        public string LastVersion { get; }

        public static DocumentSql Of(Schema schema) => BySchema.GetValue(schema, s => new DocumentSql(s));

        public static DocumentRow ReadDocument(Cursor r) => new()
        {
            Key = r.GetString(0),
            ProjectId = r.GetInt64(1),
            Name = r.GetString(2),
            Version = r.GetInt32(3),
            MediaType = r.GetString(4),
            Size = r.GetInt64(5),
            Hash = r.GetString(6),
            Step = r.Text(7),
            Occurrence = r.GetInt32(8),
            Task = r.Int(9),
            FiledAt = r.Moment(10),
            FiledBy = r.Text(11),
            Id = r.GetInt64(12),
        };
    }
}
