namespace ProcessManager.Language.Shaping.Kinds;

/// <summary>Closes the project.</summary>
internal static class CloseStep
{
    public static readonly StepKindDescriptor Descriptor = new(
        "close", "Close", "Closes the project as won, lost or cancelled.", StepParts.Result,
        [new("reason", StepParts.Reason, "Why.") { Example = "price" }])
    {
        Outcomes = [],
        Example = "refuse:\n  close: lost\n  reason: price\n",
    };
}
