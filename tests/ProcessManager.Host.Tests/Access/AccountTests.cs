using System.Net;
using System.Net.Http.Headers;

namespace ProcessManager.Host.Tests.Access;

public sealed class AccountTests
{
    [Fact]
    public async Task A_person_sets_zone_and_locale_and_reads_everything_in_them()
    {
        await using var host = await TestHost.Start();
        var ann = await host.SignIn("ann");
        var saved = await ann.Post("/account", ("_handler", "profile"), ("Profile.TimeZone", "America/New_York"), ("Profile.Locale", "en-US"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var page = await ann.Page("/account");
        Assert.Contains("Saved", page.QuerySelector("toast-list")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("3/2/2026 4:00 AM", page.QuerySelector("time[title]:not([data-relative])")!.TextContent.Replace('\u202f', ' '));

        var wrong = await ann.Post("/account", ("_handler", "profile"), ("Profile.TimeZone", "Mars/Olympus"), ("Profile.Locale", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("no time zone", (await TestBrowser.Read(wrong)).QuerySelector("#time-zone-error")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_shown_once_works_and_can_be_revoked()
    {
        await using var host = await TestHost.Start();
        var ann = await host.SignIn("ann");
        var made = await TestBrowser.Read(await ann.Post("/account", ("_handler", "token"), ("Wanted.Name", "Nightly export"), ("Wanted.Scope", "read"), ("Wanted.Days", "30")));
        var token = made.QuerySelector(".secret")!.TextContent;

        var program = host.Anonymous();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await program.GetAsync("/account")).StatusCode);

        var page = await ann.Page("/account");
        Assert.DoesNotContain(token, page.Body!.InnerHtml, StringComparison.Ordinal);
        var revoke = page.QuerySelector("#tokens td form input[name=_handler]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.Redirect, (await ann.Post("/account", ("_handler", revoke))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_the_other_browsers_too()
    {
        await using var host = await TestHost.Start();
        var desk = await host.SignIn("ann");
        var phone = await host.SignIn("ann");
        Assert.Equal(2, (await desk.Page("/account")).QuerySelectorAll(".agent").Length);
        await desk.Post("/account", ("_handler", "sessions"));
        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await desk.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task Changing_the_password_asks_for_the_present_one()
    {
        await using var host = await TestHost.Start();
        var ann = await host.SignIn("ann");
        var wrong = await ann.Post("/account", ("_handler", "password"), ("Change.Present", "not this one"), ("Change.Wanted", "a brand new sentence"));
        Assert.NotNull((await TestBrowser.Read(wrong)).QuerySelector("#present-error"));
        await ann.Post("/account", ("_handler", "password"), ("Change.Present", TestHost.Password), ("Change.Wanted", "a brand new sentence"));
        Assert.Equal(HttpStatusCode.Redirect, (await host.Anonymous().SubmitSignIn("ann", "a brand new sentence")).StatusCode);
    }
}
