using System.Net;
using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Host.Tests.Tasks;

namespace ProcessManager.Host.Tests.Alerts;

public sealed class AlertPagesTests
{
    [Fact]
    public async Task An_alert_rings_the_bell_until_it_is_acknowledged_and_the_sender_sees_who_has_not()
    {
        await using var host = await Brochure.Office();
        var project = await Brochure.Start(host);
        await Brochure.Sell(host, project);
        using var pat = await host.SignIn("pat");
        var page = await pat.Page("/alerts");
        Assert.Equal("1", page.QuerySelector(".bell-count")!.TextContent);
        Assert.Contains("Ada Ltd ordered Gold", page.QuerySelector("#alert-list")!.TextContent, StringComparison.Ordinal);

        using var olga = await host.SignIn("olga");
        Assert.Equal(2, (await olga.Page("/alerts?tab=sent")).QuerySelectorAll(".alert-row").Length);
        var form = page.QuerySelector("form[action$=acknowledge]")!.GetAttribute("action")!;
        using (var answer = await pat.Htmx(HttpMethod.Post, form)) { Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode); }
        Assert.Null((await pat.Page("/alerts")).QuerySelector(".bell-count"));
        Assert.Contains("not acknowledged by Kim Test", (await olga.Page("/alerts?tab=sent")).QuerySelector(".alert-row")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alert_of_somebody_else_is_neither_seen_nor_acknowledged()
    {
        await using var host = await Brochure.Office();
        await Brochure.Sell(host, await Brochure.Start(host));
        var alert = await host.Query(db => db.Set<AlertRow>().AsNoTracking().FirstAsync(a => a.Recipient == "pat"));
        using var zoe = await host.SignIn("zoe");
        using (await zoe.Htmx(HttpMethod.Post, $"/alerts/{alert.Id}/acknowledge")) { }
        using (await zoe.Htmx(HttpMethod.Post, "/alerts/seen", ("alert", $"{alert.Id}"))) { }
        var after = await host.Query(db => db.Set<AlertRow>().AsNoTracking().SingleAsync(a => a.Id == alert.Id));
        Assert.Equal((null, null), (after.SeenAt, after.AcknowledgedAt));
    }
}
