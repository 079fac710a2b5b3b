using System.Collections.Immutable;
using DocumentFormat.OpenXml.Packaging;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Language;
using Xunit;

namespace ProcessManager.Tests.Store;

/// <summary>Letters, requests and child projects, from the plan to the rows and back.</summary>
public sealed class EffectTests
{
    private const string Letter = """
        plan: letter
        name: Write a letter
        type: sales
        stages:
          only:
            name: Only
            probability: 0
            steps:
              quote: { letter: quote }
              send: { task: Send it, assign: owner, after: quote }
        """;

    private const string Web = """
        plan: web
        name: Ask another system
        type: sales
        fields:
          tracking: { kind: text }
        stages:
          only:
            name: Only
            probability: 0
            steps:
              register:
                http: POST URL/{{title}}
                body: { name: title, total: 12.5 }
                into: { tracking: response.id }
                retry: 2
              good: { task: It worked, assign: owner, after: register.done }
              bad: { task: It did not, assign: owner, after: register.failed }
        """;

    private const string Parent = """
        plan: parent
        name: Sell
        type: sales
        roles:
          helper: { label: Helper }
          other: { label: Other }
        stages:
          only:
            name: Only
            probability: 0
            steps:
              deliver: { start: child, fields: { title: '"Delivery of " + title', amount: 7 }, until: closed }
              good: { task: It was delivered, assign: owner, after: deliver.won }
              bad: { task: It was not delivered, assign: owner, after: deliver.lost }
        """;

    private const string Child = """
        plan: child
        name: Deliver
        type: sales
        roles:
          helper: { label: Helper }
        stages:
          only:
            name: Only
            probability: 0
            steps:
              ship: { task: Ship it, assign: owner, outcomes: { shipped: , no: { close: lost } } }
        """;

    private const string Guests = """
        plan: guests
        name: Invite
        type: sales
        fields:
          guests: { kind: contacts }
        stages:
          only:
            name: Only
            probability: 0
            steps:
              invite: { email: invitation, to: item, each: guests }
              wait: { task: Wait, assign: owner, after: invite }
        """;

    [Fact]
    public async Task Each_contact_of_a_field_gets_a_mail_at_their_own_address_and_by_their_own_name()
    {
        await using var store = await OpenAsync();
        File.WriteAllText(Path.Combine(store.Definitions, "templates", "invitation.email.md"), "---\nsubject: For {{item}}\n---\nDear {{item}}, do come.\n");
        store.WritePlan("guests", Guests);
        await store.RestartAsync();
        string[] ids = [await AddAsync(store, "Carl", "carl@example.org"), await AddAsync(store, "Dora", "dora@example.org"), "999"];
        await store.StartAsync("guests", start: new StartProject("guests") { Fields = ImmutableSortedDictionary<string, object?>.Empty.Add("guests", ids) });
        var mails = store.Rows<MailRow>().Where(m => m.Step == "invite").OrderBy(m => m.Subject).ToArray();
        Assert.Equal([("For Carl", ids[0]), ("For Dora", ids[1])], mails.Select(m => (m.Subject, m.Member!)));
        Assert.Equal(["carl@example.org", "dora@example.org"], mails.Select(m => m.To));
        Assert.Contains(store.Rows<AlertRow>(), a => a.Text.Contains("no email address", StringComparison.Ordinal));
        Assert.Equal("wait", Assert.Single(store.Rows<TaskRow>()).Step);
    }

    private static async Task<string> AddAsync(StoreFixture store, string name, string email)
    {
        var added = Assert.IsType<AddedContact.Added>(await store.Contacts.AddAsync(new NewContact(ContactKind.Individual, name) { Emails = [email] }, StoreFixture.None));
        return FormattableString.Invariant($"{added.Id}");
    }

    [Fact]
    public async Task A_letter_step_files_the_merged_document_and_goes_on()
    {
        await using var store = await OpenAsync(("letter", Letter));
        var project = (await store.StartAsync("letter", start: Titled("letter", "Spring order"))).Project;
        Assert.Empty(store.Rows<TaskRow>());
        Assert.Empty(await store.VerifyAsync());
        await store.RunUntilIdleAsync();
        var document = Assert.Single(store.Rows<DocumentRow>());
        Assert.Equal((project, "quote.docx", 1, "quote", 1, null), (document.ProjectId, document.Name, document.Version, document.Step, document.Occurrence, document.FiledBy));
        await using (var stream = store.Engine.Documents.Open(document))
        using (var letter = WordprocessingDocument.Open(stream, false))
        {
            Assert.Equal("About Spring order", letter.MainDocumentPart!.Document.Body!.InnerText);
        }

        Assert.Equal("send", Assert.Single(store.Rows<TaskRow>()).Step);
        Assert.Equal($"{document.Id}", (await store.Engine.FindProjectAsync(project, StoreFixture.None))!.State.FindStep("quote")!.Document);
        Assert.Contains(store.History(project), h => h.Kind == "DocumentFiled" && h.After == "quote.docx");
        Assert.Empty(store.Rows<WorkRow>());
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_letter_whose_result_was_lost_is_filed_once()
    {
        await using var store = await OpenAsync(("letter", Letter));
        await store.StartAsync("letter");
        store.Engine.OnStatement = sql => { if (sql.StartsWith("insert into \"documents\"", StringComparison.Ordinal)) { throw new InvalidOperationException("planted"); } };
        await store.RunUntilIdleAsync();
        Assert.Empty(store.Rows<DocumentRow>());
        Assert.Contains("planted", Assert.Single(store.Rows<WorkRow>()).LastError, StringComparison.Ordinal);
        store.Engine.OnStatement = null;
        await store.RestartAsync();
        await store.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Single(store.Rows<DocumentRow>());
        Assert.Single(store.Rows<TaskRow>());
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_letter_that_nobody_waits_for_any_more_is_kept_on_the_project()
    {
        await using var store = await OpenAsync(("letter", Letter));
        var project = (await store.StartAsync("letter")).Project;
        await store.DoAsync(project, new Command.Close(CloseResult.Lost, "no-interest", null) { Actor = "ann" });
        await store.RunUntilIdleAsync();
        Assert.Single(store.Rows<DocumentRow>());
        Assert.Empty(store.Rows<WorkRow>());
        Assert.Empty(store.Rows<TaskRow>());
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_request_is_sent_with_its_body_and_its_answer_fills_fields()
    {
        using var web = new ScriptedWeb { Body = """{"id":"T-77"}""" };
        await using var store = await OpenAsync(web, ("web", Web.Replace("URL", web.Url, StringComparison.Ordinal)));
        var project = (await store.StartAsync("web", start: Titled("web", "a/b c"))).Project;
        await store.RunUntilIdleAsync();
        var request = Assert.Single(web.Requests);
        Assert.StartsWith("POST /hook/a%2Fb%20c HTTP/1.1", request, StringComparison.Ordinal);
        Assert.EndsWith("""{"name":"a/b c","total":12.5}""", request, StringComparison.Ordinal);
        Assert.Equal("T-77", (await store.Engine.FindProjectAsync(project, StoreFixture.None))!.State.Fields["tracking"]);
        Assert.Equal("good", Assert.Single(store.Rows<TaskRow>()).Step);
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_request_is_tried_again_under_the_same_key_until_it_is_answered()
    {
        using var web = new ScriptedWeb();
        web.Statuses.Enqueue(500);
        web.Statuses.Enqueue(503);
        web.Statuses.Enqueue(200);
        await using var store = await OpenAsync(web, ("web", Web.Replace("URL", web.Url, StringComparison.Ordinal)));
        await store.StartAsync("web");
        await store.RunUntilIdleAsync();
        Assert.Single(web.Requests);
        Assert.Contains("500", Assert.Single(store.Rows<WorkRow>()).LastError, StringComparison.Ordinal);
        await store.PassAsync(TimeSpan.FromSeconds(13));
        await store.PassAsync(TimeSpan.FromSeconds(25));
        Assert.Equal(3, web.Requests.Count);
        Assert.Single(web.Requests.Select(r => r.Split("\r\n").Single(l => l.StartsWith("Idempotency-Key", StringComparison.OrdinalIgnoreCase))).Distinct());
        Assert.Equal("good", Assert.Single(store.Rows<TaskRow>()).Step);
        await store.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal(3, web.Requests.Count);
    }

    [Fact]
    public async Task A_request_that_fails_as_often_as_the_plan_allows_settles_as_failed()
    {
        using var web = new ScriptedWeb { Status = 500 };
        await using var store = await OpenAsync(web, ("web", Web.Replace("URL", web.Url, StringComparison.Ordinal)));
        await store.StartAsync("web");
        for (var i = 0; i < 5; i++) { await store.PassAsync(TimeSpan.FromMinutes(5)); }

        Assert.Equal(3, web.Requests.Count);
        Assert.Equal("bad", Assert.Single(store.Rows<TaskRow>()).Step);
        Assert.Empty(store.Rows<WorkRow>());
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_request_to_an_address_inside_fails_at_once_and_says_why()
    {
        using var web = new ScriptedWeb();
        await using var store = await OpenAsync(("web", Web.Replace("URL", web.Url, StringComparison.Ordinal)));
        var project = (await store.StartAsync("web")).Project;
        await store.RunUntilIdleAsync();
        Assert.Empty(web.Requests);
        Assert.Equal("bad", Assert.Single(store.Rows<TaskRow>()).Step);
        Assert.Contains("not a public address", Assert.Single(store.History(project), h => h.Kind == "HttpAnswered").Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_project_gets_fields_prospect_owner_and_roles_and_its_end_lets_the_parent_go_on()
    {
        await using var store = await OpenAsync(("child", Child), ("parent", Parent));
        var parent = (await store.StartAsync("parent", "ann", Titled("parent", "Order 7") with
        {
            Roles = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("helper", ["bob"]).Add("other", ["meg"]),
        })).Project;
        await store.RunUntilIdleAsync();
        var link = Assert.Single(store.Rows<ChildRow>());
        var child = store.Rows<ProjectRow>().Single(p => p.Id == link.ChildId);
        Assert.Equal((parent, "deliver", 1, true), (link.ParentId, link.Step, link.Occurrence, link.Awaited));
        Assert.Equal(("Delivery of Order 7", "child", "ann", 700L), (child.Title, child.Plan, child.Owner, child.AmountMinor));
        var state = (await store.Engine.FindProjectAsync(child.Id, StoreFixture.None))!.State;
        Assert.Equal(1, state.Depth);
        Assert.Equal("bob", Assert.Single(state.Roles["helper"]));
        Assert.False(state.Roles.ContainsKey("other"));
        Assert.Empty(await store.VerifyAsync());

        await store.DoAsync(child.Id, StoreFixture.Complete(1, "shipped"));
        await store.RunUntilIdleAsync();
        Assert.Contains(store.Rows<TaskRow>(), t => t.ProjectId == parent && t.Step == "good" && t.State == TaskPhase.Open);
        Assert.Contains(store.History(parent), h => h.Kind == "ChildClosed" && h.After == "Won");
        Assert.Empty(store.Rows<WorkRow>());
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_child_that_nobody_waits_for_any_more_is_closed_as_cancelled()
    {
        await using var store = await OpenAsync(("child", Child), ("parent", Parent));
        var parent = (await store.StartAsync("parent")).Project;
        await store.RunUntilIdleAsync();
        var child = Assert.Single(store.Rows<ChildRow>()).ChildId;
        await store.DoAsync(parent, new Command.Close(CloseResult.Lost, "no-interest", null) { Actor = "ann" });
        await store.RunUntilIdleAsync();
        Assert.Equal(CloseResult.Cancelled, store.Rows<ProjectRow>().Single(p => p.Id == child).Result);
        Assert.Empty(store.Rows<WorkRow>());
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_child_asked_for_by_a_project_that_closed_meanwhile_does_not_stay_open()
    {
        await using var store = await OpenAsync(("child", Child), ("parent", Parent));
        var parent = (await store.StartAsync("parent")).Project;
        await store.DoAsync(parent, new Command.Close(CloseResult.Lost, "no-interest", null) { Actor = "ann" });
        await store.RunUntilIdleAsync();
        Assert.All(store.Rows<ProjectRow>(), p => Assert.NotNull(p.Result));
        Assert.Empty(store.Rows<WorkRow>());
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_child_that_cannot_be_started_stops_its_parent_with_the_reason()
    {
        var strict = Child.Replace("roles:", "fields:\n  must: { kind: text, required: always }\nroles:", StringComparison.Ordinal);
        await using var store = await OpenAsync(("child", strict), ("parent", Parent));
        var parent = (await store.StartAsync("parent")).Project;
        await store.RunUntilIdleAsync();
        Assert.Single(store.Rows<ProjectRow>());
        Assert.Contains("Please fill", Assert.Single(store.Rows<ProjectRow>()).Fault, StringComparison.Ordinal);
        Assert.Empty(store.Rows<ChildRow>());
        Assert.Empty(await store.VerifyAsync());
        Assert.Equal(parent, store.Rows<ProjectRow>()[0].Id);
    }

    [Fact]
    public async Task A_project_that_starts_itself_ends_at_ten_levels_with_a_fault()
    {
        await using var store = await OpenAsync(("deep", """
            plan: deep
            name: Deeper
            type: sales
            stages:
              only:
                name: Only
                probability: 0
                steps:
                  more: { start: deep, until: closed }
            """));
        await store.StartAsync("deep");
        await store.RunUntilIdleAsync();
        Assert.Equal(11, store.Rows<ProjectRow>().Count);
        Assert.Contains("10 projects", Assert.Single(store.Rows<ProjectRow>(), p => p.Fault is not null).Fault, StringComparison.Ordinal);
        Assert.Empty(await store.VerifyAsync());
    }

    [Fact]
    public async Task A_child_that_ends_in_the_moment_it_starts_is_told_to_its_parent()
    {
        await using var store = await OpenAsync(("child", """
            plan: child
            name: At once
            type: sales
            stages:
              only: { name: Only, probability: 0, steps: { end: { close: won } } }
            """), ("parent", Parent));
        var parent = (await store.StartAsync("parent")).Project;
        await store.RunUntilIdleAsync();
        Assert.Contains(store.Rows<TaskRow>(), t => t.ProjectId == parent && t.Step == "good" && t.State == TaskPhase.Open);
        Assert.Empty(store.Rows<WorkRow>());
        Assert.Empty(await store.VerifyAsync());
    }

    private static StartProject Titled(string plan, string title) =>
        new(plan) { Fields = ImmutableSortedDictionary<string, object?>.Empty.Add("title", title) };

    private static Task<StoreFixture> OpenAsync(params (string Id, string Text)[] plans) => OpenAsync(null, plans);

    private static async Task<StoreFixture> OpenAsync(ScriptedWeb? web, params (string Id, string Text)[] plans)
    {
        var store = await StoreFixture.OpenAsync(o => { if (web is not null) { o.Outgoing.AllowedHosts.Add($"127.0.0.1:{web.Port}"); } });
        await File.WriteAllBytesAsync(
            Path.Combine(store.Definitions, "templates", "quote.docx"),
            LetterTemplates.Make([LetterTemplates.Line(LetterTemplates.Words("About "), LetterTemplates.Simple("title"))]));
        foreach (var (id, text) in plans) { store.WritePlan(id, text); }

        var published = await store.Engine.PublishAsync("ann", null, StoreFixture.None);
        Assert.Empty(published.SelectMany(p => p.Diagnostics).Where(d => d.Severity == Severity.Error).Select(d => d.ToString()));
        return store;
    }
}
