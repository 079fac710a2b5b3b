namespace ProcessManager.Language;

/// <summary>PM17xx: what is found where a plan is published. That its own tests fail stands with the tests.</summary>
public static partial class Errors
{
    public static readonly ErrorDefinition UnknownUser = new("PM1702", Severity.Error,
        "A person is named whom nobody signs in as.", "assign: user:anna",
        "Name a sign-in name of this installation, or better a group or role, which outlast people.");

    public static readonly ErrorDefinition RemovedInUse = new("PM1703", Severity.Warning,
        "Live projects stand on something that this version no longer has.", "(a plan without the step that projects have open)",
        "They go on with the version they started with. Say with `was` or `retired` where their work goes when they are moved.");
}
