using System.Net;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Host.Access;

namespace ProcessManager.Host.Tests.Access;

public sealed class SignInTests
{
    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Somebody_signs_in_and_comes_back_to_the_page_asked_for()
    {
        await using var host = await TestHost.Start();
        await host.Person("ann");
        var browser = host.Anonymous();

        var refused = await browser.GetAsync("/tasks?filter=mine");
        Assert.Equal("/sign-in?returnUrl=%2Ftasks%3Ffilter%3Dmine", refused.Headers.Location!.ToString());

        var answer = await browser.SubmitSignIn("ann", TestHost.Password, "/tasks?filter=mine");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.EndsWith("/tasks?filter=mine", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("Ann", (await browser.Page("/")).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public async Task The_page_to_come_back_to_is_one_of_ours(string returnUrl)
    {
        Assert.False(LocalUrl.IsLocal(returnUrl));
        await using var host = await TestHost.Start();
        await host.Person("ann");
        var answer = await host.Anonymous().SubmitSignIn("ann", TestHost.Password, returnUrl);
        Assert.Equal("/", new Uri(host.Address, answer.Headers.Location!).PathAndQuery);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_are_refused_in_the_same_words()
    {
        await using var host = await TestHost.Start();
        await host.Person("ann");
        var wrong = await host.Anonymous().SubmitSignIn("ann", "not the password");
        var unknown = await host.Anonymous().SubmitSignIn("nobody", "not the password");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        var words = (await TestBrowser.Read(wrong)).QuerySelector("[role=alert]")!.TextContent.Trim();
        Assert.Equal("The name or the password is wrong.", words);
        Assert.Equal(words, (await TestBrowser.Read(unknown)).QuerySelector("[role=alert]")!.TextContent.Trim());
        Assert.Equal(["wrong password", "unknown name"], await host.Query(db => db.Set<SignInEvent>().OrderBy(e => e.Id).Select(e => e.What).ToListAsync()));
    }

    [Fact]
    public async Task Guessing_is_slowed_more_and_more_and_never_locks_for_good()
    {
        await using var host = await TestHost.Start();
        await host.Person("ann");
        var stranger = host.Anonymous();
        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.UnprocessableEntity, (await stranger.SubmitSignIn("ann", "guess number " + i)).StatusCode);

        var slowed = await stranger.SubmitSignIn("ann", TestHost.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, slowed.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), slowed.Headers.RetryAfter!.Delta);
        Assert.Contains("Wait 2 seconds", (await TestBrowser.Read(slowed)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);

        host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await stranger.SubmitSignIn("ann", "one more guess")).StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(4), (await stranger.SubmitSignIn("ann", TestHost.Password)).Headers.RetryAfter!.Delta);

        host.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(HttpStatusCode.Redirect, (await stranger.SubmitSignIn("ann", TestHost.Password)).StatusCode);
    }

    [Fact]
    public async Task A_strangers_failures_do_not_slow_the_person_at_their_own_desk()
    {
        await using var host = await TestHost.Start();
        var desk = await host.SignIn("ann");
        var stranger = host.Anonymous();
        for (var i = 0; i < 5; i++) await stranger.SubmitSignIn("ann", "guess number " + i);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await stranger.SubmitSignIn("ann", TestHost.Password)).StatusCode);

        await desk.Post("/sign-out");
        Assert.Equal(HttpStatusCode.Redirect, (await desk.SubmitSignIn("ann", TestHost.Password)).StatusCode);
    }

    [Fact]
    public async Task One_address_that_tries_many_names_is_slowed_as_well()
    {
        await using var host = await TestHost.Start();
        var stranger = host.Anonymous();
        for (var i = 0; i < 30; i++) Assert.Equal(HttpStatusCode.UnprocessableEntity, (await stranger.SubmitSignIn("name" + i, "spring 2026!!")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await stranger.SubmitSignIn("name31", "spring 2026!!")).StatusCode);
    }

    [Fact]
    public async Task A_disabled_person_is_refused_on_the_next_request()
    {
        await using var host = await TestHost.Start();
        var ann = await host.SignIn("ann");
        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync("/")).StatusCode);
        await host.People.Disable(await host.Person("ann"), None);
        Assert.Equal(HttpStatusCode.Redirect, (await ann.GetAsync("/")).StatusCode);

        var again = await ann.SubmitSignIn("ann", TestHost.Password);
        Assert.Contains("disabled", (await TestBrowser.Read(again)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_roles_hold_from_the_next_request_on()
    {
        await using var host = await TestHost.Start(builder => { });
        var ann = await host.SignIn("ann", Roles.User);
        await host.Person("boss", Roles.Administrator);
        var before = (await ann.Page("/")).QuerySelectorAll(".nav-entry").Length;
        await host.People.SetRoles(await host.Person("ann"), [Roles.Administrator], None);
        Assert.True((await ann.Page("/")).QuerySelectorAll(".nav-entry").Length >= before);
        Assert.Equal([Roles.Administrator], await host.Query(db => (from held in db.UserRoles
                                                                    join role in db.Roles on held.RoleId equals role.Id
                                                                    join person in db.Users on held.UserId equals person.Id
                                                                    where person.UserName == "ann"
                                                                    select role.Name).ToListAsync()));
    }

    [Fact]
    public async Task Each_sign_in_makes_a_new_key_and_ends_the_session_before()
    {
        await using var host = await TestHost.Start();
        var ann = await host.SignIn("ann");
        var first = ann.Cookies.GetAllCookies()["pm-session"]!.Value;
        await ann.SubmitSignIn("ann", TestHost.Password);
        var second = ann.Cookies.GetAllCookies()["pm-session"]!.Value;
        Assert.NotEqual(first, second);

        var thief = host.Anonymous();
        thief.Cookies.Add(host.Address, new Cookie("pm-session", first));
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/")).StatusCode);
        Assert.Equal(1, await host.Query(db => db.Set<Session>().CountAsync()));
    }

    [Fact]
    public async Task A_session_ends_after_hours_without_use_and_after_a_day_at_the_latest()
    {
        await using var host = await TestHost.Start();
        var idle = await host.SignIn("ann");
        host.Time.Advance(TimeSpan.FromHours(8));
        Assert.Equal(HttpStatusCode.Redirect, (await idle.GetAsync("/")).StatusCode);

        var busy = await host.SignIn("ann");
        for (var hour = 0; hour < 23; hour++)
        {
            host.Time.Advance(TimeSpan.FromHours(1));
            Assert.Equal(HttpStatusCode.OK, (await busy.GetAsync("/")).StatusCode);
        }
        host.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.Redirect, (await busy.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_good()
    {
        await using var host = await TestHost.Start();
        var ann = await host.SignIn("ann");
        var key = ann.Cookies.GetAllCookies()["pm-session"]!.Value;
        await ann.Post("/sign-out");
        var thief = host.Anonymous();
        thief.Cookies.Add(host.Address, new Cookie("pm-session", key));
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task The_database_holds_no_key_that_would_let_anybody_in()
    {
        await using var host = await TestHost.Start();
        var ann = await host.SignIn("ann");
        var key = ann.Cookies.GetAllCookies()["pm-session"]!.Value;
        var token = await host.People.CreateToken(await host.Person("ann"), "export", TokenScopes.All, host.Time.GetUtcNow().AddDays(1), None);
        foreach (var file in new[] { "pm.db", "pm.db-wal" }.Select(name => Path.Combine(host.DataDirectory, name)).Where(File.Exists))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var memory = new MemoryStream();
            await stream.CopyToAsync(memory);
            var text = System.Text.Encoding.Latin1.GetString(memory.ToArray());
            Assert.DoesNotContain(key, text, StringComparison.Ordinal);
            Assert.DoesNotContain(token, text, StringComparison.Ordinal);
            Assert.DoesNotContain(TestHost.Password, text, StringComparison.Ordinal);
        }
    }
}
