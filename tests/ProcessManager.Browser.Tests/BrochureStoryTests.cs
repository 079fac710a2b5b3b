using Microsoft.Playwright;
using ProcessManager.Flow;
using ProcessManager.Language;
using static Microsoft.Playwright.Assertions;

namespace ProcessManager.Browser.Tests;

[Collection(BrowserTests.Name)]
public sealed class BrochureStoryTests(Chromium chromium)
{
    [BrowserFact]
    public async Task A_call_about_the_brochure_becomes_a_customer_who_was_called_again()
    {
        await using var office = await Office.Open(chromium);
        var sam = await office.SitDown("sam");
        await Expect(sam.Page.GetByText("Nothing to do")).ToBeVisibleAsync();
        await sam.Mark();

        // The front desk logs the call.
        var fay = await office.SitDown("fay", "/projects/new");
        await fay.Link("Brochure to customer").ClickAsync();
        await fay.Page.GetByText("A new contact").ClickAsync();
        await fay.Page.GetByLabel("Kind", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Value = nameof(Crm.Contacts.ContactKind.Organisation) });
        await fay.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Ada Ltd");
        await fay.Page.GetByLabel("Telephone").FillAsync("+43 1 5550100");
        await fay.Page.GetByLabel("Questions they asked").FillAsync("Does it come in blue?");
        await fay.Button("Start the project").ClickAsync();
        await fay.Page.WaitForURLAsync("**/projects/*");
        await Expect(fay.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Ada Ltd");
        var project = long.Parse(new Uri(fay.Page.Url).Segments[^1], System.Globalization.CultureInfo.InvariantCulture);

        // The call back pops up on the representative's open page, with what is needed to make it.
        await Expect(sam.Toast("New task: Call Ada Ltd back")).ToBeVisibleAsync();
        await Expect(sam.Row("Call Ada Ltd back")).ToBeVisibleAsync();
        await sam.AssertNotReloaded();
        await sam.OpenTask("Call Ada Ltd back");
        await Expect(sam.Panel).ToContainTextAsync("Does it come in blue?");
        await Expect(sam.Panel.GetByRole(AriaRole.Link, new() { Name = "+43 1 5550100" })).ToBeVisibleAsync();

        // Shipping looks at an empty page while the sale is made.
        var pat = await office.SitDown("pat");
        await pat.Mark();
        await sam.Panel.GetByLabel("Product").SelectOptionAsync("Gold");
        await sam.Panel.GetByLabel("Value of the order").FillAsync("1,200");
        await sam.Button("Sale made").ClickAsync();
        await Expect(sam.Toast("“Call Ada Ltd back” is done.")).ToBeVisibleAsync();

        // Shipping gets an alert to acknowledge and a task to claim, ships, and says so.
        await Expect(pat.Toast("Ada Ltd ordered Gold: please ship")).ToBeVisibleAsync();
        await pat.Button("Acknowledge: Ada Ltd ordered Gold: please ship").ClickAsync();
        await Expect(pat.Button("Acknowledge: Ada Ltd ordered Gold: please ship")).ToHaveCountAsync(0);
        await pat.Row("Ship Gold to Ada Ltd").GetByRole(AriaRole.Button, new() { Name = "Claim" }).ClickAsync();
        await Expect(pat.Page.Locator("#home-tasks").GetByText("Ship Gold to Ada Ltd")).ToBeVisibleAsync();
        await pat.AssertNotReloaded();
        await pat.OpenTask("Ship Gold to Ada Ltd");
        await pat.Panel.GetByLabel("Tracking number").FillAsync("T-4711");
        await pat.Button("Done").ClickAsync();
        await Expect(pat.Toast("“Ship Gold to Ada Ltd” is done.")).ToBeVisibleAsync();

        // The seller is told.
        await Expect(sam.Toast("The order of Ada Ltd was sent")).ToBeVisibleAsync();
        await sam.AssertNotReloaded();
        await sam.Page.GotoAsync("/alerts");
        await sam.Button("Mark as seen: The order of Ada Ltd was sent").ClickAsync();
        await Expect(sam.Page.GetByText("Nothing new")).ToBeVisibleAsync();

        // A week later the follow-up is on the list; done, the project is won.
        Assert.DoesNotContain(await office.Tasks(project), t => t.Step == "follow-up" && t.State == TaskPhase.Open);
        await office.Pass(TimeSpan.FromDays(8));
        await sam.Page.GotoAsync("/tasks");
        await sam.SignIn("sam", Host.Tests.TestHost.Password);
        await sam.OpenTask("Ask Ada Ltd how it went");
        await sam.Panel.GetByLabel("Is the customer satisfied?").SelectOptionAsync("yes");
        await sam.Button("Done").ClickAsync();
        await Expect(sam.Toast("“Ask Ada Ltd how it went” is done.")).ToBeVisibleAsync();
        await sam.Page.GotoAsync($"/projects/{project}");
        await Expect(sam.Page.Locator("#project-head")).ToContainTextAsync("Closed");
        await Expect(sam.Page.Locator(".summary-facts")).ToContainTextAsync("100");
        var row = await office.Project(project);
        Assert.Equal((CloseResult.Won, 100), (row.Result!.Value, row.Probability));

        // Eight days later nobody was signed in any more; that is all there is to complain about.
        Assert.Empty(sam.Surprises(401));
        Assert.Empty(fay.Surprises(401));
        Assert.Empty(pat.Surprises(401));
    }
}
