using ProcessManager.Engine;
using ProcessManager.Engine.Effects;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using Xunit;

namespace ProcessManager.Tests.Store;

public sealed class MailTests
{
    [Fact]
    public async Task A_mail_is_written_as_text_and_html_and_the_step_that_waits_goes_on()
    {
        await using var store = await StoreFixture.OpenAsync();
        var project = (await store.StartAsync("mail")).Project;
        Assert.Equal(MailState.Queued, Assert.Single(store.Rows<MailRow>()).State);
        Assert.Empty(store.Rows<TaskRow>());
        await store.RunUntilIdleAsync();
        var mail = Assert.Single(store.Rows<MailRow>());
        Assert.Equal((MailState.Sent, 1, StoreFixture.Monday), (mail.State, mail.Attempts, mail.SentAt));
        Assert.Equal("thank", Assert.Single(store.Rows<TaskRow>()).Step);
        Assert.Contains(store.History(project), h => h.Kind == "MailSent");
        var eml = await File.ReadAllTextAsync(Assert.Single(System.IO.Directory.GetFiles(store.Outbox)));
        Assert.Contains($"Message-ID: <{MailText.MessageIdOf(mail, store.Options.Mail.From)}>", eml, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Subject: Welcome, Send a mail", eml, StringComparison.Ordinal);
        Assert.Contains("text/plain", eml, StringComparison.Ordinal);
        Assert.Contains("text/html", eml, StringComparison.Ordinal);
        Assert.Empty(store.Rows<WorkRow>());
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_mail_written_before_a_crash_is_not_written_again()
    {
        await using var store = await StoreFixture.OpenAsync();
        await store.StartAsync("mail");
        var commits = 0;
        store.Engine.OnStatement = sql =>
        {
            // The file is written by then; the commit that notes it fails.
            if (sql == "commit" && System.IO.Directory.Exists(store.Outbox) && commits++ == 0) { throw new IOException("killed"); }
        };
        await Assert.ThrowsAsync<Engine.Store.EngineUnavailableException>(store.RunUntilIdleAsync);
        store.Engine.OnStatement = null;
        var written = File.GetLastWriteTimeUtc(System.IO.Directory.GetFiles(store.Outbox).Single());
        Assert.Equal(MailState.Queued, Assert.Single(store.Rows<MailRow>()).State);
        await store.RestartAsync();
        await store.RunUntilIdleAsync();
        Assert.Equal(MailState.Sent, Assert.Single(store.Rows<MailRow>()).State);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Assert.Single(System.IO.Directory.GetFiles(store.Outbox))));
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_mail_that_cannot_be_sent_is_tried_again_then_fails_alerts_the_owner_and_can_be_retried()
    {
        await using var store = await StoreFixture.OpenAsync(o => o.Mail.Attempts = 3);
        await File.WriteAllTextAsync(store.Outbox, "a file where the folder should be");
        var project = (await store.StartAsync("mail")).Project;
        await store.RunUntilIdleAsync();
        var work = Assert.Single(store.Rows<WorkRow>());
        Assert.Equal((1, WorkState.Waiting, (string?)null), (work.Attempt, work.State, work.LeaseOwner));
        Assert.InRange(work.Due - StoreFixture.Monday, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(12));
        await store.PassAsync(TimeSpan.FromMinutes(1));
        await store.PassAsync(TimeSpan.FromMinutes(5));
        work = Assert.Single(store.Rows<WorkRow>());
        Assert.Equal(WorkState.Failed, work.State);
        Assert.Equal(MailState.Failed, Assert.Single(store.Rows<MailRow>()).State);
        var alert = Assert.Single(store.Rows<AlertRow>(), a => a.Cause == AlertCause.Trouble);
        Assert.Equal("ann", alert.Recipient);
        Assert.Equal("repair", Assert.Single(store.Rows<TaskRow>()).Step);
        Assert.Empty(await store.VerifyAsync());

        File.Delete(store.Outbox);
        Assert.True(await store.Engine.RetryWorkAsync(work.Id, "ada", default));
        Assert.False(await store.Engine.RetryWorkAsync(work.Id, "ada", default));
        await store.RunUntilIdleAsync();
        Assert.Equal(MailState.Sent, Assert.Single(store.Rows<MailRow>()).State);
        Assert.Contains(store.History(project), h => h is { Kind: "MailRetried", Actor: "ada" });
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_mail_that_throws_each_time_is_set_aside_after_its_limit_and_holds_up_no_other()
    {
        await using var store = await StoreFixture.OpenAsync(o => o.Mail.Attempts = 3);
        await store.StartAsync("mail");
        store.Execute("update work set payload = 'no number' where kind = 1");
        await store.StartAsync("mail");
        await store.RunUntilIdleAsync();
        Assert.Equal([MailState.Queued, MailState.Sent], store.Rows<MailRow>().OrderBy(m => m.Id).Select(m => m.State));
        var work = Assert.Single(store.Rows<WorkRow>());
        Assert.Equal((1, WorkState.Waiting, (string?)null), (work.Attempt, work.State, work.LeaseOwner));
        await store.PassAsync(TimeSpan.FromMinutes(1));
        await store.PassAsync(TimeSpan.FromMinutes(5));
        work = Assert.Single(store.Rows<WorkRow>());
        Assert.Equal(WorkState.Failed, work.State);
        Assert.StartsWith("FormatException", work.LastError, StringComparison.Ordinal);
        Assert.True(await store.Engine.DropWorkAsync(work.Id, "ada", default));
    }

    [Fact]
    public async Task While_outgoing_is_paused_mails_wait_and_projects_go_on_and_nothing_is_lost()
    {
        await using var store = await StoreFixture.OpenAsync();
        Assert.True(await store.Engine.PauseOutgoingAsync("A test.", default));
        Assert.False(await store.Engine.PauseOutgoingAsync("Again.", default));
        await store.StartAsync("mail");
        await store.PassAsync(TimeSpan.FromDays(1));
        await store.RestartAsync();
        Assert.Equal("A test.", store.Engine.FindOutgoingPause()!.Reason);
        await store.RunUntilIdleAsync();
        Assert.Equal((MailState.Queued, 0), (Assert.Single(store.Rows<MailRow>()).State, Assert.Single(store.Rows<MailRow>()).Attempts));
        Assert.Empty(await store.VerifyAsync());

        Assert.True(await store.Engine.ResumeOutgoingAsync("ada", default));
        Assert.Null(store.Engine.FindOutgoingPause());
        await store.RunUntilIdleAsync();
        Assert.Equal(MailState.Sent, Assert.Single(store.Rows<MailRow>()).State);
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_failed_mail_can_be_given_up()
    {
        await using var store = await StoreFixture.OpenAsync(o => o.Mail.Attempts = 1);
        await File.WriteAllTextAsync(store.Outbox, "a file where the folder should be");
        await store.StartAsync("mail");
        await store.RunUntilIdleAsync();
        Assert.True(await store.Engine.DropWorkAsync(Assert.Single(store.Rows<WorkRow>()).Id, "ada", default));
        Assert.Empty(store.Rows<WorkRow>());
        Assert.Equal(MailState.Dropped, Assert.Single(store.Rows<MailRow>()).State);
        Assert.Empty(await store.VerifyAsync());
    }

    [Theory]
    [InlineData("victim@example.com\r\nBcc: all@example.com", null, null)]
    [InlineData("ok@example.com", "Hello\nBcc: all@example.com", null)]
    [InlineData("ok@example.com", null, "me@example.com\r\nX: y")]
    [InlineData("not an address", null, null)]
    [InlineData("", null, null)]
    public void Broken_headers_are_never_sent(string to, string? subject, string? replyTo)
    {
        var mail = new MailRow { To = to, Subject = subject ?? "Hello", ReplyTo = replyTo, Key = "k", Body = "b" };
        Assert.False(MailText.TryMake(mail, "pm@example.org", out _, out var mistake));
        Assert.NotEmpty(mistake);
    }

    [Fact]
    public void Html_in_a_field_stays_text()
    {
        var mail = new MailRow { To = "a@example.com", Subject = "s", Key = "k", Body = "Dear <script>alert(1)</script>" };
        Assert.True(MailText.TryMake(mail, "pm@example.org", out var message, out _));
        using var reader = new StreamReader(message.AlternateViews[1].ContentStream);
        Assert.DoesNotContain("<script>", reader.ReadToEnd(), StringComparison.Ordinal);
        message.Dispose();
    }

    [Fact]
    public async Task An_alert_reaches_each_person_once_in_the_app_and_by_mail_where_wanted()
    {
        await using var store = await StoreFixture.OpenAsync();
        store.People.AlertsByMail = ["bob"];
        store.Engine.DirectoryChanged();
        await store.StartAsync("alert");
        await store.RunUntilIdleAsync();
        var alerts = store.Rows<AlertRow>();
        Assert.Equal(["ann", "bob"], alerts.Select(a => a.Recipient).Order());
        Assert.Equal(("bob@example.org", MailState.Sent), (Assert.Single(store.Rows<MailRow>()).To, Assert.Single(store.Rows<MailRow>()).State));

        var forBob = alerts.Single(a => a.Recipient == "bob");
        Assert.False(await store.Engine.AcknowledgeAlertAsync("ann", forBob.Id, default));
        Assert.True(await store.Engine.AcknowledgeAlertAsync("bob", forBob.Id, default));
        Assert.False(await store.Engine.AcknowledgeAlertAsync("bob", forBob.Id, default));
        Assert.Equal(1, await store.Engine.SeeAlertsAsync("ann", [.. alerts.Select(a => a.Id)], default));
        Assert.NotNull(store.Rows<AlertRow>().Single(a => a.Recipient == "ann").SeenAt);
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_mail_server_that_is_away_means_later_and_a_refused_address_means_never()
    {
        using var server = new ScriptedMailServer();
        var transport = new MailServer(new MailOptions { SmtpHost = "127.0.0.1", SmtpPort = server.Port, SmtpTls = false, From = "pm@example.org" });
        var mail = new MailRow { Id = 1, To = "a@example.com", Subject = "Grüße", Key = "k", Body = "*b*" };
        Assert.IsType<Sending.Sent>(await transport.SendAsync(mail, default));
        Assert.Contains(MailText.MessageIdOf(mail, "pm@example.org"), server.Received, StringComparison.Ordinal);
        server.RefuseRecipients = true;
        Assert.IsType<Sending.Never>(await transport.SendAsync(mail, default));
        server.Dispose();
        Assert.IsType<Sending.Later>(await transport.SendAsync(mail, default));
    }

    [Fact]
    public async Task A_mail_server_that_says_nothing_delays_no_timer_and_no_stop()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        await using var store = await StoreFixture.OpenAsync(o =>
        {
            o.Mail.SmtpHost = "127.0.0.1";
            o.Mail.SmtpPort = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port;
            o.Mail.SmtpTls = false;
        });
        using var listening = store.Engine.Live.Subscribe();
        await store.StartAsync("alert");
        store.Clock.Pass(TimeSpan.FromMinutes(60) - TimeSpan.FromSeconds(10));
        using var stop = new CancellationTokenSource();
        var running = store.Engine.RunAsync(stop.Token);
        await store.StartAsync("mail");
        using var hanging = await silent.AcceptTcpClientAsync();
        store.Clock.Pass(TimeSpan.FromSeconds(10));
        while (!(await listening.Events.ReadAsync()).Kinds.Contains("TimerFired")) { }

        Assert.Equal(0, Assert.Single(store.Rows<MailRow>()).Attempts);
        await stop.CancelAsync();
        var asked = store.Clock.GetUtcNow();
        while (!running.IsCompleted)
        {
            store.Clock.Pass(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
            if (store.Clock.GetUtcNow() - asked > TimeSpan.FromSeconds(6)) { break; }
        }

        await running;
        var work = Assert.Single(store.Rows<WorkRow>(), w => w.Kind == WorkKind.Mail);
        Assert.Equal(((string?)null, WorkState.Waiting), (work.LeaseOwner, work.State));
        Assert.Empty(await store.VerifyAsync());
    }
}
