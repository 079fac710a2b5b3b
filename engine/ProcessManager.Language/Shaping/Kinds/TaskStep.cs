namespace ProcessManager.Language.Shaping.Kinds;

/// <summary>Work for a person.</summary>
internal static class TaskStep
{
    public static readonly StepKindDescriptor Descriptor = new(
        "task", "Task", "Work for a person; appears in an inbox.", new TemplateShape(), StepParts.ForPeople)
    {
        IsForPeople = true,
        DeclaresOutcomes = true,
        AllowsEach = true,
        Example = "call:\n  task: Call {{prospect.name}} back\n  assign: group:sales\n  due: 1 working day\n",
    };
}
