using System.Globalization;
using System.Runtime.CompilerServices;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Engine.Store;

/// <summary>Receipts of alerts.</summary>
internal static class AlertStore
{
    private static readonly ConditionalWeakTable<Schema, string[]> Texts = [];

    public static bool See(WriteSession session, string person, long alert, DateTimeOffset now) =>
        session.Prepared(TextsOf(session.Schema)[0], 3).Set(0, now).Set(1, alert).Set(2, person).Run() == 1;

    /// <returns>Who is told of the receipt; null where there was nothing to acknowledge.</returns>
    public static string? Acknowledge(WriteSession session, string person, long alert, DateTimeOffset now)
    {
        using var row = session.Prepared(TextsOf(session.Schema)[1], 3).Set(0, now).Set(1, alert).Set(2, person).Read();
        return row.Read() ? row.Text(0) ?? "" : null;
    }

    private static string[] TextsOf(Schema schema) => Texts.GetValue(schema, s =>
    {
        var a = s.Alerts;
        var (id, whose) = (a[nameof(AlertRow.Id)], a[nameof(AlertRow.Recipient)]);
        var (seen, acknowledged) = (a[nameof(AlertRow.SeenAt)], a[nameof(AlertRow.AcknowledgedAt)]);
        return
        [
            $"update {a.Name} set {seen} = @p0 where {id} = @p1 and {whose} = @p2 and {seen} is null",
            $"update {a.Name} set {acknowledged} = @p0, {seen} = coalesce({seen}, @p0) where {id} = @p1 and {whose} = @p2 " +
            $"and {a[nameof(AlertRow.Acknowledge)]} and {acknowledged} is null returning {a[nameof(AlertRow.Sender)]}",
        ];
    });
}

/// <summary>What an administrator does with work that failed.</summary>
internal static class FailedWork
{
    public static bool Retry(WriteSession session, long work, string actor)
    {
        if (session.Work.Retry(work, session.Now) is not { } retried) { return false; }
        Mark(session, retried, MailState.Queued, actor, "MailRetried");
        return true;
    }

    public static bool Drop(WriteSession session, long work, string actor)
    {
        if (session.Work.Drop(work) is not { } dropped) { return false; }
        Mark(session, dropped, MailState.Dropped, actor, "MailDropped");
        return true;
    }

    private static void Mark(WriteSession session, (WorkKind Kind, string? Payload) work, MailState state, string actor, string kind)
    {
        if (work.Kind != WorkKind.Mail || session.Mails.Find(long.Parse(work.Payload!, CultureInfo.InvariantCulture)) is not { } mail) { return; }
        mail.State = state;
        if (state == MailState.Queued) { mail.Attempts = 0; }
        session.Mails.Update(mail);
        if (mail.ProjectId is not { } project || session.Projects.Find(project) is not { } row) { return; }
        row.Version++;
        row.ChangedAt = session.Now;
        DecisionWriter.Append(session, row, new HistoryRow
        {
            Kind = kind,
            Step = mail.Step,
            After = mail.To,
            Data = HistoryRows.Json(("mail", mail.Key), ("subject", mail.Subject)),
        }, new Cause("Mail", actor, null), session.Now);
        if (!session.Projects.Update(row, row.Version - 1, wide: false)) { throw new VersionConflictException(); }
    }
}
