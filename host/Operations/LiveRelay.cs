using Microsoft.EntityFrameworkCore;
using ProcessManager.Engine;
using ProcessManager.Engine.Store.Rows;
using ProcessManager.Flow;
using ProcessManager.Host.Data;
using ProcessManager.Host.Shell;

namespace ProcessManager.Host.Operations;

/// <summary>
/// Hands on what the engine commits to the pages that are open. Topics: <c>tasks</c>, <c>projects</c>, <c>alerts</c> and <c>plans</c>
/// for lists, and <c>project-ID</c> for the page of one project. Pages learn only that something changed and fetch what they may see;
/// a new task and a new alert also show a toast to those whom they concern.
/// </summary>
internal sealed class LiveRelay(
    LiveEvents engine, LiveFeed feed, ProcessEngine directory, IDbContextFactory<ProcessManagerDb> databases, ILogger<LiveRelay> log) : BackgroundService
{
    private const int LongestToast = 140;

    /// <summary>Ids ascend in the order of commits: whatever lies above was not told yet.</summary>
    private long newestTask;
    private long newestAlert;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = engine.Subscribe();
        try
        {
            await Begin(stoppingToken);
            await foreach (var happened in subscription.Events.ReadAllAsync(stoppingToken))
            {
                Relay(happened);
                await Announce(happened, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task Begin(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        newestTask = await db.Set<TaskRow>().MaxAsync(t => (long?)t.Id, cancellation) ?? 0;
        newestAlert = await db.Set<AlertRow>().MaxAsync(a => (long?)a.Id, cancellation) ?? 0;
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
        if (happened.Kinds.Overlaps(["AlertRaised", "AlertAcknowledged", "AlertSeen", "MailFailed"]))
        {
            feed.Publish(new LiveChange("alerts", Recipients: happened.People));
        }
    }

    private async Task Announce(LiveEvent happened, CancellationToken cancellation)
    {
        try
        {
            if (happened.Kinds.Contains("TaskOpened")) { await AnnounceTasks(happened, cancellation); }
            if (happened.Kinds.Overlaps(["AlertRaised", "MailFailed"])) { await AnnounceAlerts(happened, cancellation); }
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            // A toast is a courtesy: lists are right without it, and the next change must still be told.
            log.LogWarning(failed, "What is new in project {Project} could not be announced", happened.Project);
        }
    }

    private async Task AnnounceTasks(LiveEvent happened, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        long[] ids = [.. happened.Tasks.Where(id => id > newestTask)];
        var opened = await db.Set<TaskRow>().AsNoTracking().Where(t => ids.Contains(t.Id) && t.State == TaskPhase.Open)
            .OrderBy(t => t.Id).Select(t => new { t.Id, t.Title, t.Assignee, t.Group }).ToListAsync(cancellation);
        newestTask = Math.Max(newestTask, ids.DefaultIfEmpty().Max());
        var people = await directory.DirectoryAsync(cancellation);
        foreach (var task in opened)
        {
            IReadOnlyCollection<string> whom = task.Assignee is { } person ? [person] : people.MembersOf(task.Group ?? "");
            var words = task.Assignee is null ? $"For your group: {task.Title}" : $"New task: {task.Title}";
            Tell("tasks", whom, new Toast(Short(words), ToastKind.Info, $"/tasks/{task.Id}"));
        }
    }

    private async Task AnnounceAlerts(LiveEvent happened, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var raised = await db.Set<AlertRow>().AsNoTracking().Where(a => a.ProjectId == happened.Project && a.Id > newestAlert)
            .OrderBy(a => a.Id).Select(a => new { a.Id, a.Recipient, a.Text, a.Cause, a.TaskId }).ToListAsync(cancellation);
        foreach (var alert in raised)
        {
            newestAlert = Math.Max(newestAlert, alert.Id);
            var kind = alert.Cause is AlertCause.Alert or AlertCause.Notice ? ToastKind.Info : ToastKind.Warning;
            Tell("alerts", [alert.Recipient], new Toast(Short(alert.Text), kind, alert.TaskId is { } task ? $"/tasks/{task}" : "/alerts"));
        }
    }

    private void Tell(string topic, IReadOnlyCollection<string> whom, Toast toast)
    {
        if (whom.Count > 0) { feed.Publish(new LiveChange(topic, Toast: toast, Recipients: whom)); }
    }

    private static string Short(string text) => text.Length <= LongestToast ? text : text[..(LongestToast - 1)] + "…";
}
