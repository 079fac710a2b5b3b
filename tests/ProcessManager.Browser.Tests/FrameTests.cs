using Microsoft.Playwright;
using ProcessManager.Host.Tests;
using static Microsoft.Playwright.Assertions;

namespace ProcessManager.Browser.Tests;

[Collection(BrowserTests.Name)]
public sealed class FrameTests(Chromium chromium)
{
    [BrowserFact]
    public async Task The_dark_theme_stays_when_the_page_is_loaded_again_and_goes_with_the_person()
    {
        await using var office = await Office.Open(chromium);
        var sam = await office.SitDown("sam");
        await Expect(sam.Page.Locator("html")).ToHaveAttributeAsync("data-bs-theme", "light");
        await sam.Button("Theme").ClickAsync();
        await sam.Page.RunAndWaitForResponseAsync(() => sam.Button("Dark").ClickAsync(), "**/theme");
        await Expect(sam.Page.Locator("html")).ToHaveAttributeAsync("data-bs-theme", "dark");
        await sam.Page.ReloadAsync();
        await Expect(sam.Page.Locator("html")).ToHaveAttributeAsync("data-bs-theme", "dark");
        var elsewhere = await office.SitDown("sam");
        await Expect(elsewhere.Page.Locator("html")).ToHaveAttributeAsync("data-bs-theme", "dark");
        Assert.Empty(sam.Surprises());
    }

    [BrowserFact]
    public async Task A_link_into_the_application_is_followed_after_the_sign_in()
    {
        await using var office = await Office.Open(chromium);
        var project = await office.Start("brochure-to-customer", "Ada Ltd");
        var desk = await office.Window();
        await desk.Page.GotoAsync($"/projects/{project}/timeline");
        await desk.SignIn("sam", TestHost.Password);
        Assert.Equal($"/projects/{project}/timeline", new Uri(desk.Page.Url).AbsolutePath);
        await Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Ada Ltd");
        Assert.Empty(desk.Surprises());
    }

    [BrowserFact]
    public async Task An_open_page_finds_back_to_a_host_that_was_restarted()
    {
        await using var office = await Office.Open(chromium);
        var sam = await office.SitDown("sam", "/tasks");
        await sam.Mark();
        await office.RestartHost();
        await office.Start("brochure-to-customer", "Ada Ltd");
        await Expect(sam.Row("Call Ada Ltd back")).ToBeVisibleAsync();
        await sam.AssertNotReloaded();
    }
}
