using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Language;

namespace ProcessManager.Host.Tests.Projects;

public sealed class ProjectPageTests
{
    [Fact]
    public async Task Closing_with_a_reason_ends_the_open_tasks_and_the_timeline_says_so()
    {
        await using var office = await Office.Open();
        var id = (await office.Start(contact: Office.Hotel)).Row.Id;
        var bob = await office.As("bob");
        var dialog = await TestBrowser.Read(await bob.Htmx(HttpMethod.Get, $"/projects/{id}/do/close"));
        Assert.Contains(dialog.QuerySelectorAll("#reason-Lost option"), o => o.GetAttribute("value") == "no-budget");

        var answer = await bob.Htmx(HttpMethod.Post, $"/projects/{id}/do/close", ("command", "c1"), ("result", "Lost"), ("reason.Won", ""), ("reason.Lost", "no-budget"), ("why", "Maybe next year"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var triggers = answer.Headers.GetValues("HX-Trigger").Single();
        Assert.Contains("pm:close-dialog", triggers, StringComparison.Ordinal);
        Assert.Contains($"pm:project-{id}", triggers, StringComparison.Ordinal);
        var view = await office.View(id);
        Assert.Equal((CloseResult.Lost, "no-budget"), (view.Row.Result, view.Row.CloseReason));
        Assert.All(await office.Host.Query(db => db.Set<TaskRow>().AsNoTracking().Where(t => t.ProjectId == id).ToListAsync()), t => Assert.Equal(TaskPhase.Cancelled, t.State));

        var page = await bob.Page($"/projects/{id}/timeline");
        Assert.Contains(page.QuerySelectorAll(".event p"), p => p.TextContent.StartsWith("Bob Test closed the project as lost", StringComparison.Ordinal));
        Assert.Contains("No budget", page.QuerySelector("#project-head")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("[hx-get$='/do/close']"));
    }

    [Fact]
    public async Task A_refused_action_keeps_the_dialog_open_with_its_words()
    {
        await using var office = await Office.Open();
        var id = (await office.Start()).Row.Id;
        var bob = await office.As("bob");
        var nothing = await bob.Htmx(HttpMethod.Post, $"/projects/{id}/do/close", ("command", "c"), ("why", "typed before"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.StatusCode);
        var dialog = await TestBrowser.Read(nothing);
        Assert.Contains("won, lost or cancelled", dialog.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("typed before", dialog.QuerySelector("textarea")!.TextContent);

        var wrong = await bob.Htmx(HttpMethod.Post, $"/projects/{id}/do/close", ("command", "c"), ("result", "Won"), ("reason.Won", "no-budget"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("There is no reason", (await TestBrowser.Read(wrong)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await office.View(id)).Row.Result);
    }

    [Fact]
    public async Task What_a_person_may_not_see_is_not_found_in_any_of_its_parts()
    {
        await using var office = await Office.Open();
        var id = (await office.Start()).Row.Id;
        var eve = await office.As("eve");
        foreach (var path in new[] { "", "/tasks", "/timeline", "/fields", "/people", "/mail", "/steps/ship", "/steps/ship/panel", "/do/close" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await eve.GetAsync(new Uri($"/projects/{id}{path}", UriKind.Relative))).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await eve.Htmx(HttpMethod.Post, $"/projects/{id}/do/close", ("result", "Won"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await eve.Htmx(HttpMethod.Post, $"/projects/{id}/fields", ("field.title", "Mine"))).StatusCode);
        Assert.Null((await eve.Page("/projects")).QuerySelector("[data-project]"));
        Assert.Equal(HttpStatusCode.NotFound, (await (await office.As("bob")).GetAsync(new Uri("/projects/999", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await office.As("bob")).GetAsync(new Uri($"/projects/{id}/no-such-tab", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Who_only_has_a_task_in_a_project_sees_it_and_steers_nothing()
    {
        await using var office = await Office.Open();
        var view = await office.Start();
        var id = view.Row.Id;
        await office.Send(id, new Command.Assign(view.State.Steps.SelectMany(s => s.Tasks).First().Number, "ann", null) { Actor = "bob" });
        var ann = await office.As("ann");
        var page = await ann.Page($"/projects/{id}");
        Assert.Null(page.QuerySelector("[hx-get*='/do/']"));
        Assert.Null((await ann.Page($"/projects/{id}/fields")).QuerySelector("#project-fields form"));
        foreach (var action in new[] { "close", "hold", "owner", "probability", "bypass", "role", "resolve" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await ann.Htmx(HttpMethod.Post, $"/projects/{id}/do/{action}", ("result", "Won"), ("why", "x"), ("person", "ann"))).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await ann.Htmx(HttpMethod.Post, $"/projects/{id}/fields", ("field.title", "Mine"))).StatusCode);
    }

    [Fact]
    public async Task Only_what_was_changed_in_the_form_is_saved()
    {
        await using var office = await Office.Open();
        var id = (await office.Start("Before", fields: ("tracking", "AT-1"))).Row.Id;
        var bob = await office.As("bob");
        await office.Send(id, new Command.SetFields(ImmutableSortedDictionary<string, object?>.Empty.Add("tracking", "AT-2")) { Actor = "mara" });
        // The form was made before Mara's change, so it still says AT-1.
        var answer = await bob.Htmx(HttpMethod.Post, $"/projects/{id}/fields", ("command", "f1"), ("was.title", "Before"), ("field.title", "After"), ("was.tracking", "AT-1"), ("field.tracking", "AT-1"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var fields = (await office.View(id)).State.Fields;
        Assert.Equal(("After", "AT-2"), ((string)fields["title"]!, (string)fields["tracking"]!));

        var refused = await bob.Htmx(HttpMethod.Post, $"/projects/{id}/fields", ("command", "f2"), ("was.expected-close", ""), ("field.expected-close", "soon"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("must be a date", (await TestBrowser.Read(refused)).QuerySelector("#project-expected-close-error")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_timeline_reads_as_sentences_and_says_why_with_the_line_of_the_plan()
    {
        await using var office = await Office.Open();
        var id = (await office.Start(contact: Office.Hotel)).Row.Id;
        var bob = await office.As("bob");
        var page = await bob.Page($"/projects/{id}/timeline");
        Assert.Contains(page.QuerySelectorAll(".event p"), p => p.TextContent == "Mara Test started the project; Bob Test owns it");
        Assert.Contains(page.QuerySelectorAll(".event p"), p => p.TextContent.StartsWith("‘Call Lake Hotel back’ was opened for ", StringComparison.Ordinal));
        var place = page.QuerySelector("[data-kind=TaskOpened] details a")!;
        var line = await bob.Page(place.GetAttribute("href")!.Split('#')[0]);
        Assert.NotNull(line.QuerySelector("#" + place.GetAttribute("href")!.Split('#')[1]));
    }

    [Fact]
    public async Task Holding_handing_over_and_a_probability_by_hand_show_in_the_head()
    {
        await using var office = await Office.Open();
        var id = (await office.Start()).Row.Id;
        var mara = await office.As("mara");
        foreach (var (action, field, value) in new[] { ("hold", "why", "They move house"), ("owner", "person", "ann"), ("probability", "percent", "35") })
        {
            Assert.Equal(HttpStatusCode.OK, (await mara.Htmx(HttpMethod.Post, $"/projects/{id}/do/{action}", ("command", action), (field, value))).StatusCode);
        }

        var head = (await mara.Page($"/projects/{id}")).QuerySelector("#project-head")!;
        Assert.Contains("They move house", head.TextContent, StringComparison.Ordinal);
        Assert.Contains("Ann Test", head.QuerySelector(".summary-facts")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("35", head.QuerySelector("progress")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.OK, (await mara.Htmx(HttpMethod.Post, $"/projects/{id}/do/resume", ("command", "r"))).StatusCode);
        Assert.Null((await office.View(id)).State.Hold);
    }

    [Fact]
    public async Task A_bypassed_step_shows_as_such_with_who_and_why()
    {
        await using var office = await Office.Open();
        var id = (await office.Start()).Row.Id;
        var bob = await office.As("bob");
        var panel = await TestBrowser.Read(await bob.Htmx(HttpMethod.Get, $"/projects/{id}/steps/call-back/panel"));
        Assert.NotNull(panel.QuerySelector("[hx-get*='do/bypass?step=call-back']"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await bob.Htmx(HttpMethod.Post, $"/projects/{id}/do/bypass", ("command", "b1"), ("step", "call-back"), ("as", "sale"), ("why", " "))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await bob.Htmx(HttpMethod.Post, $"/projects/{id}/do/bypass", ("command", "b2"), ("step", "call-back"), ("as", "sale"), ("why", "Bought in the shop"))).StatusCode);
        var page = await bob.Page($"/projects/{id}/steps/call-back");
        Assert.Contains("Passed over", page.QuerySelector(".status")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(page.QuerySelectorAll(".event p"), p => p.TextContent.StartsWith("Bob Test bypassed", StringComparison.Ordinal));
        Assert.NotNull((await bob.Page($"/projects/{id}")).QuerySelector("svg [data-step=call-back].is-passed"));
    }

    [Fact]
    public async Task The_list_filters_by_its_address_and_pages_both_ways()
    {
        await using var office = await Office.Open();
        for (var i = 1; i <= 55; i++) await office.Start(string.Create(CultureInfo.InvariantCulture, $"Order {i:00}"), owner: i % 5 == 0 ? "ann" : "bob");
        var mara = await office.As("mara");
        var first = await mara.Page("/projects");
        Assert.Equal("Order 55", Titles(first)[0]);
        Assert.Equal(50, Titles(first).Count);
        var second = await mara.Page(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        Assert.Equal(["Order 05", "Order 04", "Order 03", "Order 02", "Order 01"], Titles(second));
        Assert.Equal(Titles(first), Titles(await mara.Page(second.QuerySelector("a[rel=prev]")!.GetAttribute("href")!)));
        Assert.Equal(11, Titles(await mara.Page("/projects?owner=ann&sort=oldest")).Count);
        Assert.Equal(["Order 07"], Titles(await mara.Page("/projects?text=Order+07")));
        Assert.Empty(Titles(await mara.Page("/projects?text=%25")));
        Assert.Empty(Titles(await mara.Page("/projects?state=won")));
        Assert.Empty(Titles(await mara.Page("/projects?plan=brochure-to-customer&stage=delivery")));
        Assert.Equal(50, Titles(await mara.Page("/projects?plan=brochure-to-customer&stage=of-another-plan")).Count);
    }

    [Fact]
    public async Task Every_page_names_each_part_once_labels_each_input_and_holds_nothing_inline()
    {
        await using var office = await Office.Open();
        var view = await office.Start(contact: Office.Hotel, fields: ("questions", "<script>alert(1)</script> & more"));
        var id = view.Row.Id;
        var mara = await office.As("mara");
        string[] tabs = ["", "/tasks", "/timeline", "/fields", "/people", "/mail", "/steps/call-back"];
        foreach (var path in tabs.Select(t => $"/projects/{id}{t}").Concat(
            ["/projects", "/projects/new", "/projects/new?plan=brochure-to-customer", "/plans", "/plans/brochure-to-customer", "/plans/brochure-to-customer/versions/1", "/contacts", $"/contacts/{view.Row.ProspectId}", "/mail", "/mail/1"]))
        {
            var page = await mara.Page(path);
            Assert.Empty(page.QuerySelectorAll("script:not([src]), style, [style]"));
            Assert.Equal([], page.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => $"{path}: {g.Key}"));
            Assert.Equal([], page.QuerySelectorAll("input:not([type=hidden]), select, textarea")
                .Where(e => e.GetAttribute("aria-label") is null && e.Closest("label") is null && page.QuerySelector($"label[for='{e.Id}']") is null)
                .Select(e => $"{path}: {e.OuterHtml}"));
            Assert.Single(page.QuerySelectorAll("h1"));
        }
    }

    private static List<string> Titles(AngleSharp.Dom.IDocument page) => [.. page.QuerySelectorAll(".project-table .row-link").Select(a => a.TextContent)];
}
