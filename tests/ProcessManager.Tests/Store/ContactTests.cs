using ProcessManager.Crm.Contacts;
using Xunit;

namespace ProcessManager.Tests.Store;

public sealed class ContactTests
{
    [Fact]
    public async Task A_contact_is_found_by_the_beginning_of_its_name_whatever_its_accents()
    {
        await using var store = await StoreFixture.OpenAsync();
        foreach (var name in (string[])["Zoë Ärmel", "zoe arno", "Zora", "Adam"])
        {
            Assert.IsType<AddedContact.Added>(await store.Contacts.AddAsync(new NewContact(ContactKind.Individual, name), default));
        }

        Assert.Equal(["Zoë Ärmel", "zoe arno"], (await store.Contacts.SearchAsync("ZOE A", 10, default)).Select(c => c.Name));
        Assert.Equal(["Zoë Ärmel", "zoe arno", "Zora"], (await store.Contacts.SearchAsync("zo", 10, default)).Select(c => c.Name));
        Assert.Single(await store.Contacts.SearchAsync("zo", 1, default));
    }

    [Fact]
    public async Task An_email_belongs_to_one_person_but_organisations_may_share_one()
    {
        await using var store = await StoreFixture.OpenAsync();
        var ann = new NewContact(ContactKind.Individual, "Ann") { Emails = ["ann@example.com", "office@example.com"] };
        await store.Contacts.AddAsync(ann, default);
        var other = await store.Contacts.AddAsync(ann with { Name = "Other", Emails = ["new@example.com", "OFFICE@example.com"] }, default);
        Assert.Contains("Ann", Assert.IsType<AddedContact.Refused>(other).Message, StringComparison.Ordinal);
        Assert.Single(store.Rows<ContactRow>());
        var firm = new NewContact(ContactKind.Organisation, "Firm") { Emails = ["office@example.com"], Phones = ["+43 1 234"] };
        Assert.IsType<AddedContact.Added>(await store.Contacts.AddAsync(firm, default));
        Assert.IsType<AddedContact.Added>(await store.Contacts.AddAsync(firm with { Name = "Second firm" }, default));
        Assert.Equal(["Ann", "Firm", "Second firm"], (await store.Contacts.DoublesOfAsync(
            new NewContact(ContactKind.Individual, "X") { Emails = ["Office@Example.com"] }, default)).Select(c => c.Name));
        Assert.Equal(2, (await store.Contacts.DoublesOfAsync(new NewContact(ContactKind.Individual, "X") { Phones = ["(431) 234"] }, default)).Length);
    }

    [Theory]
    [InlineData("", null, null, null)]
    [InlineData("Ann", "not an address", null, null)]
    [InlineData("Ann", "Ann <ann@example.com>", null, null)]
    [InlineData("Ann", null, "x", null)]
    [InlineData("Ann", null, null, "Austria")]
    public async Task What_cannot_be_a_contact_is_refused_in_words(string name, string? email, string? phone, string? country)
    {
        await using var store = await StoreFixture.OpenAsync();
        var contact = new NewContact(ContactKind.Individual, name)
        {
            Emails = email is null ? [] : [email], Phones = phone is null ? [] : [phone], Country = country,
        };
        Assert.NotEmpty(Assert.IsType<AddedContact.Refused>(await store.Contacts.AddAsync(contact, default)).Message);
        Assert.IsType<AddedContact.Refused>(await store.Contacts.AddAsync(new NewContact(ContactKind.Department, "D") { Parent = 99 }, default));
        Assert.Empty(store.Rows<ContactRow>());
    }

    [Fact]
    public async Task Plans_can_speak_of_the_prospect()
    {
        await using var store = await StoreFixture.OpenAsync();
        var added = (AddedContact.Added)await store.Contacts.AddAsync(
            new NewContact(ContactKind.Company, "Acme") { Emails = ["a@acme.example"], City = "Graz", Country = "at" }, default);
        var facts = await store.Engine.WriteAsync((session, _) => ValueTask.FromResult(new ProspectFacts().Find(added.Id, session.CreateCommand)), default);
        Assert.Equal(("Acme", "company", "a@acme.example", "Graz", "AT"), (facts!["name"], facts["kind"], facts["email"], facts["city"], facts["country"]));
        Assert.Equal("Acme", (await store.Contacts.FindAsync(added.Id, default))?.Name);
    }
}
