using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ProcessManager.Host.Access;

namespace ProcessManager.Host.Tests.Access;

public sealed class SetUpTests
{
    private static readonly (string, string)[] Ann =
        [("_handler", "set-up"), ("Form.DisplayName", "Ann Keller"), ("Form.UserName", "ann"), ("Form.Password", TestHost.Password)];

    [Fact]
    public async Task Whoever_reads_the_console_makes_the_first_administrator_once()
    {
        await using var host = await TestHost.Start();
        var browser = host.Anonymous();
        Assert.Contains("printed on the console", (await browser.Page("/sign-in")).Body!.TextContent, StringComparison.Ordinal);
        var address = host.Services.GetRequiredService<SetUp>().Path;

        var done = await browser.Post(address, Ann);
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        var home = await browser.Page("/");
        Assert.Contains("Ann", home.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("administrator", home.QuerySelector("toast-list")!.TextContent, StringComparison.Ordinal);

        var late = host.Anonymous();
        Assert.Equal(HttpStatusCode.Forbidden, (await late.GetAsync(new Uri(address, UriKind.Relative))).StatusCode);
        await late.Post(address, [.. Ann, ("Form.UserName", "eve")]);
        Assert.Null(await host.People.Find("eve", CancellationToken.None));
    }

    [Fact]
    public async Task Without_the_key_nobody_is_made()
    {
        await using var host = await TestHost.Start();
        foreach (var address in new[] { "/set-up", "/set-up?key=", "/set-up?key=guess" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await host.Anonymous().GetAsync(new Uri(address, UriKind.Relative))).StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, (await host.Anonymous().Post(address, Ann)).StatusCode);
        }
        Assert.Null(await host.People.Find("ann", CancellationToken.None));
    }

    [Fact]
    public async Task What_was_typed_wrong_is_said_at_its_field_and_the_rest_stays()
    {
        await using var host = await TestHost.Start();
        var answer = await host.Anonymous().Post(host.Services.GetRequiredService<SetUp>().Path,
            ("_handler", "set-up"), ("Form.DisplayName", "Ann Keller"), ("Form.UserName", "ann"), ("Form.Password", "short"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await TestBrowser.Read(answer);
        Assert.Contains("at least 12", page.QuerySelector("#password-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Ann Keller", page.QuerySelector("#display-name")!.GetAttribute("value"));
        Assert.Null(page.QuerySelector("#password")!.GetAttribute("value"));
    }
}
