namespace ProcessManager.Language.Shaping.Kinds;

/// <summary>A decision by several people.</summary>
internal static class ApprovalStep
{
    public static readonly StepKindDescriptor Descriptor = new(
        "approval", "Approval", "A decision by everybody that `assign` names.", new TemplateShape(),
        [
            .. StepParts.ForPeople,
            new KeyShape("need", new NumberShape(1, 1000, Integer: true, "all", "majority"), "How many must approve; 1 where nothing is written.") { Example = "majority" },
        ])
    {
        IsForPeople = true,
        Outcomes = ["approved", "rejected"],
        DeclaresOutcomes = true,
        Example = "review:\n  approval: Approve the quote\n  assign: role:approver\n  need: 2\n",
    };
}
