using ProcessManager.Flow;
using ProcessManager.Host.Access;
using ProcessManager.Host.Tests;
using static Microsoft.Playwright.Assertions;

namespace ProcessManager.Browser.Tests;

/// <summary>Strangers who fill a public form, and those who see what comes of it.</summary>
[Collection(BrowserTests.Name)]
public sealed class IntakeStoryTests(Chromium chromium)
{
    [BrowserFact]
    public async Task What_a_stranger_sends_stands_on_the_open_page_of_those_who_look_after_it()
    {
        await using var office = await Office.Open(chromium);
        await office.Host.People.SetGroups(await office.Host.Person("gus", Roles.User), ["membership"], CancellationToken.None);
        var gus = await office.SitDown("gus", "/projects");
        await Expect(gus.Page.GetByText("No project yet")).ToBeVisibleAsync();
        await gus.Mark();

        var stranger = await office.Window();
        await stranger.Page.GotoAsync("/forms/become-a-member");
        await stranger.Page.GetByLabel("Your name").FillAsync("Eve Marlow");
        await stranger.Page.GetByLabel("E-mail").FillAsync("eve@example.org");
        await stranger.Page.GetByLabel("Category").SelectOptionAsync(new Microsoft.Playwright.SelectOptionValue { Index = 1 });
        await stranger.Button("Send").ClickAsync();
        await Expect(stranger.Page.GetByText("Your message has arrived")).ToBeVisibleAsync();

        await Expect(gus.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Application of Eve Marlow" })).ToBeVisibleAsync();
        await gus.AssertNotReloaded();
        Assert.Empty(stranger.Surprises());
        Assert.Empty(gus.Surprises());
    }
}
