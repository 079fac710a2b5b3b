using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Shell.Parts;

namespace ProcessManager.Host.Mail;

/// <summary>Where a mail stands, as a badge.</summary>
public static class MailWords
{
    public static (StatusKind Kind, string Text) State(MailRow mail) => mail.State switch
    {
        MailState.Queued when mail.Attempts > 0 => (StatusKind.Warning, "Trying again"),
        MailState.Queued => (StatusKind.Waiting, "In the outbox"),
        MailState.Sent => (StatusKind.Good, "Sent"),
        MailState.Failed => (StatusKind.Bad, "Failed"),
        MailState.Dropped => (StatusKind.Off, "Given up"),
        _ => throw new InvalidOperationException($"Unknown state {mail.State}."),
    };
}
