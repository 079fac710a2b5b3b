using System.Net;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Host.Access;

namespace ProcessManager.Host.Tests.Tasks;

public sealed class TaskPagesTests
{
    [Fact]
    public async Task A_task_shows_what_is_needed_to_do_it()
    {
        await using var host = await Brochure.Office();
        var task = await Brochure.Open(host, await Brochure.Start(host), "call-back");
        using var sam = await host.SignIn("sam");
        Assert.Contains("Call Ada Ltd back", (await sam.Page("/tasks")).QuerySelector("#task-list")!.TextContent, StringComparison.Ordinal);
        var panel = await TestBrowser.Read(await sam.Htmx(HttpMethod.Get, $"/tasks/{task.Id}/panel"));
        Assert.Contains("Does it come in blue?", panel.QuerySelector(".task-instructions")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("tel:+4315550100", panel.QuerySelector(".task-contact a")!.GetAttribute("href"));
        Assert.Equal(["sale", "call-again", "not-interested"], panel.QuerySelectorAll("[data-outcome-button]").Select(b => b.GetAttribute("value")!));
        Assert.NotNull(panel.QuerySelector("fieldset[data-outcome=call-again][disabled] input[type=date]"));
        Assert.Contains("group:sales", panel.QuerySelector(".why")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Call Ada Ltd back", (await sam.Page($"/tasks/{task.Id}")).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_that_is_missing_is_named_and_what_was_typed_stays()
    {
        await using var host = await Brochure.Office();
        var task = await Brochure.Open(host, await Brochure.Start(host), "call-back");
        using var sam = await host.SignIn("sam");
        using var answer = await sam.Htmx(HttpMethod.Post, $"/tasks/{task.Id}/complete", ("outcome", "sale"), ("field.amount", "1,250.50"), ("field.product", ""), ("field.questions", "Blue?"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var form = await TestBrowser.Read(answer);
        Assert.Contains("Please fill Product", form.QuerySelector("[data-problem]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Product is needed", form.QuerySelector(".field-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("1250.50", form.QuerySelector("[name='field.amount']")!.GetAttribute("value"));
        Assert.Equal("Blue?", form.QuerySelector("[name='field.questions']")!.TextContent);
        Assert.Equal(TaskPhase.Open, (await Brochure.Task(host, task.Id)).State);
    }

    [Fact]
    public async Task The_same_form_sent_twice_has_one_effect()
    {
        await using var host = await Brochure.Office();
        var task = await Brochure.Open(host, await Brochure.Start(host), "call-back");
        using var sam = await host.SignIn("sam");
        (string, string)[] form = [("command", "one-click"), ("outcome", "sale"), ("field.amount", "900"), ("field.product", "Gold")];
        using var first = await sam.Htmx(HttpMethod.Post, $"/tasks/{task.Id}/complete", form);
        using var second = await sam.Htmx(HttpMethod.Post, $"/tasks/{task.Id}/complete", form);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (first.StatusCode, second.StatusCode));
        Assert.Equal("sale", (await Brochure.Task(host, task.Id)).Outcome);
        Assert.Equal(1, await host.Query(db => db.Set<HistoryRow>().CountAsync(h => h.Kind == "TaskSettled" && h.Task == task.Number)));
    }

    [Fact]
    public async Task Who_claims_second_is_told_who_was_first_and_when()
    {
        await using var host = await Brochure.Office();
        var project = await Brochure.Start(host);
        await Brochure.Sell(host, project);
        var ship = await Brochure.Open(host, project, "ship");
        using var pat = await host.SignIn("pat");
        using var kim = await host.SignIn("kim");
        Assert.Contains("Ship Gold", (await kim.Page("/tasks?tab=queue")).QuerySelector("#task-list")!.TextContent, StringComparison.Ordinal);
        using (var claimed = await pat.Htmx(HttpMethod.Post, $"/tasks/{ship.Id}/claim")) { Assert.Equal(HttpStatusCode.OK, claimed.StatusCode); }
        using var late = await kim.Htmx(HttpMethod.Post, $"/tasks/{ship.Id}/claim");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        var words = (await TestBrowser.Read(late)).QuerySelector("[data-problem]")!.TextContent;
        Assert.Contains("was claimed by Pat Test at", words, StringComparison.Ordinal);
        using var listed = await kim.Htmx(HttpMethod.Post, $"/tasks/{ship.Id}/claim", ("place", "list"));
        Assert.Equal(HttpStatusCode.Conflict, listed.StatusCode);
        Assert.Contains("Pat Test", await listed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_completes_second_is_told_who_was_first_and_sees_the_task_as_it_is()
    {
        await using var host = await Brochure.Office();
        var project = await Brochure.Start(host);
        await Brochure.Sell(host, project);
        var ship = await Brochure.Open(host, project, "ship");
        using var pat = await host.SignIn("pat");
        using var kim = await host.SignIn("kim");
        using (var done = await pat.Htmx(HttpMethod.Post, $"/tasks/{ship.Id}/complete", ("field.tracking", "T-1"))) { Assert.Equal(HttpStatusCode.NoContent, done.StatusCode); }
        using var late = await kim.Htmx(HttpMethod.Post, $"/tasks/{ship.Id}/complete", ("field.tracking", "T-2"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        var drawn = await TestBrowser.Read(late);
        Assert.Contains("was completed by Pat Test at", drawn.QuerySelector("[data-problem]")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(drawn.QuerySelectorAll("[data-outcome-button]"));
    }

    [Fact]
    public async Task A_task_of_a_project_that_a_person_does_not_see_is_not_there()
    {
        await using var host = await Brochure.Office();
        var task = await Brochure.Open(host, await Brochure.Start(host), "call-back");
        using var zoe = await host.SignIn("zoe");
        foreach (var path in (string[])[$"/tasks/{task.Id}", $"/tasks/{task.Id}/panel"])
        {
            using var answer = await zoe.Htmx(HttpMethod.Get, path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        foreach (var act in (string[])["complete", "claim", "release", "assign", "due", "priority"])
        {
            using var answer = await zoe.Htmx(HttpMethod.Post, $"/tasks/{task.Id}/{act}", ("outcome", "not-interested"), ("to", "person:zoe"));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.DoesNotContain("Ada Ltd", await zoe.GetStringAsync(new Uri("/tasks", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal("sam", (await Brochure.Task(host, task.Id)).Assignee);
    }

    [Fact]
    public async Task A_task_is_handed_over_given_back_moved_and_made_urgent()
    {
        await using var host = await Brochure.Office();
        var project = await Brochure.Start(host);
        await Brochure.Sell(host, project);
        var ship = await Brochure.Open(host, project, "ship");
        // What she types as due is meant in her own zone.
        var person = (await host.People.Find("olga", CancellationToken.None))!;
        await host.People.Describe(person.Id, new PersonDescription(person.DisplayName, null, "America/New_York", null, null, [Roles.Creator], ["sales"]), CancellationToken.None);
        using var olga = await host.SignIn("olga");
        async Task Done(string act, params (string, string)[] form)
        {
            using var answer = await olga.Htmx(HttpMethod.Post, $"/tasks/{ship.Id}/{act}", form);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await Done("assign", ("to", "person:kim"));
        await Done("due", ("due", "2030-05-06T07:08"));
        await Done("priority", ("priority", "urgent"));
        var moved = await Brochure.Task(host, ship.Id);
        Assert.Equal(("kim", new DateTimeOffset(2030, 5, 6, 11, 8, 0, TimeSpan.Zero), Language.Priority.Urgent), (moved.Assignee, moved.Due!.Value, moved.Priority));
        await Done("release");
        Assert.Null((await Brochure.Task(host, ship.Id)).Assignee);
        using var wrong = await olga.Htmx(HttpMethod.Post, $"/tasks/{ship.Id}/due", ("due", "tomorrow"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
    }

    [Fact]
    public async Task Several_tasks_are_claimed_at_once_and_those_that_are_gone_are_named()
    {
        await using var host = await Brochure.Office();
        var (one, two) = (await Brochure.Start(host, "Ada Ltd"), await Brochure.Start(host, "Bell Ltd"));
        await Brochure.Sell(host, one);
        await Brochure.Sell(host, two);
        var (first, second) = (await Brochure.Open(host, one, "ship"), await Brochure.Open(host, two, "ship"));
        using var pat = await host.SignIn("pat");
        using var kim = await host.SignIn("kim");
        using (await pat.Htmx(HttpMethod.Post, $"/tasks/{first.Id}/claim")) { }
        using var answer = await kim.Htmx(HttpMethod.Post, "/tasks/claim", ("task", $"{first.Id}"), ("task", $"{second.Id}"));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("kim", (await Brochure.Task(host, second.Id)).Assignee);
        Assert.Equal("pat", (await Brochure.Task(host, first.Id)).Assignee);
    }

    [Fact]
    public async Task An_approval_shows_who_has_voted_and_everybody_votes_once_and_a_note_is_acknowledged()
    {
        await using var host = await Brochure.Office(YesOrNo);
        foreach (var name in (string[])["pat", "kim"])
        {
            await host.People.SetGroups((await host.People.Find(name, CancellationToken.None))!.Id, ["finance"], CancellationToken.None);
        }

        var project = await Brochure.StartPlain(host, "yes-or-no");
        var votes = await host.Query(db => db.Set<TaskRow>().AsNoTracking().Where(t => t.ProjectId == project && t.Step == "vote").ToListAsync());
        var (pats, kims) = (votes.Single(t => t.Member == "pat"), votes.Single(t => t.Member == "kim"));
        using var pat = await host.SignIn("pat");
        using var kim = await host.SignIn("kim");
        var panel = await TestBrowser.Read(await pat.Htmx(HttpMethod.Get, $"/tasks/{pats.Id}/panel"));
        Assert.Equal(["Approve", "Reject"], panel.QuerySelectorAll("[data-outcome-button]").Select(b => b.TextContent.Trim()));
        using (var voted = await pat.Htmx(HttpMethod.Post, $"/tasks/{pats.Id}/complete", ("outcome", "approved"))) { Assert.Equal(HttpStatusCode.NoContent, voted.StatusCode); }
        using (var again = await pat.Htmx(HttpMethod.Post, $"/tasks/{kims.Id}/complete", ("outcome", "rejected"))) { Assert.NotEqual(HttpStatusCode.NoContent, again.StatusCode); }
        var kimsPanel = await TestBrowser.Read(await kim.Htmx(HttpMethod.Get, $"/tasks/{kims.Id}/panel"));
        Assert.Equal(["Pat Test Approved", "Kim Test Not yet"], kimsPanel.QuerySelectorAll(".votes li").Select(Words).OrderDescending());
        using (await kim.Htmx(HttpMethod.Post, $"/tasks/{kims.Id}/complete", ("outcome", "approved"))) { }

        using var olga = await host.SignIn("olga");
        var row = (await olga.Page("/tasks")).QuerySelector("form[action$='/complete'] button")!;
        Assert.Equal("Acknowledge", row.TextContent.Trim());
        using (var read = await olga.Htmx(HttpMethod.Post, row.ParentElement!.GetAttribute("action")!, ("place", "list"))) { Assert.Equal(HttpStatusCode.NoContent, read.StatusCode); }
        Assert.Equal(Language.CloseResult.Won, await host.Query(db => db.Set<ProjectRow>().Where(p => p.Id == project).Select(p => p.Result).SingleAsync()));
    }

    private const string YesOrNo = """
        plan: yes-or-no
        name: Yes or no
        type: project
        stages:
          only:
            name: Only
            probability: 50
            steps:
              vote:
                approval: Shall we?
                assign: group:finance
                need: 2
                outcomes: { approved: , rejected: { close: lost, reason: rejected } }
              read:
                note: We shall
                assign: owner
                after: vote
        """;

    /// <summary>What is read, without initials and moments.</summary>
    private static string Words(AngleSharp.Dom.IElement row) =>
        string.Join(' ', row.QuerySelectorAll(".person-name, .status").Select(e => e.TextContent.Trim()));

    [Fact]
    public async Task A_long_list_comes_in_pages_that_miss_nothing_and_repeat_nothing()
    {
        await using var host = await Brochure.Office();
        for (var i = 0; i < 53; i++) { await Brochure.Start(host, $"Company {i}"); }
        using var sam = await host.SignIn("sam");
        var first = await sam.Page("/tasks");
        var second = await sam.Page(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        var seen = first.QuerySelectorAll("[data-row]").Concat(second.QuerySelectorAll("[data-row]")).Select(a => a.GetAttribute("href")).ToList();
        Assert.Equal((53, 53), (seen.Count, seen.Distinct().Count()));
        var back = await sam.Page(second.QuerySelector("a[rel=prev]")!.GetAttribute("href")!);
        Assert.Equal(first.QuerySelectorAll("[data-row]").Select(a => a.GetAttribute("href")), back.QuerySelectorAll("[data-row]").Select(a => a.GetAttribute("href")));
        Assert.Null(back.QuerySelector("a[rel=prev]"));
        Assert.Single((await sam.Page("/tasks?q=company%2017")).QuerySelectorAll("[data-row]"));
        Assert.Empty((await sam.Page("/tasks?q=%25")).QuerySelectorAll("[data-row]"));
    }
}
