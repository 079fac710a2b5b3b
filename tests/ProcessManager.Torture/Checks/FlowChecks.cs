namespace ProcessManager.Torture.Checks;

/// <summary>
/// I3: every successor exactly once. The plan's rules are written here a second time, by hand and as counts over the history, so that they
/// don't share a mistake with the flow.
/// </summary>
internal static class FlowChecks
{
    public static void Run(Snapshot snapshot, List<string> findings)
    {
        var tasks = snapshot.Tasks.ToLookup(t => t.Project);
        foreach (var project in snapshot.Projects.Values) { Run(project, [.. snapshot.History[project.Id]], [.. tasks[project.Id]], findings); }
    }

    private static void Run(StoredProject project, List<StoredHistory> history, List<StoredTask> tasks, List<string> findings)
    {
        int Opened(string step) => history.Count(h => h.Step == step && (h.Kind is "TaskOpened" or "StepOpened"));
        int Done(string step, string outcome) => history.Count(h => h.Step == step && h.Kind == "TaskSettled" && h.After == outcome && h.Phase == "Done");
        int Settled(string step) => history.Count(h => h.Step == step && h.Kind == "StepSettled" && h.Phase == "Done");
        int Raised(string step) => history.Count(h => h.Step == step && h is { Kind: "AlertRaised", AlertCause: "Alert" });
        int Asked(string step) => history.Count(h => h.Step == step && h.Kind == "MailRequested");
        void Same(string what, int count, int expected)
        {
            if (count != expected) { findings.Add($"I3: project {project.Id}: {what} {count} times instead of {expected}"); }
        }

        var (going, leaving) = (Done("pick", "go"), Done("pick", "leave"));
        var met = Done("left", "done") > 0 && Done("right", "done") > 0;
        Same("pick was opened", Opened("pick"), 1 + Done("pick", "again"));
        Same("left was opened", Opened("left"), going);
        Same("right was opened", Opened("right"), going);
        Same("cheer was asked for", Asked("cheer"), going);
        Same("pause was settled", Settled("pause"), met ? 1 : 0);
        Same("tell was raised", Raised("tell"), Settled("pause"));
        Same("sprint was opened", Opened("sprint"), Settled("pause"));
        Same("arrive was opened", Opened("arrive"), Done("sprint", "done"));
        Same("it was closed", history.Count(h => h.Kind == "ProjectClosed"), Done("arrive", "done") + leaving);
        Same("it is closed", project.Result is null ? 0 : 1, Done("arrive", "done") + leaving);

        foreach (var step in new[] { "pick", "left", "right", "sprint", "arrive" })
        {
            Same($"{step} has tasks", tasks.Count(t => t.Step == step), Opened(step));
            Same($"{step} has tasks that are done", tasks.Count(t => t.Step == step && t.State == 1), history.Count(h => h.Step == step && h.Kind == "TaskSettled" && h.Phase == "Done"));
        }
    }
}
