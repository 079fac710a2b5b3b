namespace ProcessManager.Language.Shaping.Kinds;

/// <summary>A place where ways join, or a milestone.</summary>
internal static class GateStep
{
    public static readonly StepKindDescriptor Descriptor = new(
        "gate", "Gate", "Does nothing by itself: a place where ways join, or a milestone.",
        new OneOfShape(new EmptyShape(), new TextShape()) { Noun = "nothing, or a name" }, [])
    {
        Example = "settled:\n  gate:\n  after: { any: [accepted, revised] }\n",
    };
}
