using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine;
using ProcessManager.Flow;
using ProcessManager.Host.Access;

namespace ProcessManager.Host.Tests.Projects;

/// <summary>A host with a small sales office in it: Ann and Bob sell, Sam ships, Mara manages, Eve has nothing to do with any of it.</summary>
internal sealed class Office : IAsyncDisposable
{
    private Office(TestHost host) => Host = host;

    public TestHost Host { get; }

    public ProcessEngine Engine => Host.Services.GetRequiredService<ProcessEngine>();

    public static async Task<Office> Open(string? definitions = null)
    {
        var office = new Office(await TestHost.Start(definitions: definitions));
        await office.Person("ann", Roles.Creator, "sales");
        await office.Person("bob", Roles.Creator, "sales");
        await office.Person("sam", Roles.User, "shipping");
        await office.Person("mara", Roles.Manager);
        await office.Person("eve", Roles.User);
        return office;
    }

    public Task<TestBrowser> As(string person) => Host.SignIn(person);

    /// <summary>A brochure project that Bob owns; the call back is Ann's or Bob's.</summary>
    public async Task<ProjectView> Start(string title = "Order of Lake Hotel", NewContact? contact = null, string owner = "bob", params (string Id, object? Value)[] fields)
    {
        var result = await Engine.StartAsync(new StartProject("brochure-to-customer")
        {
            Owner = owner,
            NewProspect = contact is null ? null : ContactBook.Adding(contact),
            Fields = fields.Append(("title", title)).ToImmutableSortedDictionary(f => f.Item1, f => f.Item2, StringComparer.Ordinal),
        }, Guid.NewGuid().ToString(), "mara", CancellationToken.None);
        return await View(Assert.IsType<CommandResult.Accepted>(result).Project);
    }

    public async Task<ProjectView> View(long project) => (await Engine.FindProjectAsync(project, CancellationToken.None))!;

    public async Task Send(long project, Command command) =>
        Assert.IsType<CommandResult.Accepted>(await Engine.SendAsync(project, command, Guid.NewGuid().ToString(), CancellationToken.None));

    public static NewContact Hotel => new(ContactKind.Company, "Lake Hotel") { Emails = ["desk@lake-hotel.example"], Phones = ["+43 1 555 0101"], City = "Bregenz", Country = "AT" };

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private async Task Person(string name, string role, params string[] groups) => Assert.IsType<PersonResult.Done>(await Host.People.Create(
        new NewPerson(name, $"{char.ToUpperInvariant(name[0])}{name[1..]} Test", TestHost.Password, Email: $"{name}@office.example", Roles: [role], Groups: groups), CancellationToken.None));
}
