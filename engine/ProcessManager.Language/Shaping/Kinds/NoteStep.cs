namespace ProcessManager.Language.Shaping.Kinds;

/// <summary>Something to be read and acknowledged.</summary>
internal static class NoteStep
{
    public static readonly StepKindDescriptor Descriptor = new(
        "note", "Note", "Something to be read and acknowledged.", new TemplateShape(), StepParts.ForPeople)
    {
        IsForPeople = true,
        DeclaresOutcomes = true,
        AllowsEach = true,
        Example = "lesson:\n  note: What we learned from {{prospect.name}}\n  assign: owner\n",
    };
}
