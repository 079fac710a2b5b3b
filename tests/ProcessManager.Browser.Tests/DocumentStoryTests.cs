using Microsoft.Playwright;
using ProcessManager.Flow;
using static Microsoft.Playwright.Assertions;

namespace ProcessManager.Browser.Tests;

/// <summary>Documents that people file, and letters that a task offers to write.</summary>
[Collection(BrowserTests.Name)]
public sealed class DocumentStoryTests(Chromium chromium)
{
    [BrowserFact]
    public async Task A_file_that_is_added_to_a_project_is_saved_as_it_was()
    {
        await using var office = await Office.Open(chromium);
        var project = await office.Start("brochure-to-customer", "Ada Ltd");
        var sam = await office.SitDown("sam", $"/projects/{project}");
        await sam.Page.Locator("#project-tabs").GetByRole(AriaRole.Link, new() { Name = "Documents" }).ClickAsync();
        await Expect(sam.Page.GetByText("No document yet")).ToBeVisibleAsync();
        byte[] bytes = [.. "What they ordered: 12 × Gold"u8];
        await sam.Page.GetByLabel("Files").SetInputFilesAsync(new FilePayload { Name = "Order of Ada.txt", MimeType = "text/plain", Buffer = bytes });
        await sam.Button("File").ClickAsync();
        await Expect(sam.Toast("The document is filed.")).ToBeVisibleAsync();

        var link = sam.Page.GetByRole(AriaRole.Link, new() { Name = "Order of Ada.txt" });
        await Expect(link).ToBeVisibleAsync();
        var download = await sam.Page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        Assert.Equal("Order of Ada.txt", download.SuggestedFilename);
        Assert.Equal(bytes, await File.ReadAllBytesAsync((await download.PathAsync())!));
        Assert.Empty(sam.Surprises());
    }

    [BrowserFact]
    public async Task A_letter_that_a_task_offers_is_written_and_stands_among_the_documents()
    {
        await using var office = await Office.Open(chromium);
        var project = await office.Start("sponsorship", "Ada Ltd", ("event", "Annual conference"), ("goals", "To be seen"));
        await office.Complete(project, "understand", "fits", "sam", ("goals", "To be seen"));
        var sam = await office.SitDown("sam", "/tasks");
        await sam.OpenTask("Write the proposal for Ada Ltd");
        await sam.Panel.GetByRole(AriaRole.Button, new() { Name = "Write the letter" }).ClickAsync();
        await Expect(sam.Toast("is written and filed on the project")).ToBeVisibleAsync();
        var written = sam.Panel.GetByRole(AriaRole.Region, new() { Name = "Documents" }).GetByRole(AriaRole.Link);
        await Expect(written).ToHaveCountAsync(1);
        var name = (await written.InnerTextAsync()).Trim();
        Assert.EndsWith(".docx", name, StringComparison.Ordinal);

        await sam.Page.GotoAsync($"/projects/{project}/documents");
        await Expect(sam.Page.GetByRole(AriaRole.Row, new() { Name = name })).ToContainTextAsync("Write the proposal");
        Assert.Empty(sam.Surprises());
    }
}
