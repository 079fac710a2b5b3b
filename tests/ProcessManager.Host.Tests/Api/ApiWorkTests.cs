using System.Text.Json;
using ProcessManager.Host.Access;
using ProcessManager.Host.Tests.Tasks;

namespace ProcessManager.Host.Tests.Api;

/// <summary>What programs do with it from the first call to the last.</summary>
public sealed class ApiWorkTests(ApiOffice office) : IClassFixture<ApiOffice>
{
    private const string Ada = """{"plan":"brochure-to-customer","owner":"olga","newContact":{"kind":"organisation","name":"Ada Ltd","phones":["+43 1 5550100"]},"fields":{"questions":"Blue?"}}""";

    [Fact]
    public async Task A_project_is_started_worked_on_and_told_of()
    {
        using var olga = await office.Program("olga");
        var started = await olga.Ask(201, "POST", "/api/v1/projects", Ada);
        var project = started.GetProperty("project").GetInt64();
        Assert.Single(started.GetProperty("newTasks").EnumerateArray());

        using var sam = await office.Program("sam");
        var mine = (await sam.Get($"/api/v1/tasks?project={project}")).GetProperty("items").EnumerateArray().Single();
        Assert.Equal("Call Ada Ltd back", mine.GetProperty("title").GetString());
        var task = mine.GetProperty("id").GetInt64();
        var detail = await sam.Get($"/api/v1/tasks/{task}");
        Assert.Contains("sale", detail.GetProperty("outcomes").EnumerateArray().Select(o => o.GetProperty("id").GetString()));

        Assert.Contains("product", await sam.Refused(422, "invalid", "POST", $"/api/v1/tasks/{task}/complete", """{"outcome":"sale"}"""), StringComparison.OrdinalIgnoreCase);
        var done = await sam.Ask(200, "POST", $"/api/v1/tasks/{task}/complete", """{"outcome":"sale","fields":{"product":"Gold","amount":1200.50}}""");
        Assert.NotEmpty(done.GetProperty("newTasks").EnumerateArray());
        await sam.Refused(409, "conflict", "POST", $"/api/v1/tasks/{task}/complete", """{"outcome":"sale","fields":{"product":"Gold","amount":1}}""");

        var now = await olga.Get($"/api/v1/projects/{project}");
        Assert.Equal(1200.50m, now.GetProperty("project").GetProperty("amount").GetDecimal());
        Assert.Equal("Gold", now.GetProperty("fields").GetProperty("product").GetString());
        Assert.Equal("done", Step(now, "call-back").GetProperty("state").GetString());

        using var pat = await office.Program("pat");
        using var kim = await office.Program("kim");
        var ship = (await pat.Get("/api/v1/tasks?group=shipping")).GetProperty("items").EnumerateArray().First(t => t.GetProperty("project").GetInt64() == project).GetProperty("id").GetInt64();
        await pat.Ask(200, "POST", $"/api/v1/tasks/{ship}/claim");
        await kim.Refused(409, "conflict", "POST", $"/api/v1/tasks/{ship}/claim");
        await pat.Ask(200, "POST", $"/api/v1/tasks/{ship}/release");
        await kim.Ask(200, "POST", $"/api/v1/tasks/{ship}/claim");
        await kim.Ask(200, "POST", $"/api/v1/tasks/{ship}/complete");

        var history = (await olga.Get($"/api/v1/projects/{project}/history?count=200")).GetProperty("items").EnumerateArray().ToList();
        Assert.Contains(history, h => h.GetProperty("sentence").GetString()!.Contains("Call", StringComparison.Ordinal));
        Assert.Contains(history, h => h.TryGetProperty("why", out _));
        await olga.Ask(200, "POST", $"/api/v1/projects/{project}/close", """{"result":"lost","reason":"price"}""");
        Assert.Equal("lost", (await olga.Get($"/api/v1/projects/{project}")).GetProperty("project").GetProperty("result").GetString());
    }

    [Fact]
    public async Task A_repeated_key_gets_the_first_answer_and_with_another_body_none()
    {
        using var olga = await office.Program("olga");
        var first = await olga.Ask(201, "POST", "/api/v1/projects", Ada, ("Idempotency-Key", "order-17"));
        var again = await olga.Ask(201, "POST", "/api/v1/projects", Ada, ("Idempotency-Key", "order-17"));
        Assert.False(first.GetProperty("repeated").GetBoolean());
        Assert.True(again.GetProperty("repeated").GetBoolean());
        Assert.Equal(first.GetProperty("project").GetInt64(), again.GetProperty("project").GetInt64());
        await olga.Refused(422, "invalid", "POST", "/api/v1/projects", Ada.Replace("Blue", "Red", StringComparison.Ordinal), ("Idempotency-Key", "order-17"));

        // The keys of two people never meet.
        using var mia = await office.Program("mia");
        var other = await mia.Ask(201, "POST", "/api/v1/projects", Ada, ("Idempotency-Key", "order-17"));
        Assert.NotEqual(first.GetProperty("project").GetInt64(), other.GetProperty("project").GetInt64());
        await olga.Refused(422, "invalid", "POST", "/api/v1/projects", Ada, ("Idempotency-Key", new string('k', 81)));
    }

    [Fact]
    public async Task Fields_change_only_from_the_version_that_was_read()
    {
        using var olga = await office.Program("olga");
        var project = await Brochure.Start(office.Host, "Version Ltd");
        using var read = await olga.Send("GET", $"/api/v1/projects/{project}");
        var tag = read.Headers.ETag!.ToString();
        await olga.Ask(200, "POST", $"/api/v1/projects/{project}/fields", """{"fields":{"title":"Spring order"}}""", ("If-Match", tag));
        Assert.StartsWith("The project is at version", await olga.Refused(412, "changed", "POST", $"/api/v1/projects/{project}/fields",
            """{"fields":{"title":"Autumn order"}}""", ("If-Match", tag)), StringComparison.Ordinal);
        Assert.Equal("Spring order", (await olga.Get($"/api/v1/projects/{project}")).GetProperty("project").GetProperty("title").GetString());
    }

    [Fact]
    public async Task Steering_is_for_the_owner_and_managers_and_each_way_of_it_works()
    {
        var project = await Brochure.Start(office.Host, "Steered Ltd");
        var at = $"/api/v1/projects/{project}";
        using var sam = await office.Program("sam");
        await sam.Refused(403, "forbidden", "POST", $"{at}/hold", """{"why":"x"}""");
        using var mia = await office.Program("mia");
        await mia.Ask(200, "POST", $"{at}/hold", """{"why":"They moved house"}""");
        Assert.Equal("They moved house", (await mia.Get(at)).GetProperty("project").GetProperty("holdReason").GetString());
        await mia.Ask(200, "POST", $"{at}/resume");
        await mia.Ask(200, "POST", $"{at}/owner", """{"owner":"sam"}""");
        await mia.Refused(422, "invalid", "POST", $"{at}/owner", """{"owner":"nobody"}""");
        await mia.Ask(200, "POST", $"{at}/bypass", """{"step":"call-back","as":"sale","why":"They wrote instead"}""");
        Assert.Equal("sam", (await mia.Get(at)).GetProperty("project").GetProperty("owner").GetString());
    }

    [Fact]
    public async Task Pages_of_a_list_hold_every_row_once()
    {
        using var mia = await office.Program("mia");
        for (var i = 0; i < 7; i++) { await Brochure.Start(office.Host, $"Paged {i}"); }
        foreach (var list in new[] { "/api/v1/projects?", "/api/v1/tasks?assignee=sam&", "/api/v1/projects/1/history?" })
        {
            var all = (await mia.Get(list + "count=200")).GetProperty("items").EnumerateArray().Select(Key).ToList();
            Assert.True(all.Count > 3, list);
            List<string> paged = [];
            for (string? next = ""; next is not null;)
            {
                var page = await mia.Get($"{list}count=3{(next.Length > 0 ? "&cursor=" + next : "")}");
                paged.AddRange(page.GetProperty("items").EnumerateArray().Select(Key));
                next = page.TryGetProperty("next", out var more) ? more.GetString() : null;
            }

            Assert.Equal(all, paged);
        }
    }

    [Fact]
    public async Task Exports_hold_every_row_and_no_formula()
    {
        var project = await Brochure.Start(office.Host, "=HYPERLINK(\"http://evil.example\",\"Ada, \"\"the\"\" first\")");
        using var mia = await office.Program("mia");
        using var answer = await mia.Send("GET", "/api/v1/projects/export.csv");
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("projects.csv", answer.Content.Headers.ContentDisposition!.FileName);
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.StartsWith("id,title,plan,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{project},\"'=HYPERLINK(\"\"http://evil.example\"\"", lines.Single(l => l.StartsWith($"{project},", StringComparison.Ordinal)), StringComparison.Ordinal);
        var count = (await mia.Get("/api/v1/projects?count=200")).GetProperty("items").GetArrayLength();
        Assert.Equal(count + 2, lines.Length);

        var tasks = await (await mia.Send("GET", $"/api/v1/tasks/export.csv?project={project}")).Content.ReadAsStringAsync();
        Assert.Contains(",call-back,task,", tasks, StringComparison.Ordinal);
        using var zoe = await office.Program("zoe");
        Assert.Single((await (await zoe.Send("GET", "/api/v1/projects/export.csv")).Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_person_makes_and_revokes_tokens_and_a_token_makes_no_others()
    {
        var sam = await office.Host.SignIn("sam");
        var made = await Post(sam, "/api/v1/me/tokens", """{"name":"Export","scopes":["read"],"days":2}""");
        using var program = new ApiClient(office.Host.Address, made.GetProperty("token").GetString());
        Assert.Equal("sam", (await program.Get("/api/v1/me")).GetProperty("name").GetString());
        using (var list = await sam.GetAsync("/api/v1/me/tokens"))
        {
            var tokens = JsonDocument.Parse(await list.Content.ReadAsStringAsync()).RootElement.EnumerateArray().ToList();
            var mine = tokens.Single(t => t.GetProperty("name").GetString() == "Export");
            Assert.DoesNotContain("pm_", mine.ToString(), StringComparison.Ordinal);
            var pat = await office.Host.SignIn("pat");
            Assert.Equal(404, (int)(await pat.DeleteAsync($"/api/v1/me/tokens/{mine.GetProperty("id").GetInt64()}")).StatusCode);
            Assert.Equal(204, (int)(await sam.DeleteAsync($"/api/v1/me/tokens/{mine.GetProperty("id").GetInt64()}")).StatusCode);
        }

        await program.Ask(401, "GET", "/api/v1/me");
        using var writer = await office.Program("sam");
        Assert.Equal(403, (int)(await writer.Send("POST", "/api/v1/me/tokens", """{"name":"More"}""")).StatusCode);
    }

    [Fact]
    public async Task A_listener_hears_that_something_changed()
    {
        using var sam = await office.Program("sam");
        using var answer = await sam.Send("GET", "/api/v1/events");
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync());
        while (await events.ReadLineAsync() is { } line && line != "event: ping") { }
        var project = await Brochure.Start(office.Host, "Heard Ltd");
        while (await events.ReadLineAsync() is { } line && line != $"data: {{\"topic\":\"project-{project}\"}}") { Assert.NotNull(line); }
    }

    [Fact]
    public async Task The_rest_is_there_too()
    {
        using var adam = await office.Program("adam");
        Assert.Contains("brochure-to-customer", (await adam.Get("/api/v1/plans")).EnumerateArray().Select(p => p.GetProperty("id").GetString()));
        Assert.Contains("flowchart", (await adam.Get("/api/v1/plans/brochure-to-customer")).GetProperty("mermaid").GetString(), StringComparison.Ordinal);
        Assert.Contains("<svg", await adam.GetStringAsync("/api/v1/plans/brochure-to-customer/diagram.svg"), StringComparison.Ordinal);
        Assert.Single((await adam.Get("/api/v1/plans/brochure-to-customer/versions")).EnumerateArray());
        var contact = (await adam.Ask(201, "POST", "/api/v1/contacts", """{"kind":"individual","name":"Eve Example","emails":["eve@example.org"]}""")).GetProperty("id").GetInt64();
        await adam.Refused(409, "contact-exists", "POST", "/api/v1/contacts", """{"kind":"individual","name":"Eve Again","emails":["eve@example.org"]}""");
        Assert.Equal("Eve Example", (await adam.Get($"/api/v1/contacts/{contact}")).GetProperty("name").GetString());
        Assert.Single((await adam.Get("/api/v1/contacts?name=eve%20ex")).EnumerateArray());
        Assert.Contains("sam", (await adam.Get("/api/v1/people")).EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        Assert.Contains(Roles.Administrator, (await adam.Get("/api/v1/me")).GetProperty("roles").EnumerateArray().Select(r => r.GetString()));
        var project = await Brochure.Start(office.Host, "Told Ltd");
        await Brochure.Sell(office.Host, project);
        using var pat = await office.Program("pat");
        var alert = (await pat.Get("/api/v1/alerts")).GetProperty("items").EnumerateArray().First(a => a.GetProperty("project").GetInt64() == project).GetProperty("id").GetInt64();
        Assert.Equal(1, (await pat.Ask(200, "POST", "/api/v1/alerts/seen", $$"""{"alerts":[{{alert}}]}""")).GetProperty("new").GetInt32());
        await pat.Ask(204, "POST", $"/api/v1/alerts/{alert}/acknowledge");
        await adam.Refused(404, "not-found", "POST", $"/api/v1/alerts/{alert}/acknowledge");
    }

    private static async Task<JsonElement> Post(TestBrowser browser, string path, string json)
    {
        using var answer = await browser.PostAsync(new Uri(path, UriKind.Relative), new StringContent(json, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(201, (int)answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Clone();
    }

    private static JsonElement Step(JsonElement project, string id) => project.GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("id").GetString() == id);

    private static string Key(JsonElement row) => (row.TryGetProperty("id", out var id) ? id : row.GetProperty("seq")).ToString();
}
