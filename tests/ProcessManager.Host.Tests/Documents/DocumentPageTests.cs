using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Tests.Projects;

namespace ProcessManager.Host.Tests.Documents;

public sealed class DocumentPageTests
{
    [Fact]
    public async Task A_document_is_filed_on_the_page_listed_and_saved_but_never_run()
    {
        await using var office = await Office.Open();
        var id = (await office.Start()).Row.Id;
        using var bob = await office.As("bob");
        await bob.Page($"/projects/{id}/documents");
        var filed = await File(bob, id, "offer <b>.html", "<script>alert(1)</script>");
        Assert.Equal(($"/projects/{id}/documents", HttpStatusCode.Found), (filed.Headers.Location?.ToString(), filed.StatusCode));
        var row = await office.Host.Query(db => db.Set<DocumentRow>().SingleAsync());
        Assert.Equal(("offer _b_.html", "text/plain", "bob"), (row.Name, row.MediaType, row.FiledBy));

        var page = await bob.Page($"/projects/{id}/documents");
        Assert.Equal("offer _b_.html", page.QuerySelector(".document-table a")!.TextContent.Trim());
        using var saved = await bob.GetAsync(new Uri($"/documents/{row.Id}", UriKind.Relative));
        Assert.Equal("<script>alert(1)</script>", await saved.Content.ReadAsStringAsync());
        Assert.Equal("attachment", saved.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", saved.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("sandbox", saved.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains((await bob.Page($"/projects/{id}/timeline")).QuerySelectorAll(".event p"), p => p.TextContent.StartsWith("Bob Test filed “offer _b_.html”", StringComparison.Ordinal));

        using var eve = await office.As("eve");
        Assert.Equal(HttpStatusCode.NotFound, (await eve.GetAsync(new Uri($"/documents/{row.Id}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await File(eve, id, "mine.txt", "x")).StatusCode);
    }

    [Fact]
    public async Task A_task_that_somebody_added_is_done_with_one_button()
    {
        await using var office = await Office.Open();
        var id = (await office.Start()).Row.Id;
        using var bob = await office.As("bob");
        var asked = await TestBrowser.Read(await bob.Htmx(HttpMethod.Get, $"/projects/{id}/do/task"));
        Assert.NotNull(asked.QuerySelector("#title"));
        var nothing = await bob.Htmx(HttpMethod.Post, $"/projects/{id}/do/task", ("command", "c1"), ("title", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.StatusCode);
        var added = await bob.Htmx(HttpMethod.Post, $"/projects/{id}/do/task", ("command", "c1"), ("title", "Ring the hotel"), ("to", "person:bob"), ("due", "2027-01-31T14:00"));
        Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        var task = await office.Host.Query(db => db.Set<TaskRow>().SingleAsync(t => t.Title == "Ring the hotel"));
        Assert.Equal(("", "bob", id), (task.Step, task.Assignee, task.ProjectId));
        var page = await bob.Page($"/tasks/{task.Id}");
        Assert.NotNull(page.QuerySelector("form[action$='/complete'] button"));
        await bob.Htmx(HttpMethod.Post, $"/tasks/{task.Id}/complete", ("command", "c2"), ("place", "page"));
        Assert.Equal(Flow.TaskPhase.Done, (await office.Host.Query(db => db.Set<TaskRow>().SingleAsync(t => t.Id == task.Id))).State);
    }

    [Fact]
    public async Task A_project_is_moved_closed_and_opened_again_by_who_steers_it()
    {
        await using var office = await Office.Open();
        var view = await office.Start();
        var id = view.Row.Id;
        using var bob = await office.As("bob");
        var other = view.Plan.Stages.First(s => s.Id != view.Row.Stage).Id;
        Assert.Equal(HttpStatusCode.OK, (await bob.Htmx(HttpMethod.Post, $"/projects/{id}/do/move", ("command", "m1"), ("stage", other), ("why", "They rang us"))).StatusCode);
        Assert.Equal(other, (await office.View(id)).Row.Stage);
        await bob.Htmx(HttpMethod.Post, $"/projects/{id}/do/close", ("command", "c1"), ("result", "Lost"), ("reason.Lost", "no-budget"));
        Assert.NotNull((await office.View(id)).Row.Result);
        Assert.NotNull((await bob.Page($"/projects/{id}")).QuerySelector("[hx-get$='/do/reopen']"));
        Assert.Equal(HttpStatusCode.OK, (await bob.Htmx(HttpMethod.Post, $"/projects/{id}/do/reopen", ("command", "r1"), ("stage", ""), ("why", "They changed their minds"))).StatusCode);
        Assert.Null((await office.View(id)).Row.Result);
        Assert.Contains((await bob.Page($"/projects/{id}/timeline")).QuerySelectorAll(".event p"), p => p.TextContent.StartsWith("Bob Test opened the project again", StringComparison.Ordinal));
    }

    private static async Task<HttpResponseMessage> File(TestBrowser browser, long project, string name, string content)
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/html");
        form.Add(file, "files", name);
        form.Add(new StringContent(Guid.NewGuid().ToString("N")), "command");
        return await browser.PostAsync(new Uri($"/projects/{project}/documents", UriKind.Relative), form);
    }
}
