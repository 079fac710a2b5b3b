using System.Net;
using System.Net.Mail;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Engine.Effects;

/// <summary>How an attempt to send went.</summary>
internal abstract record Sending
{
    private Sending() { }

    public sealed record Sent : Sending;

    /// <summary>May work another time.</summary>
    public sealed record Later(string Error) : Sending;

    /// <summary>Will never work as it is.</summary>
    public sealed record Never(string Error) : Sending;
}

/// <summary>Hands mails over: to a mail server, or to a folder.</summary>
internal interface IMailTransport
{
    Task<Sending> SendAsync(MailRow mail, CancellationToken cancellation);
}

/// <summary>
/// Writes <c>.eml</c> files. A file is named after its Message-Id and appears whole, so that a mail that was written is known to be sent even when
/// the engine died before it noted that.
/// </summary>
internal sealed class PickupFolder(string folder, string sender) : IMailTransport
{
    public async Task<Sending> SendAsync(MailRow mail, CancellationToken cancellation)
    {
        var target = Path.Combine(folder, $"{MailText.MessageIdOf(mail, sender).Split('@')[0]}.eml");
        if (File.Exists(target)) { return new Sending.Sent(); }
        if (MailText.TryMake(mail, sender, out var message, out var mistake) is false) { return new Sending.Never(mistake); }
        var workshop = Path.Combine(folder, $".{mail.Id}");
        try
        {
            System.IO.Directory.CreateDirectory(workshop);
            foreach (var leftover in System.IO.Directory.GetFiles(workshop)) { File.Delete(leftover); }

            using (message)
            using (var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = workshop })
            {
                await client.SendMailAsync(message, cancellation);
            }

            File.Move(System.IO.Directory.GetFiles(workshop).Single(), target, overwrite: true);
            System.IO.Directory.Delete(workshop);
            return new Sending.Sent();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SmtpException)
        {
            return new Sending.Later(e.Message);
        }
    }
}

/// <summary>Hands mails to a mail server. Its answer is the only proof: one that was lost with the connection means another attempt, with the same Message-Id.</summary>
internal sealed class MailServer(MailOptions options) : IMailTransport
{
    public async Task<Sending> SendAsync(MailRow mail, CancellationToken cancellation)
    {
        if (MailText.TryMake(mail, options.From, out var message, out var mistake) is false) { return new Sending.Never(mistake); }
        using (message)
        using (var client = new SmtpClient(options.SmtpHost!, options.SmtpPort) { EnableSsl = options.SmtpTls })
        {
            if (options.SmtpUser is { } user) { client.Credentials = new NetworkCredential(user, options.SmtpPassword); }
            try
            {
                await client.SendMailAsync(message, cancellation);
                return new Sending.Sent();
            }
            catch (SmtpException e) when (IsPermanent(e.StatusCode))
            {
                return new Sending.Never(Words(e));
            }
            catch (Exception e) when (e is SmtpException or IOException)
            {
                return new Sending.Later(Words(e));
            }
        }
    }

    // RFC 5321: 5yz is a permanent refusal. Of these, 530 and 535 (sign in first) are mended by the configuration, not by the mail.
    private static bool IsPermanent(SmtpStatusCode code) => (int)code is >= 500 and < 600 and not (530 or 535);

    private static string Words(Exception e) => e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message;
}
