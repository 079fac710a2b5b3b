using System.Net;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Host.Access;

namespace ProcessManager.Host.Tests.Settings;

public sealed class PeoplePageTests
{
    [Fact]
    public async Task An_administrator_adds_somebody_who_then_signs_in()
    {
        await using var host = await TestHost.Start();
        var boss = await host.SignIn("boss", Roles.Administrator);
        var form = await boss.Page("/settings/people/new");
        var group = form.QuerySelector("input[name='Form.Groups']")!.GetAttribute("value")!;
        var added = await boss.Post("/settings/people/new", ("_handler", "new-person"), ("Form.UserName", "ann"), ("Form.DisplayName", "Ann Keller"),
            ("Form.Password", TestHost.Password), ("Form.Roles", Roles.Creator), ("Form.Groups", group), ("Form.Manager", "boss"));
        Assert.EndsWith("/settings/people/ann", added.Headers.Location!.ToString(), StringComparison.Ordinal);

        var ann = await host.People.Find("ann", CancellationToken.None);
        Assert.Equal("boss", ann!.ManagerUserName);
        Assert.Equal(group, await host.Query(db => db.Set<GroupMember>().Where(m => m.PersonId == ann.Id).Select(m => m.Group).SingleAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await host.Anonymous().SubmitSignIn("ann", TestHost.Password)).StatusCode);
        Assert.Contains((await boss.Page("/settings/people?q=ann")).QuerySelectorAll(".person-name"), name => name.TextContent == "Ann Keller");
        Assert.DoesNotContain((await boss.Page("/settings/people?q=zzz")).QuerySelectorAll(".person-name"), name => name.TextContent == "Ann Keller");
    }

    [Fact]
    public async Task What_was_typed_wrong_is_said_at_its_field_and_nothing_is_saved()
    {
        await using var host = await TestHost.Start();
        var boss = await host.SignIn("boss", Roles.Administrator);
        await host.Person("ann");
        var answer = await boss.Post("/settings/people/ann", ("_handler", "person"), ("Form.DisplayName", "Other"), ("Form.Manager", "nobody"), ("Form.TimeZone", "Mars/Olympus"), ("Form.Roles", Roles.User));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await TestBrowser.Read(answer);
        Assert.NotNull(page.QuerySelector("#manager-error"));
        Assert.NotNull(page.QuerySelector("#time-zone-error"));
        Assert.Equal("Other", page.QuerySelector("#display-name")!.GetAttribute("value"));
        Assert.Equal("Ann Test", (await host.People.Find("ann", CancellationToken.None))!.DisplayName);
    }

    [Fact]
    public async Task An_administrator_changes_disables_and_enables_somebody()
    {
        await using var host = await TestHost.Start();
        var boss = await host.SignIn("boss", Roles.Administrator);
        var ann = await host.SignIn("ann");
        await boss.Post("/settings/people/ann", ("_handler", "person"), ("Form.DisplayName", "Ann Keller"), ("Form.Roles", Roles.Manager), ("Form.Roles", Roles.Creator));
        Assert.Equal("Ann Keller", (await host.People.Find("ann", CancellationToken.None))!.DisplayName);

        await boss.Post("/settings/people/ann", ("_handler", "disable"));
        Assert.Equal(HttpStatusCode.Redirect, (await ann.GetAsync("/")).StatusCode);
        await boss.Post("/settings/people/ann", ("_handler", "enable"));
        Assert.Equal(HttpStatusCode.Redirect, (await ann.SubmitSignIn("ann", TestHost.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task The_last_administrator_is_told_why_nothing_happens()
    {
        await using var host = await TestHost.Start();
        var boss = await host.SignIn("boss", Roles.Administrator);
        var disabled = await TestBrowser.Read(await boss.Post("/settings/people/boss", ("_handler", "disable")));
        Assert.Contains("last administrator", disabled.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        var demoted = await boss.Post("/settings/people/boss", ("_handler", "person"), ("Form.DisplayName", "Boss"), ("Form.Roles", Roles.User));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, demoted.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await boss.GetAsync("/settings/people")).StatusCode);
    }

    [Fact]
    public async Task Absences_are_added_with_a_substitute_and_removed()
    {
        await using var host = await TestHost.Start();
        var boss = await host.SignIn("boss", Roles.Administrator);
        await host.Person("ann");
        await host.Person("bob");
        var backwards = await boss.Post("/settings/people/ann", ("_handler", "absence"), ("Away.From", "2026-03-10"), ("Away.To", "2026-03-01"));
        Assert.NotNull((await TestBrowser.Read(backwards)).QuerySelector("#to-error"));
        await boss.Post("/settings/people/ann", ("_handler", "absence"), ("Away.From", "2026-03-10"), ("Away.To", "2026-03-12"), ("Away.Substitute", "bob"));
        var page = await boss.Page("/settings/people/ann");
        Assert.Equal("Bob Test", page.QuerySelector("table .person-name")!.TextContent);
        await boss.Post("/settings/people/ann", ("_handler", page.QuerySelector("table input[name=_handler]")!.GetAttribute("value")!));
        Assert.Empty(await host.Query(db => db.Set<Absence>().ToListAsync()));
    }

    [Theory]
    [InlineData("/settings/people")]
    [InlineData("/settings/people/new")]
    [InlineData("/settings/people/boss")]
    public async Task Others_see_none_of_it(string path)
    {
        await using var host = await TestHost.Start();
        await host.Person("boss", Roles.Administrator);
        var manager = await host.SignIn("ann", Roles.Manager);
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.GetAsync(new Uri(path, UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.Post(path, ("_handler", "person"), ("Form.DisplayName", "Me"))).StatusCode);
        Assert.DoesNotContain((await manager.Page("/")).QuerySelectorAll(".nav-entry"), entry => entry.TextContent.Contains("People", StringComparison.Ordinal));
    }
}
