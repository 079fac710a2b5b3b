using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProcessManager.Crm.Contacts;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Access;
using ProcessManager.Host.Operations;
using ProcessManager.Host.Tests.Tasks;

namespace ProcessManager.Host.Tests.Intake;

/// <summary>What starts projects from outside: the public form, and signed web hooks.</summary>
public sealed class IntakeTests : IAsyncLifetime
{
    private const string Plan = """
        plan: intake
        name: Ask us
        type: sales
        fields:
          product: { kind: choice, of: [Bronze, Silver] }
          seller: { kind: person }
        start:
          - { message: call-logged, owner: user:sam, when: message.urgent = true, fields: { title: message.subject } }
          - { form: enquiry, ask: [product!, amount, seller], owner: user:sam, fields: { source-code: '"WEB"' } }
        stages:
          only:
            name: Only
            probability: 0
            steps:
              call: { task: Call, assign: owner }
              reply: { receive: replied, form: [product], optional: true }
              end: { task: End it, assign: owner, after: reply }
        """;

    private TestHost host = null!;

    public async Task InitializeAsync()
    {
        host = await Brochure.Office(Plan);
        await host.Person("adam", Roles.Administrator);
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task A_stranger_fills_the_form_and_a_project_starts_once()
    {
        using var stranger = host.Anonymous();
        var page = await stranger.Page("/forms/enquiry");
        Assert.Equal("Ask us", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(["", "Bronze", "Silver"], page.QuerySelectorAll("#public-product option").Select(o => o.GetAttribute("value")));
        Assert.Null(page.QuerySelector("#public-seller"));
        var submission = page.QuerySelector("input[name=submission]")!.GetAttribute("value")!;
        for (var i = 0; i < 2; i++)
        {
            var answer = await Send(stranger, submission, ("field.product", "Silver"), ("field.amount", "1,200.50"));
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            Assert.EndsWith("/forms/enquiry?sent=1", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        }

        Assert.Contains("Thank you", (await stranger.Page("/forms/enquiry?sent=1")).Body!.TextContent, StringComparison.Ordinal);
        var project = await host.Query(db => db.Set<ProjectRow>().SingleAsync(p => p.Plan == "intake"));
        var contact = await host.Query(db => db.Set<ContactRow>().SingleAsync(c => c.Id == project.ProspectId));
        Assert.Equal(("sam", "WEB", 120050L, "Ada Example", "ada@example.org"), (project.Owner, project.SourceCode, project.AmountMinor, contact.Name, contact.Email));
    }

    [Fact]
    public async Task A_form_that_is_incomplete_says_what_is_missing_and_keeps_what_was_typed()
    {
        using var stranger = host.Anonymous();
        await stranger.Page("/forms/enquiry");
        var answer = await Send(stranger, "s1", ("field.amount", "7"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await TestBrowser.Read(answer);
        Assert.Contains("Please fill", page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(("7", "Ada Example", "s1"), (page.QuerySelector("#public-amount")!.GetAttribute("value"),
            page.QuerySelector("#contact-name")!.GetAttribute("value"), page.QuerySelector("input[name=submission]")!.GetAttribute("value")));
        var stranger2 = await Send(stranger, "s1", ("field.product", "Silver"), ("field.seller", "sam"));
        Assert.Equal(HttpStatusCode.Found, stranger2.StatusCode);
        Assert.Single(await host.Query(db => db.Set<ProjectRow>().Where(p => p.Plan == "intake").ToListAsync()));
    }

    [Fact]
    public async Task A_program_that_fills_everything_starts_nothing_and_one_that_sends_too_much_is_held_back()
    {
        using var robot = host.Anonymous();
        await robot.Page("/forms/enquiry");
        Assert.Equal(HttpStatusCode.Found, (await Send(robot, "r0", ("field.product", "Silver"), ("website", "https://spam.example"))).StatusCode);
        Assert.Empty(await host.Query(db => db.Set<ProjectRow>().Where(p => p.Plan == "intake").ToListAsync()));
        var statuses = new List<HttpStatusCode>();
        for (var i = 1; i <= 22; i++) { statuses.Add((await Send(robot, $"r{i}", ("field.product", "Silver"))).StatusCode); }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        host.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(HttpStatusCode.Found, (await Send(robot, "later", ("field.product", "Silver"))).StatusCode);
    }

    [Fact]
    public async Task There_is_no_form_but_those_of_plans_and_no_sending_without_the_pages_token()
    {
        using var stranger = host.Anonymous();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(new Uri("/forms/nothing", UriKind.Relative))).StatusCode);
        stranger.SendsAntiforgeryToken = false;
        Assert.Equal(HttpStatusCode.BadRequest, (await Send(stranger, "s", ("field.product", "Silver"))).StatusCode);
        Assert.Empty(await host.Query(db => db.Set<ProjectRow>().Where(p => p.Plan == "intake").ToListAsync()));
    }

    [Fact]
    public async Task A_signed_web_hook_starts_a_project_once_and_sends_messages_about_it()
    {
        var (status, first) = await Hook("call-logged", "m1", """{"fields":{"urgent":true,"subject":"It burns"},"contact":{"kind":"individual","name":"Ada","emails":["ada@example.org"]}}""");
        Assert.Equal(200, status);
        var project = first.GetProperty("projects")[0].GetInt64();
        var (_, again) = await Hook("call-logged", "m1", """{"fields":{"urgent":true,"subject":"It burns"},"contact":{"kind":"individual","name":"Ada","emails":["ada@example.org"]}}""");
        Assert.Equal((project, true), (again.GetProperty("projects")[0].GetInt64(), again.GetProperty("repeated").GetBoolean()));
        var row = await host.Query(db => db.Set<ProjectRow>().SingleAsync(p => p.Id == project));
        Assert.Equal(("It burns", "sam"), (row.Title, row.Owner));

        Assert.Equal(200, (await Hook("replied", "m2", $$$"""{"project":{{{project}}},"fields":{"product":"Silver"}}""")).Status);
        Assert.Equal(200, (await Hook("replied", "m2", $$$"""{"project":{{{project}}},"fields":{"product":"Silver"}}""")).Status);
        Assert.Single(await host.Query(db => db.Set<HistoryRow>().Where(h => h.ProjectId == project && h.Kind == "MessageReceived").ToListAsync()));
        Assert.Equal(404, (await Hook("nobody-waits", "m3", $$"""{"project":{{project}}}""")).Status);
        Assert.Equal(404, (await Hook("nothing", "m4", "{}")).Status);
        Assert.Equal(422, (await Hook("replied", "m5", "{\"project\":")).Status);
    }

    [Fact]
    public async Task A_web_hook_that_is_unsigned_forged_changed_or_old_is_refused()
    {
        const string body = """{"fields":{"urgent":true,"subject":"x"}}""";
        Assert.Equal(200, (await Hook("call-logged", "ok", body)).Status);
        Assert.Equal(401, (await Hook("call-logged", "m1", body, key: RandomNumberGenerator.GetBytes(32))).Status);
        Assert.Equal(401, (await Hook("call-logged", "m1", body, sent: body.Replace("\"x\"", "\"y\"", StringComparison.Ordinal))).Status);
        Assert.Equal(401, (await Hook("call-logged", "m1", body, age: TimeSpan.FromMinutes(6))).Status);
        Assert.Equal(401, (await Hook("call-logged", "m1", body, age: TimeSpan.FromMinutes(-6))).Status);
        Assert.Equal(401, (await Hook("call-logged", "", body)).Status);
        using var nobody = new HttpClient { BaseAddress = host.Address };
        Assert.Equal(401, (int)(await nobody.PostAsync(new Uri("/hooks/call-logged", UriKind.Relative), new StringContent(body))).StatusCode);
        Assert.Single(await host.Query(db => db.Set<ProjectRow>().Where(p => p.Plan == "intake").ToListAsync()));
    }

    [Fact]
    public async Task The_signing_keys_are_for_administrators_in_person_outlive_a_restart_and_can_be_renewed()
    {
        using var adam = await host.SignIn("adam");
        var texts = JsonDocument.Parse(await adam.GetStringAsync(new Uri("/api/v1/signing-keys", UriKind.Relative))).RootElement;
        var incoming = texts.GetProperty("incoming").GetString()!;
        Assert.StartsWith("whsec_", incoming, StringComparison.Ordinal);
        Assert.NotEqual(incoming, texts.GetProperty("outgoing").GetString());
        Assert.DoesNotContain(incoming[6..], string.Concat(Directory.GetFiles(Path.Combine(host.DataDirectory, "keys")).Select(File.ReadAllText)), StringComparison.Ordinal);
        var old = host.Services.GetRequiredService<SigningKeys>()[SigningKey.Incoming].ToArray();
        using var renewed = await adam.PostAsync(new Uri("/api/v1/signing-keys/incoming/renew", UriKind.Relative), null);
        Assert.NotEqual(incoming, JsonDocument.Parse(await renewed.Content.ReadAsStringAsync()).RootElement.GetProperty("incoming").GetString());
        Assert.Equal(401, (await Hook("call-logged", "m1", "{}", key: old)).Status);
    }

    private static Task<HttpResponseMessage> Send(TestBrowser browser, string submission, params (string Name, string Value)[] fields) => browser.Post(
        "/forms/enquiry", [("_handler", "public-form"), ("submission", submission), ("contact.name", "Ada Example"), ("contact.email", "ada@example.org"), .. fields]);

    private async Task<(int Status, JsonElement Answer)> Hook(string message, string id, string body, byte[]? key = null, string? sent = null, TimeSpan age = default)
    {
        var timestamp = (host.Time.GetUtcNow() - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var secret = key ?? host.Services.GetRequiredService<SigningKeys>()[SigningKey.Incoming].ToArray();
        var signature = Convert.ToBase64String(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")));
        using var client = new HttpClient { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/hooks/{message}", UriKind.Relative)) { Content = new StringContent(sent ?? body) };
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("webhook-signature", $"v1,AAAA v1,{signature}");
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }
}
