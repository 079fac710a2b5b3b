using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ProcessManager.Host.Access;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Tests.Shell;

public sealed partial class FrameTests
{
    [Fact]
    public async Task Every_file_that_a_page_names_comes_with_bytes()
    {
        await using var host = await TestHost.Start();
        var browser = host.Anonymous();
        var page = await browser.Page("/sign-in");
        var files = page.QuerySelectorAll("link[href], script[src]").Select(e => e.GetAttribute("href") ?? e.GetAttribute("src")!)
            .Concat(page.QuerySelectorAll("use").Select(use => use.GetAttribute("href")!.Split('#')[0])).Distinct().ToList();
        Assert.True(files.Count >= 6, string.Join(' ', files));
        foreach (var file in files)
        {
            var answer = await browser.GetAsync(new Uri("/" + file.TrimStart('/'), UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync());
            Assert.True(answer.Headers.CacheControl?.MaxAge > TimeSpan.FromDays(300), $"{file}: {answer.Headers.CacheControl}");
        }
    }

    [Fact]
    public async Task Every_answer_forbids_inline_script_framing_and_guessing()
    {
        await using var host = await TestHost.Start();
        var ann = await host.SignIn("ann");
        foreach (var path in new[] { "/", "/sign-in", "/no-such-page", "/health/live" })
        {
            var answer = await ann.GetAsync(path);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }
    }

    [Fact]
    public async Task Pages_hold_no_inline_script_style_or_handler()
    {
        await using var host = await TestHost.Start();
        var ann = await host.SignIn("ann", Roles.Administrator);
        foreach (var path in new[] { "/", "/sign-in?returnUrl=/" })
        {
            var page = path == "/" ? await ann.Page(path) : await host.Anonymous().Page(path);
            Assert.Empty(page.QuerySelectorAll("script:not([src]), style, [style]"));
            Assert.DoesNotContain(page.All.SelectMany(e => e.Attributes), a => a.Name.StartsWith("on", StringComparison.Ordinal) || a.Name.StartsWith("hx-on", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Every_unsafe_endpoint_refuses_a_request_without_the_pages_token_or_from_another_site()
    {
        await using var host = await TestHost.Start();
        var ann = await host.SignIn("ann", Roles.Administrator);
        ann.SendsAntiforgeryToken = false;
        var unsafeOnes = host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<OpenToOtherSitesAttribute>() is null)
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["POST"])
                .Where(method => method is not ("GET" or "HEAD" or "OPTIONS" or "TRACE")).Select(method => (endpoint, method)))
            .Distinct().ToList();
        Assert.NotEmpty(unsafeOnes);
        foreach (var (endpoint, method) in unsafeOnes)
        {
            var path = "/" + RouteParameter().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "1");
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)) { Content = new FormUrlEncodedContent([]) };
            var answer = await ann.SendAsync(request);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{method} {path} answered {(int)answer.StatusCode} without the token");
        }

        ann.SendsAntiforgeryToken = true;
        ann.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        Assert.Equal(HttpStatusCode.BadRequest, (await ann.Post("/theme", ("theme", "dark"))).StatusCode);
    }

    [Fact]
    public async Task Every_page_but_a_named_few_asks_who_is_there()
    {
        await using var host = await TestHost.Start();
        var open = host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null)
            .Where(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText!).Distinct().Order(StringComparer.Ordinal);
        // Public forms are for strangers; a hook asks for a signature instead of a session.
        Assert.Equal(
            ["/error/{Code:int}", "/favicon.ico", "/forms/{Id}", "/health/live", "/health/ready", "/hooks/{message}", "/not-found", "/set-up", "/sign-in", "/sign-out", "/theme"], open);
    }

    [Fact]
    public async Task A_page_that_does_not_exist_says_so_in_the_frame_and_a_program_gets_a_problem()
    {
        await using var host = await TestHost.Start();
        var ann = await host.SignIn("ann");
        var answer = await ann.GetAsync("/no-such-page");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var page = await TestBrowser.Read(answer);
        Assert.Equal("Nothing here", page.QuerySelector("h1")!.TextContent);
        Assert.NotNull(page.QuerySelector(".frame-nav"));

        var htmx = await ann.Htmx(HttpMethod.Get, "/no-such-page");
        Assert.Equal(HttpStatusCode.NotFound, htmx.StatusCode);
        Assert.Equal("application/problem+json", htmx.Content.Headers.ContentType!.MediaType);
        using var problem = JsonDocument.Parse(await htmx.Content.ReadAsStringAsync());
        Assert.Equal("/problems/not-found", problem.RootElement.GetProperty("type").GetString());
        Assert.NotEmpty(problem.RootElement.GetProperty("traceId").GetString()!);
    }

    [Fact]
    public async Task A_failure_shows_a_trace_id_and_nothing_of_its_cause()
    {
        await using var host = await TestHost.Start(map: app => app.MapGet("/fails", string () => throw new InvalidOperationException("the secret cause")));
        var ann = await host.SignIn("ann");
        var page = await ann.GetAsync("/fails");
        Assert.Equal(HttpStatusCode.InternalServerError, page.StatusCode);
        var text = await page.Content.ReadAsStringAsync();
        Assert.Contains("Trace id", text, StringComparison.Ordinal);
        Assert.DoesNotContain("the secret cause", text, StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        var part = await ann.Htmx(HttpMethod.Get, "/fails");
        Assert.Equal(HttpStatusCode.InternalServerError, part.StatusCode);
        Assert.Contains("traceId", await part.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_of_a_page_asked_for_after_the_session_ended_leads_to_the_sign_in_page_and_back()
    {
        await using var host = await TestHost.Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/tasks/list", UriKind.Relative));
        request.Headers.Add("HX-Request", "true");
        request.Headers.Add("HX-Current-URL", new Uri(host.Address, "/tasks?x=1").ToString());
        var answer = await host.Anonymous().SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("/sign-in?returnUrl=%2Ftasks%3Fx%3D1", answer.Headers.GetValues("HX-Redirect").Single());
    }

    [Fact]
    public async Task The_theme_is_drawn_by_the_server_and_follows_the_person()
    {
        await using var host = await TestHost.Start();
        var ann = await host.SignIn("ann");
        Assert.Equal("auto", (await ann.Page("/")).DocumentElement.GetAttribute("data-theme"));
        await ann.Post("/theme", ("theme", "dark"));
        Assert.Equal("dark", (await ann.Page("/")).DocumentElement.GetAttribute("data-bs-theme"));

        var elsewhere = await host.SignIn("ann");
        Assert.Equal("dark", (await elsewhere.Page("/")).DocumentElement.GetAttribute("data-bs-theme"));
        Assert.Equal(HttpStatusCode.BadRequest, (await ann.Post("/theme", ("theme", "neon"))).StatusCode);
    }

    [Fact]
    public async Task Live_changes_reach_whom_they_concern_and_nobody_else()
    {
        await using var host = await TestHost.Start();
        var feed = host.Services.GetRequiredService<LiveFeed>();
        using var ann = await Listen(await host.SignIn("ann"));
        using var bob = await Listen(await host.SignIn("bob"));
        feed.Publish(new LiveChange("alerts", Toast: new Toast("For Ann"), Recipients: ["ann"]));
        feed.Publish(new LiveChange("tasks", "7"));
        Assert.Equal("""{"topic":"alerts","toast":{"text":"For Ann","kind":"success"}}""", await Next(ann));
        Assert.Equal("""{"topic":"tasks","id":"7"}""", await Next(ann));
        Assert.Equal("""{"topic":"tasks","id":"7"}""", await Next(bob));

        await host.People.Disable(await host.Person("ann"), CancellationToken.None);
        Assert.Null(await Next(ann));
    }

    private static async Task<StreamReader> Listen(TestBrowser browser)
    {
        var answer = await browser.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line && line != "event: ping")
        {
        }
        return reader;
    }

    private static async Task<string?> Next(StreamReader events)
    {
        while (await events.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal)) return line["data: ".Length..];
        }
        return null;
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex RouteParameter();
}
