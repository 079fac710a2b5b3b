using System.Globalization;
using Microsoft.Extensions.Logging;
using ProcessManager.Engine.Effects;
using ProcessManager.Engine.Store;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;

namespace ProcessManager.Engine.Running;

/// <summary>
/// Sends the outbox, one mail after another. What is known to be sent is noted with the removal of its work, and never sent again; a mail whose fate is unknown is
/// sent again under the same Message-Id.
/// </summary>
internal sealed partial class MailLane(
    GroupCommit commits, CommandRunner runner, LiveEvents live, IMailTransport transport, EngineOptions options, TimeProvider clock, ILogger log)
    : Lane(WorkKind.Mail, commits, options, clock, log)
{
    private static readonly TimeSpan LongestSending = TimeSpan.FromSeconds(30);

    protected override int MostAtOnce => 16;

    protected override async Task RunAllAsync(IReadOnlyList<Claim> claims, CancellationToken cancellation)
    {
        foreach (var claim in claims)
        {
            // Stopping gives back the rest of the claim; see Worker.
            cancellation.ThrowIfCancellationRequested();
            await TrySendAsync(claim, cancellation);
        }
    }

    private async Task TrySendAsync(Claim claim, CancellationToken cancellation)
    {
        try { await SendAsync(claim, cancellation); }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested) { throw; }
        catch (EngineUnavailableException) { throw; }
        catch (Exception e) // one mail's trouble must not stop those behind it
        {
            LogTrouble(Log, claim.Key, e);
            await Commits.RunAsync(session => ValueTask.FromResult(session.Work.Postpone(
                claim, claim.Attempt + 1 >= Options.Mail.Attempts ? null : session.Now + BackOff(claim.Attempt), $"{e.GetType().Name}: {e.Message}")), CancellationToken.None);
        }
    }

    private async Task SendAsync(Claim claim, CancellationToken cancellation)
    {
        var id = long.Parse(claim.Payload!, CultureInfo.InvariantCulture);

        // Claimed a while ago, behind slow ones: somebody else may have it by now.
        var mail = await Commits.RunAsync(
            session => ValueTask.FromResult(session.Work.IsOurs(claim) ? session.Mails.Find(id) : null), cancellation);
        if (mail is null) { return; }

        // A sending in progress gets some of the ten seconds of a stop.
        using var patience = new CancellationTokenSource(LongestSending, Clock);
        using var stopping = cancellation.Register(() => patience.CancelAfter(TimeSpan.FromSeconds(6)));
        Sending sending;
        try
        {
            sending = mail.State == MailState.Sent ? new Sending.Sent() : await transport.SendAsync(mail, patience.Token);
        }
        catch (OperationCanceledException)
        {
            sending = new Sending.Later("The mail server did not answer in time.");
        }

        var noted = await Commits.RunAsync(session => ValueTask.FromResult(Note(session, claim, mail, sending)), CancellationToken.None);
        if (!noted) { LogLate(Log, mail.Id); }
    }

    private bool Note(WriteSession session, Claim claim, MailRow mail, Sending sending)
    {
        mail.Attempts++;
        switch (sending)
        {
            case Sending.Sent:
                if (!session.Work.Finish(claim)) { return false; }
                mail.State = MailState.Sent;
                mail.SentAt = session.Now;
                mail.Error = null;
                session.Mails.Update(mail);
                Tell(session, mail);
                return true;
            case Sending.Later later when mail.Attempts < Options.Mail.Attempts:
                if (!session.Work.Postpone(claim, session.Now + BackOff(claim.Attempt), later.Error)) { return false; }
                mail.Error = WorkStore.Shortened(later.Error);
                session.Mails.Update(mail);
                return true;
            default:
                var error = sending is Sending.Later l ? l.Error : ((Sending.Never)sending).Error;
                if (!session.Work.Postpone(claim, null, error)) { return false; }
                mail.State = MailState.Failed;
                mail.Error = WorkStore.Shortened(error);
                session.Mails.Update(mail);
                Tell(session, mail);
                return true;
        }
    }

    /// <summary>Notes the fate of a plan's mail in history, alerts the owner of a failure, and lets a step that waits for it go on.</summary>
    private void Tell(WriteSession session, MailRow mail)
    {
        if (mail.ProjectId is not { } project || session.Projects.Find(project) is not { } row) { return; }
        var failed = mail.State == MailState.Failed;
        if (mail.Step is null && !failed) { return; }
        var now = session.Now;
        var writer = new DecisionWriter(session, live);
        writer.NoteMail(row, mail, now);
        var alerted = false;
        if (mail.Step is { } step && mail.Awaited)
        {
            var (decision, _, _) = runner.Advance(session, row, new Command.Delivered(step, mail.Occurrence, !failed, mail.Error)
            {
                Member = mail.Member,
                Request = mail.Key[(mail.Key.IndexOf('/', StringComparison.Ordinal) + 1)..],
            }, now);
            alerted = decision is Decision.Accepted accepted && accepted.Events.Any(e => e is FlowEvent.AlertRaised { Cause: AlertCause.Trouble });
        }

        if (failed && !alerted) { writer.AlertOfFailure(row, mail, now); }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Mail} met trouble")]
    private static partial void LogTrouble(ILogger logger, string mail, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {Mail} was taken over by another host while this one sent it; its result is not noted here")]
    private static partial void LogLate(ILogger logger, long mail);
}
