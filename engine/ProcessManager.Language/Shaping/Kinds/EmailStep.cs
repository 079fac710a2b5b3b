namespace ProcessManager.Language.Shaping.Kinds;

/// <summary>Sends a template.</summary>
internal static class EmailStep
{
    public static readonly StepKindDescriptor Descriptor = new(
        "email", "Email", "Sends an email template, and logs it on project and contact.",
        new ReferenceShape(ReferenceTo.EmailTemplate, "email template"),
        [
            new("to", StepParts.Recipients, "Who receives it.") { Required = true, Example = "prospect" },
            new("wait", StepParts.Flag, "True: settles only when it was delivered or failed for good.") { Example = "true" },
            StepParts.OutcomesKey,
        ])
    {
        Outcomes = ["sent", "failed"],
        AllowsEach = true,
        Example = "brochure:\n  email: brochure\n  to: prospect\n",
    };
}
