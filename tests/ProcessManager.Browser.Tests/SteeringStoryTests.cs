using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ProcessManager.Browser.Tests;

/// <summary>What an owner does past the plan, and how projects are found by a condition.</summary>
[Collection(BrowserTests.Name)]
public sealed class SteeringStoryTests(Chromium chromium)
{
    [BrowserFact]
    public async Task A_project_is_moved_to_another_stage_and_its_history_says_why()
    {
        await using var office = await Office.Open(chromium);
        var project = await office.Start("prospect-to-customer", "Ada Ltd");
        var sam = await office.SitDown("sam", $"/projects/{project}");
        var stage = (await office.Engine.FindProjectAsync(project, CancellationToken.None))!.Plan.Stages[1];
        await sam.Mark();
        await sam.Button("Move").ClickAsync();
        var dialog = sam.Page.Locator("#dialog");
        await dialog.GetByLabel("To which stage?").SelectOptionAsync(stage.Id);
        await dialog.GetByLabel("Why?").FillAsync("They asked for an offer at once");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true }).ClickAsync();
        await Expect(sam.Toast("The project has moved.")).ToBeVisibleAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(sam.Page.Locator(".ladder [aria-current=step]")).ToContainTextAsync(stage.Name);
        await sam.AssertNotReloaded();
        await sam.Page.GotoAsync($"/projects/{project}/timeline");
        await Expect(sam.Page.GetByText("They asked for an offer at once").First).ToBeVisibleAsync();
        Assert.Equal(stage.Id, (await office.Project(project)).Stage);
        Assert.Empty(sam.Surprises());
    }

    [BrowserFact]
    public async Task Before_a_step_is_opened_again_the_dialog_names_the_steps_that_go_back_with_it()
    {
        await using var office = await Office.Open(chromium);
        var project = await office.Start("brochure-to-customer", "Ada Ltd");
        await office.Complete(project, "call-back", "sale", "sam", ("product", "Gold"), ("amount", 1200m));
        await office.Complete(project, "ship", null, "pat");
        var sam = await office.SitDown("sam", $"/projects/{project}/steps/ship");
        await sam.Button("Open it again…").ClickAsync();
        var dialog = sam.Page.Locator("#dialog");
        var back = dialog.Locator(".set-back li");
        var plan = (await office.Engine.FindProjectAsync(project, CancellationToken.None))!.Plan;
        await Expect(back.Filter(new() { HasText = plan.FindStep("tell-seller")!.Name })).ToHaveCountAsync(1);
        await Expect(back.Filter(new() { HasText = plan.FindStep("ship")!.Name })).ToHaveCountAsync(0);
        await dialog.GetByLabel("Why?").FillAsync("The parcel came back");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Open it again" }).ClickAsync();
        await Expect(sam.Toast("The step is open again.")).ToBeVisibleAsync();
        Assert.Empty(sam.Surprises());
    }

    [BrowserFact]
    public async Task A_condition_with_a_mistake_says_where_it_is_and_a_mended_one_finds_projects()
    {
        await using var office = await Office.Open(chromium);
        await office.Start("brochure-to-customer", "Ada Ltd");
        var sam = await office.SitDown("sam", "/projects");
        await sam.Mark();
        var condition = sam.Page.GetByLabel("Condition");
        await condition.FillAsync("prospect.name = \"Ada Ltd\" and amuont > 10");
        await condition.PressAsync("Enter");
        var problem = sam.Page.Locator("#where-problem");
        await Expect(problem).ToContainTextAsync("did you mean “amount”?");
        await Expect(problem).ToContainTextAsync("character 31");
        await Expect(condition).ToHaveAttributeAsync("aria-invalid", "true");

        await condition.FillAsync("prospect.name = \"Ada Ltd\"");
        await condition.PressAsync("Enter");
        await Expect(problem).ToHaveCountAsync(0);
        await Expect(condition).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(sam.Page.Locator("#projects").GetByRole(AriaRole.Link, new() { Name = "Ada Ltd" }).First).ToBeVisibleAsync();
        await sam.AssertNotReloaded();
        Assert.Empty(sam.Surprises());
    }
}
