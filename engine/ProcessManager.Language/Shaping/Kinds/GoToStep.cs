namespace ProcessManager.Language.Shaping.Kinds;

/// <summary>Leaves for a stage.</summary>
internal static class GoToStep
{
    public static readonly StepKindDescriptor Descriptor = new(
        "goto", "Go to a stage", "Leaves for another stage, or enters the same one afresh.", StepParts.Stage, [])
    {
        Outcomes = [],
        Example = "back:\n  goto: offer\n",
    };
}
