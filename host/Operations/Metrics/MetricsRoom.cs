using Microsoft.AspNetCore.Http.HttpResults;
using ProcessManager.Host.Access;

namespace ProcessManager.Host.Operations.Metrics;

/// <summary><c>/metrics</c> for Prometheus and whatever reads its format.</summary>
internal static class MetricsRoom
{
    public static void AddMetrics(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MetricsBook>();
        // Made at start, not at the first look: what happened before would be missing.
        builder.Services.AddHostedService<Opened>();
        builder.Services.AddHostedService<Collector>();
    }

    /// <summary>Titles of projects are in no label; all the same, only administrators and their tokens read how the house is doing.</summary>
    public static void MapMetrics(this WebApplication app) =>
        app.MapGet("/metrics", Read).RequireAuthorization(Policies.Administer).ExcludeFromDescription();

    private static ContentHttpResult Read(MetricsBook book) =>
        TypedResults.Text(PrometheusText.Write(book.Read()), PrometheusText.ContentType);

    private sealed class Opened(MetricsBook book) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            GC.KeepAlive(book);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
