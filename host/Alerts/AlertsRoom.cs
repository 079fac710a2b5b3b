using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using ProcessManager.Engine;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Alerts;

/// <summary>Alerts on pages: the list, the bell in the bar, and the receipts.</summary>
internal static class AlertsRoom
{
    public static void AddAlerts(this WebApplicationBuilder builder) => builder.Services.AddSingleton<AlertLists>();

    public static void MapAlerts(this WebApplication app)
    {
        app.MapGet("/alerts/list", (HttpContext context) => new RazorComponentResult<AlertList>(new
        {
            Tab = TabOf(context.Request.Query["tab"]), Before = BeforeOf(context.Request.Query["before"]), Refreshed = true,
        }));
        app.MapGet("/alerts/bell", () => new RazorComponentResult<AlertBell>());
        app.MapPost("/alerts/seen", See);
        app.MapPost("/alerts/{id:long}/acknowledge", Acknowledge);
    }

    public static AlertTab TabOf(string? text) =>
        Enum.TryParse<AlertTab>(text, ignoreCase: true, out var tab) && Enum.IsDefined(tab) ? tab : AlertTab.New;

    public static long? BeforeOf(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static async Task<IResult> See(HttpContext context, ProcessEngine engine, LiveFeed feed, Reader reader, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        List<long> ids = [.. form["alert"].Select(BeforeOf).OfType<long>().Take(AlertLists.PageSize)];
        await engine.SeeAlertsAsync(reader.UserName, ids, cancellation);
        // The engine keeps quiet about it; other pages of the same person show the bell, too.
        feed.Publish(new LiveChange("alerts", Recipients: [reader.UserName]));
        return Answered(context);
    }

    private static async Task<IResult> Acknowledge(long id, HttpContext context, ProcessEngine engine, Reader reader, CancellationToken cancellation)
    {
        if (await engine.AcknowledgeAlertAsync(reader.UserName, id, cancellation)) { context.Toast("Acknowledged. The sender sees it."); }
        else { context.Toast("There is nothing left to acknowledge here.", ToastKind.Info); }
        return Answered(context);
    }

    private static IResult Answered(HttpContext context)
    {
        if (!context.IsHtmx()) { return TypedResults.LocalRedirect("/alerts"); }
        context.Trigger("pm:alerts");
        return TypedResults.NoContent();
    }
}
