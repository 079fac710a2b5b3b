using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Mail;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Markdig;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Engine.Effects;

/// <summary>Makes a message of a row: the Markdown as plain text, and as HTML beside it.</summary>
internal static class MailText
{
    // What a template or a field brings along is text, never markup of ours.
    private static readonly MarkdownPipeline Markup = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().Build();

    /// <summary>The same for every attempt at one mail, and for no other mail.</summary>
    public static string MessageIdOf(MailRow mail, string sender)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail.Key)).AsSpan(0, 8));
        var domain = sender[(sender.LastIndexOf('@') + 1)..].TrimEnd('>', ' ');
        return string.Create(CultureInfo.InvariantCulture, $"{mail.Id}.{mail.CreatedAt.ToUnixTimeMilliseconds():x}.{key}@{domain}");
    }

    /// <summary>False with a sentence where no such mail can be sent.</summary>
    public static bool TryMake(
        MailRow mail, string sender, [NotNullWhen(true)] out MailMessage? message, [NotNullWhen(false)] out string? mistake)
    {
        message = null;
        if (mail.To.Length == 0) { mistake = "There is nobody to send it to."; return false; }

        // A line break in a header begins another header: nobody gets to write one.
        foreach (var header in (string?[])[mail.To, mail.From, mail.ReplyTo, mail.Subject])
        {
            if (header is not null && header.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
            {
                mistake = $"A line break in an address or subject: “{header.ReplaceLineEndings("⏎")}”.";
                return false;
            }
        }

        if (!TryAddress(mail.From ?? sender, out var from, out mistake)) { return false; }
        MailAddress? reply = null;
        if (mail.ReplyTo is { } replyTo && !TryAddress(replyTo, out reply, out mistake)) { return false; }
        var to = new List<MailAddress>();
        foreach (var text in mail.To.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryAddress(text, out var address, out mistake)) { return false; }
            to.Add(address);
        }

        message = new MailMessage { From = from, Subject = mail.Subject, SubjectEncoding = Encoding.UTF8, HeadersEncoding = Encoding.UTF8 };
        foreach (var address in to) { message.To.Add(address); }

        if (reply is not null) { message.ReplyToList.Add(reply); }
        message.Headers["Message-ID"] = $"<{MessageIdOf(mail, sender)}>";
        message.Headers["Date"] = mail.CreatedAt.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
        message.Headers["Auto-Submitted"] = "auto-generated"; // RFC 3834: absence replies stay away
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(mail.Body, Encoding.UTF8, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(Html(mail), Encoding.UTF8, MediaTypeNames.Text.Html));
        mistake = null;
        return true;
    }

    private static string Html(MailRow mail) =>
        $"<!doctype html><html><head><meta charset=\"utf-8\"><title>{System.Net.WebUtility.HtmlEncode(mail.Subject)}</title></head><body>\n{Markdown.ToHtml(mail.Body, Markup)}</body></html>";

    private static bool TryAddress(string text, [NotNullWhen(true)] out MailAddress? address, [NotNullWhen(false)] out string? mistake)
    {
        mistake = MailAddress.TryCreate(text, out address) ? null : $"“{text}” is not an email address.";
        return mistake is null;
    }
}
