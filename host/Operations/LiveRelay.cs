using ProcessManager.Engine;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Operations;

/// <summary>
/// Hands on what the engine commits to the pages that are open. Topics: <c>tasks</c>, <c>projects</c>, <c>alerts</c> and <c>plans</c>
/// for lists, and <c>project-ID</c> for the page of one project. Pages learn only that something changed and fetch what they may see.
/// </summary>
internal sealed class LiveRelay(LiveEvents engine, LiveFeed feed) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = engine.Subscribe();
        try
        {
            await foreach (var happened in subscription.Events.ReadAllAsync(stoppingToken)) { Relay(happened); }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private void Relay(LiveEvent happened)
    {
        if (happened.Project is { } project)
        {
            feed.Publish(new LiveChange("projects"));
            feed.Publish(new LiveChange($"project-{project}"));
        }
        else if (happened.Kinds.Contains("PlanPublished"))
        {
            feed.Publish(new LiveChange("plans"));
        }

        if (!happened.Tasks.IsEmpty) { feed.Publish(new LiveChange("tasks")); }
        if (happened.Kinds.Contains("AlertRaised") || happened.Kinds.Contains("AlertAcknowledged") || happened.Kinds.Contains("AlertSeen"))
        {
            feed.Publish(new LiveChange("alerts", Recipients: happened.People));
        }
    }
}
