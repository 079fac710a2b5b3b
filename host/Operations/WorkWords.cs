namespace ProcessManager.Host.Operations;

/// <summary>Says in words what a row of work does, from its key.</summary>
internal static class WorkWords
{
    /// <summary>A timer by its key <c>timer/project/kind:visit:step:…</c>: “Reminder of desk-check”. An unknown form is given as it is.</summary>
    public static string OfTimer(string key)
    {
        var parts = key.Split('/', 3);
        var names = parts.Length == 3 ? parts[2].Split(':') : [];
        if (names.Length < 3) { return key; }
        var what = names[0] switch
        {
            "remind" => "Reminder",
            "escalate" => "Escalation",
            "expire" => "Expiry",
            "wait" => "End of the wait",
            "open" => "Opening",
            "overdue" => "Overdue",
            "stageremind" or "stage-remind" => "Reminder of the stage",
            "stageescalate" or "stage-escalate" => "Escalation of the stage",
            _ => null,
        };
        return what is null ? key : names[2].Length == 0 || names[0].StartsWith("stage", StringComparison.Ordinal) ? what : $"{what}: {names[2]}";
    }
}
