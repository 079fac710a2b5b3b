using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Access;
using ProcessManager.Host.Operations;
using ProcessManager.Host.Tests.Projects;

namespace ProcessManager.Host.Tests.Operations;

public sealed class OperationsPageTests
{
    [Fact]
    public async Task The_page_and_all_it_does_are_for_administrators()
    {
        await using var host = await TestHost.Start();
        var mia = await host.SignIn("mia", Roles.Manager);
        Assert.Equal(HttpStatusCode.Forbidden, (await mia.GetAsync("/operations")).StatusCode);
        Assert.DoesNotContain((await mia.Page("/")).QuerySelectorAll(".nav-entry"), a => a.GetAttribute("href") == "/operations");
        foreach (var action in new[] { "work/1/retry", "work/1/drop", "outgoing/pause", "outgoing/resume", "backups", "verify" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await mia.Htmx(HttpMethod.Post, $"/operations/{action}")).StatusCode);
        }

        Assert.Null(host.Services.GetRequiredService<ProcessEngine>().FindOutgoingPause());
        var ada = await host.SignIn("ada", Roles.Administrator);
        Assert.Contains((await ada.Page("/operations")).QuerySelectorAll(".nav-entry"), a => a.GetAttribute("href") == "/operations" && a.GetAttribute("aria-current") == "page");
    }

    [Fact]
    public async Task Work_is_counted_by_kind_and_waits_while_outgoing_is_paused()
    {
        await using var office = await Office.Open();
        var ada = await office.Host.SignIn("ada", Roles.Administrator);
        await ada.Post("/operations/outgoing/pause");
        await office.Start(contact: Office.Hotel);

        var page = await ada.Page("/operations");
        Assert.NotNull(page.QuerySelector("#outgoing form[action='/operations/outgoing/resume']"));
        Assert.Equal("1", page.QuerySelectorAll("#queue tbody tr").Single(r => r.QuerySelector("th")!.TextContent == "Mails").QuerySelectorAll("td")[1].TextContent);
        await ada.Post("/operations/outgoing/resume");
        Assert.Null(office.Engine.FindOutgoingPause());
    }

    [Fact]
    public async Task Failed_work_is_shown_with_its_error_and_tried_again_or_given_up()
    {
        await using var office = await Office.Open();
        await office.Engine.PauseOutgoingAsync("A test.", CancellationToken.None);
        await office.Start(contact: Office.Hotel);
        await office.Start("Second", contact: Office.Hotel with { Name = "Hill Hotel", Emails = ["hill@example.org"] });
        await office.Host.Query(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("update work set state = 1, attempt = 8, last_error = '<b>no</b> such server' where kind = 1");
            return await db.Database.ExecuteSqlRawAsync("update mails set state = 2");
        });
        var ada = await office.Host.SignIn("ada", Roles.Administrator);
        var rows = (await ada.Page("/operations")).QuerySelectorAll("#failed tbody tr");
        Assert.Equal(2, rows.Length);
        Assert.All(rows, row => Assert.Contains("<b>no</b> such server", row.TextContent, StringComparison.Ordinal));
        Assert.NotNull(rows[0].QuerySelector("a[href^='/projects/']"));

        await ada.Post(rows[0].QuerySelector("form[action$='/retry']")!.GetAttribute("action")!);
        await ada.Post(rows[1].QuerySelector("form[action$='/drop']")!.GetAttribute("action")!);
        Assert.Empty((await ada.Page("/operations")).QuerySelectorAll("#failed"));
        Assert.Equal([MailState.Queued, MailState.Dropped], await office.Host.Query(db => db.Set<MailRow>().OrderBy(m => m.Id).Select(m => m.State).ToListAsync()));
        // A second click on what is decided harms nothing.
        Assert.Equal(302, (int)(await ada.Post(rows[1].QuerySelector("form[action$='/drop']")!.GetAttribute("action")!)).StatusCode);
    }

    [Fact]
    public async Task A_backup_and_a_check_are_started_by_a_button_and_shown_when_they_end()
    {
        await using var office = await Office.Open();
        await office.Start();
        var ada = await office.Host.SignIn("ada", Roles.Administrator);
        await ada.Post("/operations/backups");
        await ada.Post("/operations/verify");
        var jobs = office.Host.Services.GetRequiredService<OperationsJobs>();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (jobs[OperationsJob.Backup] is not { EndedAt: not null } || jobs[OperationsJob.Verify] is not { EndedAt: not null }) { await Task.Delay(20, limit.Token); }

        Assert.Equal("All is well.", jobs[OperationsJob.Verify]!.Words);
        var page = await ada.Page("/operations");
        Assert.StartsWith("pm-", Assert.Single(page.QuerySelectorAll("#backups tbody th")).TextContent, StringComparison.Ordinal);
        Assert.Contains("All is well.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("button[disabled]"));
    }
}
