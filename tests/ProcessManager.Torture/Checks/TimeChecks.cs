namespace ProcessManager.Torture.Checks;

/// <summary>I4: every reminder that was due came exactly once, to each who was to get it, and none came before its time or for a settled task.</summary>
internal static class TimeChecks
{
    private const int Reminder = 1;

    /// <param name="now">Unix milliseconds: what is due later need not have come.</param>
    public static void Run(Snapshot snapshot, long now, List<string> findings)
    {
        var alerts = snapshot.Alerts.ToLookup(a => a.Project);
        foreach (var task in snapshot.Tasks) { Reminders(snapshot, now, task, [.. alerts[task.Project].Where(a => a.Task == task.Id && a.Cause == Reminder)], findings); }
        foreach (var project in snapshot.Projects.Values)
        {
            var history = snapshot.History[project.Id].ToList();
            Alerts(project, history, [.. alerts[project.Id]], findings);
            Pause(project, history, findings);
            foreach (var early in history.Where(h => h.Kind == "TimerFired" && h.At < Snapshot.Moment(h.Due)))
            {
                findings.Add($"I4: project {project.Id}, history {early.Seq}: {early.Key} fired before its time");
            }
        }
    }

    private static void Reminders(Snapshot snapshot, long now, StoredTask task, List<StoredAlert> alerts, List<string> findings)
    {
        var where = $"project {task.Project}, task {task.Number} ({task.Step})";
        var history = snapshot.History[task.Project].Where(h => h.Task == task.Number).ToList();
        var dues = history.Where(h => h.Kind is "TaskOpened" or "TaskDueChanged")
            .Select(h => (h.Seq, h.At, Due: Snapshot.Moment(h.Kind == "TaskOpened" ? h.Due : h.After))).ToList();
        var raised = history.Where(h => h is { Kind: "AlertRaised", AlertCause: "Reminder" }).ToList();
        if (raised.Count > 1) { findings.Add($"I4: {where}: its reminder came {raised.Count} times"); }
        foreach (var twice in alerts.GroupBy(a => a.Recipient).Where(g => g.Count() > 1)) { findings.Add($"I4: {where}: {twice.Key} was reminded {twice.Count()} times"); }

        foreach (var one in raised)
        {
            var due = dues.LastOrDefault(d => d.Seq < one.Seq).Due;
            if (due is null || one.At < due) { findings.Add($"I4: {where}: its reminder came before its time"); }
            if (task.Settled is { } settled && one.At > settled) { findings.Add($"I4: {where}: its reminder came when it was settled"); }
        }

        foreach (var alert in alerts.Where(a => raised.Count == 0 || a.Raised != raised[0].At))
        {
            findings.Add($"I4: {where}: the alert {alert.Key} was raised at another time than its history says, before its time or after");
        }

        // An open task whose last date was still ahead when it was set: the host was up long enough for it to come.
        if (task.State == 0 && dues is [.., var last] && last.Due is { } must && must > last.At && must > task.Opened && must < now && raised.Count == 0)
        {
            findings.Add($"I4: {where}: its reminder never came");
        }
    }

    /// <summary>Each alert of the history is there once for each who was told, and no other is there.</summary>
    private static void Alerts(StoredProject project, List<StoredHistory> history, List<StoredAlert> alerts, List<string> findings)
    {
        var expected = history.Where(h => h.Kind == "AlertRaised")
            .SelectMany(h => (h.After ?? "").Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(person => $"{project.Id}/{h.Key}/{person}")).ToHashSet(StringComparer.Ordinal);
        foreach (var alert in alerts.Where(a => !expected.Remove(a.Key))) { findings.Add($"I4: project {project.Id}: nothing raised the alert {alert.Key}"); }
        foreach (var missing in expected) { findings.Add($"I4: project {project.Id}: the alert {missing} is not there"); }
    }

    private static void Pause(StoredProject project, List<StoredHistory> history, List<string> findings)
    {
        if (history.Find(h => h is { Kind: "StepSettled", Step: "pause", Phase: "Done" }) is not { } settled) { return; }
        var when = history.LastOrDefault(h => h.Seq < settled.Seq && h is { Kind: "FieldChanged", Field: "when" });
        if (when is not null && settled.At < Snapshot.Moment(when.After)) { findings.Add($"I4: project {project.Id}: its pause ended before its time"); }
    }
}
