namespace ProcessManager.Language;

public static partial class Errors
{
    public static readonly ErrorDefinition NotADuration = new("PM1401", Severity.Error,
        "Not a duration", "due: soon", "Write a number and a unit: `2 working days`, `1 week`.");

    public static readonly ErrorDefinition NotAMoment = new("PM1410", Severity.Error,
        "Not a moment", "wait: until later", "Write a duration and an anchor, `at` a date, or a duration alone.");

    public static readonly ErrorDefinition NotAReminder = new("PM1420", Severity.Error,
        "Not a reminder", "remind: [later]", "Write `2 working hours before due`, `at due` or `every 1 day after due at most 3`.");
}
