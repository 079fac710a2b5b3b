using System.Net;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Host.Tests.Projects;

public sealed class NewProjectTests
{
    private const string Form = "/projects/new?plan=brochure-to-customer";

    [Fact]
    public async Task A_call_is_logged_with_a_new_contact_in_one_form_and_the_call_back_is_open()
    {
        await using var office = await Office.Open();
        var ann = await office.As("ann");
        var answer = await ann.Post(Form, Filled(("prospect", "new"), ("contact.kind", "Individual"), ("contact.name", "Nora Blum"), ("contact.emails", "nora@blum.example"), ("contact.phones", "+43 660 123"), ("field.title", "Catalogue for Nora")));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var page = await ann.Page(answer.Headers.Location!.AbsolutePath);
        Assert.Equal("Catalogue for Nora", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("mailto:nora@blum.example", page.QuerySelector(".summary-contact a[href^=mailto]")!.GetAttribute("href"));
        Assert.Contains("Enquiry", page.QuerySelector(".ladder [aria-current=step]")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("svg.plan-drawing .is-open"));
        Assert.Contains(page.QuerySelectorAll(".toast-note"), t => t.TextContent.Contains("first task is open", StringComparison.Ordinal));

        var tasks = await ann.Page(answer.Headers.Location!.AbsolutePath + "/tasks");
        Assert.Contains("Call Nora Blum back", tasks.QuerySelector(".task-table")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_form_sent_twice_starts_one_project()
    {
        await using var office = await Office.Open();
        var ann = await office.As("ann");
        var form = Filled(("prospect", "none"), ("field.title", "Once"));
        var first = await ann.Post(Form, form);
        var second = await ann.Post(Form, form);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(1, await office.Host.Query(db => db.Set<ProjectRow>().CountAsync()));
    }

    [Fact]
    public async Task A_person_with_a_known_address_is_offered_instead_of_added_again()
    {
        await using var office = await Office.Open();
        var known = (await office.Start(contact: new NewContact(ContactKind.Individual, "Nora Blum") { Emails = ["nora@blum.example"] })).Row.ProspectId;
        var ann = await office.As("ann");
        var answer = await ann.Post(Form, Filled(("prospect", "new"), ("contact.kind", "Individual"), ("contact.name", "N. Blum"), ("contact.emails", "Nora@Blum.example"), ("field.title", "Second call")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await TestBrowser.Read(answer);
        Assert.Contains("address or number already", page.QuerySelector("#problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"{known}", page.QuerySelector("#contact-found input[name=prospect]")!.GetAttribute("value"));
        Assert.Null(page.QuerySelector("input[name=anyway]"));
        Assert.Equal("N. Blum", page.QuerySelector("#contact-name")!.GetAttribute("value"));
        Assert.Equal("Second call", page.QuerySelector("#new-title")!.GetAttribute("value"));
        Assert.Equal(1, await office.Host.Query(db => db.Set<ProjectRow>().CountAsync()));

        var chosen = await ann.Post(Form, Filled(("prospect", $"{known}"), ("field.title", "Second call")));
        Assert.Equal(HttpStatusCode.Found, chosen.StatusCode);
        Assert.Equal(2, await office.Host.Query(db => db.Set<ProjectRow>().CountAsync(p => p.ProspectId == known)));
    }

    [Fact]
    public async Task A_company_with_the_telephone_of_another_contact_may_be_added_anyway()
    {
        await using var office = await Office.Open();
        await office.Start(contact: Office.Hotel);
        var ann = await office.As("ann");
        (string, string)[] company = [("prospect", "new"), ("contact.kind", "Company"), ("contact.name", "Lake Restaurant"), ("contact.phones", "+43 1 5550101")];
        var page = await TestBrowser.Read(await ann.Post(Form, Filled(company)));
        Assert.NotNull(page.QuerySelector("input[name=anyway]"));
        Assert.Equal(HttpStatusCode.Found, (await ann.Post(Form, Filled([.. company, ("anyway", "true")]))).StatusCode);
        Assert.Equal(2, await office.Host.Query(db => db.Set<ContactRow>().CountAsync()));
    }

    [Fact]
    public async Task A_value_that_does_not_fit_is_named_at_its_field_and_stays_as_it_was_typed()
    {
        await using var office = await Office.Open();
        var ann = await office.As("ann");
        var answer = await ann.Post(Form, Filled(("prospect", "none"), ("field.title", "Kept"), ("field.amount", "a lot")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await TestBrowser.Read(answer);
        Assert.Equal("a lot", page.QuerySelector("#new-amount")!.GetAttribute("value"));
        Assert.Contains("must be a number", page.QuerySelector("#new-amount-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Kept", page.QuerySelector("#new-title")!.GetAttribute("value"));
        Assert.Null(page.QuerySelector("#new-title-error"));
        Assert.Equal(0, await office.Host.Query(db => db.Set<ProjectRow>().CountAsync()));
    }

    [Fact]
    public async Task Nothing_starts_before_it_is_said_whom_it_is_about()
    {
        await using var office = await Office.Open();
        var ann = await office.As("ann");
        var answer = await ann.Post(Form, Filled(("field.title", "About whom?")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Choose a contact", (await TestBrowser.Read(answer)).QuerySelector("#problem")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_create_projects_does_not_get_the_form()
    {
        await using var office = await Office.Open();
        var sam = await office.As("sam");
        Assert.NotEqual(HttpStatusCode.OK, (await sam.GetAsync(Form)).StatusCode);
        Assert.DoesNotContain((await sam.Page("/projects")).QuerySelectorAll("a"), a => a.GetAttribute("href") == "/projects/new");
    }

    [Fact]
    public async Task Contacts_are_found_by_the_start_of_the_name_without_accents_by_address_and_by_number()
    {
        await using var office = await Office.Open();
        await office.Start(contact: new NewContact(ContactKind.Individual, "Zoë Ärmel") { Emails = ["zoe@example.org"], Phones = ["+43 660 98765"] });
        var ann = await office.As("ann");
        foreach (var typed in new[] { "zoe a", "ZOE@example.org", "+43660 98765" })
        {
            var found = await TestBrowser.Read(await ann.Htmx(HttpMethod.Get, $"/contacts/find?q={Uri.EscapeDataString(typed)}"));
            Assert.Equal("Zoë Ärmel", found.QuerySelector(".choice strong")?.TextContent);
        }

        var nobody = await TestBrowser.Read(await ann.Htmx(HttpMethod.Get, "/contacts/find?q=" + Uri.EscapeDataString("<b>x")));
        Assert.Contains("“<b>x”", nobody.QuerySelector(".choice-nothing")!.TextContent, StringComparison.Ordinal);
    }

    private static (string, string)[] Filled(params (string, string)[] fields) => [("_handler", "start-project"), ("command", "form-1"), .. fields];
}
