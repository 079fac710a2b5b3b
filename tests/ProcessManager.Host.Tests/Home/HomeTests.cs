using Microsoft.Extensions.DependencyInjection;
using ProcessManager.Host.Shell;
using ProcessManager.Host.Tests.Tasks;

namespace ProcessManager.Host.Tests.Home;

public sealed class HomeTests
{
    [Fact]
    public async Task The_first_page_shows_each_person_what_is_theirs()
    {
        await using var host = await Brochure.Office();
        await Brochure.Sell(host, await Brochure.Start(host));
        await Brochure.Start(host, "Bell Ltd");

        using var sam = await host.SignIn("sam");
        Assert.Contains("Call Bell Ltd back", (await sam.Page("/")).QuerySelector("#home-tasks")!.TextContent, StringComparison.Ordinal);

        using var pat = await host.SignIn("pat");
        var shipping = await pat.Page("/");
        Assert.Contains("Ship Gold to Ada Ltd", shipping.QuerySelector("#home-queue")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(shipping.QuerySelector("#home-queue [data-claim]"));
        Assert.NotNull(shipping.QuerySelector("#home-alerts form[action$=acknowledge]"));

        using var olga = await host.SignIn("olga");
        var owner = (await olga.Page("/")).QuerySelector("#home-projects")!;
        // 90 % of 1,200 in delivery; the other project has no amount yet.
        Assert.Contains("EUR 1,080", owner.QuerySelector(".home-forecast")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Enquiry", "Delivery"], owner.QuerySelectorAll(".stage-name").Select(e => e.TextContent));

        using var mia = await host.SignIn("mia");
        Assert.Contains("Sam Test", (await mia.Page("/")).QuerySelector("#home-team")!.TextContent, StringComparison.Ordinal);
        using var zoe = await host.SignIn("zoe");
        Assert.DoesNotContain("Ada Ltd", await zoe.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_gets_a_task_is_told_at_once()
    {
        await using var host = await Brochure.Office();
        var feed = host.Services.GetRequiredService<LiveFeed>();
        using var ends = new CancellationTokenSource();
        var heard = feed.Listen("sam", ends.Token).GetAsyncEnumerator(ends.Token);
        Assert.True(await heard.MoveNextAsync()); // the ping that says: listening
        await Brochure.Start(host);
        Toast? toast = null;
        while (toast is null && await heard.MoveNextAsync()) { toast = heard.Current?.Toast; }
        Assert.Contains("Call Ada Ltd back", toast!.Text, StringComparison.Ordinal);
        Assert.StartsWith("/tasks/", toast.Href, StringComparison.Ordinal);
        await ends.CancelAsync();
        await heard.DisposeAsync();
    }
}
