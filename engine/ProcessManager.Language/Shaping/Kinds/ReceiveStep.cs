namespace ProcessManager.Language.Shaping.Kinds;

/// <summary>A message to wait for.</summary>
internal static class ReceiveStep
{
    public static readonly StepKindDescriptor Descriptor = new(
        "receive", "Receive", "Waits for a named message from the API, a web hook, a portal form or a reply.", new IdShape(),
        [
            new("form", StepParts.Form, "Fields that the message may set.") { Example = "[product]" },
            StepParts.Expire,
            StepParts.OutcomesKey,
        ])
    {
        Outcomes = ["received", "timed-out"],
        IsAvailable = false,
        Example = "reply:\n  receive: customer-replied\n  expire: { after: 5 working days, outcome: timed-out }\n",
    };
}
