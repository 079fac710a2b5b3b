using System.Runtime.CompilerServices;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Engine.Store;

/// <summary>Reads and writes the outbox.</summary>
internal sealed class MailStore(WriteSession session)
{
    private static readonly string[] Written =
    [
        nameof(MailRow.Key), nameof(MailRow.ProjectId), nameof(MailRow.ContactId), nameof(MailRow.Step), nameof(MailRow.Occurrence),
        nameof(MailRow.Template), nameof(MailRow.To), nameof(MailRow.From), nameof(MailRow.ReplyTo), nameof(MailRow.Subject),
        nameof(MailRow.Body), nameof(MailRow.Awaited), nameof(MailRow.State), nameof(MailRow.Attempts), nameof(MailRow.CreatedAt),
        nameof(MailRow.Member),
    ];

    private static readonly string[] Read = [.. Written, nameof(MailRow.Error), nameof(MailRow.SentAt), nameof(MailRow.Id)];

    private static readonly ConditionalWeakTable<Schema, string[]> Texts = [];

    private readonly string[] sql = Texts.GetValue(session.Schema, s =>
    [
        s.Mails.Insert(Written) + $" on conflict ({s.Mails[nameof(MailRow.Key)]}) do nothing returning {s.Mails[nameof(MailRow.Id)]}",
        s.Mails.Select(Read, nameof(MailRow.Id)),
        s.Mails.Update([nameof(MailRow.State), nameof(MailRow.Attempts), nameof(MailRow.Error), nameof(MailRow.SentAt)], nameof(MailRow.Id)),
    ]);

    /// <summary>Writes a mail into the outbox, with its work; nothing where this mail was written before.</summary>
    public void Add(MailRow m)
    {
        var id = session.Prepared(sql[0], Written.Length)
            .Set(0, m.Key).Set(1, m.ProjectId).Set(2, m.ContactId).Set(3, m.Step).Set(4, m.Occurrence).Set(5, m.Template).Set(6, m.To)
            .Set(7, m.From).Set(8, m.ReplyTo).Set(9, m.Subject).Set(10, m.Body).Set(11, m.Awaited).Set(12, (int)MailState.Queued)
            .Set(13, 0).Set(14, m.CreatedAt).Set(15, m.Member).Number();
        if (id != 0) { session.Work.AddMail($"mail/{id}", m.ProjectId, id, m.CreatedAt); }
    }

    public MailRow? Find(long id)
    {
        using var row = session.Prepared(sql[1], 1).Set(0, id).Read();
        return row.Read() ? ReadMail(row) : null;
    }

    /// <summary>Writes how the sending went.</summary>
    public void Update(MailRow m) => session.Prepared(sql[2], 5)
        .Set(0, (int)m.State).Set(1, m.Attempts).Set(2, m.Error).Set(3, m.SentAt).Set(4, m.Id).Run();

    private static MailRow ReadMail(Cursor r) => new()
    {
        Key = r.GetString(0),
        ProjectId = r.Long(1),
        ContactId = r.Long(2),
        Step = r.Text(3),
        Occurrence = r.GetInt32(4),
        Template = r.Text(5),
        To = r.GetString(6),
        From = r.Text(7),
        ReplyTo = r.Text(8),
        Subject = r.GetString(9),
        Body = r.GetString(10),
        Awaited = r.GetBoolean(11),
        State = (MailState)r.GetInt32(12),
        Attempts = r.GetInt32(13),
        CreatedAt = r.Moment(14),
        Member = r.Text(15),
        Error = r.Text(16),
        SentAt = r.MaybeMoment(17),
        Id = r.GetInt64(18),
    };
}
