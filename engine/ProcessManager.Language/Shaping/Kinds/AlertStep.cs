namespace ProcessManager.Language.Shaping.Kinds;

/// <summary>Tells people something, and never blocks.</summary>
internal static class AlertStep
{
    public static readonly StepKindDescriptor Descriptor = new(
        "alert", "Alert", "Tells people or a group, in the app and by mail; never blocks.", new TemplateShape(),
        [
            new("to", StepParts.Recipients, "Who is told.") { Required = true, Example = "group:shipping" },
            new("acknowledge", StepParts.Flag, "True: asks for a receipt that the sender can see.") { Example = "true" },
        ])
    {
        AllowsEach = true,
        Example = "tell-shipping:\n  alert: \"{{prospect.name}} ordered, please ship\"\n  to: group:shipping\n",
    };
}
