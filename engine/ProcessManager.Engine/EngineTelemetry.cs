using System.Diagnostics;
using System.Diagnostics.Metrics;
using ProcessManager.Engine.Store.Rows;

namespace ProcessManager.Engine;

/// <summary>
/// What the engine tells of itself to whoever listens: a meter and a source of traces, both by the name <see cref="Name"/>. Nobody listening costs
/// next to nothing. Instruments follow the naming of OpenTelemetry's semantic conventions; durations are in seconds.
/// </summary>
public sealed class EngineTelemetry : IDisposable
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "ProcessManager.Engine";

    private readonly Meter meter;
    private readonly ActivitySource source = new(Name);
    private readonly Counter<long> commands;
    private readonly Histogram<double> commits;
    private readonly Histogram<int> commitSizes;
    private readonly Histogram<double> lateness;
    private readonly Counter<long> ended;

    /// <param name="queue">Counts the work by kind and state, when a listener asks: <c>due</c> is late or due now, <c>failed</c> waits for an administrator.</param>
    internal EngineTelemetry(Func<IEnumerable<(WorkKind Kind, string State, long Count)>> queue)
    {
        // The scope tells apart the engines of one process.
        meter = new Meter(new MeterOptions(Name) { Scope = this });
        commands = meter.CreateCounter<long>("pm.commands", "{command}", "Commands that were answered, by result");
        commits = meter.CreateHistogram<double>("pm.commit.duration", "s", "Time of a commit with all the commands in it, from entering the gate");
        commitSizes = meter.CreateHistogram<int>("pm.commit.commands", "{command}", "Commands in a commit");
        lateness = meter.CreateHistogram<double>("pm.work.lateness", "s", "From the moment at which work was due to its being claimed, by kind");
        ended = meter.CreateCounter<long>("pm.work.failures", "{attempt}", "Attempts at work that failed, by kind");
        meter.CreateObservableGauge(
            "pm.work.queue", () => queue().Select(q => new Measurement<long>(
                q.Count, new KeyValuePair<string, object?>("kind", NameOf(q.Kind)), new KeyValuePair<string, object?>("state", q.State))),
            "{work}", "Work that is due or has failed, by kind");
    }

    internal Activity? StartCommand(string name, long? project)
    {
        var activity = source.StartActivity($"command {name}");
        if (project is { } id) { activity?.SetTag("pm.project", id); }
        return activity;
    }

    internal Activity? StartWork(WorkKind kind, int count) => source.StartActivity($"work {NameOf(kind)}")?.SetTag("pm.work.count", count);

    internal void Answered(CommandResult result) => commands.Add(1, new KeyValuePair<string, object?>("result", result switch
    {
        CommandResult.Accepted { Repeated: true } => "repeated",
        CommandResult.Accepted => "accepted",
        _ => "refused",
    }));

    internal void Committed(int size, TimeSpan took)
    {
        commits.Record(took.TotalSeconds);
        commitSizes.Record(size);
    }

    internal void Claimed(WorkKind kind, DateTimeOffset due, DateTimeOffset now) =>
        lateness.Record(Math.Max(0, (now - due).TotalSeconds), new KeyValuePair<string, object?>("kind", NameOf(kind)));

    internal void AttemptFailed(WorkKind kind) => ended.Add(1, new KeyValuePair<string, object?>("kind", NameOf(kind)));

    private static string NameOf(WorkKind kind) => Enum.GetName(kind)!.ToLowerInvariant();

    public void Dispose()
    {
        meter.Dispose();
        source.Dispose();
    }
}
