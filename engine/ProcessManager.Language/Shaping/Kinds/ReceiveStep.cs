using ProcessManager.Language.Time;

namespace ProcessManager.Language.Shaping.Kinds;

/// <summary>A message to wait for.</summary>
internal static class ReceiveStep
{
    private static readonly KeyShape Expire = new("expire", new ObjectShape("time-out",
    [
        new("after", new MomentShape(MomentUse.Expire), "When; a bare duration counts from opening.") { Required = true, Example = "5 working days" },
        new("outcome", new ReferenceShape(ReferenceTo.Outcome, "outcome"), "The outcome that is then taken; timed-out where nothing is written.") { Example = "timed-out" },
    ]), "When it stops waiting.") { Example = "{ after: 5 working days }" };

    public static readonly StepKindDescriptor Descriptor = new(
        "receive", "Receive", "Waits for a named message from the API, a web hook, a portal form or a reply.", new IdShape(),
        [
            new("form", StepParts.Form, "Fields that the message may set.") { Example = "[product]" },
            Expire,
            StepParts.OutcomesKey,
        ])
    {
        Outcomes = ["received", "timed-out"],
        AllowsEach = true,
        Example = "reply:\n  receive: customer-replied\n  expire: { after: 5 working days, outcome: timed-out }\n",
    };
}
