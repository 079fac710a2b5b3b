namespace ProcessManager.Language.Shaping.Kinds;

/// <summary>Sets fields.</summary>
internal static class SetStep
{
    public static readonly StepKindDescriptor Descriptor = new(
        "set", "Set fields", "Sets fields of the project to the values of expressions.",
        new MapShape(StepParts.Field, StepParts.Value, "values") { Noun = "fields with expressions" }, [])
    {
        Example = "discount:\n  set: { amount: amount * 0.9 }\n",
    };
}
