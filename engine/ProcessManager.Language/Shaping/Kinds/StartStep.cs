namespace ProcessManager.Language.Shaping.Kinds;

/// <summary>Starts a project of another plan.</summary>
internal static class StartStep
{
    public static readonly StepKindDescriptor Descriptor = new(
        "start", "Start a project", "Starts a project of another plan.", new ReferenceShape(ReferenceTo.Plan, "plan"),
        [
            new("fields", new MapShape(null, StepParts.Value, "values"), "Fields of the new project, worked out in this one.") { Example = "{ product: product }" },
            new("until", new ChoiceShape("closed"), "Waits until the new project has closed.") { Example = "closed" },
            StepParts.OutcomesKey,
        ])
    {
        Outcomes = ["started", "won", "lost", "cancelled"],
        AllowsEach = true,
        Example = "delivery:\n  start: deliver-order\n  until: closed\n",
    };
}
