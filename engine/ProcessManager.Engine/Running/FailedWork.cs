using System.Globalization;
using System.Text.Json;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;

namespace ProcessManager.Engine.Running;

/// <summary>What an administrator does with work that failed.</summary>
internal static class FailedWork
{
    public static bool Retry(WriteSession session, long work, string actor)
    {
        if (session.Work.Retry(work, session.Now) is not { } retried) { return false; }
        if (retried.Kind == WorkKind.Mail) { Mark(session, retried.Payload, MailState.Queued, actor, "MailRetried"); }
        return true;
    }

    /// <summary>Gives work up; the project that waits for it is told, so that it does not wait forever.</summary>
    public static bool Drop(WriteSession session, CommandRunner runner, long work, string actor)
    {
        if (session.Work.Drop(work) is not { } dropped) { return false; }
        if (dropped.Kind == WorkKind.Mail) { Mark(session, dropped.Payload, MailState.Dropped, actor, "MailDropped"); }
        else if (dropped.Project is { } project && session.Projects.Find(project) is { } row && Result(dropped.Kind, dropped.Payload!) is { } result)
        {
            var (decision, _, _) = runner.Advance(session, row, result with { Actor = actor }, session.Now);
            if (decision is Decision.Refused refused) { throw new RefusedException(refused.Reason, refused.Message); }
        }

        return true;
    }

    private static Command? Result(WorkKind kind, string payload)
    {
        const string givenUp = "An administrator gave it up.";
        switch (kind)
        {
            case WorkKind.Letter:
                var letter = JsonSerializer.Deserialize<LetterJob>(payload)!.Of;
                return new Command.Failed(letter.Step, letter.Occurrence, letter.Member, givenUp) { Request = letter.Request };
            case WorkKind.Http:
                var http = JsonSerializer.Deserialize<HttpJob>(payload)!.Of;
                return new Command.Answered(http.Step, http.Occurrence, http.Member, false, null, givenUp) { Request = http.Request };
            case WorkKind.Child when JsonSerializer.Deserialize<ChildJob>(payload) is { Errand: ChildErrand.Start, Of: { } of }:
                return new Command.Failed(of.Step, of.Occurrence, of.Member, givenUp) { Request = of.Request };
            default:
                return null;
        }
    }

    private static void Mark(WriteSession session, string? payload, MailState state, string actor, string kind)
    {
        if (!long.TryParse(payload, CultureInfo.InvariantCulture, out var id) || session.Mails.Find(id) is not { } mail) { return; }
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
