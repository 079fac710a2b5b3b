using System.Net;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Tests.Projects;

namespace ProcessManager.Host.Tests.Mail;

public sealed class MailPageTests
{
    [Fact]
    public async Task A_mail_is_shown_without_any_markup_of_its_own_and_leads_to_its_project()
    {
        await using var office = await Office.Open();
        var view = await office.Start(contact: new NewContact(ContactKind.Company, "<img src=x onerror=alert(1)> & Sons") { Emails = ["sons@example.org"] });
        var mail = await office.Host.Query(db => db.Set<MailRow>().AsNoTracking().SingleAsync());
        var mara = await office.As("mara");
        var list = await mara.Page("/mail");
        Assert.Equal($"/mail/{mail.Id}", list.QuerySelector(".mail-table .row-link")!.GetAttribute("href"));

        var page = await mara.Page($"/mail/{mail.Id}");
        Assert.Empty(page.QuerySelectorAll(".mail-body img, .mail-body script"));
        Assert.Contains("sons@example.org", page.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($".facts a[href='/projects/{view.Row.Id}']"));
        Assert.Contains(mail.Subject, (await mara.Page($"/projects/{view.Row.Id}/mail")).QuerySelector(".mail-card")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(mail.Subject, (await mara.Page($"/contacts/{view.Row.ProspectId}")).QuerySelector(".mail-table")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_all_mail_is_for_managers_and_a_mail_for_those_who_see_its_project()
    {
        await using var office = await Office.Open();
        await office.Start(contact: Office.Hotel);
        var mail = await office.Host.Query(db => db.Set<MailRow>().AsNoTracking().SingleAsync());
        var bob = await office.As("bob");
        Assert.NotEqual(HttpStatusCode.OK, (await bob.GetAsync(new Uri("/mail", UriKind.Relative))).StatusCode);
        Assert.DoesNotContain((await bob.Page("/projects")).QuerySelectorAll(".nav-entry"), a => a.GetAttribute("href") == "/mail");
        Assert.NotNull((await bob.Page($"/mail/{mail.Id}")).QuerySelector(".mail-body"));
        var eve = await office.As("eve");
        Assert.Equal(HttpStatusCode.NotFound, (await eve.GetAsync(new Uri($"/mail/{mail.Id}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await bob.Htmx(HttpMethod.Post, $"/mail/{mail.Id}/retry")).StatusCode);
    }
}
