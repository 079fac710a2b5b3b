using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ProcessManager.Engine;
using ProcessManager.Host.Access;

namespace ProcessManager.Host.Tests.Operations;

public sealed partial class MetricsTests
{
    [Fact]
    public async Task Metrics_are_for_administrators()
    {
        await using var host = await TestHost.Start();
        var manager = await host.SignIn("mia", Roles.Manager);
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.GetAsync("/metrics")).StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, (await host.Anonymous().GetAsync("/metrics")).StatusCode);
    }

    [Fact]
    public async Task Commands_commits_and_the_queue_are_counted_in_the_format_of_Prometheus()
    {
        await using var host = await TestHost.Start();
        var ada = await host.SignIn("ada", Roles.Administrator);
        var engine = host.Services.GetRequiredService<ProcessEngine>();
        var before = Value(await Text(ada), "pm_commands_total{result=\"accepted\"}");

        var started = await engine.StartAsync(new StartProject("brochure-to-customer"), "one", "ada", CancellationToken.None);
        var again = await engine.StartAsync(new StartProject("brochure-to-customer"), "one", "ada", CancellationToken.None);

        Assert.True(started is CommandResult.Accepted, (started as CommandResult.Refused)?.Message);
        Assert.IsType<CommandResult.Accepted>(again);
        var text = await Text(ada);
        Assert.Equal(before + 1, Value(text, "pm_commands_total{result=\"accepted\"}"));
        Assert.Equal(1, Value(text, "pm_commands_total{result=\"repeated\"}"));
        Assert.True(Value(text, "pm_commit_duration_seconds_count") >= 1);
        Assert.Equal(Value(text, "pm_commit_duration_seconds_count"), Value(text, "pm_commit_duration_seconds_bucket{le=\"+Inf\"}"));
        Assert.Equal(0, Value(text, "pm_work_queue{kind=\"timer\",state=\"failed\"}"));
        Assert.True(Value(text, "dotnet_process_memory_working_set_bytes") > 0);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(Line(), line));
    }

    [Fact]
    public async Task A_command_is_a_span_for_whoever_traces()
    {
        await using var host = await TestHost.Start();
        await host.SignIn("ada", Roles.Administrator);
        var spans = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == EngineTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span => { lock (spans) { spans.Add(span.OperationName); } },
        };
        ActivitySource.AddActivityListener(listener);
        await host.Services.GetRequiredService<ProcessEngine>()
            .StartAsync(new StartProject("brochure-to-customer"), "traced", "ada", CancellationToken.None);

        lock (spans) { Assert.Contains("command start", spans); }
    }

    [Fact]
    public async Task Traces_and_metrics_go_to_the_collector_that_the_standard_variable_names()
    {
        var paths = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        await using var sink = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]).Build();
        sink.MapPost("/v1/{signal}", (string signal) => { paths.AddOrUpdate(signal, 1, (_, n) => n + 1); return Results.Ok(); });
        await sink.StartAsync();
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", sink.Urls.Single());
        try
        {
            await using (var host = await TestHost.Start())
            {
                await host.SignIn("ada", Roles.Administrator);
                await host.Services.GetRequiredService<ProcessEngine>()
                    .StartAsync(new StartProject("brochure-to-customer"), "sent", "ada", CancellationToken.None);
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", null);
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", null);
        }

        Assert.Equal(["metrics", "traces"], paths.Keys.Order());
    }

    private static async Task<string> Text(TestBrowser browser)
    {
        var answer = await browser.GetAsync("/metrics");
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>The number of a series; 0 where it isn't there yet.</summary>
    private static double Value(string text, string series) => text.Split('\n')
        .Where(line => line.StartsWith(series + " ", StringComparison.Ordinal))
        .Select(line => double.Parse(line[(series.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture)).SingleOrDefault();

    [GeneratedRegex("""^(# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .*|[a-zA-Z_:][a-zA-Z0-9_:]*(\{[a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\.)*"(,[a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\.)*")*\})? (NaN|[-+]?(Inf|[0-9.eE+-]+)))$""")]
    private static partial Regex Line();
}
