using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ProcessManager.Engine;

namespace ProcessManager.Host.Operations.Metrics;

/// <summary>
/// Sends traces and metrics to an OpenTelemetry collector where one is named: by the standard's own variable
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> (opentelemetry.io/docs/specs/otel/protocol/exporter), whose companions set protocol, headers and names.
/// </summary>
internal sealed partial class Collector(IConfiguration configuration, ILogger<Collector> log) : IHostedService, IDisposable
{
    private TracerProvider? traces;
    private MeterProvider? metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { Length: > 0 } endpoint) { return Task.CompletedTask; }
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out _))
        {
            LogNoAddress(log, endpoint);
            return Task.CompletedTask;
        }

        var name = configuration["OTEL_SERVICE_NAME"] ?? "process-manager";
        var version = typeof(Collector).Assembly.GetName().Version?.ToString();
        traces = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(it => it.AddService(name, serviceVersion: version))
            .AddSource(EngineTelemetry.Name, "Microsoft.AspNetCore", "Npgsql")
            .AddOtlpExporter().Build();
        metrics = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(it => it.AddService(name, serviceVersion: version))
            .AddMeter(MetricsBook.Meters)
            .AddOtlpExporter().Build();
        return Task.CompletedTask;
    }

    /// <summary>Sends what has gathered, for some seconds at most.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        traces?.ForceFlush(2000);
        metrics?.ForceFlush(2000);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "OTEL_EXPORTER_OTLP_ENDPOINT is “{Endpoint}”, which is no address such as http://localhost:4317: nothing is sent to a collector")]
    private static partial void LogNoAddress(ILogger logger, string endpoint);

    public void Dispose()
    {
        traces?.Dispose();
        metrics?.Dispose();
    }
}
