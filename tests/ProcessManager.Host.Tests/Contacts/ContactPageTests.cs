using System.Net;
using ProcessManager.Crm.Contacts;
using ProcessManager.Flow;
using ProcessManager.Host.Tests.Projects;
using ProcessManager.Language;

namespace ProcessManager.Host.Tests.Contacts;

public sealed class ContactPageTests
{
    [Fact]
    public async Task A_contact_shows_its_open_and_closed_projects_as_far_as_the_reader_sees_them()
    {
        await using var office = await Office.Open();
        var open = await office.Start("First order", Office.Hotel);
        var second = await office.Start("Second order");
        await office.Send(second.Row.Id, new Command.Close(CloseResult.Lost, "price", null) { Actor = "mara" });
        var page = await (await office.As("mara")).Page($"/contacts/{open.Row.ProspectId}");
        Assert.Equal("Lake Hotel", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("First order", page.QuerySelector(".project-table .row-link")!.TextContent);
        Assert.Contains("desk@lake-hotel.example", page.QuerySelector(".contact-data")!.TextContent, StringComparison.Ordinal);

        var eve = await office.As("eve");
        Assert.Null((await eve.Page($"/contacts/{open.Row.ProspectId}")).QuerySelector(".project-table"));
        Assert.Equal(HttpStatusCode.NotFound, (await eve.GetAsync(new Uri("/contacts/999", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task The_list_finds_by_how_a_name_begins_and_by_a_whole_address()
    {
        await using var office = await Office.Open();
        await office.Start("One", Office.Hotel);
        await office.Start("Two", new NewContact(ContactKind.Individual, "Ödön Lakatos") { Emails = ["odon@example.org"] });
        var ann = await office.As("ann");
        async Task<string[]> Names(string query) => [.. (await ann.Page("/contacts" + query)).QuerySelectorAll(".contact-table .row-link").Select(a => a.TextContent)];
        Assert.Equal(["Lake Hotel", "Ödön Lakatos"], await Names(""));
        Assert.Equal(["Ödön Lakatos"], await Names("?text=odo"));
        Assert.Equal(["Lake Hotel"], await Names("?text=DESK@lake-hotel.example"));
        Assert.Empty(await Names("?text=hotel"));
    }
}
