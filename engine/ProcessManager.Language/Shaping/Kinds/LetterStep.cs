namespace ProcessManager.Language.Shaping.Kinds;

/// <summary>Merges a Word template.</summary>
internal static class LetterStep
{
    public static readonly StepKindDescriptor Descriptor = new(
        "letter", "Letter", "Merges a Word template and files the document on the project.",
        new ReferenceShape(ReferenceTo.LetterTemplate, "letter template"), [])
    {
        AllowsEach = true,
        Example = "send:\n  letter: quote\n",
    };
}
