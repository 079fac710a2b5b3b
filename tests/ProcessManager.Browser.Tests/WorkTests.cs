using Microsoft.Playwright;
using ProcessManager.Flow;
using static Microsoft.Playwright.Assertions;

namespace ProcessManager.Browser.Tests;

[Collection(BrowserTests.Name)]
public sealed class WorkTests(Chromium chromium)
{
    [BrowserFact]
    public async Task Two_people_complete_a_task_at_once_and_the_slower_one_reads_who_was_faster()
    {
        await using var office = await Office.Open(chromium);
        var project = await office.Start("brochure-to-customer", "Ada Ltd");
        await office.Complete(project, "call-back", "sale", "sam", ("product", "Gold"), ("amount", 1200m));
        // Both see the project whatever happens: kim leads, mia leads too and may do what the group may once she is in it.
        await office.Host.People.SetGroups(await office.Host.Person("mia"), ["shipping"], CancellationToken.None);
        var kim = await office.SitDown("kim", "/tasks?tab=queue");
        var mia = await office.SitDown("mia", "/tasks?tab=queue");
        foreach (var (desk, number) in new[] { (kim, "K-1"), (mia, "M-1") })
        {
            await desk.OpenTask("Ship Gold to Ada Ltd");
            await desk.Panel.GetByLabel("Tracking number").FillAsync(number);
        }

        await Task.WhenAll(kim.Button("Done").ClickAsync(), mia.Button("Done").ClickAsync());
        await Task.WhenAny(Refusal(kim).WaitForAsync(), Refusal(mia).WaitForAsync());
        var (first, second) = await Refusal(kim).IsVisibleAsync() ? ("Mia", kim) : ("Kim", mia);
        await Expect(Refusal(second)).ToContainTextAsync($"was completed by {first} Test at");
        await Expect(second.Button("Done")).ToHaveCountAsync(0);

        var tasks = await office.Tasks(project);
        Assert.Single(tasks, t => t.Step == "ship" && t.State == TaskPhase.Done);
        Assert.Single(await office.Alerts(project, "The order of Ada Ltd was sent"));
        static ILocator Refusal(Desk desk) => desk.Panel.GetByRole(AriaRole.Alert);
    }

    [BrowserFact]
    public async Task A_task_is_done_by_keyboard_alone()
    {
        await using var office = await Office.Open(chromium);
        await office.Start("brochure-to-customer", "Ada Ltd");
        var sam = await office.SitDown("sam", "/tasks");
        await Expect(sam.Row("Call Ada Ltd back")).ToBeVisibleAsync();
        var keys = sam.Page.Keyboard;
        await keys.PressAsync("j");
        await Expect(sam.Row("Call Ada Ltd back").Locator("a.task-title")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(sam.Panel.GetByRole(AriaRole.Heading, new() { Name = "Call Ada Ltd back" })).ToBeVisibleAsync();
        await keys.PressAsync("o");
        await Expect(sam.Button("Sale made")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        // A sale needs a product and an amount: the browser goes to the first that is missing.
        await Expect(sam.Panel.GetByLabel("Product")).ToBeFocusedAsync();
        await keys.TypeAsync("Gold");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("1200");
        await keys.PressAsync("Enter");
        await Expect(sam.Button("Sale made")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(sam.Toast("“Call Ada Ltd back” is done.")).ToBeVisibleAsync();
        await Expect(sam.Row("Call Ada Ltd back")).ToHaveCountAsync(0);
        Assert.Empty(sam.Surprises());
    }

    [BrowserFact]
    public async Task What_was_typed_stays_when_a_form_is_refused()
    {
        await using var office = await Office.Open(chromium);
        await office.Start("brochure-to-customer", "Ada Ltd");
        var sam = await office.SitDown("sam", "/tasks");
        await sam.OpenTask("Call Ada Ltd back");
        await sam.Panel.GetByLabel("Product").SelectOptionAsync("Silver");
        await sam.Panel.GetByLabel("Value of the order").FillAsync("a lot");
        await sam.Panel.GetByLabel("Questions they asked").FillAsync("In green?");
        await sam.Button("Sale made").ClickAsync();
        await Expect(sam.Panel.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(sam.Panel.GetByLabel("Value of the order")).ToHaveValueAsync("a lot");
        await Expect(sam.Panel.GetByLabel("Value of the order")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(sam.Panel.GetByLabel("Product")).ToHaveValueAsync("Silver");
        await Expect(sam.Panel.GetByLabel("Questions they asked")).ToHaveValueAsync("In green?");
        await sam.Panel.GetByLabel("Value of the order").FillAsync("900");
        await sam.Button("Sale made").ClickAsync();
        await Expect(sam.Toast("“Call Ada Ltd back” is done.")).ToBeVisibleAsync();
        Assert.Empty(sam.Surprises(422));
    }

    [BrowserFact]
    public async Task A_large_quote_goes_out_when_two_people_have_approved_it()
    {
        await using var office = await Office.Open(chromium);
        var project = await office.Start("prospect-to-customer", "Ada Ltd");
        await office.Complete(project, "call", "interested", "sam", ("product", "Gold"), ("amount", 20_000m));
        await office.Complete(project, "quote", null, "sam");
        foreach (var person in new[] { "flo", "fred" })
        {
            Assert.DoesNotContain(await office.Tasks(project), t => t.Step == "decision");
            var desk = await office.SitDown(person);
            await desk.OpenTask("Approve a quote above 10,000");
            await desk.Button("Approve").ClickAsync();
            await Expect(desk.Toast("You approved “Approve a quote above 10,000”.")).ToBeVisibleAsync();
            Assert.Empty(desk.Surprises());
        }

        // The letter is made by the engine; then the seller waits for the answer.
        var seller = await office.SitDown("sam", $"/projects/{project}/tasks");
        await Expect(seller.Page.GetByText("Record the customer's decision").First).ToBeVisibleAsync();
    }
}
